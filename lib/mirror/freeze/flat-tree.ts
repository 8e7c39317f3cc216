/**
 * The replica as a browser lays it out: shadow roots and frames opened, slots filled. Each node after what it stands in. No
 * recursion: pages are deep.
 */
import { isDocument, isElement, isFrame, isText } from "../apply/node-kinds";
import { FreezeProblem } from "./freeze-problem";
import { MAX_FLAT_NODES } from "./limits";

export interface FlatNode {
  readonly node: Element | Text;
  /** Index of what it stands in; -1: of nothing. */
  readonly parent: number;
  /** It, or something in it, touches what is seen of its document. */
  isSeen: boolean;
}

/** @param into gets them; complete when the generator has ended @throws FreezeProblem too-large */
export function* listFlat(document: Document, into: FlatNode[]): Generator<void> {
  const waiting: (readonly [Node, number])[] = [[document, -1]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, parent] = next;
    const index = isElement(node) || isText(node) ? into.length : parent;
    if (isElement(node) || isText(node)) {
      if (into.length >= MAX_FLAT_NODES) throw new FreezeProblem("too-large");
      into.push({ node, parent, isSeen: isElement(node) && touchesView(node) });
    }
    // Nothing in a frame is seen while the frame is not, wherever in the frame it is.
    const isAway = isFrame(node) && into[index]?.isSeen === false;
    const inside = isAway || isText(node) ? [] : childrenOf(node);
    for (const child of inside.toReversed()) waiting.push([child, index]);
    yield;
  }
  for (let index = into.length - 1; index > 0; index--) {
    const one = into[index];
    const around = one && into[one.parent];
    if (one?.isSeen && around) around.isSeen = true;
  }
}

function childrenOf(node: Node): readonly Node[] {
  if (isDocument(node)) return node.documentElement ? [node.documentElement] : [];
  if (!isElement(node)) return [];
  if (isFrame(node)) return node.contentDocument ? [node.contentDocument] : [];
  if (node.shadowRoot) return [...node.shadowRoot.childNodes];
  const filled = isSlot(node) ? node.assignedNodes() : [];
  if (filled.length > 0) return filled;
  // Of what is folded the browser still knows boxes.
  if (node.localName === "details" && !node.hasAttribute("open"))
    return [...node.children].filter(({ localName }) => localName === "summary").slice(0, 1);
  return [...node.childNodes];
}

function touchesView(element: Element): boolean {
  const view = element.ownerDocument.defaultView;
  if (!view) return false;
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return right >= 0 && bottom >= 0 && left <= view.innerWidth && top <= view.innerHeight;
}

const isSlot = (element: Element): element is HTMLSlotElement =>
  element.localName === "slot" && "assignedNodes" in element;
