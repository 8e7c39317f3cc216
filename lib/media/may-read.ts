/**
 * Whether the one for whom an address was made may still read what it names. An address outlives many a right: somebody
 * leaves, is removed, or what it names is erased.
 */
import type { MediaReader } from "@/lib/auth/media-token";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { AssetId } from "@/lib/protocol/ids";
import { processSlot } from "@/lib/protocol/process-slot";

/** Milliseconds that an answer is good for: a page asks for a dozen files at once, and again with every tile. */
const FRESH_MS = 5_000;
/** Answers remembered. */
const MAX_REMEMBERED = 5_000;

interface Answer {
  readonly until: number;
  readonly may: Promise<boolean>;
}
const slot = processSlot<Map<string, Answer>>("media-readers");

/** @throws AppError unauthorized */
export async function requireMayRead(assetId: AssetId, reader: MediaReader | null): Promise<void> {
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
  if (!(await answer.may)) throw new AppError("unauthorized", "this address is no longer good");
}

async function ask(assetId: AssetId, reader: MediaReader | null): Promise<boolean> {
  const asset = await getDb().asset.findUnique({
    where: { id: assetId },
    select: { shopId: true, conversationId: true, covered: true },
  });
  if (asset === null) return false;
  // A catalogue's pictures hang in the shop's window.
  if (asset.conversationId === null) return true;
  if (reader === null || (asset.covered && reader.kind === "member")) return false;
  const { shopId, conversationId } = asset;
  const found =
    reader.kind === "member"
      ? await getDb().member.findFirst({ where: { id: reader.memberId, shopId } })
      : await getDb().participant.findFirst({
          where: { id: reader.participantId, conversationId, leftAt: null },
        });
  return found !== null;
}
