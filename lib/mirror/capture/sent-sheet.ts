/** A style sheet as the viewers know it. */
import type { Scope } from "../masking/scope";
import type { NodeId } from "../wire/page-message";

/** A rule as the page has it, and what relative addresses in it start from. */
export interface SourceRule {
  readonly css: string;
  readonly base: string;
}

export interface SentSheet {
  readonly id: NodeId;
  scope: Scope;
  source: CSSStyleSheet | null;
  /** What was told of `rules`, one for one. */
  told: readonly string[];
  rules: readonly SourceRule[];
  /** Read, and not all told yet. */
  wanted: readonly SourceRule[] | null;
  media: string;
  /** As the page has it. */
  mediaText: string;
  disabled: 0 | 1;
  /** Address of a sheet that the page may not read, where it may be told. */
  href: string;
  /** Rules when it was read, without those of imported sheets. */
  count: number;
  /** The rule that is looked at next. */
  next: number;
}

export const newSheet = (id: NodeId, scope: Scope): SentSheet => ({
  id,
  scope,
  source: null,
  told: [],
  rules: [],
  wanted: null,
  media: "",
  mediaText: "",
  disabled: 0,
  href: "",
  count: 0,
  next: 0,
});
