/** Walks a page through the gate, without recursion and within bounds: everything that would leave, in page order. */

import type { Gate } from "../masking/gate";
import type { DomReader } from "../masking/read-dom";
import type { Scope } from "../masking/scope";
import type { FieldVerdict, Verdict } from "../masking/verdict";
import { readSheets } from "./read-sheets";

export interface Told {
  readonly element: Element;
  readonly what: "text" | "attribute" | "field" | "style" | "title" | "address";
  /** Of the attribute; empty otherwise. */
  readonly name: string;
  readonly scope: Scope;
  readonly verdict: Verdict | FieldVerdict;
}

export interface WalkLimits {
  readonly nodes: number;
  readonly milliseconds: number;
}

export interface Walk {
  readonly nodes: number;
  /** A limit ended it before the page did. */
  readonly isCut: boolean;
}

interface Visit {
  readonly node: Node;
  readonly around: Scope;
}

const ELEMENT = 1;
const TEXT = 3;

export interface WalkedPage {
  readonly document: Document;
  readonly gate: Gate;
  readonly reader: DomReader;
  readonly limits: WalkLimits;
  now(): number;
}

export function walkPage(page: WalkedPage, tell: (told: Told) => void): Walk {
  const { document, gate, reader } = page;
  const sheets = readSheets(document);
  // Fields and sheets first: what was typed below may be repeated above.
  visit(
    page,
    (element, scope) => {
      gate.notice(element, scope);
      for (const inner of [reader.shadow(element), reader.frame(element)])
        if (inner)
          for (const sheet of readSheets(inner)) sheets.push({ ...sheet, owner: sheet.owner ?? element });
    },
    () => {},
  );
  for (const { css } of sheets) gate.styled.add(css);

  const root = document.documentElement;
  const rootScope = gate.enter(root, 0);
  const page0 = { element: root, name: "", scope: rootScope };
  tell({ ...page0, what: "address", verdict: gate.pageAddress(document.URL) });
  tell({ ...page0, what: "title", verdict: gate.title(document.title, rootScope) });
  for (const { owner, css } of sheets) {
    const scope = owner ? gate.scopeOf(owner) : rootScope;
    tell({ element: owner ?? root, what: "style", name: "", scope, verdict: gate.css(css, scope, "sheet") });
  }
  return visit(
    page,
    (element, scope) => {
      for (const { name, value } of reader.attributes(element))
        tell({
          element,
          what: "attribute",
          name,
          scope,
          verdict: gate.attribute(element, name, value, scope),
        });
      const field = gate.field(element, scope);
      if (field) tell({ element, what: "field", name: "", scope, verdict: field });
    },
    (text, element, scope) =>
      tell({ element, what: "text", name: "", scope, verdict: gate.text(reader.text(text), scope) }),
  );
}

function visit(
  { document, gate, reader, limits, now }: WalkedPage,
  onElement: (element: Element, scope: Scope) => void,
  onText: (text: Node, parent: Element, scope: Scope) => void,
): Walk {
  const until = now() + limits.milliseconds;
  const waiting: Visit[] = [{ node: document, around: 0 }];
  let nodes = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    nodes++;
    if (nodes > limits.nodes || (nodes % 256 === 0 && now() > until)) return { nodes, isCut: true };
    const { node, around } = next;
    const kind = reader.kind(node);
    if (kind === TEXT) {
      const above = reader.parent(node);
      onText(node, isElement(reader, above) ? above : document.documentElement, around);
      continue;
    }
    let scope = around;
    if (isElement(reader, node)) {
      scope = gate.enter(node, around);
      if (gate.element(node, scope).as !== "shown") {
        // Fields that are not told may still be repeated elsewhere.
        gate.notice(node, scope);
        continue;
      }
      onElement(node, scope);
      const shadow = reader.shadow(node);
      const frame = reader.frame(node);
      if (shadow) waiting.push({ node: shadow, around: scope });
      if (frame) waiting.push({ node: frame, around: scope });
    }
    const children = reader.children(node);
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child) waiting.push({ node: child, around: scope });
    }
  }
  return { nodes, isCut: false };
}

const isElement = (reader: DomReader, node: Node | null): node is Element =>
  node !== null && reader.kind(node) === ELEMENT;
