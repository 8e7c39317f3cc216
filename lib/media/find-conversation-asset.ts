import { getDb } from "@/lib/db/client";
import { type AssetId, assetIdSchema, type ConversationId, type ProductId } from "@/lib/protocol/ids";
import { type AssetVideo, videoOf } from "./asset-video";
import { hasCoveredPage } from "./covered-pages";

/** A picture or video that one conversation may show; the shape that protocol's rooms port names NewItem, and more. */
export interface ConversationAsset {
  readonly source: "asset";
  readonly assetId: AssetId;
  readonly productId: ProductId | null;
  /** Upright, pixels. */
  readonly width: number;
  readonly height: number;
  /** Empty: a file's own name is the uploader's business. */
  readonly title: string;
  /** Of a video, milliseconds; null for a picture. */
  readonly duration: number | null;
  /** Of a page of a paper; null for everything else. */
  readonly page: { readonly number: number; readonly of: number } | null;
  /** Longest sides, pixels, smallest first; of a video, those of its poster, of which there may be none. */
  readonly sizes: readonly number[];
  /** Side of a tile, pixels; null without tiles. */
  readonly tileSize: number | null;
  /** Hidden from the shop's people, who have to ask for it. */
  readonly covered: boolean;
  /** The file as it was sent is kept, too, and no page of it is covered. */
  readonly hasOriginal: boolean;
  /** Null for a picture. */
  readonly video: AssetVideo | null;
}

/** What was sent into this very conversation; null for anything else. */
export async function findConversationAsset(
  conversationId: ConversationId,
  assetId: AssetId,
): Promise<ConversationAsset | null> {
  const row = await getDb().asset.findFirst({ where: { id: assetId, conversationId } });
  if (row === null) return null;
  const { width, height, sizes, tileSize, durationMs, page, pages } = row;
  return {
    source: "asset",
    assetId: assetIdSchema.parse(row.id),
    productId: null,
    title: "",
    ...{ width, height, sizes, tileSize },
    duration: durationMs,
    covered: row.covered,
    hasOriginal: row.originalType !== null && !(await hasCoveredPage(row)),
    page: page === null || pages === null ? null : { number: page, of: pages },
    video: videoOf(row),
  };
}
