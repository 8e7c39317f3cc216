/** What stands in place of an element that may not be shown: as large, and where it stood. */
import type { Scope } from "../masking/scope";
import type { NodeId, NodeRow } from "../wire/page-message";
import type { Context } from "./context";
import { isElement } from "./page-dom";
import type { SentNode } from "./sent-tree";

/** What places an element among others, with what it is where nobody said anything. */
const LAYOUT: readonly (readonly [string, string])[] = [
  ["position", "static"],
  ["inset", "auto"],
  ["margin", "0px"],
  ["float", "none"],
  ["flex", "0 1 auto"],
  ["grid-area", "auto"],
  ["order", "0"],
  ["align-self", "auto"],
  ["justify-self", "auto"],
  ["vertical-align", "baseline"],
  ["z-index", "auto"],
];

export function describeBox(
  { view, dom, gate }: Context,
  element: Element,
  id: NodeId,
  why: string,
  around: Scope,
): NodeRow {
  try {
    const style = view.getComputedStyle(element);
    const [width, height] = dom.size(element);
    let layout = "";
    for (const [name, usual] of LAYOUT) {
      const value = style.getPropertyValue(name);
      if (value && value !== usual) layout += `${name}:${value};`;
    }
    const told = layout && gate.css(layout, around, "inline").value;
    const display = /^[a-z -]{1,30}$/.exec(style.display)?.[0] ?? "block";
    return [id, 2, why, Math.round(width), Math.round(height), display, told];
  } catch {
    return [id, 2, why, 0, 0, "none"];
  }
}

/** Whether a box has another size than was told. */
export function isResized({ dom }: Context, { node, row }: SentNode): boolean {
  if (row[1] !== 2 || row[5] === "none" || !isElement(dom, node)) return false;
  const [width, height] = dom.size(node);
  return Math.round(width) !== row[3] || Math.round(height) !== row[4];
}
