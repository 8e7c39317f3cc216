/** The sources of a shop's catalogue: made, changed, scheduled, forgotten. Reading one is an import (start-import.ts). */
import { seal, unseal } from "@/lib/auth/sealed";
import { type CatalogueSource, getDb, Prisma } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type FeedKind, type FeedMapping, feedKinds, feedMappingSchema } from "@/lib/protocol/feeds";
import type { ShopId } from "@/lib/protocol/ids";
import type { FeedPlace, FeedReading } from "@/lib/protocol/imports";
import { requireStorefront } from "../storefronts/storefronts";
import { dropFeedFile } from "./feed-files";
import { leaveAll, leaveElsewhere } from "./leave";
import { nextRun, type Schedule } from "./schedule";

export interface Source {
  readonly sourceId: string;
  readonly name: string;
  readonly kind: "upload" | "address";
  readonly url: string;
  readonly hasLogin: boolean;
  readonly reading: FeedReading;
  readonly schedule: Schedule;
  readonly nextAt: Date | null;
}

/** Sources of one shop: brands or countries of a group, each with a feed of its own. */
const MAX_SOURCES = 20;

/** @throws AppError bad_request (no web address), conflict */
export async function createSource(shopId: ShopId, place: FeedPlace, reading: FeedReading): Promise<string> {
  if ((await getDb().catalogueSource.count({ where: { shopId } })) >= MAX_SOURCES) {
    throw new AppError("conflict", `at most ${MAX_SOURCES} sources`);
  }
  const columns = { ...(await placeColumns(place)), ...(await readingColumns(shopId, reading)) };
  return (await getDb().catalogueSource.create({ data: { shopId, ...columns } })).id;
}

/** @throws AppError not_found, bad_request; conflict when it would move to another storefront while it is imported */
export async function updateReading(shopId: ShopId, sourceId: string, reading: FeedReading): Promise<void> {
  // Read in another way, the same feed says something else: it is sent anew.
  const columns = await readingColumns(shopId, reading);
  const data = { ...columns, etag: null, lastModified: null };
  const unwanted = await getDb().$transaction(async (tx) => {
    const before = await getSourceRow(shopId, sourceId, tx);
    // Locks the row: an import that is claimed from now on reads what it becomes (run-import.ts).
    requireOne(await tx.catalogueSource.updateMany({ where: { id: sourceId, shopId }, data }));
    return before.storefrontId === columns.storefrontId ? null : move(tx, shopId, sourceId);
  });
  if (unwanted === null) return;
  for (const fileName of unwanted) await dropFeedFile(shopId, fileName);
  // What it wrote elsewhere were never that storefront's prices.
  await leaveElsewhere(shopId, sourceId, new Date());
}

/** @returns names of files that nobody reads any more @throws AppError conflict */
async function move(tx: Prisma.TransactionClient, shopId: ShopId, sourceId: string): Promise<string[]> {
  if ((await tx.catalogueImport.count({ where: { sourceId, state: "running" } })) > 0)
    throw new AppError("conflict", "an import of this source is running");
  // What somebody is asked, or has agreed to, was said of the storefront before.
  const asking = await tx.catalogueImport.updateManyAndReturn({
    where: { sourceId, state: "asking" },
    data: { state: "kept", endedAt: new Date() },
    select: { fileName: true },
  });
  const waiting = { sourceId, state: "waiting", mayShrink: true };
  await tx.catalogueImport.updateMany({ where: waiting, data: { mayShrink: false } });
  // Other feeds name what now goes: none is what the catalogue holds, however little it has changed.
  await tx.feedState.deleteMany({ where: { shopId } });
  return asking.map(({ fileName }) => fileName);
}

/** @param timeZone of the shop @throws AppError not_found */
export async function updateSchedule(
  shopId: ShopId,
  sourceId: string,
  schedule: Schedule,
  timeZone: string,
  now: Date,
): Promise<void> {
  const data = {
    schedule: schedule.kind,
    everyHours: schedule.kind === "hours" ? schedule.everyHours : null,
    dailyAt: schedule.kind === "daily" ? schedule.dailyAt : null,
    nextAt: nextRun(schedule, timeZone, now),
  };
  // A file that somebody sent does not come again by itself.
  const where = { id: sourceId, shopId, kind: "address" };
  requireOne(await getDb().catalogueSource.updateMany({ where, data }));
}

