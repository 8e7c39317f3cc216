/**
 * Brings a feed into a shop's catalogue. Until all of it was received and read nothing changes; then what is new or
 * different is written, and what its source no longer names goes. Fetches no picture: it says which are wanted.
 */
import { getDb } from "@/lib/db/client";
import { newRowId } from "@/lib/db/row-id";
import { configSlot } from "@/lib/protocol/config-slot";
import { AppError } from "@/lib/protocol/errors";
import type { FeedKind, FeedMapping } from "@/lib/protocol/feeds";
import type { ShopId } from "@/lib/protocol/ids";
import { findView } from "../catalogue-view";
import { settleSearch } from "../settle-search";
import type { ProductCollector } from "./collect-products";
import { findSameImport, fingerprintOf, forgetState, keepState } from "./feed-state";
import type { ImportReport } from "./import-report";
import { dropBare, lacksParts, mergeTorn } from "./merge-torn";
import { type OpenFeed, openFeed, requireMapped } from "./read-feed";
import { countGone, retireGone } from "./retire-gone";
import { type SpooledFeed, spoolFeed } from "./spool-file";
import { stageFeed } from "./stage-feed";
import type { StagingRun } from "./staged-rows";
import { type ProductChange, writeStaged } from "./write-staged";

/** Share of a source's products that may go unasked: more is rather a broken feed than a clearance. */
const MAX_GONE_SHARE = 0.3;

/** Milliseconds after which staged rows of an import are those of a process that died. */
const STALE_STAGE_MS = 24 * 3_600_000;

export interface ImportProgress {
  readonly phase: "receiving" | "reading" | "writing";
  readonly rows: number;
  /** Bytes received, rows read, products written. */
  readonly done: number;
  /** Of how many, where it is known. */
  readonly of: number | null;
}

/** Does the work when it is its turn. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

export interface FeedImport {
  readonly shopId: ShopId;
  /** Whose products these are: what it no longer names goes. */
  readonly sourceId: string;
  /** The storefront whose versions are written; left out: the shop's own, which are the products. */
  readonly storefrontId?: string | null | undefined;
  readonly source: AsyncIterable<Uint8Array>;
  readonly kind?: FeedKind | undefined;
  readonly mapping?: FeedMapping | undefined;
  /** ISO 4217 of prices that name none; BCP 47 of the texts, empty for the shop's own. */
  readonly defaults: { readonly currency: string; readonly locale: string };
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Called with every batch of products that were written or went. */
  readonly onChanges?: ((changes: readonly ProductChange[]) => Promise<void>) | undefined;
  /** Somebody has agreed that more goes than usual. */
  readonly mayShrink: boolean;
  /** For what comes after receiving, which takes memory and the database; at once if left out. */
  readonly inTurn?: InTurn | undefined;
}

/**
 * @throws AppError bad_request when the file is no feed or is broken, too_large; conflict when its storefront is gone; what the source throws; the signal's
 *   reason. Unless it had begun to write by then, nothing of the catalogue has changed.
 */
export async function importFeed(options: FeedImport): Promise<ImportReport> {
  const { signal, onProgress, inTurn = (work) => work() } = options;
  const feed = await spoolFeed(options.source, configSlot.get().dataDir, {
    signal,
    onBytes: (done) => onProgress?.({ phase: "receiving", rows: 0, done, of: null }),
  });
  try {
    return await unlessStopped(inTurn, signal, () => importSpooled(feed, options));
  } finally {
    await feed.close();
  }
}

/** What is stopped while it waits for its turn is over at once, and does nothing when its turn comes. */
function unlessStopped<T>(
  inTurn: InTurn,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal?.reason);
    if (signal?.aborted) leave();
    signal?.addEventListener("abort", leave);
    inTurn(async () => {
      signal?.removeEventListener("abort", leave);
      signal?.throwIfAborted();
      return work();
    }).then(resolve, reject);
  });
}

