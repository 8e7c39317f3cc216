/**
 * Style sheets: every one a constructed sheet, in the order in which the page has them, one copy for each document that uses
 * it. Rules keep their index, also those that this browser refuses.
 */
import type { NodeId, Splice } from "../wire/page-message";
import type { Assets } from "./assets";
import { BASE_SHEET } from "./base-sheet";
import { spliced } from "./child-lists";
import { readAddress } from "./clean-address";
import { cleanCss } from "./clean-css";
import { type Known, Lost } from "./known-nodes";
import { MAX_CSS_CHARS } from "./limits";
import { isDocument, isScope } from "./node-kinds";

interface Sheet {
  rules: string[];
  media: string;
  disabled: boolean;
  /** Where it stands in the page; null for a constructed one. */
  readonly place: Node | null;
  readonly made: Map<Document, CSSStyleSheet>;
}

/** Keeps the place of a rule that this browser refuses. */
const NO_RULE = "@media not all{}";
/** No node's id. */
const BASE: NodeId = 0;

export interface Sheets {
  /** @param place of a `link` or `style` element; null for a constructed sheet */
  add(id: NodeId, place: Node | null, media: string, disabled: boolean, rules: readonly string[]): void;
  splice(change: Splice<string>): void;
  set(id: NodeId, media: string, disabled: boolean): void;
  adopt(scope: NodeId, sheets: readonly NodeId[]): void;
  delete(id: NodeId): void;
  /** Whether this is a sheet: then an asset of it came, and it was said again. */
  refresh(id: NodeId): boolean;
  /** Gives documents and shadow roots the sheets that stand in them. */
  settle(roots: readonly Known[]): Generator<void>;
  touch(): void;
  clear(): void;
}

export function openSheets(assets: Assets): Sheets {
  const sheets = new Map<NodeId, Sheet>();
  const adopted = new Map<NodeId, readonly NodeId[]>();
  const base: Sheet = { rules: [BASE_SHEET], media: "", disabled: false, place: null, made: new Map() };
  let chars = 0;
  let isStale = false;

  const insert = (made: CSSStyleSheet, id: NodeId, rule: string, index: number) => {
    let isWaiting = false;
    const text = cleanCss(rule, (raw) => {
      const address = readAddress(raw);
      const url = address?.as === "asset" ? assets.urlFor(address.key, id) : (address?.url ?? null);
      isWaiting ||= url === null;
      return url;
    });
    // A font that is not there yet would be a complaint on the console.
    const isLater = isWaiting && /^\s*@font-face/i.test(rule);
    try {
      made.insertRule(isLater ? NO_RULE : text, index);
    } catch {
      made.insertRule(NO_RULE, index);
    }
  };
  const facts = (sheet: Sheet, made: CSSStyleSheet) => {
    made.media.mediaText = sheet.media;
    made.disabled = sheet.disabled;
  };
  function* make(id: NodeId, sheet: Sheet, document: Document): Generator<void> {
    if (sheet.made.has(document) || !document.defaultView) return;
    const made = new document.defaultView.CSSStyleSheet();
    sheet.made.set(document, made);
    facts(sheet, made);
    for (const [index, rule] of sheet.rules.entries()) {
      insert(made, id, rule, index);
      yield;
    }
  }
  const need = (id: NodeId): Sheet => {
    const sheet = sheets.get(id);
    if (!sheet) throw new Lost();
    return sheet;
  };
  const count = (coming: readonly string[], going: readonly string[]) => {
    for (const rule of coming) chars += rule.length;
    for (const rule of going) chars -= rule.length;
    if (chars > MAX_CSS_CHARS) throw new Lost();
  };

  const api: Sheets = {
    add(id, place, media, disabled, rules) {
      api.delete(id);
      count(rules, []);
      sheets.set(id, { rules: [...rules], media, disabled, place, made: new Map() });
      isStale = true;
    },
    splice([id, start, deleted, ...coming]) {
      // A constructed sheet comes with its first rules.
      if (!sheets.has(id)) api.add(id, null, "", false, []);
      const sheet = need(id);
      count(coming, sheet.rules.slice(start, start + deleted));
      sheet.rules = spliced(sheet.rules, start, deleted, coming);
      for (const made of sheet.made.values()) {
        for (let index = 0; index < deleted; index++) made.deleteRule(start);
        coming.forEach((rule, index) => {
          insert(made, id, rule, start + index);
        });
      }
    },
    set(id, media, disabled) {
      const sheet = need(id);
      Object.assign(sheet, { media, disabled });
      for (const made of sheet.made.values()) facts(sheet, made);
    },
    adopt(scope, ids) {
      adopted.set(scope, ids);
      isStale = true;
    },
    delete(id) {
      adopted.delete(id);
      const sheet = sheets.get(id);
      if (!sheet) return;
      count([], sheet.rules);
      sheets.delete(id);
      assets.release(id);
      isStale = true;
    },
    refresh(id) {
      const sheet = sheets.get(id);
      if (!sheet) return false;
      assets.release(id);
      for (const made of sheet.made.values())
        sheet.rules.forEach((rule, index) => {
          if (!rule.includes("asset:")) return;
          made.deleteRule(index);
          insert(made, id, rule, index);
        });
      return true;
    },
    *settle(roots) {
      if (!isStale) return;
      isStale = false;
      const placed = new Map<Node, [NodeId, Sheet][]>();
      const used = new Set<NodeId>();
      for (const { made } of [base, ...sheets.values()])
        for (const document of made.keys()) if (!document.defaultView) made.delete(document);
      for (const [id, sheet] of sheets) {
        if (!sheet.place) continue;
        used.add(id);
        const root = sheet.place.getRootNode();
        const list = placed.get(root) ?? [];
        placed.set(root, list);
        list.push([id, sheet]);
      }
      for (const { id: scope, node } of roots) {
        if (!node || !isScope(node)) continue;
        const document = isDocument(node) ? node : node.ownerDocument;
        const inPlace = (placed.get(node) ?? []).toSorted(([, a], [, b]) => byPlace(a.place, b.place));
        const told: [NodeId, Sheet][] = [[BASE, base], ...inPlace];
        for (const id of adopted.get(scope) ?? []) {
          used.add(id);
          told.push([id, need(id)]);
        }
        for (const [id, sheet] of told) yield* make(id, sheet, document);
        const next = told.flatMap(([, sheet]) => sheet.made.get(document) ?? []);
        const now = node.adoptedStyleSheets;
        if (now.length !== next.length || next.some((sheet, index) => now[index] !== sheet))
          node.adoptedStyleSheets = next;
      }
      for (const id of [...sheets.keys()]) if (!used.has(id)) api.delete(id);
      isStale = false;
    },
    touch() {
      isStale = true;
    },
    clear() {
      for (const id of [...sheets.keys()]) api.delete(id);
      adopted.clear();
    },
  };
  return api;
}

const byPlace = (a: Node | null, b: Node | null): number =>
  a && b && a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
