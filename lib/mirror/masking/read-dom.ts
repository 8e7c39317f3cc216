/**
 * Reads a page that may be broken or hostile: natives are taken once, early, from their prototypes. So a form with a field
 * named "attributes", or a script that replaces `getAttribute`, cannot make a secret look harmless.
 */
import { nativeGetters } from "./native-getter";

export interface DomReader {
  kind(node: Node): number;
  /** Lower case. */
  tag(element: Element): string;
  space(element: Element): "html" | "svg" | "math" | "other";
  attribute(element: Element, name: string): string | null;
  attributes(element: Element): readonly { readonly name: string; readonly value: string }[];
  /** @throws on a selector that does not parse */
  matches(element: Element, selector: string): boolean;
  /** Through shadow hosts and out of same-origin frames. */
  parent(node: Node): Node | null;
  children(node: Node): readonly Node[];
  text(node: Node): string;
  /** The words of everything that labels a field. */
  labels(element: Element): string;
  /** The state of an input, textarea or select; null for others. */
  field(element: Element): FieldReading | null;
  /** The whole document of an element is edited in place. */
  isDesigned(element: Element): boolean;
  /** Open ones. */
  shadow(element: Element): ShadowRoot | null;
  /** Null for frames of other origins. */
  frame(element: Element): Document | null;
}

interface FieldReading {
  readonly type: string;
  readonly value: string;
  readonly checked: boolean;
  readonly indeterminate: boolean;
  /** Indexes of the chosen options. */
  readonly chosen: readonly number[];
}

const SPACES: Readonly<Record<string, "html" | "svg" | "math">> = {
  "http://www.w3.org/1999/xhtml": "html",
  "http://www.w3.org/2000/svg": "svg",
  "http://www.w3.org/1998/Math/MathML": "math",
};
/** Labels read of one field; more are no labels. */
const MAX_LABELS = 4;
/** Attributes read of one element. */
const MAX_ATTRIBUTES = 200;
/** Options read of one list: every country and region of the world. */
const MAX_OPTIONS = 6_000;
const DOCUMENT = 9;
const FRAGMENT = 11;

export function openDomReader(view: Window & typeof globalThis): DomReader {
  const { apply } = view.Reflect;
  const getter = nativeGetters(view);
  const node = view.Node.prototype;
  const nodeType = getter<number>(node, "nodeType");
  const parentNode = getter<Node | null>(node, "parentNode");
  const childNodes = getter<ArrayLike<Node>>(node, "childNodes");
  const textContent = getter<string | null>(node, "textContent");
  const ownerDocument = getter<Document>(node, "ownerDocument");
  const element = view.Element.prototype;
  const localName = getter<string>(element, "localName");
  const namespaceURI = getter<string | null>(element, "namespaceURI");
  const attributes = getter<ArrayLike<Attr>>(element, "attributes");
  const shadowRoot = getter<ShadowRoot | null>(element, "shadowRoot");
  const { getAttribute, matches } = element;
  const { getElementById } = view.Document.prototype;
  const host = getter<Element>(view.ShadowRoot.prototype, "host");
  const defaultView = getter<Window | null>(view.Document.prototype, "defaultView");
  const designMode = getter<string>(view.Document.prototype, "designMode");
  const contentDocument = getter<Document | null>(view.HTMLIFrameElement.prototype, "contentDocument");
  const input = view.HTMLInputElement.prototype;
  const inputType = getter<string>(input, "type");
  const checked = getter<boolean>(input, "checked");
  const indeterminate = getter<boolean>(input, "indeterminate");
  const options = getter<ArrayLike<HTMLOptionElement>>(view.HTMLSelectElement.prototype, "options");
  const selected = getter<boolean>(view.HTMLOptionElement.prototype, "selected");
  const ofFields = <T>(name: string): Readonly<Record<string, (field: object) => T>> => ({
    input: getter(input, name),
    textarea: getter(view.HTMLTextAreaElement.prototype, name),
    select: getter(view.HTMLSelectElement.prototype, name),
  });
  const values = ofFields<string>("value");
  const labels = ofFields<ArrayLike<Node> | null>("labels");

  const reader: DomReader = {
    kind: nodeType,
    tag: (element) => localName(element).toLowerCase(),
    space: (element) => SPACES[namespaceURI(element) ?? ""] ?? "other",
    attribute: (element, name) => apply(getAttribute, element, [name]),
    attributes: (element) => toArray(attributes(element), MAX_ATTRIBUTES),
    matches: (element, selector) => apply(matches, element, [selector]),
    parent(node) {
      const above = parentNode(node);
      if (above) return above;
      try {
        if (nodeType(node) === DOCUMENT) return defaultView(node)?.frameElement ?? null;
        return nodeType(node) === FRAGMENT ? host(node) : null;
      } catch {
        return null; // The document of another origin's frame, or a fragment that is no shadow root.
      }
    },
    children: (node) => toArray(childNodes(node), Number.POSITIVE_INFINITY),
    text: (node) => textContent(node) ?? "",
    labels(element) {
      const named = labels[reader.tag(element)]?.(element);
      let words = "";
      for (const label of named ? toArray(named, MAX_LABELS) : []) words += ` ${reader.text(label)}`;
      for (const id of (reader.attribute(element, "aria-labelledby") ?? "").split(/\s+/, MAX_LABELS)) {
        const label: Node | null = id ? apply(getElementById, ownerDocument(element), [id]) : null;
        if (label) words += ` ${reader.text(label)}`;
      }
      return words;
    },
    field(element) {
      const tag = reader.tag(element);
      const read = reader.space(element) === "html" ? values[tag] : undefined;
      if (!read) return null;
      const isInput = tag === "input";
      const chosen: number[] = [];
      if (tag === "select") {
        toArray(options(element), MAX_OPTIONS).forEach((option, index) => {
          if (selected(option)) chosen.push(index);
        });
      }
      return {
        type: isInput ? inputType(element) : tag,
        value: read(element),
        checked: isInput && checked(element),
        indeterminate: isInput && indeterminate(element),
        chosen,
      };
    },
    isDesigned: (element) => designMode(ownerDocument(element)) === "on",
    shadow: (element) => shadowRoot(element) ?? null,
    frame(element) {
      try {
        return reader.tag(element) === "iframe" ? contentDocument(element) : null;
      } catch {
        return null;
      }
    },
  };
  return reader;
}

/** By index: a page may have replaced iterators. */
function toArray<T>(list: ArrayLike<T>, most: number): T[] {
  const all: T[] = [];
  for (let i = 0; i < list.length && i < most; i++) {
    const entry = list[i];
    if (entry !== undefined) all.push(entry);
  }
  return all;
}
