/** A browser of our own for one look, without a window, a profile or anybody's cookies. */
import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { LintProblem } from "./lint-problem";

/**
 * Without Chromium's own sandbox, as playwright-core starts it where nothing else is asked for: containers often have none.
 *
 * @param options beyond ours; their `args` come after ours. @throws LintProblem
 */
export async function launchChromium(executablePath: string, options: LaunchOptions = {}): Promise<Browser> {
  const args = ["--disable-background-networking", ...(options.args ?? [])];
  try {
    return await chromium.launch({ ...options, executablePath, args });
  } catch (error) {
    throw new LintProblem(`${executablePath} did not start as a browser.`, {
      kind: "no browser",
      cause: error,
    });
  }
}
