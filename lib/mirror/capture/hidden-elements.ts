/** What viewers see only as boxes and dots: for showing her, in her own page. */
import { maskReason } from "../masking/mask-reason";
import type { Context } from "./context";
import { isElement } from "./page-dom";

/** Outlines drawn at once; more would hide the page. */
const MAX_ELEMENTS = 500;

export function hiddenElements({ dom, tree, policy }: Context): readonly Element[] {
  const found: Element[] = [];
  for (const { node, row, told, around, scope } of tree.all()) {
    if (found.length >= MAX_ELEMENTS) break;
    if (!isElement(dom, node)) continue;
    const isBox = row[1] === 2 && row[2] !== "" && row[2] !== "not listed";
    // Outermost only: everything in it is masked too.
    const isMasked =
      maskReason(policy, scope) !== null && (maskReason(policy, around) === null || dom.tag(node) === "html");
    if (isBox || isMasked || told.field?.[1] === "f") found.push(node);
  }
  return found;
}
