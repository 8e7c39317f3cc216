/** One page by two sets of rules: what the linter finds, what differs, and a picture. */
import type { Browser } from "playwright-core";
import type { Finding } from "../lint/finding";
import { MAX_LINT_NODES, readLeaks } from "../lint/lint-page";
import { LintProblem } from "../lint/lint-problem";
import { visitPage } from "../lint/visit-page";
import { drawMasks } from "./draw-masks";
import type { CompareOrder, Comparison } from "./dry-run.page";
import type { ChildOrder, DryRunReport } from "./dry-run-port";

/** Pixels: a laptop's width, and as much of the page as a picture beside the rules can hold. */
const WINDOW = { width: 1_280, height: 1_600 };

/** @param script dry-run.page.ts, bundled. @throws LintProblem */
export function lookAtPage(
  browser: Browser,
  { url, timeoutMs, edited, saved }: Pick<ChildOrder, "url" | "timeoutMs" | "edited" | "saved">,
  script: string,
): Promise<DryRunReport> {
  return visitPage(browser, { url, timeoutMs, script, viewport: WINDOW }, async (visit) => {
    const leaks = await readLeaks(visit, { rules: edited, accept: [] });
    const limits = { nodes: MAX_LINT_NODES, milliseconds: visit.readMs };
    const asked: CompareOrder = { edited, saved, limits };
    const { origin, masks, ...comparison } = await visit.run<Comparison>(
      `vetrinaDryRun.compare(${JSON.stringify(asked)})`,
    );
    // A page may go elsewhere after it has come to rest.
    if (origin !== new URL(url).origin)
      throw new LintProblem(`it leads to another site (${origin})`, { kind: "elsewhere" });
    const { data } = await visit.session.send("Page.captureScreenshot", { format: "png" });
    return {
      ...comparison,
      address: leaks.address,
      mode: leaks.mode,
      isCut: leaks.isCut || comparison.isCut,
      isRestless: leaks.isRestless,
      findings: leaks.findings.map(toFinding),
      moreFindings: leaks.more,
      picture: await drawMasks(Buffer.from(data, "base64"), masks),
    };
  });
}

function toFinding({ rule, ...finding }: Finding, id: number): DryRunReport["findings"][number] {
  return { id, ...finding, mask: maskOf(rule) };
}

/** Of `{"mask":[".name"]}` the selector. */
function maskOf(rule: string): string | null {
  const { mask }: { readonly mask?: readonly string[] } = JSON.parse(rule);
  return mask?.[0] ?? null;
}
