/**
 * Whether rules hold for other elements than when those were told: somebody changed a class, a mark or a neighbour. What
 * became stricter makes everything that was told void; what became looser is told again.
 */
import { HIDE, MASK, NO_CONTROL, type Scope, SHOW } from "../masking/scope";
import type { Context } from "./context";
import { isElement } from "./page-dom";
import type { SentNode } from "./sent-tree";

const isStricter = (before: Scope, now: Scope) =>
  (now & ~before & ~(SHOW | NO_CONTROL)) !== 0 || (before & ~now & SHOW) !== 0;

const isBoxed = ({ row }: SentNode) => row[1] === 2;

/** @returns whether anything that was told may be told no more */
export function checkRules(context: Context): boolean {
  const { dom, gate, tree, dirty, policy } = context;
  const looser = new Set<SentNode>();
  /** @returns whether it became stricter */
  const check = (sent: SentNode): boolean => {
    if (!isElement(dom, sent.node) || tree.byId(sent.id) !== sent) return false;
    const now = gate.enter(sent.node, sent.around);
    if (isStricter(sent.scope, now)) return true;
    // Boxes that need not be any more, and frames that went to another origin.
    const isOther =
      sent.row[1] !== 4 &&
      sent.row[5] !== "none" &&
      isBoxed(sent) !== (gate.element(sent.node, now).as === "boxed");
    if ((now ^ sent.scope) & ~NO_CONTROL || isOther) looser.add(sent);
    return false;
  };
  for (const sent of dirty.attributes.keys()) if (check(sent)) return true;
  if (dirty.rules) {
    dirty.rules = false;
    for (const root of tree.roots) {
      for (const [list, bit] of [
        [policy.hide, HIDE],
        [policy.mask, MASK],
        [policy.show, SHOW],
      ] as const) {
        for (const element of list ? dom.all(root.node, list) : []) {
          const sent = tree.of(element);
          if (sent && !(sent.scope & bit) && check(sent)) return true;
        }
      }
    }
    for (const sent of tree.special) if (check(sent)) return true;
  }
  for (const sent of looser) renew(context, sent);
  return false;
}

/** Told anew, under another id, with everything in it. */
export function renew({ tree, dirty }: Context, sent: SentNode): void {
  if (!sent.parent) return;
  tree.disown(sent);
  dirty.lists.add(sent.parent);
}
