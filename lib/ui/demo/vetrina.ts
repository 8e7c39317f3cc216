/** How any shop talks to us: the one global of docs/loader.md. Before the loader arrives, the page's stub queues calls. */
import type { VetrinaCall } from "@/lib/widget/vetrina-call";

declare global {
  interface Window {
    vetrina?: VetrinaCall;
  }
}

export function vetrina(...call: Parameters<VetrinaCall>): void {
  window.vetrina?.(...call);
}
