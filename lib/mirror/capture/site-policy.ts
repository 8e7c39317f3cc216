/** The shop's rules as they hold for the page's address just now, which single-page shops change without a load. */
import { type Gate, type GateMemory, openGate, openGateMemory } from "../masking/gate";
import { type Policy, policyFor } from "../masking/policy";
import { readSiteRules } from "../masking/site-rules";
import type { PageDom, View } from "./page-dom";

export interface SitePolicy {
  readonly policy: Policy;
  readonly gate: Gate;
  /** @returns whether other rules hold now; then `gate` is another one too */
  follow(): boolean;
}

/** @throws Error when there are no rules to read */
export function openSitePolicy(view: View, dom: PageDom, rules: unknown): SitePolicy {
  if (typeof rules !== "object" || rules === null) throw new Error("The mirror's rules cannot be read.");
  const { document } = view;
  const fragment = document.createDocumentFragment();
  const canParse = (selector: string): boolean => {
    try {
      dom.all(fragment, selector);
      return true;
    } catch {
      return false;
    }
  };
  const read = readSiteRules(rules, canParse);
  const memory: GateMemory = openGateMemory();
  let path = view.location.pathname;
  let policy = policyFor(read, path, canParse);
  const gateNow = () => openGate(policy, dom, dom.baseURI(document), memory);
  let gate = gateNow();
  return {
    get policy() {
      return policy;
    },
    get gate() {
      return gate;
    },
    follow() {
      if (view.location.pathname === path) return false;
      path = view.location.pathname;
      const now = policyFor(read, path, canParse);
      if (factsOf(now) === factsOf(policy)) return false;
      policy = now;
      gate = gateNow();
      return true;
    },
  };
}

const factsOf = ({
  mode,
  isPrivate,
  masksAll,
  controlsNothing,
  mask,
  hide,
  show,
  noControl,
}: Policy): string => [mode, isPrivate, masksAll, controlsNothing, mask, hide, show, noControl].join("\n");
