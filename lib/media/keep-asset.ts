/** An asset is its files and a row that names them: files first, so that a row never names what is not there. */
import { randomUUID } from "node:crypto";
import type { Asset } from "@/lib/db/client";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import {
  type AssetId,
  assetIdSchema,
  type ConversationId,
  type ParticipantId,
  type ShopId,
} from "@/lib/protocol/ids";
import { type AssetPlace, getMediaStore, type NewFile } from "./store";

/** Whose an asset is: a conversation's, or else the shop's catalogue's. */
export interface AssetOwner {
  readonly shopId: ShopId;
  readonly conversationId: ConversationId | null;
  readonly participantId: ParticipantId | null;
}

/** Columns that tell what an asset is. */
export type AssetFacts = Pick<Asset, "width" | "height" | "sizes"> &
  Partial<
    Pick<Asset, "videoType" | "videoBytes" | "durationMs" | "playsAnywhere" | "page" | "pages" | "covered">
  >;

export interface KeptAsset {
  readonly assetId: AssetId;
  readonly row: Asset;
  /** False when the same file was there already. */
  readonly created: boolean;
}

/**
 * The asset that this owner has of these very bytes; otherwise makes one.
 * @param sha256 of the file as it was sent
 * @throws AppError unavailable, not_found (erased meanwhile), and what `make` throws
 */
export async function keepAsset(
  owner: AssetOwner,
  sha256: string,
  make: () => Promise<{ readonly facts: AssetFacts; readonly files: readonly NewFile[] }>,
): Promise<KeptAsset> {
  const known = await findAsset(owner, sha256);
  if (known) return known;
  const { facts, files } = await make();
  const assetId = assetIdSchema.parse(randomUUID());
  const { shopId, conversationId, participantId } = owner;
  await getMediaStore().put({ shopId, assetId }, files);
  try {
    const row = await getDb().asset.create({
      data: { id: assetId, shopId, conversationId, participantId, sha256, ...facts },
    });
    return { assetId, row, created: true };
  } catch (error) {
    await getMediaStore().delete({ shopId, assetId });
    // The same file was being sent twice at once, and the other one was quicker.
    const other = await findAsset(owner, sha256);
    if (other) return other;
    throw (await isErased(owner))
      ? new AppError("not_found", "the conversation was erased meanwhile")
      : error;
  }
}

const isErased = async ({ conversationId: id }: AssetOwner) =>
  id !== null && (await getDb().conversation.count({ where: { id } })) === 0;

/** Removes row and files of an asset that nobody has been shown, if it was made since then. */
export async function dropAsset(place: AssetPlace, since: Date): Promise<void> {
  const { assetId } = place;
  const where = { id: assetId, createdAt: { gte: since } };
  // The row first: files without one are found by the next collection, a row without files would be seen.
  await getDb().asset.deleteMany({ where });
  const isThere = (await getDb().asset.count({ where: { id: assetId } })) > 0;
  // Gone already with a conversation that was erased meanwhile: its files are nobody's, too.
  if (!isThere) await getMediaStore().delete(place);
}

async function findAsset({ shopId, conversationId }: AssetOwner, sha256: string): Promise<KeptAsset | null> {
  const row = await getDb().asset.findFirst({ where: { shopId, conversationId, sha256 } });
  return row && { assetId: assetIdSchema.parse(row.id), row, created: false };
}
