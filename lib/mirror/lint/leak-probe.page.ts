/** Runs beside the leak page: walks it through the gate, or through a gate that lets everything pass. */

import { type Gate, openGate, openGateMemory } from "../masking/gate";
import { policyFor } from "../masking/policy";
import { openDomReader } from "../masking/read-dom";
import { readSiteRules } from "../masking/site-rules";
import { shown } from "../masking/verdict";
import { type Told, walkPage } from "./walk-page";

declare global {
  interface Window {
    probe?: {
      /** From now on these rules; what was remembered stays. */
      rules(input: unknown): void;
      /** Everything that would leave, and how long it took. */
      walk(): { readonly told: string; readonly nodes: number; readonly milliseconds: number };
      /** What a mirror without a gate would send. */
      walkOpen(): string;
      mayControl(selector: string): boolean;
    };
  }
}

const reader = openDomReader(window);
const memory = openGateMemory();
const fragment = document.createDocumentFragment();
const canParse = (selector: string) => {
  try {
    fragment.querySelector(selector);
    return true;
  } catch {
    return false;
  }
};
const policyOf = (input: unknown) => policyFor(readSiteRules(input, canParse), location.pathname, canParse);
let gate = openGate(policyOf({}), reader, document.baseURI, memory);
/** More than any page of these tests takes. */
const LIMITS = { nodes: 100_000, milliseconds: 30_000 };

function walk(through: Gate) {
  const lines: string[] = [];
  const now = () => performance.now();
  const started = now();
  const tell = ({ what, name, element, verdict }: Told) => {
    const told = "state" in verdict ? JSON.stringify(verdict.state) : verdict.value;
    lines.push(`${element.localName} ${what} ${name} ${verdict.as} ${told}`);
  };
  const { nodes } = walkPage({ document, gate: through, reader, limits: LIMITS, now }, tell);
  return { told: lines.join("\n"), nodes, milliseconds: now() - started };
}

const openEverything: Gate = {
  ...gate,
  enter: () => 0,
  element: (element) => shown(element.localName),
  text: (value) => shown(value),
  attribute: (_, __, value) => shown(value),
  field: (element) => {
    const field = reader.field(element);
    return field && { as: "shown", state: { kind: "text", value: field.value }, why: "visible" };
  },
  css: (text) => shown(text),
  title: (value) => shown(value),
  pageAddress: (value) => shown(value),
};

window.probe = {
  rules(input) {
    gate = openGate(policyOf(input), reader, document.baseURI, memory);
  },
  walk: () => walk(gate),
  mayControl(selector) {
    const element = document.querySelector(selector);
    return element !== null && gate.control(element, gate.scopeOf(element)).allowed;
  },
  walkOpen() {
    const raw = [...document.querySelectorAll("head,template,noscript,script")].map((node) => node.outerHTML);
    return `${walk(openEverything).told}\n${raw.join("\n")}\n${document.documentElement.innerHTML}`;
  },
};
