import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { AssetId, ConversationId, ParticipantId, ShopId } from "@/lib/protocol/ids";
import { sizeName } from "./file-name";
import { type AssetFacts, type AssetOwner, keepAsset } from "./keep-asset";
import { readPicture } from "./read-picture";
import { addTiles } from "./store-tiles";

export interface StoredAsset {
  readonly assetId: AssetId;
  /** Upright, pixels. */
  readonly width: number;
  readonly height: number;
  /** Longest sides, pixels, smallest first. */
  readonly sizes: readonly number[];
  /** False when the same picture was there already. */
  readonly created: boolean;
}

/** The bytes of a file, or its path. */
export type Source = Uint8Array | string;

/**
 * A picture somebody put into a conversation. Large ones have no tiles yet: addTiles.
 * @throws AppError those of readPicture
 */
export async function storeConversationPicture(picture: {
  readonly shopId: ShopId;
  readonly conversationId: ConversationId;
  readonly participantId: ParticipantId;
  readonly source: Source;
  /** Hidden from the shop's people at first. */
  readonly covered?: boolean;
  /** Of a paper: which page this is. */
  readonly page?: { readonly page: number; readonly pages: number; readonly sha256: string };
}): Promise<StoredAsset> {
  const { source, page, covered = false } = picture;
  if (page === undefined) return store(picture, source, await sha256Of(source), { covered });
  const facts = { covered, page: page.page, pages: page.pages };
  return store(picture, source, `${page.sha256}#${page.page}`, facts);
}

/** A picture of the shop's catalogue, with its tiles. @throws AppError those of readPicture */
export async function storeCataloguePicture(picture: {
  readonly shopId: ShopId;
  readonly bytes: Uint8Array;
}): Promise<StoredAsset> {
  const { shopId, bytes } = picture;
  const asset = await store(
    { shopId, conversationId: null, participantId: null },
    bytes,
    await sha256Of(bytes),
  );
  await addTiles(asset.assetId, bytes);
  return asset;
}

async function store(
  owner: AssetOwner,
  source: Source,
  sha256: string,
  more: Partial<AssetFacts> = {},
): Promise<StoredAsset> {
  const { assetId, row, created } = await keepAsset(owner, sha256, async () => {
    const { width, height, files } = await readPicture(source);
    return {
      facts: { width, height, sizes: files.map((file) => file.longest), ...more },
      files: files.map(({ longest, bytes }) => ({ name: sizeName(longest), bytes })),
    };
  });
  return { assetId, width: row.width, height: row.height, sizes: row.sizes, created };
}

/** Of a file as it was sent, in hexadecimal digits. */
export async function sha256Of(source: Source): Promise<string> {
  const hash = createHash("sha256");
  if (typeof source !== "string") return hash.update(source).digest("hex");
  for await (const chunk of createReadStream(source)) hash.update(chunk);
  return hash.digest("hex");
}
