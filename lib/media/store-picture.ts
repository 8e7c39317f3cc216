import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { AssetId, ConversationId, ParticipantId, ShopId } from "@/lib/protocol/ids";
import { sizeName } from "./file-name";
import { type AssetFacts, type AssetOwner, keepAsset } from "./keep-asset";
import type { Picture } from "./picture-task";
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
 * @throws AppError those of readPicture; the signal's reason
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
  /** Ends reading it. */
  readonly signal?: AbortSignal;
}): Promise<StoredAsset> {
  const { source, page, covered = false, signal } = picture;
  const read = () => readPicture(source, signal);
  if (page === undefined) return store(picture, await sha256Of(source), read, { covered });
  const facts = { covered, page: page.page, pages: page.pages };
  return store(picture, `${page.sha256}#${page.page}`, read, facts);
}

/** A picture of the shop's catalogue, with its tiles. @throws AppError those of readPicture */
export async function storeCataloguePicture(picture: {
  readonly shopId: ShopId;
  readonly bytes: Uint8Array;
}): Promise<StoredAsset> {
  const { shopId, bytes } = picture;
  const asset = await store(
    { shopId, conversationId: null, participantId: null },
    await sha256Of(bytes),
    () => readPicture(bytes),
  );
  await addTiles(asset.assetId, bytes);
  return asset;
}

async function store(
  owner: AssetOwner,
  sha256: string,
  read: () => Promise<Picture>,
  more: Partial<AssetFacts> = {},
): Promise<StoredAsset> {
  const { assetId, row, created } = await keepAsset(owner, sha256, async () => {
    const { width, height, files } = await read();
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
