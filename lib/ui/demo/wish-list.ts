/** The demo shop's wish list: ids of products in the page's own storage, newest first. A shop of its own would show them. */
const NAME = "demo.wishes";
/** Ids kept. */
const MAX = 100;

/** False when the browser keeps nothing. */
export function keepForLater(id: string): boolean {
  try {
    const before: unknown = JSON.parse(window.localStorage.getItem(NAME) ?? "[]");
    const others = Array.isArray(before) ? before.filter((one) => one !== id) : [];
    window.localStorage.setItem(NAME, JSON.stringify([id, ...others].slice(0, MAX)));
    return true;
  } catch {
    return false;
  }
}
