import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { AssetId, ConversationId, ParticipantId, ShopId } from "@/lib/protocol/ids";
import { sizeName } from "./file-name";
import { type AssetFacts, type AssetOwner, type KeptAsset, keepAsset } from "./keep-asset";
import { markedEnding } from "./marked-pictures";
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

export interface ConversationPicture {
  readonly shopId: ShopId;
  readonly conversationId: ConversationId;
  readonly participantId: ParticipantId;
  readonly source: Source;
  /** Hidden from the shop's people at first. */
  readonly covered?: boolean;
  /** Ends reading it. */
  readonly signal?: AbortSignal;
}

/**
 * A page of a paper that somebody put into a conversation, with all its sizes. Pictures: store-usable.ts.
 * @param page which page this is of the file with this digest
 * @throws AppError those of readPicture; the signal's reason
 */
export async function storePaperPage(
  picture: ConversationPicture,
  { page, pages, sha256 }: { readonly page: number; readonly pages: number; readonly sha256: string },
): Promise<StoredAsset> {
  const { source, covered = false, signal } = picture;
  const facts = { covered, page, pages };
  return store(picture, `${sha256}#${page}`, () => readPicture(source, signal), facts);
}

/**
 * A picture as it was painted with its marks; known again by its bytes and by what it was painted of (marked-pictures.ts).
 * @throws AppError those of readPicture
 */
export async function storeMarkedPicture(
  picture: ConversationPicture & { readonly source: Uint8Array },
  of: AssetId,
): Promise<StoredAsset> {
  const { source, covered = false } = picture;
  const sha256 = `${await sha256Of(source)}${markedEnding(of)}`;
  return store(picture, sha256, () => readPicture(source), { covered });
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
  return storedAsset(await keepAsset(owner, sha256, async () => assetOf(await read(), more)));
}

/** What keepAsset is given of a picture. */
export const assetOf = ({ width, height, files }: Picture, more: Partial<AssetFacts>) => ({
  facts: { width, height, sizes: files.map((file) => file.longest), ...more },
  files: files.map(({ longest, bytes }) => ({ name: sizeName(longest), bytes })),
});

export const storedAsset = ({ assetId, row, created }: KeptAsset): StoredAsset => ({
  ...{ assetId, width: row.width, height: row.height, sizes: row.sizes, created },
});

/** Of a file as it was sent, in hexadecimal digits. */
export async function sha256Of(source: Source): Promise<string> {
  const hash = createHash("sha256");
  if (typeof source !== "string") return hash.update(source).digest("hex");
  for await (const chunk of createReadStream(source)) hash.update(chunk);
  return hash.digest("hex");
}
