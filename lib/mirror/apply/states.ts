/**
 * Hover, press and focus of the customer's browser, as attributes along the chains on which a browser matches them: through
 * slots, shadow hosts and frames. `clean-css.ts` rewrites selectors to them.
 */
import { OURS } from "./attribute-list";
import { isDocument, isElement, isShadow } from "./node-kinds";

export interface States {
  show(focused: Node | null, hovered: Node | null, pressed: Node | null, isDrawn: boolean): void;
}

/** The elements from a node up to the replica's root. */
function chainOf(from: Node | null, top: Document): Element[] {
  const chain: Element[] = [];
  for (let at = from; at; ) {
    if (isElement(at)) chain.push(at);
    if (isShadow(at)) at = at.host;
    else if (isDocument(at)) at = at === top ? null : (at.defaultView?.frameElement ?? null);
    else at = (isElement(at) && at.assignedSlot) || at.parentNode;
  }
  return chain;
}

/** @param top the replica's own document */
export function openStates(top: () => Document | null): States {
  const marked = new Map<string, readonly Element[]>();
  const mark = (state: string, elements: readonly Element[]) => {
    for (const element of marked.get(state) ?? [])
      if (!elements.includes(element)) element.removeAttribute(OURS + state);
    for (const element of elements) element.toggleAttribute(OURS + state, true);
    marked.set(state, elements);
  };
  return {
    show(focused, hovered, pressed, isDrawn) {
      const document = top();
      if (!document) return marked.clear();
      const chain = chainOf(focused, document);
      mark("hover", chainOf(hovered, document));
      mark("active", chainOf(pressed, document));
      mark("focus-within", chain);
      // A frame that holds the focus has it, too.
      mark(
        "focus",
        chain.filter((element, index) => !index || element.localName === "iframe"),
      );
      mark("focus-visible", isDrawn ? chain.slice(0, 1) : []);
    },
  };
}
