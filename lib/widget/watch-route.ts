/**
 * Tells when a single-page shop changes its address. Where the browser has the Navigation API nothing of the page is
 * touched; elsewhere pushState and replaceState are wrapped and given back on close.
 */
import { guard } from "./guard";

export function watchRoute(window: Window, changed: () => void): () => void {
  let last = window.location.href;
  const check = guard<unknown>(() => {
    if (window.location.href === last) return;
    last = window.location.href;
    changed();
  });
  const navigation: unknown = Reflect.get(window, "navigation");
  if (navigation instanceof EventTarget) {
    navigation.addEventListener("currententrychange", check);
    return () => navigation.removeEventListener("currententrychange", check);
  }
  const undoPush = wrap(window.history, "pushState", check);
  const undoReplace = wrap(window.history, "replaceState", check);
  window.addEventListener("popstate", check);
  return () => {
    undoPush();
    undoReplace();
    window.removeEventListener("popstate", check);
  };
}

function wrap(
  history: History,
  name: "pushState" | "replaceState",
  after: (value: unknown) => void,
): () => void {
  const original = history[name];
  const wrapped: typeof original = function (this: History, data, unused, url) {
    // Passing on exactly what came: a missing third argument and `undefined` mean the same to the browser.
    Reflect.apply(original, this, [data, unused, url]);
    after(undefined);
  };
  history[name] = wrapped;
  return () => {
    // Somebody may have wrapped us since; then the chain stays as it is.
    if (history[name] === wrapped) Reflect.deleteProperty(history, name);
  };
}
