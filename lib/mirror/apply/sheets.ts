/**
 * Style sheets: every one a constructed sheet, in the order in which the page has them, one copy for each document that uses
 * it. Rules keep their index, also those that this browser refuses.
 */
import type { NodeId, Splice } from "../wire/page-message";
import type { Assets } from "./assets";
import { BASE_SHEET } from "./base-sheet";
import { readAddress } from "./clean-address";
import { cleanCss } from "./clean-css";
import { Lost } from "./known-nodes";
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
/** Rules from which a sheet is faster read anew than rule by rule. */
const MANY_RULES = 40;

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
  settle(scopes: Iterable<readonly [NodeId, Node]>): void;
  touch(): void;
  clear(): void;
}

export function openSheets(assets: Assets): Sheets {
  const sheets = new Map<NodeId, Sheet>();
  const adopted = new Map<NodeId, readonly NodeId[]>();
  const base: Sheet = { rules: [BASE_SHEET], media: "", disabled: false, place: null, made: new Map() };
  let chars = 0;
  let isStale = false;

  const clean = (id: NodeId) => (rule: string) => {
    let isWaiting = false;
    const text = cleanCss(rule, (raw) => {
      const address = readAddress(raw);
      const url = address?.as === "asset" ? assets.urlFor(address.key, id) : (address?.url ?? null);
      isWaiting ||= url === null;
      return url;
    });
    // A font that is not there yet would be a complaint on the console.
    return isWaiting && /^\s*@font-face/i.test(rule) ? NO_RULE : text;
  };

  const insert = (made: CSSStyleSheet, rule: string, index: number) => {
    try {
      made.insertRule(rule, index);
    } catch {
      made.insertRule(NO_RULE, index);
    }
  };
  const write = (id: NodeId, sheet: Sheet, made: CSSStyleSheet) => {
    const rules = sheet.rules.map(clean(id));
    made.replaceSync(rules.join("\n"));
    if (made.cssRules.length === rules.length) return;
    made.replaceSync("");
    rules.forEach((rule, index) => {
      insert(made, rule, index);
    });
  };
  const facts = (sheet: Sheet, made: CSSStyleSheet) => {
    if (made.media.mediaText !== sheet.media) made.media.mediaText = sheet.media;
    made.disabled = sheet.disabled;
  };
  const madeFor = (id: NodeId, sheet: Sheet, document: Document): CSSStyleSheet | null => {
    const known = sheet.made.get(document);
    if (known || !document.defaultView) return known ?? null;
    const made = new document.defaultView.CSSStyleSheet();
    sheet.made.set(document, made);
    write(id, sheet, made);
    facts(sheet, made);
    return made;
  };
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
      if (start + deleted > sheet.rules.length) throw new Lost();
      const going = sheet.rules.slice(start, start + deleted);
      count(coming, going);
      sheet.rules = [...sheet.rules.slice(0, start), ...coming, ...sheet.rules.slice(start + deleted)];
      for (const made of sheet.made.values()) {
        if (coming.length + deleted > MANY_RULES) write(id, sheet, made);
        else {
          for (let index = 0; index < deleted; index++) made.deleteRule(start);
          coming.map(clean(id)).forEach((rule, index) => {
            insert(made, rule, start + index);
          });
        }
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
      for (const made of sheet.made.values()) write(id, sheet, made);
      return true;
    },
    settle(scopes) {
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
      for (const [scope, node] of scopes) {
        if (!isScope(node)) continue;
        const document = isDocument(node) ? node : node.ownerDocument;
        const inPlace = (placed.get(node) ?? []).toSorted(([, a], [, b]) => byPlace(a.place, b.place));
        const told: [NodeId, Sheet][] = [[BASE, base], ...inPlace];
        for (const id of adopted.get(scope) ?? []) {
          used.add(id);
          told.push([id, need(id)]);
        }
        const next = told.flatMap(([id, sheet]) => madeFor(id, sheet, document) ?? []);
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
