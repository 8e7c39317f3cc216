/** A site's rules as they hold for one address: what the gate asks for every node. */
import { matchesPath } from "./path-pattern";
import type { Mode, ReadRules, SelectorRule } from "./site-rules";

/** Raised whenever the same rules would let something else leave: two ends with different hashes do not start. */
const POLICY_VERSION = 1;

export interface Policy {
  readonly mode: Mode;
  /** The address is on the private list: the mirror pauses. */
  readonly isPrivate: boolean;
  /** A rule could not be read: everything is masked, whatever the rest says. */
  readonly masksAll: boolean;
  readonly controlsNothing: boolean;
  /** Lists of selectors, joined; empty for none. */
  readonly mask: string;
  readonly hide: string;
  readonly show: string;
  readonly noControl: string;
  readonly urlParams: ReadonlySet<string>;
  readonly hash: string;
}

const STRICTNESS: Readonly<Record<Mode, number>> = { default: 0, "allow-list": 1, off: 2 };

/**
 * Of several patterns that match a path, the strictest holds.
 *
 * @param path of the page's address
 * @param canParse whether this browser parses a selector: rules may have been read where another one did
 */
export function policyFor(
  { rules, problems }: ReadRules,
  path: string,
  canParse: (selector: string) => boolean,
): Policy {
  let mode = rules.mode;
  for (const rule of rules.paths) {
    if (matchesPath(rule.path, path) && STRICTNESS[rule.mode] > STRICTNESS[mode]) mode = rule.mode;
  }
  const join = (list: readonly SelectorRule[]) =>
    list
      .filter((rule) => matchesPath(rule.path, path))
      .map((rule) => rule.selector)
      .join(",");
  const isPrivate = rules.privatePaths.some((pattern) => matchesPath(pattern, path));
  const effects = new Set(problems.map((problem) => problem.effect));
  const mask = join(rules.mask);
  const hide = join(rules.hide);
  const show = join(rules.show);
  const noControl = join(rules.noControl);
  const parses = (list: string) => !list || canParse(list);
  return {
    mode: isPrivate ? "off" : mode,
    isPrivate,
    masksAll: effects.has("whole page masked") || !parses(mask) || !parses(hide),
    controlsNothing: effects.has("no control at all") || !parses(noControl),
    mask,
    hide,
    show: parses(show) ? show : "",
    noControl,
    urlParams: new Set(rules.urlParams),
    hash: hashOf(JSON.stringify([POLICY_VERSION, rules, problems])),
  };
}

/** 2 x 32-bit FNV-1a with different offsets: tells rules apart; it is no seal. */
function hashOf(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x9dc5811c;
  for (let i = 0; i < text.length; i++) {
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(i), 0x01000193) + i;
  }
  return [low, high].map((part) => (part >>> 0).toString(16).padStart(8, "0")).join("");
}
