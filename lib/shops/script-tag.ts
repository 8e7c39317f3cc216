import { getConfig } from "@/lib/protocol/config-slot";
import type { Shop } from "./find-shop";

/** The line that a shop puts on its pages. What may be recorded stands in it too, so that nothing is kept before it is known. */
export function scriptTag(shop: Pick<Shop, "key" | "consent">): string {
  const consent = shop.consent === "full" ? "" : ` data-consent="${shop.consent}"`;
  return `<script async src="${getConfig().publicUrl}/vetrina.js" data-shop="${shop.key}"${consent}></script>`;
}
