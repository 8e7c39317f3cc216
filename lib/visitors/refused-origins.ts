/**
 * Pages that used a shop's key and were turned away because the shop does not name their origin: the commonest mistake
 * when our script is put into a shop, and one that nobody sees. Kept in this process's memory, for the install check.
 */
import { processSlot } from "@/lib/protocol/process-slot";

export interface RefusedOrigin {
  readonly origin: string;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
}

/** Anybody can send anything here: a few of each shop are enough to see a mistake. */
const MAX_ORIGINS = 10;
const MAX_SHOPS = 1_000;
const MAX_ORIGIN_CHARS = 200;

const slot = processSlot<Map<string, Map<string, RefusedOrigin>>>("refused origins");

function all(): Map<string, Map<string, RefusedOrigin>> {
  const known = slot.find() ?? new Map<string, Map<string, RefusedOrigin>>();
  slot.provide(known);
  return known;
}

export function noteRefusedOrigin(shopId: string, origin: string, now: number): void {
  const shops = all();
  const ofShop = shops.get(shopId) ?? new Map<string, RefusedOrigin>();
  if (origin.length > MAX_ORIGIN_CHARS || (!shops.has(shopId) && shops.size >= MAX_SHOPS)) return;
  shops.set(shopId, ofShop);
  const before = ofShop.get(origin);
  if (before === undefined && ofShop.size >= MAX_ORIGINS) {
    const oldest = [...ofShop.values()].reduce((a, b) => (b.lastAt < a.lastAt ? b : a));
    ofShop.delete(oldest.origin);
  }
  ofShop.set(origin, { origin, count: (before?.count ?? 0) + 1, lastAt: now });
}

/** Since a moment, latest first. Milliseconds since 1970. */
export function listRefusedOrigins(shopId: string, since: number): RefusedOrigin[] {
  return [...(all().get(shopId)?.values() ?? [])]
    .filter(({ lastAt }) => lastAt >= since)
    .sort((a, b) => b.lastAt - a.lastAt);
}
