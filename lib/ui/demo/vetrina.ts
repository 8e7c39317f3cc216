/** How any shop talks to us: the one global of docs/loader.md. Before the loader arrives, the page's stub queues calls. */
import type { VetrinaArguments, VetrinaCall } from "@/lib/widget/vetrina-call";

declare global {
  interface Window {
    vetrina?: VetrinaCall;
  }
}

export function vetrina(...call: VetrinaArguments): void {
  window.vetrina?.(...call);
}
