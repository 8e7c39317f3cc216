/** Walks a page through the gate, without recursion and within bounds: everything that would leave, in page order. */

import type { Gate } from "../masking/gate";
import type { DomReader } from "../masking/read-dom";
import type { Scope } from "../masking/scope";
import type { FieldVerdict, Verdict } from "../masking/verdict";
import { type ReadSheet, readSheets } from "./read-sheets";

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

/**
 * Fields and sheets first: what was typed below may be repeated above.
 *
 * @returns the sheets of the page, its shadow roots and its frames
 */
export function readAhead(page: WalkedPage): readonly ReadSheet[] {
  const { document, gate, reader } = page;
  const sheets = readSheets(document);
  walkNodes(page, {
    onElement(element, scope) {
      gate.notice(element, scope);
      for (const inner of [reader.shadow(element), reader.frame(element)])
        if (inner)
          for (const sheet of readSheets(inner)) sheets.push({ ...sheet, owner: sheet.owner ?? element });
    },
  });
  for (const { css } of sheets) gate.styled.add(css);
  return sheets;
}

export function walkPage(page: WalkedPage, tell: (told: Told) => void): Walk {
  const { document, gate, reader } = page;
  const sheets = readAhead(page);
  const root = document.documentElement;
  const rootScope = gate.enter(root, 0);
  const page0 = { element: root, name: "", scope: rootScope };
  tell({ ...page0, what: "address", verdict: gate.pageAddress(document.URL) });
  tell({ ...page0, what: "title", verdict: gate.title(document.title, rootScope) });
  for (const { owner, css } of sheets) {
    const scope = owner ? gate.scopeOf(owner) : rootScope;
    tell({ element: owner ?? root, what: "style", name: "", scope, verdict: gate.css(css, scope, "sheet") });
  }
  return walkNodes(page, {
    onElement(element, scope) {
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
    onText(text, element, scope) {
      tell({ element, what: "text", name: "", scope, verdict: gate.text(reader.text(text), scope) });
    },
  });
}

interface Walker {
  onElement(element: Element, scope: Scope): void;
  onText?(text: Node, parent: Element, scope: Scope): void;
  /** An element that stays away with everything inside it, or is only a box. */
  onKept?(element: Element, scope: Scope, verdict: Verdict): void;
}

export function walkNodes({ document, gate, reader, limits, now }: WalkedPage, walker: Walker): Walk {
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
      walker.onText?.(node, isElement(reader, above) ? above : document.documentElement, around);
      continue;
    }
    let scope = around;
    if (isElement(reader, node)) {
      scope = gate.enter(node, around);
      const verdict = gate.element(node, scope);
      if (verdict.as !== "shown") {
        // Fields that are not told may still be repeated elsewhere.
        gate.notice(node, scope);
        walker.onKept?.(node, scope, verdict);
        continue;
      }
      walker.onElement(node, scope);
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
