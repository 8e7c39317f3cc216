import { createHash, randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";
import {
  type AssetId,
  assetIdSchema,
  type ConversationId,
  type ParticipantId,
  type ShopId,
} from "@/lib/protocol/ids";
import { readPicture } from "./read-picture";
import { getMediaStore } from "./store";

export interface StoredAsset {
  readonly assetId: AssetId;
  readonly width: number;
  readonly height: number;
  /** Longest sides, pixels, smallest first. */
  readonly sizes: readonly number[];
  /** False when the same picture was there already. */
  readonly created: boolean;
}

interface Owner {
  readonly shopId: ShopId;
  readonly conversationId: ConversationId | null;
  readonly participantId: ParticipantId | null;
}

/** A picture somebody put into a conversation. @throws AppError those of readPicture */
export function storeConversationPicture(picture: {
  readonly shopId: ShopId;
  readonly conversationId: ConversationId;
  readonly participantId: ParticipantId;
  readonly bytes: Uint8Array;
}): Promise<StoredAsset> {
  return store(picture, picture.bytes);
}

/** A picture of the shop's catalogue. @throws AppError those of readPicture */
export function storeCataloguePicture(picture: {
  readonly shopId: ShopId;
  readonly bytes: Uint8Array;
}): Promise<StoredAsset> {
  return store({ shopId: picture.shopId, conversationId: null, participantId: null }, picture.bytes);
}

async function store(owner: Owner, bytes: Uint8Array): Promise<StoredAsset> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const known = await findAsset(owner, sha256);
  if (known) return known;

  const picture = await readPicture(bytes);
  const assetId = assetIdSchema.parse(randomUUID());
  const sizes = picture.files.map((file) => file.longest);
  // Files first: a row must never name files that are not there.
  await getMediaStore().put(assetId, picture.files);
  try {
    await getDb().asset.create({
      data: {
        id: assetId,
        shopId: owner.shopId,
        conversationId: owner.conversationId,
        participantId: owner.participantId,
        width: picture.width,
        height: picture.height,
        sizes,
        sha256,
      },
    });
  } catch (error) {
    await getMediaStore().delete(assetId);
    // The same picture was being sent twice at once, and the other one was quicker.
    const other = await findAsset(owner, sha256);
    if (other) return other;
    throw error;
  }
  return { assetId, width: picture.width, height: picture.height, sizes, created: true };
}

async function findAsset({ shopId, conversationId }: Owner, sha256: string): Promise<StoredAsset | null> {
  const found = await getDb().asset.findFirst({ where: { shopId, conversationId, sha256 } });
  return (
    found && {
      assetId: assetIdSchema.parse(found.id),
      width: found.width,
      height: found.height,
      sizes: found.sizes,
      created: false,
    }
  );
}
