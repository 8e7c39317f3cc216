/** Runs in the page beside the linter, in the same world of its own: sees it by the saved rules and by the edited ones. */
import "../lint/page-script";
import { canParse } from "../lint/can-parse";
import { pathOf } from "../lint/element-path";
import type { WalkLimits } from "../lint/walk-page";
import { openGate, openGateMemory } from "../masking/gate";
import { matchesPath } from "../masking/path-pattern";
import { policyFor } from "../masking/policy";
import { openDomReader } from "../masking/read-dom";
import { type ReadRules, readSiteRules } from "../masking/site-rules";
import { comparePages } from "./compare-pages";
import type { DryRunReport, RuleList, SightChange } from "./dry-run-port";
import { boxOf, masksOf, type PageMasks } from "./page-boxes";
import { countSights, type SeenPage, seePage } from "./see-page";

export interface CompareOrder {
  readonly saved: unknown;
  readonly edited: unknown;
  readonly limits: WalkLimits;
}

export interface Comparison
  extends Pick<DryRunReport, "saved" | "edited" | "changes" | "moreChanges" | "unmatched" | "isCut"> {
  /** Where the page is now. */
  readonly origin: string;
  readonly masks: PageMasks;
}

declare global {
  interface Window {
    vetrinaDryRun?: { compare(order: CompareOrder): Comparison };
  }
}

/** Changes listed: nobody reads more before looking at the picture. */
const MAX_CHANGES = 200;
const LISTS: readonly RuleList[] = ["hide", "mask", "show", "noControl"];

const reader = openDomReader(window);

function see(rules: ReadRules, limits: WalkLimits): SeenPage {
  const policy = policyFor(rules, location.pathname, canParse);
  const gate = openGate(policy, reader, document.baseURI, openGateMemory());
  return seePage({ document, gate, reader, limits, now: () => performance.now() }, policy);
}

/** Rules that hold on this path and name nothing here: nearly always a slip of the pen. */
function unmatchedOf({ rules }: ReadRules, { roots }: SeenPage): Comparison["unmatched"] {
  return LISTS.flatMap((list) => {
    const here = rules[list].filter(({ path }) => matchesPath(path, location.pathname));
    const selectors = new Set(here.map(({ selector }) => selector));
    return [...selectors]
      .filter((selector) => roots.every((root) => root.querySelector(selector) === null))
      .map((selector) => ({ list, selector }));
  });
}

window.vetrinaDryRun = {
  compare({ saved, edited, limits }) {
    const editedRules = readSiteRules(edited, canParse);
    const before = see(readSiteRules(saved, canParse), limits);
    const after = see(editedRules, limits);
    const all = comparePages(before, after, reader);
    const changes = all.slice(0, MAX_CHANGES).map(
      ({ element, sight, mayAct }, id): SightChange => ({
        id,
        path: pathOf(element).path,
        sight,
        mayAct,
        box: boxOf(element),
      }),
    );
    return {
      origin: location.origin,
      saved: countSights(before),
      edited: countSights(after),
      changes,
      moreChanges: all.length - changes.length,
      unmatched: unmatchedOf(editedRules, after),
      isCut: before.isCut || after.isCut,
      masks: masksOf(after),
    };
  },
};