async function importSpooled(feed: SpooledFeed, options: FeedImport): Promise<ImportReport> {
  const { shopId, sourceId, defaults, kind, mapping } = options;
  const now = new Date(options.now);
  const open = await openFeed(feed, options);
  requireMapped(open.format);
  const shop = await getDb().shop.findUniqueOrThrow({ where: { id: shopId }, select: { locale: true } });
  const view = await findView(shopId, options.storefrontId ?? null);
  // Whoever reads is shown the shop's own instead; what is written there would be another storefront's prices.
  if (options.storefrontId && view.storefront === null)
    throw new AppError("conflict", "the storefront of this source is gone");
  const shopLocale = view.storefront?.locale ?? shop.locale;
  const settings = [kind ?? null, mapping ?? null, defaults, shopLocale, view.storefront];
  const fingerprint = fingerprintOf(feed.digest, ...settings);
  const same = await findSameImport(view, sourceId, fingerprint, now);
  if (same) return same;
  const run = { ...view, runId: newRowId(new Date()), sourceId, shopLocale, now };
  try {
    const read = await readAll(run, open, options);
    const report = await writeAll(run, read, open.format.kind, options);
    if (report.state === "done")
      await keepState({ shopId, sourceId }, fingerprint, read.changesAt, report, now);
    return report;
  } finally {
    await clearStage(run);
  }
}

/** To the end of the feed, and once more if parts of torn products were taken for whole ones. */
async function readAll(run: StagingRun, open: OpenFeed, options: FeedImport): Promise<ProductCollector> {
  const stage = (allData: boolean) =>
    stageFeed(run, open.items(), {
      context: {
        currency: options.defaults.currency,
        decimal: open.format.mapping?.decimal,
        now: options.now,
      },
      locale: options.defaults.locale,
      signal: options.signal,
      onRows: (rows) => options.onProgress?.({ phase: "reading", rows, done: rows, of: null }),
      allData,
    });
  let { collected, staged } = await stage(false);
  if (await lacksParts(run)) {
    await getDb().stagedProduct.deleteMany({ where: { runId: run.runId } });
    ({ collected, staged } = await stage(true));
  }
  if (collected.rows === 0) throw new AppError("bad_request", "line 1: there is no product in the file");
  // The planner must not take it for the small table that it was a minute ago.
  await getDb().$executeRaw`ANALYZE "StagedProduct"`;
  const merged = await mergeTorn(run, collected.problems, options.signal);
  const bare = await dropBare(run, collected.problems);
  collected.variants -= merged.variants;
  // A database that crashed has forgotten its unlogged tables; then products would seem to be gone.
  const kept = await getDb().stagedProduct.count({ where: { runId: run.runId } });
  if (kept !== staged - merged.rows - bare)
    throw new AppError("unavailable", "the database lost what was read: try again");
  return collected;
}

async function writeAll(
  run: StagingRun,
  read: ProductCollector,
  kind: FeedKind,
  { mayShrink, signal, onProgress, onChanges }: FeedImport,
): Promise<ImportReport> {
  const counts = await getDb().stagedProduct.groupBy({
    by: ["change"],
    where: { runId: run.runId },
    _count: true,
  });
  const count = (change: string) => counts.find((each) => each.change === change)?._count ?? 0;
  const { active, gone } = await countGone(run);
  const report = {
    sameFile: false,
    kind,
    rows: read.rows,
    skipped: read.skipped,
    products: { new: count("new"), changed: count("changed"), unchanged: count("same"), gone },
    variants: read.variants,
    rejected: read.problems.rejected,
    rejectedTotal: read.problems.rejectedTotal,
    warnings: read.problems.warnings,
    warningsTotal: read.problems.warningsTotal,
  };
  if (gone > active * MAX_GONE_SHARE && !mayShrink) return { state: "would-shrink", ...report };
  await forgetState(run);
  const of = report.products.new + report.products.changed;
  const writing = {
    signal,
    onChanges,
    onWritten: (done: number) => onProgress?.({ phase: "writing", rows: read.rows, done, of }),
  };
  await writeStaged(run, writing);
  if (gone > 0) await retireGone(run, writing);
  if (of > 0) await settleSearch(run);
  return { state: "done", ...report };
}

/** This run's rows, and those of runs whose process died. Ids begin with their time. */
async function clearStage({ runId, shopId }: StagingRun): Promise<void> {
  const stale = newRowId(new Date(Date.now() - STALE_STAGE_MS));
  await getDb().stagedProduct.deleteMany({ where: { OR: [{ runId }, { shopId, runId: { lt: stale } }] } });
  // The embedded database never does this by itself, and the table would grow with every import.
  await getDb().$executeRaw`VACUUM "StagedProduct"`;
}
