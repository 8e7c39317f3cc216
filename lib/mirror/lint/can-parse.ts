/** Whether the browser that a page stands in parses a selector. Runs in the page. */
const fragment = document.createDocumentFragment();

export function canParse(selector: string): boolean {
  try {
    fragment.querySelector(selector);
    return true;
  } catch {
    return false;
  }
}
