/** What the linter hands back: plain values that cross from the page to the command. */
import type { Mode, RuleProblem } from "../masking/site-rules";

export const findingReasons = [
  "looks like an e-mail address",
  "looks like a telephone number",
  "looks like a bank account (IBAN)",
  "looks like a card number",
  "looks like a postal address",
  "looks like a greeting with a name",
  "what is typed here leaves: a show rule covers it",
  "the choice leaves, and says something about a person",
] as const;
export type FindingReason = (typeof findingReasons)[number];

export interface Finding {
  readonly what: "text" | "attribute" | "field" | "choice" | "style" | "title" | "address";
  /** Name of the attribute; empty for everything else. */
  readonly name: string;
  /** CSS path; `>>>` enters a shadow root or a frame. */
  readonly path: string;
  readonly why: FindingReason;
  /** At most two characters of what was found, and a dash of an ellipsis. */
  readonly sample: string;
  /** What to write into the rules. */
  readonly rule: string;
}

export interface PageReport {
  /** After redirects, without query and with tokens dotted out. */
  readonly address: string;
  readonly mode: Mode;
  readonly policyHash: string;
  readonly nodes: number;
  /** A limit of nodes or time ended the look at the page. */
  readonly isCut: boolean;
  /** The page still changed when it was read. */
  readonly isRestless: boolean;
  readonly milliseconds: number;
  /** Texts, attributes, styles and fields by what became of them. */
  readonly told: Readonly<Record<"shown" | "masked" | "dropped" | "boxed", number>>;
  readonly problems: readonly RuleProblem[];
  readonly findings: readonly Finding[];
  /** Findings beyond the number that is listed. */
  readonly more: number;
}
