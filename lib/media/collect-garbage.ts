/**
 * Finds files that no picture of the database names, pictures and videos of catalogues that no product shows any more, and
 * pictures whose files are not there. Safe beside a running server: a picture's row follows its files within moments, and a
 * product shows it soon after, so only what is old can be nobody's.
 */
import { type Asset, getDb } from "@/lib/db/client";
import { type AssetId, assetIdSchema, type ShopId, shopIdSchema } from "@/lib/protocol/ids";
import { type FileName, isVideoType, ORIGINAL_NAME, sizeName, TILES_NAME, videoName } from "./file-name";
import { type AnyPlace, type AssetPlace, getMediaStore, type StoredAssetFiles } from "./store";

/** Files younger than this, milliseconds, may belong to an upload whose row is yet to come. */
export const YOUNG_MS = 3_600_000;
/** Milliseconds: far longer than it takes from a file in the store to a product that shows it. */
export const UNSHOWN_MS = 86_400_000;
/** Rows asked for at once. */
const PAGE = 1_000;

export interface Garbage {
  /** Assets of which there are files. */
  readonly stored: number;
  /** Nobody's, and old. */
  readonly orphans: readonly AnyPlace[];
  /** Of a catalogue, more than a day old, and shown by no product: its feed names another in its place. */
  readonly unshown: readonly AssetPlace[];
  /** Pictures of the database of which at least one file is not there. */
  readonly missing: readonly AssetId[];
}

/** @throws AppError unavailable when the store cannot be listed */
export async function findGarbage(now: Date): Promise<Garbage> {
  // An asset of before files lay by shop, and what came to it since, are at two places.
  const stored = new Map<AssetId, StoredAssetFiles[]>();
  for await (const files of getMediaStore().list()) {
    stored.set(files.assetId, [...(stored.get(files.assetId) ?? []), files]);
  }
  const named = new Set<string>();
  const missing: AssetId[] = [];
  for await (const row of assets()) {
    named.add(row.id);
    const kept = (stored.get(row.id) ?? []).flatMap(({ names }) => names);
    if (!row.names.every((name) => kept.includes(name))) missing.push(row.id);
  }
  const isOrphan = ({ assetId, storedAt }: StoredAssetFiles) =>
    !named.has(assetId) && storedAt < now.getTime() - YOUNG_MS;
  const orphans = [...stored.values()]
    .flat()
    .filter(isOrphan)
    .map(({ shopId, assetId }) => ({ shopId, assetId }));
  return { stored: stored.size, orphans, unshown: await findUnshown(now), missing };
}

/** @throws AppError unavailable */
export async function removeGarbage({ orphans, unshown }: Garbage): Promise<void> {
  for (const place of orphans) await getMediaStore().delete(place);
  await removeUnshown(unshown);
}

/** Of one shop's catalogue. @throws AppError unavailable */
export async function removeUnshownVideos(shopId: ShopId, now: Date): Promise<void> {
  await removeUnshown(await findUnshown(now, { shopId, videoType: { not: null } }));
}

async function removeUnshown(places: Garbage["unshown"]): Promise<void> {
  for (const place of places) {
    // A product may show it again by now. The row first: files without one are found by the next collection.
    const { count } = await getDb().asset.deleteMany({ where: { id: place.assetId, ...ofNoProduct } });
    if (count > 0) await getMediaStore().delete(place);
  }
}

const ofNoProduct = { conversationId: null, pictures: { none: {} } };

async function findUnshown(
  now: Date,
  of: { readonly shopId?: ShopId; readonly videoType?: { readonly not: null } } = {},
): Promise<AssetPlace[]> {
  const rows = await getDb().asset.findMany({
    where: { ...of, ...ofNoProduct, createdAt: { lt: new Date(now.getTime() - UNSHOWN_MS) } },
    select: { id: true, shopId: true },
  });
  return rows.map(({ id, shopId }) => ({
    shopId: shopIdSchema.parse(shopId),
    assetId: assetIdSchema.parse(id),
  }));
}

type AssetRow = Pick<Asset, "id" | "sizes" | "tileSize" | "videoType" | "originalType">;

function namesOf({ sizes, tileSize, videoType, originalType }: AssetRow): FileName[] {
  return [
    ...sizes.map(sizeName),
    ...(tileSize === null ? [] : [TILES_NAME]),
    ...(originalType === null ? [] : [ORIGINAL_NAME]),
    ...(isVideoType(videoType) ? [videoName(videoType)] : []),
  ];
}

async function* assets(): AsyncGenerator<{ readonly id: AssetId; readonly names: readonly FileName[] }> {
  let after: string | null = null;
  for (;;) {
    const rows: AssetRow[] = await getDb().asset.findMany({
      where: after === null ? {} : { id: { gt: after } },
      select: { id: true, sizes: true, tileSize: true, videoType: true, originalType: true },
      orderBy: { id: "asc" },
      take: PAGE,
    });
    for (const row of rows) yield { id: assetIdSchema.parse(row.id), names: namesOf(row) };
    after = rows.at(-1)?.id ?? null;
    if (rows.length < PAGE || after === null) return;
  }
}
