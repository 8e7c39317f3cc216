/**
 * A picture scrolls nowhere: what a page or a box of it is scrolled by is said as a place, and so is what sticks. Approximate
 * where something absolute inside a scrolled box is placed by a box further out.
 */
import { isDocument, isStyled } from "../apply/node-kinds";

export interface Shift {
  readonly x: number;
  readonly y: number;
  /** What is absolute in it moves with it. */
  readonly isBase: boolean;
}

/** By how much what stands in an element is moved. */
export function shiftIn(element: Element, style: CSSStyleDeclaration): Shift | null {
  // The page's own scrolling is its root's place.
  if (element === element.ownerDocument.scrollingElement || !hasBox(style)) return null;
  const { scrollLeft, scrollTop } = element;
  if (!scrollLeft && !scrollTop) return null;
  return { x: scrollLeft, y: scrollTop, isBase: style.position !== "static" };
}

/** Declarations that stand above the element's own rule; empty when it stays where it is. */
export function placeOf(element: Element, style: CSSStyleDeclaration, shift: Shift | null): string {
  const { parentNode } = element;
  if (parentNode && isDocument(parentNode)) return rootPlace(element);
  let told = /(auto|scroll)/.test(style.overflow) ? "overflow:hidden;" : "";
  // That a page may not be scrolled, or how, its body only says for the window.
  if (element === element.ownerDocument.body && element.scrollTop === 0) told = "overflow:visible;";
  // It stands on its lower edge, not on the last line in it.
  if (element.localName === "iframe")
    told = `overflow:hidden;${style.display === "inline" ? "display:inline-block;" : ""}`;
  if (style.position === "sticky") {
    const { x, y } = stuckBy(element);
    return `${told}position:relative;left:${x - (shift?.x ?? 0)}px;top:${y - (shift?.y ?? 0)}px;`;
  }
  const isAbsolute = style.position === "absolute";
  if (!shift || style.position === "fixed" || (isAbsolute && !shift.isBase)) return told;
  const [left, top] = [numberOf(style.left), numberOf(style.top)];
  const place = `left:${left - shift.x}px;top:${top - shift.y}px;`;
  return isAbsolute ? told + place : `${told}position:relative;${place}`;
}

/** What is fixed stays where it is: it counts from what holds the copy. */
function rootPlace(root: Element): string {
  const view = root.ownerDocument.defaultView;
  const [x, y] = [view?.scrollX ?? 0, view?.scrollY ?? 0];
  return `display:block;position:relative;left:${-x}px;top:${-y}px;overflow:visible;`;
}

/** By how much it is held back: where it is, and where it would be. Nobody sees it in between. */
function stuckBy(element: Element): { readonly x: number; readonly y: number } {
  if (!isStyled(element)) return { x: 0, y: 0 };
  const { style } = element;
  const before = element.getAttribute("style");
  const is = element.getBoundingClientRect();
  style.setProperty("position", "static", "important");
  const would = element.getBoundingClientRect();
  if (before === null) element.removeAttribute("style");
  else style.cssText = before;
  return { x: is.left - would.left, y: is.top - would.top };
}

const hasBox = ({ display }: CSSStyleDeclaration): boolean => display !== "contents" && display !== "inline";
/** CSS pixels; none for a word. */
const numberOf = (length: string): number => Number.parseFloat(length) || 0;
