import { getDb } from "@/lib/db/client";
import {
  type MediaReader,
  mediaSizes,
  originalAddress,
  tileAddress,
  videoAddress,
} from "@/lib/media/address";
import { type ConversationAsset, findConversationAsset } from "@/lib/media/find-conversation-asset";
import { AppError } from "@/lib/protocol/errors";
import type { ResolvedItem } from "@/lib/protocol/http";
import { assetIdSchema, type ConversationId, productIdSchema } from "@/lib/protocol/ids";
import type { CatalogueView } from "./catalogue-view";
import { findCataloguePicture } from "./find-product";
import { productCard } from "./product-card";
import { productRow, shownOnce } from "./product-row";
import { findVersions } from "./versions";

/**
 * What a panel item's reference stands for, for somebody who may see this conversation. What belongs to another
 * conversation or of another shop is not found, whoever asks.
 * @param reference as it stands in the address, unchecked
 * @throws AppError not_found
 */
export async function loadItem(
  conversation: {
    readonly conversationId: ConversationId;
    /** Whose words and prices it shows. */
    readonly view: CatalogueView;
    /** Who asks: the addresses are good for nobody else. */
    readonly reader: MediaReader;
    /** Whether she may have files as they were sent. */
    readonly mayHaveOriginals: boolean;
  },
  reference: { readonly source: string; readonly sourceId: string; readonly productId: string | null },
): Promise<ResolvedItem> {
  const assetId = assetIdSchema.safeParse(reference.sourceId);
  if (assetId.success && reference.source === "asset") {
    const asset = await findConversationAsset(conversation.conversationId, assetId.data);
    if (asset) {
      if (asset.covered && conversation.reader.kind === "member") return hidden(asset);
      return {
        ...(await shown(asset, conversation.reader)),
        ...(asset.hasOriginal && conversation.mayHaveOriginals
          ? { original: originalAddress(asset.assetId, conversation.reader) }
          : {}),
        ...noProduct,
      };
    }
  }
  if (assetId.success && reference.source === "product") {
    const productId = productIdSchema.safeParse(reference.productId);
    const picture = await findCataloguePicture(
      conversation.view,
      assetId.data,
      productId.success ? productId.data : null,
    );
    if (picture)
      return {
        ...(await shown(picture, null)),
        ...(await productOf(conversation.view, picture)),
      };
  }
  throw new AppError("not_found", "nothing that this conversation may show");
}

/** No address at all: what is covered is not merely painted over. */
const hidden = ({ width, height, title }: ConversationAsset) => ({
  ...{ width, height, title, sizes: [], tiles: null, video: null, covered: true },
  ...noProduct,
});

const noProduct = { product: null, pictureIds: [] };

type Shown = "assetId" | "width" | "height" | "title" | "sizes" | "tileSize" | "duration" | "video";

async function shown(asset: Pick<ConversationAsset, Shown>, reader: MediaReader | null) {
  const { assetId, width, height, title, tileSize, duration } = asset;
  const video =
    asset.video === null || duration === null
      ? null
      : { ...asset.video, url: videoAddress(assetId, asset.video.type, reader), durationMs: duration };
  const tiles = tileSize === null ? null : { url: tileAddress(assetId, reader), size: tileSize };
  return { width, height, title, sizes: await mediaSizes(asset, reader), tiles, video, covered: false };
}

async function productOf(view: CatalogueView, { productId }: { readonly productId: string }) {
  const row = await getDb().product.findUniqueOrThrow({ where: { id: productId }, include: productRow });
  return {
    product: productCard({ ...row, ...(await findVersions(view, [productId]))(productId) }),
    pictureIds: shownOnce(row.pictures).map((each) => assetIdSchema.parse(each.assetId)),
  };
}
