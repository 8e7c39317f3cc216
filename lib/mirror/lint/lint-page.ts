/** Reads one page through the gate: what would leave of it and looks like somebody's own. */
import type { Browser } from "playwright-core";
import type { PageReport } from "./finding";
import type { LintOrder } from "./page-script";
import { type Visit, type VisitOrder, visitPage } from "./visit-page";

export interface PageOrder extends VisitOrder {
  readonly rules: unknown;
  readonly accept: readonly string[];
}

/** Nodes read: the mirror itself gives up at as many. */
export const MAX_LINT_NODES = 50_000;

/** @throws {LintProblem} when the page cannot be looked at */
export const lintPage = (browser: Browser, order: PageOrder): Promise<PageReport> =>
  visitPage(browser, order, (visit) => readLeaks(visit, order));

/** What the linter says of a page that is open. */
export async function readLeaks(
  visit: Visit,
  { rules, accept }: Pick<PageOrder, "rules" | "accept">,
): Promise<PageReport> {
  const lint: LintOrder = {
    rules,
    accept,
    limits: { nodes: MAX_LINT_NODES, milliseconds: visit.readMs },
  };
  const report = await visit.run<Omit<PageReport, "isRestless">>(
    `vetrinaMaskLint.lint(${JSON.stringify(lint)})`,
  );
  return { ...report, isRestless: visit.isRestless };
}
