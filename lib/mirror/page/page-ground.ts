/** The customer's page as ground for marks: what is at a place of it, under our own layer, that viewers know too. */
import { frameOffset, realmOf } from "../control/realm";
import type { Ground, Spot } from "../ink/sketch";
import { viewportBox } from "./viewport-box";

export interface PageGround {
  readonly document: Document;
  readonly isOurs: (node: Node) => boolean;
  /** Null for what viewers were not told of. */
  readonly idOf: (node: Node) => number | null;
  readonly elementOf: (id: number) => Element | null;
  readonly epoch: () => number;
}

export function openGround({ document, isOurs, idOf, elementOf, epoch }: PageGround): Ground {
  return {
    standAt({ x, y }) {
      const top = document.elementsFromPoint(x, y).find((one) => !isOurs(one)) ?? null;
      for (let at = top && innermost(top, { x, y }); at !== null; at = above(at)) {
        const node = idOf(at);
        const box = viewportBox(at);
        if (node === null || box.width < 1) continue;
        const fx = fraction(x - box.x, box.width);
        const fy = fraction(y - box.y, box.height);
        return { epoch: epoch(), node, fx, fy, width: box.width };
      }
      return null;
    },
    spotOf(stand) {
      const element = stand.epoch === epoch() ? elementOf(stand.node) : null;
      if (!element?.isConnected) return null;
      const box = viewportBox(element);
      return { x: box.x + stand.fx * box.width, y: box.y + stand.fy * box.height };
    },
  };
}

const fraction = (at: number, length: number) => (length > 0 ? Math.min(Math.max(at / length, 0), 1) : 0.5);

/** Through open shadow roots and frames of the same origin. */
function innermost(top: Element, { x, y }: Spot): Element {
  let found = top;
  for (;;) {
    const root = rootIn(found);
    const offset = root && frameOffset(root);
    // All of them: on top of a shadow root's own elements lies our layer.
    const next = root
      ?.elementsFromPoint(x - (offset?.x ?? 0), y - (offset?.y ?? 0))
      .find((one) => one.getRootNode() === root);
    if (next === undefined) return found;
    found = next;
  }
}

function rootIn(element: Element): Document | ShadowRoot | null {
  const realm = realmOf(element);
  if (realm !== null && element instanceof realm.HTMLIFrameElement) return element.contentDocument;
  return element.shadowRoot;
}

function above(element: Element): Element | null {
  const root = element.getRootNode();
  const realm = realmOf(element);
  if (element.parentElement !== null || realm === null) return element.parentElement;
  return root instanceof realm.ShadowRoot ? root.host : realm.frameElement;
}
