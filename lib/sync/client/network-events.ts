/** Tells when the browser loses or regains the network; never elsewhere. @returns stop */
export function onNetworkChange(handlers: { online: () => void; offline: () => void }): () => void {
  if (typeof globalThis.addEventListener !== "function" || typeof navigator === "undefined")
    return () => undefined;
  globalThis.addEventListener("online", handlers.online);
  globalThis.addEventListener("offline", handlers.offline);
  return () => {
    globalThis.removeEventListener("online", handlers.online);
    globalThis.removeEventListener("offline", handlers.offline);
  };
}
