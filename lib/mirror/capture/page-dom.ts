/** Reads what the gate does not ask for: natives, taken early from their prototypes as in `masking/read-dom.ts`. */
import { nativeGetters } from "../masking/native-getter";
import { type DomReader, openDomReader } from "../masking/read-dom";

export type View = Window & typeof globalThis;
export type Root = Document | ShadowRoot;

export interface PageDom extends DomReader {
  /** As it is written: small letters in HTML, both in drawings. */
  name(element: Element): string;
  parentNode(node: Node): Node | null;
  firstChild(node: Node): Node | null;
  nextSibling(node: Node): Node | null;
  isConnected(node: Node): boolean;
  baseURI(node: Node): string;
  all(root: Node, selector: string): readonly Element[];
  scrolled(element: Element): readonly [number, number];
  /** CSS pixels, before transforms where it has such. */
  size(element: Element): readonly [number, number];
  rect(element: Element): DOMRect;
  sheetOf(element: Element): CSSStyleSheet | null;
  adopted(root: Node): readonly CSSStyleSheet[];
  active(root: Node): Element | null;
  html(document: Document): Element | null;
  title(document: Document): string;
  url(document: Document): string;
  isQuirky(document: Document): boolean;
  viewOf(document: Document): View | null;
  selectedIndex(select: Element): number;
}

const STYLES = /^(link|style)$/;

export function openPageDom(view: View): PageDom {
  const reader = openDomReader(view);
  const get = nativeGetters(view);
  const { apply } = view.Reflect;
  const element = view.Element.prototype;
  const node = view.Node.prototype;
  const document = view.Document.prototype;
  const shadow = view.ShadowRoot.prototype;
  const html = view.HTMLElement.prototype;
  const scrollLeft = get<number>(element, "scrollLeft");
  const scrollTop = get<number>(element, "scrollTop");
  const offsetWidth = get<number>(html, "offsetWidth");
  const offsetHeight = get<number>(html, "offsetHeight");
  const compatMode = get<string>(document, "compatMode");
  const { getBoundingClientRect } = element;
  const selectors = [element, document, view.DocumentFragment.prototype].map((of) => of.querySelectorAll);
  const byRoot = <T>(name: string) => ({ 9: get<T>(document, name), 11: get<T>(shadow, name) });
  const adopted = byRoot<ArrayLike<CSSStyleSheet> | undefined>("adoptedStyleSheets");
  const active = byRoot<Element | null>("activeElement");
  const sheets: Readonly<Record<string, (owner: object) => CSSStyleSheet | null>> = {
    link: get(view.HTMLLinkElement.prototype, "sheet"),
    style: get(view.HTMLStyleElement.prototype, "sheet"),
  };
  const svgSheet = get<CSSStyleSheet | null>(view.SVGStyleElement.prototype, "sheet");
  const of = <T>(by: Readonly<Record<9 | 11, (node: object) => T>>, root: Node) =>
    (reader.kind(root) === 9 ? by[9] : by[11])(root);

  return {
    ...reader,
    name: get(element, "localName"),
    parentNode: get(node, "parentNode"),
    firstChild: get(node, "firstChild"),
    nextSibling: get(node, "nextSibling"),
    isConnected: get(node, "isConnected"),
    baseURI: get(node, "baseURI"),
    all(root, selector) {
      const kind = reader.kind(root);
      return asArray(
        apply(selectors[kind === 1 ? 0 : kind === 9 ? 1 : 2] ?? element.querySelectorAll, root, [selector]),
      );
    },
    scrolled: (target) => [Math.round(scrollLeft(target)), Math.round(scrollTop(target))],
    size(target) {
      if (reader.space(target) === "html") return [offsetWidth(target), offsetHeight(target)];
      const { width, height } = apply(getBoundingClientRect, target, []);
      return [width, height];
    },
    rect: (target) => apply(getBoundingClientRect, target, []),
    sheetOf(target) {
      const tag = reader.tag(target);
      if (!STYLES.test(tag)) return null;
      return (reader.space(target) === "svg" ? svgSheet(target) : sheets[tag]?.(target)) ?? null;
    },
    adopted: (root) => asArray(of(adopted, root) ?? []),
    active: (root) => of(active, root),
    html: get(document, "documentElement"),
    title: get(document, "title"),
    url: get(document, "URL"),
    isQuirky: (of) => compatMode(of) === "BackCompat",
    viewOf: get(document, "defaultView"),
    selectedIndex: get(view.HTMLSelectElement.prototype, "selectedIndex"),
  };
}

/** By index: a page may have replaced iterators. */
export function asArray<T>(list: ArrayLike<T>): T[] {
  const all: T[] = [];
  for (let i = 0; i < list.length; i++) {
    const entry = list[i];
    if (entry !== undefined) all[i] = entry;
  }
  return all;
}

export const isElement = (dom: DomReader, node: Node | null): node is Element =>
  node !== null && dom.kind(node) === 1;
/** Of any window: `instanceof` knows only its own. */
export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "nodeType" in value;
export const isDocument = (dom: DomReader, node: Node): node is Document => dom.kind(node) === 9;
