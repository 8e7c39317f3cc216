/** Runs in the page, in a world of its own that the page's scripts do not reach. Bundled by `lint-page.ts`. */
import { openGate, openGateMemory } from "../masking/gate";
import { policyFor } from "../masking/policy";
import { openDomReader } from "../masking/read-dom";
import { readSiteRules } from "../masking/site-rules";
import { canParse } from "./can-parse";
import { findLeaks } from "./find-leaks";
import type { PageReport } from "./finding";
import type { WalkLimits } from "./walk-page";

export interface LintOrder {
  readonly rules: unknown;
  readonly accept: readonly string[];
  readonly limits: WalkLimits;
}

declare global {
  interface Window {
    vetrinaMaskLint?: {
      settle(quietMs: number, mostMs: number): Promise<boolean>;
      lint(order: LintOrder): Omit<PageReport, "isRestless">;
    };
  }
}

window.vetrinaMaskLint = {
  /** @returns whether the page came to rest within the time */
  settle: (quietMs, mostMs) =>
    new Promise((resolve) => {
      let quiet = setTimeout(() => done(true), quietMs);
      const most = setTimeout(() => done(false), mostMs);
      const observer = new MutationObserver(() => {
        clearTimeout(quiet);
        quiet = setTimeout(() => done(true), quietMs);
      });
      const done = (isQuiet: boolean) => {
        observer.disconnect();
        clearTimeout(quiet);
        clearTimeout(most);
        resolve(isQuiet);
      };
      observer.observe(document, { subtree: true, childList: true, characterData: true });
    }),
  lint({ rules, accept, limits }) {
    const started = performance.now();
    const read = readSiteRules(rules, canParse);
    const policy = policyFor(read, location.pathname, canParse);
    const reader = openDomReader(window);
    const gate = openGate(policy, reader, document.baseURI, openGateMemory());
    const page = { document, gate, reader, limits, now: () => performance.now() };
    const leaks = findLeaks(page, accept.filter(canParse));
    const address = gate.pageAddress(location.href).value;
    return {
      address: address || location.origin,
      mode: policy.mode,
      policyHash: policy.hash,
      nodes: leaks.walk.nodes,
      isCut: leaks.walk.isCut,
      milliseconds: performance.now() - started,
      told: leaks.told,
      problems: read.problems,
      findings: leaks.findings,
      more: leaks.more,
    };
  },
};
