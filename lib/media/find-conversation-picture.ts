import { getDb } from "@/lib/db/client";
import { type AssetId, assetIdSchema, type ConversationId, type ProductId } from "@/lib/protocol/ids";

/** A picture that one conversation may show; the shape that protocol's rooms port names NewItem. */
export interface ConversationPicture {
  readonly source: "asset";
  readonly assetId: AssetId;
  readonly productId: ProductId | null;
  /** Pixels of the upright picture. */
  readonly width: number;
  readonly height: number;
  /** Empty: a file's own name is the uploader's business. */
  readonly title: string;
  /** Longest sides, pixels, smallest first. */
  readonly sizes: readonly number[];
}

/** A picture that was sent into this very conversation; null for any other. */
export async function findConversationPicture(
  conversationId: ConversationId,
  assetId: AssetId,
): Promise<ConversationPicture | null> {
  const row = await getDb().asset.findFirst({ where: { id: assetId, conversationId } });
  return (
    row && {
      source: "asset",
      assetId: assetIdSchema.parse(row.id),
      productId: null,
      width: row.width,
      height: row.height,
      title: "",
      sizes: row.sizes,
    }
  );
}
