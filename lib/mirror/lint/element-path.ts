/** Where an element stands, as a CSS path; and a selector that a rule can use. Names that look personal are left out. */
import { findPersonal } from "./personal-text";

/** Steps of a path: enough to find the place. */
const MAX_STEPS = 6;
const MAX_NAME_CHARS = 40;

/** Names that a person wrote into a template, not ones a program made of an order or a customer. */
const isStable = (name: string) =>
  name.length <= MAX_NAME_CHARS && /^[a-z][\w-]*$/i.test(name) && !/\d{3}/.test(name) && !findPersonal(name);

function step(element: Element): { readonly text: string; readonly isNamed: boolean } {
  const tag = element.localName;
  const id = element.getAttribute("id");
  if (id && isStable(id) && isOnly(element, `#${id}`)) return { text: `#${id}`, isNamed: true };
  const name = (element.getAttribute("class") ?? "").split(/\s+/).find((word) => word && isStable(word));
  if (name && isOnly(element, `.${name}`)) return { text: `.${name}`, isNamed: true };
  const siblings = Array.from(element.parentNode?.children ?? []).filter((other) => other.localName === tag);
  const place = siblings.length > 1 ? `:nth-of-type(${siblings.indexOf(element) + 1})` : "";
  return { text: (name ? `${tag}.${name}` : tag) + place, isNamed: false };
}

function isOnly(element: Element, selector: string): boolean {
  const root = element.getRootNode();
  return "querySelectorAll" in root && (root as ParentNode).querySelectorAll(selector).length === 1;
}

export interface ElementPath {
  /** With `>>>` where it enters a shadow root or a frame. */
  readonly path: string;
  /** Within the innermost document or shadow root, where rules match. */
  readonly selector: string;
}

export function pathOf(element: Element): ElementPath {
  const trees: string[] = [];
  let here: Element | null = element;
  while (here && trees.length < MAX_STEPS) {
    const steps: string[] = [];
    let at: Element | null = here;
    while (at && steps.length < MAX_STEPS) {
      const { text, isNamed }: { text: string; isNamed: boolean } = step(at);
      steps.unshift(text);
      at = isNamed ? null : at.parentElement;
    }
    trees.unshift(steps.join(" > "));
    here = above(here);
  }
  return { path: trees.join(" >>> "), selector: trees[trees.length - 1] ?? "" };
}

/** The host of an element's shadow root, or the frame of its document. */
function above(element: Element): Element | null {
  const root = element.getRootNode();
  if ("host" in root) return (root as ShadowRoot).host;
  try {
    return element.ownerDocument.defaultView?.frameElement ?? null;
  } catch {
    return null;
  }
}

export const isAccepted = (element: Element, accept: readonly string[]): boolean => {
  for (let at: Element | null = element; at; at = at.parentElement ?? above(at)) {
    const here = at;
    if (accept.some((selector) => here.matches(selector))) return true;
  }
  return false;
};
