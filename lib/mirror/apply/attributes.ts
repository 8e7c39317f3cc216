/** Attributes of the replica's elements: by list, addresses cleaned, the stream's style beside the viewer's own. */
import { type NodeId, pseudoStates } from "../wire/page-message";
import type { Assets } from "./assets";
import { attributeKind, OURS } from "./attribute-list";
import { cleanSrcset, readAddress } from "./clean-address";
import { cleanCss, RENAMED } from "./clean-css";
import { SPACES } from "./element-list";
import { isDialog, isInput, isStyled } from "./node-kinds";

/** Input types that hold or check no dots, or that would wake a password manager: text here; rules still find them. */
const PLAIN_TYPES: readonly string[] = ["password", "email", "url", "number"];

export interface Attributes {
  set(id: NodeId, element: Element, name: string, value: string | null): void;
  /** Leaves only what a new row says. */
  replace(id: NodeId, element: Element, pairs: readonly string[]): void;
  /** A property of the viewer's own, beside whatever style the page has. */
  own(id: NodeId, element: Element, property: string, value: string): void;
  /** An asset of this element came. */
  refresh(id: NodeId, element: Element): void;
  forget(id: NodeId): void;
}

export function openAttributes(assets: Assets): Attributes {
  /** Values that name assets, to be said again when those come. */
  const addressed = new Map<NodeId, Map<string, string>>();
  const owned = new Map<NodeId, Map<string, string>>();

  const resolve = (id: NodeId) => (raw: string) => {
    const address = readAddress(raw);
    if (!address) return null;
    return address.as === "plain" ? address.url : assets.urlFor(address.key, id);
  };
  const put = (element: Element, name: string, value: string | null) => {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  };
  const restyle = (id: NodeId, element: Element, css: string | null) => {
    if (!isStyled(element)) return;
    if (css === null) element.removeAttribute("style");
    else element.style.cssText = cleanCss(css, resolve(id));
    for (const [property, value] of owned.get(id) ?? []) element.style.setProperty(property, value);
  };

  const write = (id: NodeId, element: Element, name: string, value: string | null) => {
    const space = element.namespaceURI === SPACES[1] ? 1 : element.namespaceURI === SPACES[2] ? 2 : 0;
    const key = name.toLowerCase();
    switch (attributeKind(element.localName, space, key)) {
      case "style":
        return restyle(id, element, value);
      case "image": {
        const url = value === null ? null : resolve(id)(value);
        if (space === 0) put(element, "referrerpolicy", "no-referrer");
        return put(element, space === 1 ? "href" : key, url);
      }
      case "images":
        return put(element, key, (value && cleanSrcset(value, resolve(id))) || null);
      case "link":
        return put(element, `${OURS}href`, value);
      case "fragment":
        put(element, `${OURS}href`, value);
        return put(element, "href", value?.startsWith("#") ? value : null);
      case "drawn":
        return put(element, name, value && /[(\\]/.test(value) ? cleanCss(value, resolve(id)) : value);
      case "word":
        // What is open in the top layer is told for itself.
        if (key === "open" && isDialog(element) && element.matches(":modal")) return;
        if (key === "popover") return put(element, key, value === null ? null : "manual");
        // No canvas draws where scripts are off: it keeps its size by the base sheet.
        if (element.localName === "canvas")
          attributes.own(id, element, `--vetrina-${key}`, `${Number(value) || ""}`);
        if (RENAMED.has(key)) put(element, OURS + key, value);
        if (key === "type" && isInput(element) && PLAIN_TYPES.includes((value ?? "").toLowerCase()))
          return put(element, key, "text");
        return put(element, name, value);
      case null:
        return;
    }
  };

  const attributes: Attributes = {
    set(id, element, name, value) {
      if (name.startsWith(":")) {
        const state = name.slice(1);
        if (pseudoStates.includes(state)) put(element, OURS + state, value === null ? null : "");
        return;
      }
      const values = addressed.get(id) ?? new Map<string, string>();
      const named = values.delete(name);
      const names = value?.includes("asset:") ?? false;
      if (value !== null && names) addressed.set(id, values.set(name, value));
      try {
        if (named || names) attributes.refresh(id, element);
        if (!names) write(id, element, name, value);
      } catch {
        // A name that this browser refuses: the page goes on without it.
      }
    },
    replace(id, element, pairs) {
      const names = new Set(pairs.filter((_, index) => index % 2 === 0));
      for (const name of element.getAttributeNames()) {
        if (!names.has(name) && !name.startsWith(OURS)) element.removeAttribute(name);
      }
      for (let index = 0; index + 1 < pairs.length; index += 2)
        attributes.set(id, element, pairs[index] ?? "", pairs[index + 1] ?? "");
    },
    own(id, element, property, value) {
      owned.set(id, (owned.get(id) ?? new Map<string, string>()).set(property, value));
      if (isStyled(element)) element.style.setProperty(property, value);
    },
    refresh(id, element) {
      assets.release(id);
      for (const [name, value] of addressed.get(id) ?? []) write(id, element, name, value);
    },
    forget(id) {
      addressed.delete(id);
      owned.delete(id);
      assets.release(id);
    },
  };
  return attributes;
}