/** The shop lives by other clocks: what is read daily moves with them. */
export async function moveSchedules(shopId: ShopId, timeZone: string, now: Date): Promise<void> {
  for (const { sourceId, schedule } of await listSources(shopId)) {
    if (schedule.kind === "daily") await updateSchedule(shopId, sourceId, schedule, timeZone, now);
  }
}

/** @param withProducts its products leave the catalogue, too @throws AppError not_found */
export async function deleteSource(
  shopId: ShopId,
  sourceId: string,
  withProducts: boolean,
  now: Date,
): Promise<void> {
  await getSourceRow(shopId, sourceId);
  // The source goes last: of one whose forgetting broke off it can be asked again, and its next import mends what is left.
  await leaveAll(shopId, sourceId, withProducts, now);
  requireOne(await getDb().catalogueSource.deleteMany({ where: { id: sourceId, shopId } }));
}

export async function listSources(shopId: ShopId): Promise<readonly Source[]> {
  const rows = await getDb().catalogueSource.findMany({ where: { shopId }, orderBy: { createdAt: "asc" } });
  return rows.map(toSource);
}

/** @throws AppError not_found */
export async function getSource(shopId: ShopId, sourceId: string): Promise<Source> {
  return toSource(await getSourceRow(shopId, sourceId));
}

/** @throws AppError not_found */
export async function getSourceRow(
  shopId: ShopId,
  sourceId: string,
  db: Prisma.TransactionClient = getDb(),
): Promise<CatalogueSource> {
  const row = await db.catalogueSource.findFirst({ where: { id: sourceId, shopId } });
  if (row === null) throw new AppError("not_found", "no such source");
  return row;
}

/** Of a feed that wants a name and a password. @throws AppError unavailable when it cannot be unsealed */
export async function loginOf({ sealedLogin }: Pick<CatalogueSource, "sealedLogin">): Promise<string> {
  return sealedLogin === null ? "" : unseal(sealedLogin);
}

export function readingOf(row: CatalogueSource): {
  readonly kind: FeedKind | null;
  readonly mapping: FeedMapping | null;
} {
  const mapping = feedMappingSchema.safeParse(row.mapping);
  return {
    kind: feedKinds.find((kind) => kind === row.format) ?? null,
    mapping: mapping.success ? mapping.data : null,
  };
}

export function scheduleOf(row: Pick<CatalogueSource, "schedule" | "everyHours" | "dailyAt">): Schedule {
  if (row.schedule === "hours" && row.everyHours !== null)
    return { kind: "hours", everyHours: row.everyHours };
  if (row.schedule === "daily" && row.dailyAt !== null) return { kind: "daily", dailyAt: row.dailyAt };
  return { kind: "never" };
}

function toSource(row: CatalogueSource): Source {
  const { kind: format, mapping } = readingOf(row);
  return {
    sourceId: row.id,
    name: row.name,
    kind: row.kind === "upload" ? "upload" : "address",
    url: row.url,
    hasLogin: row.sealedLogin !== null,
    reading: {
      ...{ format, mapping, currency: row.currency, locale: row.locale },
      ...(row.storefrontId !== null && { storefrontId: row.storefrontId }),
    },
    schedule: scheduleOf(row),
    nextAt: row.nextAt,
  };
}

async function placeColumns(place: FeedPlace) {
  if (place.kind === "upload") return { kind: place.kind, name: place.fileName };
  if (!URL.canParse(place.url) || !/^https?:$/.test(new URL(place.url).protocol)) {
    throw new AppError("bad_request", "this is no web address");
  }
  const { host } = new URL(place.url);
  const sealedLogin = place.login === "" ? null : await seal(place.login);
  return { kind: place.kind, name: host, url: place.url, sealedLogin };
}

/** @throws AppError not_found when the storefront is not this shop's */
async function readingColumns(shopId: ShopId, reading: FeedReading) {
  const { format, mapping, currency, locale, storefrontId = null } = reading;
  if (storefrontId !== null) await requireStorefront(shopId, storefrontId);
  return { format, mapping: mapping ?? Prisma.DbNull, currency, locale, storefrontId };
}

function requireOne({ count }: { readonly count: number }): void {
  if (count === 0) throw new AppError("not_found", "no such source");
}
