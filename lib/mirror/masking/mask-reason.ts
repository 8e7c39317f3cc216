/** Why text inside a scope must not be read; null when it may. The order is the order of protection. */
import type { Policy } from "./policy";
import { DENY, EDIT, MASK, type Scope, SHOW } from "./scope";
import type { Reason } from "./verdict";

export function maskReason(policy: Policy, scope: Scope): Reason | null {
  if (policy.masksAll) return "unreadable rules";
  if (scope & DENY) return "secret field";
  if (scope & MASK) return "mask rule";
  if (scope & SHOW) return null;
  if (scope & EDIT) return "editable";
  return policy.mode === "allow-list" ? "private by default" : null;
}
