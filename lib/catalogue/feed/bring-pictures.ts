/** The pictures and videos that an import wished for, brought at once from a folder or one origin instead of from where they are. */
import { join } from "node:path";
import { getDb } from "@/lib/db/client";
import { inScratchFolder } from "@/lib/media/scratch-folder";
import { storeCataloguePicture } from "@/lib/media/store-picture";
import { storeCatalogueVideo } from "@/lib/media/store-video";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import type { ImageSource } from "./image-source";

export interface BroughtPictures {
  readonly stored: number;
  /** Files that were there already. */
  readonly known: number;
  readonly failed: readonly FailedPicture[];
}

interface FailedPicture {
  /** Of the product. */
  readonly externalId: string;
  readonly url: string;
  readonly reason: string;
}

/** Wishes looked at in one query. */
const PAGE_WISHES = 200;

/** Every picture of the source's products is read again: what lies under an address may have changed. */
export async function bringPictures(
  owner: { readonly shopId: ShopId; readonly sourceId: string },
  images: ImageSource,
  onProgress?: (done: number, total: number) => void,
): Promise<BroughtPictures> {
  const where = { shopId: owner.shopId, product: { sourceId: owner.sourceId, active: true } };
  const total = await getDb().pictureWish.count({ where });
  const failed: FailedPicture[] = [];
  let [stored, known] = [0, 0];
  let last: { productId: string; position: number } | undefined;
  for (;;) {
    const wishes = await getDb().pictureWish.findMany({
      where,
      ...(last && { cursor: { productId_position: last }, skip: 1 }),
      orderBy: [{ productId: "asc" }, { position: "asc" }],
      take: PAGE_WISHES,
      select: {
        productId: true,
        position: true,
        kind: true,
        url: true,
        product: { select: { externalId: true, title: true } },
      },
    });
    for (const { productId, position, kind, url, product } of wishes) {
      last = { productId, position };
      try {
        const bring = kind === "video" ? bringVideo : bringPicture;
        const asset = await bring(owner.shopId, images, url);
        await putPicture({ productId, position, url, assetId: asset.assetId, alt: product.title });
        if (asset.created) stored += 1;
        else known += 1;
      } catch (error) {
        // What has no code is no fault of this picture: a lost database, a mistake of ours.
        if (!(error instanceof AppError)) throw error;
        failed.push({ externalId: product.externalId, url, reason: error.message });
      }
      onProgress?.(stored + known + failed.length, total);
    }
    if (wishes.length < PAGE_WISHES) return { stored, known, failed };
  }
}

const bringPicture = async (shopId: ShopId, images: ImageSource, url: string) =>
  storeCataloguePicture({ shopId, bytes: await images.read(url) });

const bringVideo = (shopId: ShopId, images: ImageSource, url: string) =>
  inScratchFolder(async (folder) => {
    const path = join(folder, "sent");
    await images.save(url, path);
    return storeCatalogueVideo({ shopId, path, signal: unending });
  });

/** Who has typed the command ends it with its process. */
const unending = new AbortController().signal;

async function putPicture(picture: {
  readonly productId: string;
  readonly position: number;
  readonly url: string;
  readonly assetId: string;
  readonly alt: string;
}): Promise<void> {
  const { productId, position, url, assetId, alt } = picture;
  const at = { productId, position };
  const data = { assetId, alt, sourceUrl: url };
  await getDb().$transaction([
    getDb().productPicture.upsert({
      where: { productId_position: at },
      create: { ...at, ...data },
      update: data,
    }),
    getDb().pictureWish.updateMany({
      where: { ...at, url },
      data: { state: "stored", error: null, detail: "" },
    }),
  ]);
}
