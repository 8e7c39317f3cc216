/**
 * Whether the one for whom an address was made may still read what it names. An address outlives many a right: somebody
 * leaves, is removed, or what it names is erased.
 */
import type { MediaReader } from "@/lib/auth/media-token";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type AssetId, type ShopId, shopIdSchema } from "@/lib/protocol/ids";
import { processSlot } from "@/lib/protocol/process-slot";

/** Milliseconds that an answer is good for: a page asks for a dozen files at once, and again with every tile. */
const FRESH_MS = 5_000;
/** Answers remembered. */
const MAX_REMEMBERED = 5_000;

interface Answer {
  readonly until: number;
  /** Whose asset it is; null for who may not. */
  readonly may: Promise<ShopId | null>;
}
const slot = processSlot<Map<string, Answer>>("media-readers");

/** @returns the shop whose asset it is @throws AppError unauthorized */
export async function requireMayRead(assetId: AssetId, reader: MediaReader | null): Promise<ShopId> {
  const remembered = slot.find() ?? new Map<string, Answer>();
  slot.provide(remembered);
  const key = `${assetId} ${reader === null ? "" : Object.values(reader).join(" ")}`;
  const now = Date.now();
  const known = remembered.get(key);
  const answer = known && known.until > now ? known : { until: now + FRESH_MS, may: ask(assetId, reader) };
  if (answer !== known) {
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(key, answer);
    answer.may.catch(() => remembered.delete(key));
  }
  const shopId = await answer.may;
  if (shopId === null) throw new AppError("unauthorized", "this address is no longer good");
  return shopId;
}

async function ask(assetId: AssetId, reader: MediaReader | null): Promise<ShopId | null> {
  const asset = await getDb().asset.findUnique({
    where: { id: assetId },
    select: { shopId: true, conversationId: true, covered: true },
  });
  if (asset === null) return null;
  const shopId = shopIdSchema.parse(asset.shopId);
  // A catalogue's pictures hang in the shop's window.
  if (asset.conversationId === null) return shopId;
  if (reader === null || (asset.covered && reader.kind === "member")) return null;
  const { conversationId } = asset;
  const found =
    reader.kind === "member"
      ? await getDb().member.findFirst({ where: { id: reader.memberId, shopId } })
      : await getDb().participant.findFirst({
          where: {
            ...{ id: reader.participantId, conversationId, leftAt: null },
            OR: [{ role: { not: "companion" } }, { conversation: { status: { not: "closed" } } }],
          },
        });
  return found && shopId;
}
