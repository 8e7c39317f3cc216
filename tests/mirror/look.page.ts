/** How a test looks at a document: the customer's and its replica alike. Runs in both pages. */

export interface Look {
  readonly document: Document;
  /** The first match, through `>>>` into shadow roots and frames. */
  get(selector: string): HTMLElement;
  has(selector: string): boolean;
  text(selector: string): string;
  css(selector: string, property: string, pseudo?: string): string;
  attribute(selector: string, name: string): string | null;
  /** Left, top, width, height, rounded. */
  box(selector: string): number[];
  field(selector: string): HTMLInputElement;
  /** The first rule of the first sheet. */
  rule(): CSSStyleRule & CSSMediaRule & CSSLayerBlockRule;
}

function look(document: Document): Look {
  const find = (selector: string): Element | null => {
    let scope: Document | ShadowRoot | null = document;
    let found: Element | null = null;
    for (const part of selector.split(">>>")) {
      found = scope?.querySelector(part.trim()) ?? null;
      scope =
        found && "contentDocument" in found
          ? (found as HTMLIFrameElement).contentDocument
          : (found?.shadowRoot ?? null);
    }
    return found;
  };
  const get = (selector: string) => {
    const found = find(selector);
    if (!found) throw new Error(`nothing matches ${selector}`);
    return found as HTMLElement;
  };
  return {
    document,
    get,
    has: (selector) => find(selector) !== null,
    text: (selector) => get(selector).textContent ?? "",
    css(selector, property, pseudo) {
      const element = get(selector);
      const view = element.ownerDocument.defaultView;
      return view?.getComputedStyle(element, pseudo).getPropertyValue(property) ?? "";
    },
    attribute: (selector, name) => get(selector).getAttribute(name),
    box(selector) {
      const { left, top, width, height } = get(selector).getBoundingClientRect();
      return [left, top, width, height].map(Math.round);
    },
    field: (selector) => get(selector) as HTMLInputElement,
    rule: () => document.styleSheets[0]?.cssRules[0] as CSSStyleRule & CSSMediaRule & CSSLayerBlockRule,
  };
}

declare global {
  interface Window {
    look: typeof look;
  }
}
window.look = look;
