/** A site's rules as an admin writes them: one a line, as text that says what it does not understand. */
import type { Mode } from "@/lib/mirror/masking/site-rules";

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
  const before = isRecord(saved) ? listOf(saved.paths) : [];
  const otherPaths = before.filter((entry) => isRecord(entry) && entry.mode !== "allow-list");
  const selectors = (key: SelectorList) => linesOf(text[key]).map(readSelector);
  return {
    mode: text.mode,
    paths: [...otherPaths, ...linesOf(text.allowListPaths).map((path) => ({ path, mode: "allow-list" }))],
    privatePaths: linesOf(text.privatePaths),
    urlParams: linesOf(text.urlParams),
    hide: selectors("hide"),
    mask: selectors("mask"),
    show: selectors("show"),
    noControl: selectors("noControl"),
  };
}
