/**
 * Finds files that no picture of the database names, and pictures whose files are not there. Safe beside a running
 * server: a picture's row follows its files within moments, so only old files can be nobody's.
 */
import { getDb } from "@/lib/db/client";
import { type AssetId, assetIdSchema } from "@/lib/protocol/ids";
import { getMediaStore, type StoredAssetFiles } from "./store";

/** Files younger than this, milliseconds, may belong to an upload whose row is yet to come. */
export const YOUNG_MS = 3_600_000;
/** Rows asked for at once. */
const PAGE = 1_000;

export interface Garbage {
  /** Assets of which there are files. */
  readonly stored: number;
  /** Nobody's, and old. */
  readonly orphans: readonly AssetId[];
  /** Pictures of the database of which at least one size is not there. */
  readonly missing: readonly AssetId[];
}

/** @throws AppError unavailable when the store cannot be listed */
export async function findGarbage(now: Date): Promise<Garbage> {
  const stored = new Map<AssetId, StoredAssetFiles>();
  for await (const files of getMediaStore().list()) stored.set(files.assetId, files);
  const named = new Set<string>();
  const missing: AssetId[] = [];
  for await (const row of assets()) {
    named.add(row.id);
    const kept = stored.get(row.id)?.sizes ?? [];
    if (!row.sizes.every((size) => kept.includes(size))) missing.push(row.id);
  }
  const isOrphan = ({ assetId, storedAt }: StoredAssetFiles) =>
    !named.has(assetId) && storedAt < now.getTime() - YOUNG_MS;
  const orphans = [...stored.values()].filter(isOrphan).map(({ assetId }) => assetId);
  return { stored: stored.size, orphans, missing };
}

/** @throws AppError unavailable */
export async function removeOrphans({ orphans }: Garbage): Promise<void> {
  for (const assetId of orphans) await getMediaStore().delete(assetId);
}

async function* assets(): AsyncGenerator<{ readonly id: AssetId; readonly sizes: readonly number[] }> {
  let after: string | null = null;
  for (;;) {
    const rows: { id: string; sizes: number[] }[] = await getDb().asset.findMany({
      where: after === null ? {} : { id: { gt: after } },
      select: { id: true, sizes: true },
      orderBy: { id: "asc" },
      take: PAGE,
    });
    for (const { id, sizes } of rows) yield { id: assetIdSchema.parse(id), sizes };
    after = rows.at(-1)?.id ?? null;
    if (rows.length < PAGE || after === null) return;
  }
}
