/** Imports and their lists as screens show them. */
import { type CatalogueImport, getDb } from "@/lib/db/client";
import { AppError, errorCodes } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import {
  type ImportEntryView,
  type ImportList,
  type ImportView,
  importFiguresSchema,
  importStates,
} from "@/lib/protocol/imports";

/** Imports of one source that are remembered. */
const REMEMBERED = 50;
/** Entries on one page of a list. */
export const ENTRIES_A_PAGE = 50;

const withName = { source: { select: { name: true } } } as const;
type Row = CatalogueImport & { readonly source: { readonly name: string } };

/** The newest first. @param sourceId of one source only */
export async function listImports(
  shopId: ShopId,
  { sourceId, take = REMEMBERED }: { readonly sourceId?: string; readonly take?: number } = {},
): Promise<readonly ImportView[]> {
  const rows = await getDb().catalogueImport.findMany({
    where: { shopId, ...(sourceId !== undefined && { sourceId }) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take,
    include: withName,
  });
  return rows.map(toView);
}

/** @throws AppError not_found */
export async function getImport(shopId: ShopId, importId: string): Promise<ImportView> {
  const row = await getDb().catalogueImport.findFirst({ where: { id: importId, shopId }, include: withName });
  if (row === null) throw new AppError("not_found", "no such import");
  return toView(row);
}

/** One page, from 0; or all that is kept of it. @throws AppError not_found */
export async function listEntries(
  shopId: ShopId,
  importId: string,
  list: ImportList,
  page: number | "all",
): Promise<readonly ImportEntryView[]> {
  await getImport(shopId, importId);
  return getDb().importEntry.findMany({
    where: { importId, list },
    orderBy: { id: "asc" },
    select: { line: true, externalId: true, title: true, reasons: true },
    ...(page !== "all" && { skip: page * ENTRIES_A_PAGE, take: ENTRIES_A_PAGE }),
  });
}

export async function forgetOldImports(sourceId: string): Promise<void> {
  const [oldest] = await getDb().catalogueImport.findMany({
    where: { sourceId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    skip: REMEMBERED,
    take: 1,
  });
  if (oldest === undefined) return;
  await getDb().catalogueImport.deleteMany({
    where: { sourceId, endedAt: { not: null }, createdAt: { lte: oldest.createdAt } },
  });
}

function toView(row: Row): ImportView {
  const state = importStates.find((known) => known === row.state);
  if (state === undefined) throw new AppError("internal", `"${row.state}" is no state of an import`);
  return {
    importId: row.id,
    sourceId: row.sourceId,
    sourceName: row.source.name,
    state,
    phase: row.phase === "reading" || row.phase === "writing" ? row.phase : "receiving",
    rows: row.rows,
    done: Number(row.done),
    total: row.total === null ? null : Number(row.total),
    figures: row.report === null ? null : importFiguresSchema.parse(row.report),
    error: errorCodes.find((code) => code === row.error) ?? null,
    detail: row.detail,
    stopping: state === "running" && row.cancel,
    startedBy: row.startedBy,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
