/**
 * Pictures that were painted of another one with its marks. They show what it shows: covered with it, uncovered with it. Which
 * one that is stands behind the digest of their bytes, as a page's number does.
 */
import { getDb } from "@/lib/db/client";
import { type AssetId, assetIdSchema, type ConversationId } from "@/lib/protocol/ids";

/** What the digest of a picture ends with that was painted of this one. */
export const markedEnding = (of: AssetId): string => `~${of}`;

/** Null: not of this conversation. */
export async function findCovered(conversationId: ConversationId, assetId: AssetId): Promise<boolean | null> {
  const where = { id: assetId, conversationId };
  return (await getDb().asset.findFirst({ where, select: { covered: true } }))?.covered ?? null;
}

/** Lets the shop's people see those that were painted of this one, and of those. */
export async function uncoverMarked(conversationId: ConversationId, of: AssetId): Promise<void> {
  const where = { conversationId, covered: true, sha256: { endsWith: markedEnding(of) } };
  const found = await getDb().asset.findMany({ where, select: { id: true } });
  await getDb().asset.updateMany({ where, data: { covered: false } });
  for (const { id } of found) await uncoverMarked(conversationId, assetIdSchema.parse(id));
}
