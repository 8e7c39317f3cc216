/** A sentence for whoever ran the command: why it could not look at a page. */
export class LintProblem extends Error {
  override readonly name = "LintProblem";
}
