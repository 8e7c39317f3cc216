/** The command without its process: words in, words and an exit code out. */
import { bundlePageScript } from "./bundle-page-script";
import { findChromium } from "./find-chromium";
import { launchChromium } from "./launch-chromium";
import { lintPage } from "./lint-page";
import { LintProblem } from "./lint-problem";
import { readArguments, USAGE } from "./read-arguments";
import { countFindings, type PageResult, writeReport } from "./write-report";

export interface LintOutcome {
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly error: string;
}

export async function maskLint(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<LintOutcome> {
  try {
    return await run(words, env);
  } catch (error) {
    if (error instanceof LintProblem) return { code: 2, out: "", error: `${error.message}\n` };
    throw error;
  }
}

async function run(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<LintOutcome> {
  const { urls, rules, accept, json, chromium: path, timeoutMs, help } = readArguments(words);
  if (help) return { code: 0, out: USAGE, error: "" };
  const executablePath = findChromium(path, env);
  const script = await bundlePageScript();
  const browser = await launchChromium(executablePath);
  const results: PageResult[] = [];
  try {
    for (const url of urls) {
      try {
        results.push({ url, report: await lintPage(browser, { url, rules, accept, timeoutMs, script }) });
      } catch (error) {
        if (!(error instanceof LintProblem)) throw error;
        results.push({ url, problem: error.message });
      }
    }
  } finally {
    await browser.close();
  }
  const failed = results.some((result) => "problem" in result);
  const code = failed ? 2 : countFindings(results) > 0 ? 1 : 0;
  const out = json ? `${JSON.stringify({ results }, null, 2)}\n` : writeReport(results);
  return { code, out, error: "" };
}
