/** One import from its beginning to its end: gets the feed, has it read, keeps the report. Its row is claimed already. */

import { type CatalogueSource, getDb, type Prisma } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { shopIdSchema } from "@/lib/protocol/ids";
import type { ImportFigures, ImportState } from "@/lib/protocol/imports";
import { type InTurn, importFeed } from "../feed/import-feed";
import type { ImportReport } from "../feed/import-report";
import { recheckPictures } from "../pictures/recheck-pictures";
import { dropFeedFile, openFeedFile } from "./feed-files";
import { fetchFeed } from "./fetch-feed";
import { ImportEntries } from "./import-entries";
import { leaveElsewhere } from "./leave";
import { forgetOldImports } from "./list-imports";
import { keepProgress } from "./progress";
import { readingOf } from "./source";

export interface ClaimedImport {
  readonly importId: string;
  readonly shopId: string;
  readonly sourceId: string;
  readonly fileName: string;
  readonly mayShrink: boolean;
  /** Tells this claim from an earlier one of a process that was taken for dead. */
  readonly attempts: number;
}

interface Outcome {
  readonly state: ImportState;
  readonly figures?: ImportFigures;
  readonly error?: AppError;
}

/** Somebody else has taken over, or the import is gone: nothing may be written any more. */
const LOST = new AppError("conflict", "another process took over");
const CANCELLED = new AppError("conflict", "somebody stopped it");

/**
 * @param signal ends it without an end: another process, or the next life of this one, begins it anew
 * @param inTurn does what it is given when it is this import's turn
 */
export async function runImport(
  claimed: ClaimedImport,
  now: Date,
  signal: AbortSignal,
  inTurn: InTurn,
): Promise<void> {
  const stop = new AbortController();
  const progress = keepProgress(claimed, (reason) => stop.abort(reason === "cancelled" ? CANCELLED : LOST));
  const ends = AbortSignal.any([signal, stop.signal]);
  let outcome: Outcome;
  try {
    outcome = await read(claimed, now, ends, progress.tell, inTurn);
  } catch (error) {
    if (stop.signal.reason === LOST) return;
    if (signal.aborted) return putBack(claimed);
    outcome =
      stop.signal.reason === CANCELLED ? { state: "cancelled" } : { state: "failed", error: asKnown(error) };
  } finally {
    await progress.close();
  }
  await end(claimed, outcome);
}

async function read(
  claimed: ClaimedImport,
  now: Date,
  signal: AbortSignal,
  onProgress: ReturnType<typeof keepProgress>["tell"],
  inTurn: InTurn,
): Promise<Outcome> {
  const shopId = shopIdSchema.parse(claimed.shopId);
  const source = await settledSource(claimed.sourceId);
  // Nothing, unless the server stopped while this source was moved to another storefront.
  await leaveElsewhere(shopId, source.id, now);
  const feed =
    claimed.fileName === ""
      ? await fetchFeed(source, now, signal)
      : { ...(await openFeedFile(shopId, claimed.fileName)), etag: null, lastModified: null };
  if (feed === null) return { state: "unchanged" };
  const entries = new ImportEntries(claimed.importId);
  await entries.clear();
  const report = await importFeed({
    shopId,
    sourceId: source.id,
    storefrontId: source.storefrontId,
    source: feed.body,
    ...givenReading(source),
    defaults: { currency: source.currency, locale: source.locale },
    now: now.getTime(),
    signal,
    onProgress: (progress) =>
      onProgress(progress.phase === "receiving" ? { ...progress, of: feed.total } : progress),
    onChanges: (batch) => entries.addChanges(batch),
    mayShrink: claimed.mayShrink,
    inTurn,
  });
  await entries.addProblems("rejected", report.rejected);
  await entries.addProblems("incomplete", report.warnings);
  const figures = figuresOf(report);
  if (report.state === "would-shrink") return { state: "asking", figures };
  const { etag, lastModified } = feed;
  // Of one that was moved meanwhile this says nothing.
  const where = { id: source.id, storefrontId: source.storefrontId };
  await getDb().catalogueSource.updateMany({ where, data: { etag, lastModified } });
  if (!report.sameFile) await recheckPictures(shopId, source.id, now);
  return { state: report.sameFile ? "unchanged" : "done", figures };
}

/** As it is once whoever is just moving it to another storefront has done so. */
async function settledSource(id: string): Promise<CatalogueSource> {
  await getDb().$queryRaw`SELECT 1 FROM "CatalogueSource" WHERE "id" = ${id} FOR SHARE`;
  return getDb().catalogueSource.findUniqueOrThrow({ where: { id } });
}

function givenReading(source: CatalogueSource) {
  const { kind, mapping } = readingOf(source);
  return { ...(kind !== null && { kind }), ...(mapping !== null && { mapping }) };
}

function figuresOf(report: ImportReport): ImportFigures {
  const { kind, rows, skipped, variants, products, rejectedTotal, warningsTotal } = report;
  return { kind, rows, skipped, variants, products, rejected: rejectedTotal, incomplete: warningsTotal };
}

async function end(claimed: ClaimedImport, { state, figures, error }: Outcome): Promise<void> {
  const { importId, attempts, sourceId, shopId, fileName } = claimed;
  const { count } = await getDb().catalogueImport.updateMany({
    where: { id: importId, state: "running", attempts },
    data: {
      state,
      ...(figures && { report: { ...figures } satisfies Prisma.InputJsonObject }),
      error: error?.code ?? null,
      detail: error?.message ?? "",
      // A question is over when it was answered.
      endedAt: state === "asking" ? null : new Date(),
    },
  });
  if (count === 0) return;
  if (state !== "asking") await dropFeedFile(shopId, fileName);
  await forgetOldImports(sourceId);
}

/** This process ends: the next one begins it anew, and this time does not count. */
async function putBack({ importId, attempts }: ClaimedImport): Promise<void> {
  await getDb().catalogueImport.updateMany({
    where: { id: importId, state: "running", attempts },
    data: { state: "waiting", attempts: attempts - 1 },
  });
}

/** What nobody foresaw is told as such, and reported. */
function asKnown(error: unknown): AppError {
  if (error instanceof AppError) return error;
  faultsSlot.find()?.(error);
  return new AppError("internal", "something went wrong on our side", { cause: error });
}
