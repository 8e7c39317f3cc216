/** The words of the command line. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Mode } from "../masking/site-rules";
import { LintProblem } from "./lint-problem";

export const USAGE = `Usage: vetrina-mask-lint <url...> [options]

Opens pages as a visitor without a session would, and lists what the page mirror would show of them
that looks like somebody's own data.

  --rules <file.json>   the site's masking rules (docs/mirror-masking.md); none without
  --mode <mode>         default, allow-list or off, in place of the rules' own
  --accept <selector>   what lies inside was checked by a person, such as the shop's own address; repeatable
  --json                the report as JSON
  --chromium <path>     the browser; else CHROME_PATH, else the first on the PATH
  --timeout <seconds>   for each page, 5 to 300 (30)

Exit code: 0 nothing found, 1 something found, 2 a page could not be looked at.
`;

export interface LintArguments {
  readonly urls: readonly string[];
  /** The rules as they stand in the file, with --mode applied. */
  readonly rules: unknown;
  readonly accept: readonly string[];
  readonly json: boolean;
  readonly chromium: string | null;
  readonly timeoutMs: number;
  readonly help: boolean;
}

const MODES: readonly Mode[] = ["default", "allow-list", "off"];
const DEFAULT_TIMEOUT_S = 30;
const OPTIONS = {
  rules: { type: "string" },
  mode: { type: "string" },
  accept: { type: "string", multiple: true },
  json: { type: "boolean" },
  chromium: { type: "string" },
  timeout: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

export function readArguments(words: readonly string[]): LintArguments {
  const { values, positionals } = parse(words);
  const mode = MODES.find((known) => known === values.mode);
  if (values.mode !== undefined && !mode) throw new LintProblem(`--mode is one of ${MODES.join(", ")}.`);
  const seconds = Number(values.timeout ?? DEFAULT_TIMEOUT_S);
  if (!(seconds >= 5 && seconds <= 300))
    throw new LintProblem("--timeout is a number of seconds from 5 to 300.");
  const help = values.help === true;
  if (!help && positionals.length === 0) throw new LintProblem(USAGE);
  const rules = values.rules === undefined ? {} : readRules(values.rules);
  return {
    urls: positionals.map(readAddress),
    rules: mode && typeof rules === "object" && rules !== null ? { ...rules, mode } : rules,
    accept: values.accept ?? [],
    json: values.json === true,
    chromium: values.chromium ?? null,
    timeoutMs: seconds * 1_000,
    help,
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new LintProblem(`${error instanceof Error ? error.message : ""}\n\n${USAGE}`, { cause: error });
  }
}

function readAddress(word: string): string {
  try {
    const url = new URL(word);
    if (url.protocol === "http:" || url.protocol === "https:") return url.href;
  } catch {
    // Said below.
  }
  throw new LintProblem(`${word} is no address of a page: it must begin with https:// or http://.`);
}

function readRules(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new LintProblem(`The rules file ${path} cannot be read.`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LintProblem(`The rules file ${path} is not JSON.`, { cause: error });
  }
}
