/** A site's rules as an admin writes them: one a line, as text that says what it does not understand. */
import type { Mode, RuleProblem } from "@/lib/mirror/masking/site-rules";

/** The lists of `lib/mirror/masking/site-rules` that hold selectors. */
export const selectorLists = ["hide", "mask", "show", "noControl"] as const;
type SelectorList = (typeof selectorLists)[number];

export interface RulesText extends Readonly<Record<SelectorList, string>> {
  readonly mode: Mode;
  /** Paths on which everything is masked until shown. */
  readonly allowListPaths: string;
  /** Paths on which the mirror pauses. */
  readonly privatePaths: string;
  readonly urlParams: string;
}

export type RulesArea = Exclude<keyof RulesText, "mode">;

/** Named as in the rules. */
const areas: readonly RulesArea[] = [...selectorLists, "privatePaths", "urlParams"];

/** A mistake where it was made. */
export interface LineProblem {
  readonly area: RulesArea;
  /** From 1, empty lines counted. */
  readonly line: number;
  readonly text: string;
  readonly problem: RuleProblem;
}

/** What a path's mode says in the saved rules and has no line here is kept as it is. */
interface SavedRules {
  readonly [key: string]: unknown;
}

const isRecord = (value: unknown): value is SavedRules =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** `.price`, or `/orders/* .price` for a rule that holds on some paths only: no selector begins with a slash. */
function writeSelector(rule: unknown): string {
  if (typeof rule === "string") return rule;
  if (!isRecord(rule) || typeof rule.selector !== "string") return "";
  return typeof rule.path === "string" && rule.path !== "*" ? `${rule.path} ${rule.selector}` : rule.selector;
}

function readSelector(line: string): unknown {
  const [, path, selector] = /^(\/\S*)\s+(.+)$/.exec(line) ?? [];
  return path === undefined ? line : { path, selector };
}

/** Modes of paths that have no line. */
function otherPaths(saved: unknown): readonly unknown[] {
  const before = isRecord(saved) ? listOf(saved.paths) : [];
  return before.filter((entry) => isRecord(entry) && entry.mode !== "allow-list");
}

export function rulesToText(saved: unknown): RulesText {
  const rules = isRecord(saved) ? saved : {};
  const selectors = (key: SelectorList) => listOf(rules[key]).map(writeSelector).join("\n");
  const plain = (key: string) =>
    listOf(rules[key])
      .filter((entry) => typeof entry === "string")
      .join("\n");
  const allowListPaths = listOf(rules.paths)
    .flatMap((entry) =>
      isRecord(entry) && entry.mode === "allow-list" && typeof entry.path === "string" ? [entry.path] : [],
    )
    .join("\n");
  const { mode } = rules;
  return {
    mode: mode === "allow-list" || mode === "off" ? mode : "default",
    allowListPaths,
    privatePaths: plain("privatePaths"),
    urlParams: plain("urlParams"),
    hide: selectors("hide"),
    mask: selectors("mask"),
    show: selectors("show"),
    noControl: selectors("noControl"),
  };
}

/** What `readSiteRules` takes. @param saved the rules as they were: modes of paths that have no line here stay */
export function textToRules(text: RulesText, saved: unknown): unknown {
  const selectors = (key: SelectorList) => linesOf(text[key]).map(readSelector);
  return {
    mode: text.mode,
    paths: [
      ...otherPaths(saved),
      ...linesOf(text.allowListPaths).map((path) => ({ path, mode: "allow-list" })),
    ],
    privatePaths: linesOf(text.privatePaths),
    urlParams: linesOf(text.urlParams),
    hide: selectors("hide"),
    mask: selectors("mask"),
    show: selectors("show"),
    noControl: selectors("noControl"),
  };
}

/**
 * @param problems of the rules that `textToRules` makes of the same text
 * @returns those that stand on a line, with it; the others as they are
 */
export function problemsByLine(
  problems: readonly RuleProblem[],
  text: RulesText,
  saved: unknown,
): { readonly lines: readonly LineProblem[]; readonly others: readonly RuleProblem[] } {
  const lines: LineProblem[] = [];
  const others: RuleProblem[] = [];
  for (const problem of problems) {
    const place = lineOf(problem.where, text, otherPaths(saved).length);
    if (place === null) others.push(problem);
    else lines.push({ ...place, problem });
  }
  return { lines, others };
}

/** @param where such as `mask[2]`: of the lines that are not empty */
function lineOf(where: string, text: RulesText, before: number): Omit<LineProblem, "problem"> | null {
  const [, key = "", digits = ""] = /^(\w+)\[(\d+)\]$/.exec(where) ?? [];
  const area = key === "paths" ? "allowListPaths" : areas.find((one) => one === key);
  if (area === undefined) return null;
  const index = Number(digits) - (key === "paths" ? before : 0);
  const full = text[area]
    .split("\n")
    .map((line, at) => ({ area, line: at + 1, text: line.trim() }))
    .filter((line) => line.text !== "");
  return full[index] ?? null;
}
