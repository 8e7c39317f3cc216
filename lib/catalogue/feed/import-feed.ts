/**
 * Brings a feed into a shop's catalogue: reads all rows, groups them into products, fetches their pictures, writes
 * what changed, and reports every row and picture that could not be used. Running it again changes nothing.
 */
import { getDb } from "@/lib/db/client";
import { storeCataloguePicture } from "@/lib/media/store-picture";
import { AppError } from "@/lib/protocol/errors";
import { assetIdSchema, type ShopId } from "@/lib/protocol/ids";
import { type PictureInput, type WriteResult, writeProduct } from "../write-product";
import { type FeedRow, parseFeedRow, type RejectedRow } from "./feed-row";
import { readGoogleMerchant } from "./google-merchant";
import { type FeedProduct, groupRows } from "./group-rows";
import type { ImageSource } from "./image-source";

interface FailedPicture {
  readonly line: number;
  /** Of the product. */
  readonly externalId: string;
  readonly url: string;
  readonly reason: string;
}

export interface ImportReport {
  readonly rows: number;
  readonly products: Readonly<Record<WriteResult, number>>;
  readonly variants: number;
  /** Products of the shop that the feed does not name; they are left as they are. */
  readonly missing: readonly string[];
  readonly rejected: readonly RejectedRow[];
  readonly pictures: {
    readonly stored: number;
    readonly known: number;
    readonly failed: readonly FailedPicture[];
  };
}

export interface FeedImport {
  readonly shopId: ShopId;
  readonly source: AsyncIterable<Uint8Array>;
  /** Null: pictures are left as they are. */
  readonly images: ImageSource | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** @throws AppError bad_request when the file is no feed; then nothing was written. */
export async function importFeed({
  shopId,
  source,
  images,
  now,
  onProgress,
}: FeedImport): Promise<ImportReport> {
  const { rows, rejected } = await readRows(source, now);
  const feedProducts = groupRows(rows);
  const products = { new: 0, changed: 0, unchanged: 0 };
  const pictures = { stored: 0, known: 0, failed: [] as FailedPicture[] };
  for (const [index, feedProduct] of feedProducts.entries()) {
    const found = images && (await readPictures(shopId, feedProduct, images));
    if (found) {
      pictures.stored += found.stored;
      pictures.known += found.known;
      pictures.failed.push(...found.failed);
    }
    products[await writeProduct(shopId, { ...feedProduct.product, pictures: found?.pictures })] += 1;
    onProgress?.(index + 1, feedProducts.length);
  }
  const missing = await listMissing(shopId, new Set(feedProducts.map(({ product }) => product.externalId)));
  return {
    rows: rows.length + rejected.length,
    products,
    variants: rows.length,
    missing,
    rejected,
    pictures,
  };
}

async function readRows(source: AsyncIterable<Uint8Array>, now: number) {
  const rows: FeedRow[] = [];
  const rejected: RejectedRow[] = [];
  const lineOf = new Map<string, number>();
  for await (const item of readGoogleMerchant(source)) {
    const parsed = parseFeedRow(item, now);
    if (!parsed.ok) {
      rejected.push(parsed.row);
      continue;
    }
    const { externalId, line } = parsed.row;
    const before = lineOf.get(externalId);
    if (before === undefined) {
      lineOf.set(externalId, line);
      rows.push(parsed.row);
    } else {
      rejected.push({ line, externalId, reasons: [`the id was used before, in line ${before}`] });
    }
  }
  return { rows, rejected };
}

async function readPictures(shopId: ShopId, { line, product, imageUrls }: FeedProduct, images: ImageSource) {
  const pictures: PictureInput[] = [];
  const failed: FailedPicture[] = [];
  let stored = 0;
  for (const url of imageUrls) {
    const alt = product.title;
    try {
      const asset = await storeCataloguePicture({ shopId, bytes: await images.read(url) });
      if (asset.created) stored += 1;
      // Two addresses may hold one picture; it is shown once.
      if (pictures.every((other) => other.assetId !== asset.assetId)) {
        pictures.push({ assetId: asset.assetId, alt, sourceUrl: url });
      }
    } catch (error) {
      // What has no code is no fault of this picture: a lost database, a mistake of ours.
      if (!(error instanceof AppError)) throw error;
      failed.push({ line, externalId: product.externalId, url, reason: error.message });
      const kept = await findKept(shopId, product.externalId, url);
      if (kept) pictures.push({ ...kept, alt });
    }
  }
  return { pictures, failed, stored, known: pictures.length - stored };
}

/** The picture that an earlier import read from this address. */
async function findKept(shopId: ShopId, externalId: string, sourceUrl: string) {
  const row = await getDb().productPicture.findFirst({
    where: { sourceUrl, product: { shopId, externalId } },
  });
  return row && { assetId: assetIdSchema.parse(row.assetId), sourceUrl };
}

async function listMissing(shopId: ShopId, inFeed: ReadonlySet<string>): Promise<string[]> {
  const all = await getDb().product.findMany({
    where: { shopId, active: true },
    select: { externalId: true },
    orderBy: { externalId: "asc" },
  });
  return all.map(({ externalId }) => externalId).filter((externalId) => !inFeed.has(externalId));
}
