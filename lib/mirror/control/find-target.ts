/** The element that an agent means, if the shop's rules and the page itself let it be reached. */
import type { ActRefusal } from "@/lib/protocol/mirror";
import type { ActPlace } from "./perform-act";
import { frameOffset, realmOf } from "./realm";

export interface Target {
  readonly element: HTMLElement;
  /** CSS pixels in the viewport of the element's own document. */
  readonly x: number;
  readonly y: number;
}

/** An element that is still there, not ours, and that the agent may act on. */
export function findAllowed(id: number, place: ActPlace): HTMLElement | ActRefusal {
  const node = place.nodeOf(id);
  const realm = node === null ? null : realmOf(node);
  if (node === null || realm === null || !node.isConnected) return "gone";
  // Drawings take clicks too, by the element around them.
  const element = node instanceof realm.HTMLElement ? node : node.parentElement?.closest("*");
  if (!(element instanceof realm.HTMLElement) || place.isOurs(element)) return "no-control";
  const gate = place.gate();
  const verdict = gate.control(element, gate.scopeOf(element));
  if (verdict.allowed) {
    const isOff = element.matches(":disabled") || element.getAttribute("aria-disabled") === "true";
    return isOff ? "no-control" : element;
  }
  return ["secret field", "field", "mask rule", "editable", "private by default"].includes(verdict.why)
    ? "masked"
    : "no-control";
}

/** The same, in sight, and with nothing over it at that place. */
export function findTarget(
  at: { readonly node: number; readonly fx: number; readonly fy: number },
  place: ActPlace,
): Target | ActRefusal {
  const element = findAllowed(at.node, place);
  if (typeof element === "string") return element;
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return "not-visible";
  const x = box.left + at.fx * box.width;
  const y = box.top + at.fy * box.height;
  const refusal = refuseBelow(element, x, y);
  if (refusal !== null) return refusal;
  const frame = frameOffset(element);
  if (frame === null) return { element, x, y };
  // What lies over a frame lies over all that is in it.
  const over = place.view.document.elementFromPoint(x + frame.x, y + frame.y);
  return over === frame.outermost ? { element, x, y } : "covered";
}

/** Its own tree is asked, and every one around it: in Firefox a shadow root knows nothing of what lies over its host. */
function refuseBelow(element: Element, x: number, y: number): ActRefusal | null {
  const realm = realmOf(element);
  if (realm === null) return "gone";
  for (let at: Element | null = element; at !== null; ) {
    const root: Node = at.getRootNode();
    const isShadow = root instanceof realm.ShadowRoot;
    const hit = isShadow || root instanceof realm.Document ? root.elementFromPoint(x, y) : null;
    if (hit === null) return "not-visible";
    if (!holds(at, hit)) return "covered";
    at = isShadow ? root.host : null;
  }
  return null;
}

/** Itself, or something in it, also through shadow roots. */
function holds(element: Element, hit: Element): boolean {
  const realm = realmOf(element);
  let node: Node | null = hit;
  while (node !== null && node !== element) {
    node = realm !== null && node instanceof realm.ShadowRoot ? node.host : node.parentNode;
  }
  return node === element;
}
