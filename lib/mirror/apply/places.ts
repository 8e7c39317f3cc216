/**
 * Places: from a point of the page's viewport to the node there and back, through shadow roots and nested frames, with
 * whatever transforms the page has. Coordinates are CSS pixels of the page, as if the desk did not scale it.
 */
import type { NodeId } from "../wire/page-message";
import type { KnownNodes } from "./known-nodes";
import { isDocument, isElement, isFrame, isShadow } from "./node-kinds";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the content of a frame begins in the viewport around it, and how much it is scaled there. */
function insideOf(frame: HTMLIFrameElement) {
  const box = frame.getBoundingClientRect();
  const style = frame.ownerDocument.defaultView?.getComputedStyle(frame);
  const padding = (side: string) => Number.parseFloat(style?.getPropertyValue(`padding-${side}`) ?? "") || 0;
  const scaleX = box.width / frame.offsetWidth || 1;
  const scaleY = box.height / frame.offsetHeight || 1;
  return {
    left: box.left + (frame.clientLeft + padding("left")) * scaleX,
    top: box.top + (frame.clientTop + padding("top")) * scaleY,
    scaleX,
    scaleY,
  };
}

/** A box in its own document's viewport → in the page's. */
function toPage(node: Node, top: Document, box: DOMRect): DOMRect {
  let { left, top: y, width, height } = box;
  let document = node.ownerDocument;
  while (document && document !== top) {
    const frame: Element | null = document.defaultView?.frameElement ?? null;
    if (!isFrame(frame)) break;
    const inside = insideOf(frame);
    left = inside.left + left * inside.scaleX;
    y = inside.top + y * inside.scaleY;
    width *= inside.scaleX;
    height *= inside.scaleY;
    document = frame.ownerDocument;
  }
  return new DOMRect(left, y, width, height);
}

/** The innermost element at a point, and where that is in its own document. */
function hit(top: Document, { x, y }: Point): Element | null {
  let scope: Document | ShadowRoot = top;
  let at = { x, y };
  let found: Element | null = null;
  for (;;) {
    const element: Element | null = scope.elementFromPoint(at.x, at.y);
    if (!element || element === found) return found;
    found = element;
    if (isFrame(element) && element.contentDocument) {
      const inside = insideOf(element);
      at = { x: (at.x - inside.left) / inside.scaleX, y: (at.y - inside.top) / inside.scaleY };
      scope = element.contentDocument;
    } else if (element.shadowRoot) scope = element.shadowRoot;
    else return found;
  }
}

const around = (node: Node): Node | null =>
  isShadow(node) ? node.host : isDocument(node) ? (node.defaultView?.frameElement ?? null) : node.parentNode;

export interface Places {
  placeAt(x: number, y: number): { readonly node: NodeId; readonly fx: number; readonly fy: number } | null;
  pointOf(node: NodeId, fx: number, fy: number): Point | null;
  boxOf(node: NodeId): DOMRectReadOnly | null;
}

export function openPlaces(nodes: KnownNodes, topDocument: () => Document | null): Places {
  const boxOf = (id: NodeId): DOMRect | null => {
    const top = topDocument();
    const node = nodes.get(id)?.node;
    const element = node && isDocument(node) ? node.documentElement : node;
    if (!top || !element || !isElement(element) || !element.isConnected) return null;
    if (element.getClientRects().length === 0) return null;
    return toPage(element, top, element.getBoundingClientRect());
  };
  return {
    boxOf,
    placeAt(x, y) {
      const top = topDocument();
      if (!top) return null;
      let node: Node | null = hit(top, { x, y });
      while (node && nodes.idOf(node) === undefined) node = around(node);
      const id = node ? nodes.idOf(node) : undefined;
      const box = id === undefined ? null : boxOf(id);
      if (id === undefined || !box) return null;
      const fraction = (at: number, from: number, length: number) =>
        length > 0 ? Math.min(Math.max((at - from) / length, 0), 1) : 0.5;
      return { node: id, fx: fraction(x, box.left, box.width), fy: fraction(y, box.top, box.height) };
    },
    pointOf(id, fx, fy) {
      const box = boxOf(id);
      return box && { x: box.left + fx * box.width, y: box.top + fy * box.height };
    },
  };
}
