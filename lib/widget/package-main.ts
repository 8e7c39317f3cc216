/** The package for shops that are built with a bundler: the same script and the same calls, typed. */
import type { LoadOptions } from "./package-api";
import type { VetrinaArguments } from "./vetrina-call";

type Waiting = ((...call: unknown[]) => void) & { q?: unknown[] };

/** The page's `window.vetrina`, or one that keeps what is called until the script is there. */
function entry(): (...call: unknown[]) => void {
  const present: unknown = Reflect.get(window, "vetrina");
  if (typeof present === "function") return (...call) => Reflect.apply(present, window, call);
  const waiting: Waiting = (...call) => {
    waiting.q ??= [];
    waiting.q.push(call);
  };
  Reflect.set(window, "vetrina", waiting);
  return waiting;
}

export function loadVetrina(options: LoadOptions): void {
  if (typeof document === "undefined") return;
  const src = new URL("/vetrina.js", options.host).href;
  if (document.querySelector(`script[src="${CSS.escape(src)}"]`)) return;
  const script = document.createElement("script");
  script.async = true;
  script.src = src;
  script.dataset.shop = options.shop;
  if (options.position) script.dataset.position = options.position;
  if (options.consent) script.dataset.consent = options.consent;
  if (options.nonce) script.nonce = options.nonce;
  document.head.append(script);
}

export function vetrina(...call: VetrinaArguments): void {
  if (typeof window !== "undefined") entry()(...call);
}
