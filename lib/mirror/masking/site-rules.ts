/**
 * A shop's rules for what the mirror may show, as they stand in its settings or in a file: parsed here, and only here.
 * Whatever cannot be read masks the whole page: a rule with a slip of the pen must not become a rule that is not there.
 */
import { checkSelector, checkShowSelector, type SelectorProblem } from "./check-selector";
import { isSecretName } from "./secret-words";

export type Mode = "off" | "default" | "allow-list";

interface PathMode {
  readonly path: string;
  readonly mode: Mode;
}

export interface SelectorRule {
  readonly selector: string;
  /** Pattern of the paths it holds for; all without. */
  readonly path: string;
}

interface SiteRules {
  readonly mode: Mode;
  readonly paths: readonly PathMode[];
  readonly privatePaths: readonly string[];
  readonly mask: readonly SelectorRule[];
  readonly hide: readonly SelectorRule[];
  readonly show: readonly SelectorRule[];
  readonly noControl: readonly SelectorRule[];
  readonly urlParams: readonly string[];
}

export interface RuleProblem {
  /** As in `mask[2]`. */
  readonly where: string;
  readonly what: SelectorProblem | "unreadable" | "unknown key" | "secret parameter";
  /** What comes of it. */
  readonly effect: "whole page masked" | "rule ignored" | "no control at all";
}

export interface ReadRules {
  readonly rules: SiteRules;
  readonly problems: readonly RuleProblem[];
}

/** Rules of one kind: more are a mistake, and each costs time for every element of the page. */
const MAX_RULES = 200;
const MAX_PATTERN_CHARS = 500;
const KEYS = ["mode", "paths", "privatePaths", "mask", "hide", "show", "noControl", "urlParams"];

const NO_RULES: SiteRules = {
  mode: "default",
  paths: [],
  privatePaths: [],
  mask: [],
  hide: [],
  show: [],
  noControl: [],
  urlParams: [],
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isMode = (value: unknown): value is Mode =>
  value === "off" || value === "default" || value === "allow-list";
const isPattern = (value: unknown): value is string =>
  typeof value === "string" && /^[/*]/.test(value) && value.length <= MAX_PATTERN_CHARS;

/** @param canParse whether the browser can parse a selector */
export function readSiteRules(input: unknown, canParse: (selector: string) => boolean): ReadRules {
  const problems: RuleProblem[] = [];
  const closed = (where: string, what: RuleProblem["what"]) =>
    problems.push({ where, what, effect: "whole page masked" });
  if (!isRecord(input)) {
    closed("rules", "unreadable");
    return { rules: NO_RULES, problems };
  }
  for (const key of Object.keys(input)) if (!KEYS.includes(key)) closed(key.slice(0, 40), "unknown key");

  const list = (key: string): readonly unknown[] => {
    const value = input[key] ?? [];
    if (Array.isArray(value) && value.length <= MAX_RULES) return value;
    closed(key, "unreadable");
    return [];
  };
  const selectors = (
    key: string,
    check: typeof checkSelector,
    effect: RuleProblem["effect"],
  ): SelectorRule[] => {
    const read: SelectorRule[] = [];
    list(key).forEach((entry, index) => {
      const rule = typeof entry === "string" ? { selector: entry, path: "*" } : entry;
      const where = `${key}[${index}]`;
      if (!isRecord(rule) || typeof rule.selector !== "string" || !isPattern(rule.path ?? "*")) {
        problems.push({ where, what: "unreadable", effect });
        return;
      }
      const what = check(rule.selector, canParse);
      if (what) problems.push({ where, what, effect });
      else read.push({ selector: rule.selector, path: isPattern(rule.path) ? rule.path : "*" });
    });
    return read;
  };
  const mode = input.mode ?? "default";
  if (!isMode(mode)) closed("mode", "unreadable");
  const paths: PathMode[] = [];
  list("paths").forEach((entry, index) => {
    if (isRecord(entry) && isPattern(entry.path) && isMode(entry.mode))
      paths.push({ path: entry.path, mode: entry.mode });
    else closed(`paths[${index}]`, "unreadable");
  });
  const privatePaths: string[] = [];
  list("privatePaths").forEach((entry, index) => {
    if (isPattern(entry)) privatePaths.push(entry);
    else closed(`privatePaths[${index}]`, "unreadable");
  });
  const urlParams: string[] = [];
  list("urlParams").forEach((entry, index) => {
    const readable = typeof entry === "string" && /^[\w.-]{1,64}$/.test(entry);
    if (readable && !isSecretName(entry)) urlParams.push(entry);
    else {
      const what = readable ? "secret parameter" : "unreadable";
      problems.push({ where: `urlParams[${index}]`, what, effect: "rule ignored" });
    }
  });
  const rules: SiteRules = {
    mode: isMode(mode) ? mode : "default",
    paths,
    privatePaths,
    mask: selectors("mask", checkSelector, "whole page masked"),
    hide: selectors("hide", checkSelector, "whole page masked"),
    show: selectors("show", checkShowSelector, "rule ignored"),
    noControl: selectors("noControl", checkSelector, "no control at all"),
    urlParams,
  };
  return { rules, problems };
}
