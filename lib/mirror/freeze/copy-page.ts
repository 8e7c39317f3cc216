/** The replica as one drawing without scripts, sheets and addresses: what is seen of it, each thing with its own look. */
import { isElement } from "../apply/node-kinds";
import { copyElement, groundOf, HTML, SVG } from "./copy-element";
import type { FlatNode } from "./flat-tree";
import type { InnerBytes } from "./inner-bytes";
import { COPY, openLooks } from "./looks";
import { placeOf, type Shift, shiftIn } from "./place-shifts";
import { listFaces } from "./typefaces";

/** Boxes whose size says all that others need to know of them, when nothing in them is seen. */
const CLOSED = /^(block|flow-root|flex|grid|list-item)$/;

/** What is known of a node while its children are copied. */
interface Placed {
  readonly inside: Element;
  readonly shift: Shift | null;
  readonly isDrawn: boolean;
}

export interface PageSize {
  readonly w: number;
  readonly h: number;
}

/** What a page becomes. The rules stand beside the drawing: in it our own policy would judge them as if it were shown. */
export interface Copied {
  /** An empty drawing, at first. */
  readonly drawing: Document;
  rules: string;
}

/** @param nodes by `listFlat` @param copied complete when the generator has ended */
export function* copyPage(
  replica: Document,
  nodes: readonly FlatNode[],
  { w, h }: PageSize,
  bytes: InnerBytes,
  copied: Copied,
): Generator<void> {
  const looks = openLooks(document, bytes);
  const { drawing } = copied;
  const root = drawing.documentElement;
  for (const [name, value] of Object.entries({ width: w, height: h, viewBox: `0 0 ${w} ${h}` }))
    root.setAttribute(name, `${value}`);
  const holder = drawing.createElementNS(SVG, "foreignObject");
  for (const [name, value] of Object.entries({ x: 0, y: 0, width: w, height: h }))
    holder.setAttribute(name, `${value}`);
  const copy = drawing.createElementNS(HTML, "div");
  copy.setAttribute("class", COPY);
  const ground = groundOf(replica);
  copy.setAttribute(
    "style",
    `display:block;position:relative;width:${w}px;height:${h}px;overflow:hidden;background:${ground}`,
  );
  holder.append(copy);
  root.append(holder);

  const families = new Set<string>();
  const placed: (Placed | null)[] = [];
  for (const one of nodes) {
    const around = one.parent < 0 ? { inside: copy, shift: null, isDrawn: false } : placed[one.parent];
    placed.push(around ? place(one, around) : null);
    yield;
  }

  function place(one: FlatNode, around: Placed): Placed | null {
    const { node } = one;
    if (!isElement(node)) {
      around.inside.append(textIn(drawing, node.data, around.shift));
      return null;
    }
    const style = node.ownerDocument.defaultView?.getComputedStyle(node);
    const isDrawn = around.isDrawn || node.namespaceURI === SVG;
    // Drawings refer to parts of themselves that have no box, or none that is seen.
    if (!style || (!isDrawn && style.display === "none")) return null;
    const isAbove = isInTopLayer(node);
    const isOut = style.position === "absolute" || style.position === "fixed";
    if (!one.isSeen && !isDrawn && isOut) return null;
    families.add(style.fontFamily);
    const { element, inside } = copyElement(drawing, node, looks.of(node, style), bytes);
    const own = isAbove ? abovePlace(node) : placeOf(node, style, around.shift);
    if (own) element.setAttribute("style", own);
    if (isAbove) appendAbove(copy, element, node);
    else around.inside.append(element);
    if (inside === null || (!one.isSeen && !isDrawn && CLOSED.test(style.display))) return null;
    return { inside, shift: shiftIn(node, style), isDrawn };
  }

  copied.rules = `${listFaces(nodes, families, bytes)}${looks.rules()}`;
}

function textIn(drawing: Document, text: string, shift: Shift | null): Node {
  const node = drawing.createTextNode(text);
  if (!shift || !/\S/.test(text)) return node;
  const span = drawing.createElementNS(HTML, "span");
  // It looks as what it stands in.
  span.setAttribute("style", `all:unset;position:relative;left:${-shift.x}px;top:${-shift.y}px`);
  span.append(node);
  return span;
}

/** Dialogs and popovers that the page has put above everything. */
function isInTopLayer(element: Element): boolean {
  if (element.localName !== "dialog" && !element.hasAttribute("popover")) return false;
  return element.matches(":modal") || element.matches(":popover-open");
}

function abovePlace(element: Element): string {
  const { left, top } = element.getBoundingClientRect();
  return `position:fixed;margin:0;left:${left}px;top:${top}px;`;
}

/** Behind it the veil that it lays over the page. */
function appendAbove(copy: Element, element: Element, of: Element): void {
  const veil = of.ownerDocument.defaultView?.getComputedStyle(of, "::backdrop");
  const behind = copy.ownerDocument.createElementNS(HTML, "div");
  behind.setAttribute(
    "style",
    `display:block;position:fixed;left:0;top:0;width:100%;height:100%;background:${veil?.backgroundColor ?? "none"}`,
  );
  copy.append(behind, element);
}
