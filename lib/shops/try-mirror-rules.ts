/** What edited rules would make of one of the shop's own pages, before they are saved. */
import { limit } from "@/lib/http/rate-limit";
import type { DryRunAnswer } from "@/lib/mirror/dry-run/dry-run-port";
import { dryRunSlot } from "@/lib/mirror/dry-run/dry-run-slot";
import { readSiteRules } from "@/lib/mirror/masking/site-rules";
import { looksLikeSelector } from "@/lib/mirror/rules/looks-like-selector";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import { findShop } from "./find-shop";
import { loadMirrorSettings } from "./mirror-settings";

/** Each starts a browser: enough for somebody who writes rules and looks after each line. */
const TRIES = { points: 20, seconds: 300 };
/** Characters of an address. */
const MAX_ADDRESS_CHARS = 2_000;

/**
 * @param address as typed; a path alone is one of the shop's first site
 * @throws AppError too_many, not_found
 */
export async function tryMirrorRules(
  shopId: ShopId,
  address: string,
  edited: unknown,
): Promise<DryRunAnswer> {
  await limit("try-mirror-rules", shopId, TRIES);
  const [shop, { rules: saved }] = await Promise.all([findShop(shopId), loadMirrorSettings(shopId)]);
  if (shop === null) throw new AppError("not_found", "no such shop");
  const url = readAddress(address, shop.origins);
  if (url === null) return { kind: "problem", problem: "foreign" };
  if (readSiteRules(edited, looksLikeSelector).problems.length > 0)
    return { kind: "problem", problem: "rules" };
  return dryRunSlot.get()({ url, edited, saved });
}

/** Null for what is no page of these sites. */
function readAddress(address: string, origins: readonly string[]): string | null {
  const text = address.trim();
  const [first] = origins;
  if (text.length > MAX_ADDRESS_CHARS || first === undefined || !URL.canParse(text, first)) return null;
  const url = new URL(text, first);
  if (url.username !== "" || url.password !== "") return null;
  return origins.includes(url.origin) ? url.href : null;
}
