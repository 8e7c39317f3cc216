/** Put into test pages: lets a test do what an agent does, by selector instead of by number. */
import type { ActRefusal, MirrorAct } from "@/lib/protocol/mirror";
import { openGate, openGateMemory } from "../masking/gate";
import { policyFor } from "../masking/policy";
import { openDomReader } from "../masking/read-dom";
import { readSiteRules } from "../masking/site-rules";
import { performAct } from "./perform-act";

declare global {
  interface Window {
    /** @param path selectors, each in the shadow root or frame that the one before it holds */
    actOn?: (path: readonly string[], act: MirrorAct) => ActRefusal | null;
    controlRules?: unknown;
  }
}

const canParse = (selector: string) => {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
};
const rules = readSiteRules(window.controlRules ?? {}, canParse);
const gate = openGate(
  policyFor(rules, location.pathname, canParse),
  openDomReader(window),
  location.href,
  openGateMemory(),
);

function find(path: readonly string[]): Element | null {
  let root: ParentNode = document;
  let found: Element | null = null;
  for (const selector of path) {
    found = root.querySelector(selector);
    root = (found instanceof HTMLIFrameElement ? found.contentDocument : found?.shadowRoot) ?? document;
  }
  return found;
}

window.actOn = (path, act) =>
  performAct(act, {
    view: window,
    nodeOf: () => find(path),
    gate: () => gate,
    isOurs: (node) => node instanceof Element && node.matches(".ours, .ours *"),
    origins: [location.origin],
  });
