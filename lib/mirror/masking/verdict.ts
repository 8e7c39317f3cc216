/** What the gate says about one thing of the page. */

type Treatment = "shown" | "masked" | "dropped" | "boxed";

/** Why it is so: for the linter, and for "what is hidden" in front of the customer. */
export type Reason =
  | "visible"
  | "show rule"
  | "mirror off"
  | "unreadable rules"
  | "hide rule"
  | "mask rule"
  | "private by default"
  | "secret field"
  | "field"
  | "editable"
  | "echo of a field"
  | "not listed"
  | "never leaves"
  | "query or token"
  | "upload"
  | "other origin"
  | "design"
  | "failed";

export interface Verdict {
  readonly as: Treatment;
  /** What may leave; empty when dropped or boxed. */
  readonly value: string;
  readonly why: Reason;
}

export const shown = (value: string, why: Reason = "visible"): Verdict => ({ as: "shown", value, why });
export const masked = (value: string, why: Reason): Verdict => ({ as: "masked", value, why });
export const dropped = (why: Reason): Verdict => ({ as: "dropped", value: "", why });
export const boxed = (why: Reason): Verdict => ({ as: "boxed", value: "", why });

type FieldState =
  | { readonly kind: "text"; readonly value: string }
  /** Nothing but whether something stands in it: no length, one change, not one a key. */
  | { readonly kind: "filled"; readonly filled: boolean }
  | { readonly kind: "checked"; readonly checked: boolean; readonly indeterminate: boolean }
  | { readonly kind: "chosen"; readonly chosen: readonly number[] };

export interface FieldVerdict {
  readonly as: Treatment;
  readonly state: FieldState | null;
  readonly why: Reason;
}

/** Whether the agent may act on an element. */
export interface ControlVerdict {
  readonly allowed: boolean;
  readonly why: Reason | "no-control rule";
}
