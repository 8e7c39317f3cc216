/** Why a page could not be looked at: a sentence for whoever ran the command, and a word for programs. */
export type LintProblemKind =
  | "usage"
  | "no browser"
  | "not opened"
  | "refused"
  | "elsewhere"
  | "too late"
  | "not read";

export class LintProblem extends Error {
  override readonly name = "LintProblem";
  readonly kind: LintProblemKind;
  constructor(sentence: string, { kind = "usage", cause }: { kind?: LintProblemKind; cause?: unknown } = {}) {
    super(sentence, { cause });
    this.kind = kind;
  }
}
