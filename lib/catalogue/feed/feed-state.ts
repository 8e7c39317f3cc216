/** What the last good import of a source was: the same file again needs no reading, as long as nothing else has changed. */
import { createHash } from "node:crypto";
import { getDb } from "@/lib/db/client";
import type { CatalogueView } from "../catalogue-view";
import { type ImportReport, importReportSchema } from "./import-report";
import { READING_VERSION } from "./reading-version";

interface Source {
  readonly shopId: string;
  readonly sourceId: string;
}

/** Of everything that decides what an import makes of a file. */
export function fingerprintOf(digest: string, ...settings: readonly unknown[]): string {
  return createHash("sha256")
    .update(JSON.stringify([READING_VERSION, digest, ...settings]))
    .digest("hex");
}

/** The last report, when this is the same file and its products are still as it left them; else null. */
export async function findSameImport(
  { shopId, storefront }: CatalogueView,
  sourceId: string,
  fingerprint: string,
  now: Date,
): Promise<ImportReport | null> {
  const shopId_sourceId = { shopId, sourceId };
  const state = await getDb().feedState.findUnique({ where: { shopId_sourceId } });
  if (state?.fingerprint !== fingerprint || (state.validUntil && state.validUntil <= now)) return null;
  const report = importReportSchema.parse(state.report);
  const total = report.products.new + report.products.changed + report.products.unchanged;
  const where = { shopId, sourceId, active: true, contentHash: { not: null } };
  const untouched = await (storefront === null
    ? getDb().product.count({ where })
    : getDb().productVersion.count({ where }));
  if (untouched !== total) return null;
  const products = { new: 0, changed: 0, unchanged: total, gone: 0 };
  return { ...report, sameFile: true, products };
}

/** @param validUntil milliseconds since 1970; infinity for ever */
export async function keepState(
  source: Source,
  fingerprint: string,
  validUntil: number,
  report: ImportReport,
  now: Date,
): Promise<void> {
  const state = {
    fingerprint,
    validUntil: Number.isFinite(validUntil) ? new Date(validUntil) : null,
    report,
    finishedAt: now,
  };
  await getDb().feedState.upsert({
    where: { shopId_sourceId: source },
    create: { ...source, ...state },
    update: state,
  });
}

/** Before anything is written: if it does not come to its end, the file from before is not what is stored. */
export async function forgetState({ shopId, sourceId }: Source): Promise<void> {
  await getDb().feedState.deleteMany({ where: { shopId, sourceId } });
}
