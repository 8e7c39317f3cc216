/** What is measured of one installation: every report, the same counts without our indexes, taking in, catching up, disk. */
import { randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { ingestBatch } from "@/lib/insights/ingest";
import type { Question } from "@/lib/insights/question";
import { loadOverview } from "@/lib/insights/reports/overview";
import { forgetRollups, rollUpShop } from "@/lib/insights/rollups/roll-up";
import { AppError } from "@/lib/protocol/errors";
import type { BrowserEvent } from "@/lib/protocol/events";
import { type ShopId, visitorIdSchema } from "@/lib/protocol/ids";
import { median } from "../table";
import { PRODUCTS } from "./fill";
import { reports } from "./reports";

const DAY_MS = 86_400_000;
/** A report that is this slow is not asked again; and none is asked more than LEAST times once it has taken that long in all. Milliseconds. */
const PATIENCE_MS = 20_000;
const LEAST = 3;
const EVENTS_PER_BATCH = 10;
const TOO_LONG = Symbol();

export interface Times {
  readonly p50: number;
  readonly p95: number;
}

function question(shopId: ShopId, days: number): Question {
  const to = new Date();
  const range = { from: new Date(to.getTime() - days * DAY_MS), to };
  return { shopId, timeZone: "Europe/Berlin", range, filters: {} };
}

/** Milliseconds of each report that is named, by its name. */
export async function reportTimes(
  shopId: ShopId,
  names: readonly string[],
  days: number,
  rounds: number,
): Promise<Map<string, Times>> {
  const found = new Map<string, Times>();
  for (const [name, load] of Object.entries(reports)) {
    if (names.includes(name)) found.set(name, await times(rounds, () => load(question(shopId, days))));
  }
  return found;
}

export async function times(rounds: number, run: () => Promise<unknown>): Promise<Times> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    const ended = await run().catch((error: unknown) => {
      if (error instanceof AppError && error.code === "takes_too_long") return TOO_LONG;
      throw error;
    });
    all.push(performance.now() - start);
    // What the database ended took longer than this says, and misses its target by far.
    if (ended === TOO_LONG || (all.at(-1) ?? 0) > PATIENCE_MS) break;
    if (all.length >= LEAST && all.reduce((sum, one) => sum + one, 0) > PATIENCE_MS) break;
  }
  const sorted = all.sort((a, b) => a - b);
  return { p50: median(sorted), p95: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN };
}

/** Events a second that the roll-ups catch up with, counted from nothing. */
export async function catchUp(shopId: ShopId, events: number): Promise<number> {
  await forgetRollups(shopId);
  const start = performance.now();
  await rollUpShop(shopId, new Date());
  const seconds = (performance.now() - start) / 1_000;
  for (const table of ["Visit", "VisitCount", "ConversationFact", "ProductFact", "CountedOrder", "Credit"])
    await getDb().$executeRawUnsafe(`ANALYZE "${table}"`);
  return events / seconds;
}

/** Of the table and its indexes, all months together. */
export async function bytesPerEvent(events: number): Promise<number> {
  const [row] = await getDb().$queryRaw<{ bytes: bigint }[]>`
    SELECT sum(pg_total_relation_size(relid))::bigint AS bytes FROM pg_partition_tree('"Event"')`;
  return Number(row?.bytes ?? 0) / events;
}

/** Events a second taken in by batches of ten, one after the other. */
export async function ingestRate(shopId: ShopId, batches: number): Promise<number> {
  const visitorId = visitorIdSchema.parse((await getDb().visitor.create({ data: { shopId } })).id);
  const start = performance.now();
  for (let batch = 0; batch < batches; batch++) {
    const receivedAt = new Date();
    const events = Array.from(
      { length: EVENTS_PER_BATCH },
      (_, i): BrowserEvent => ({
        ...{ id: randomUUID(), at: receivedAt.getTime(), type: "product_viewed", title: "Product" },
        ...{ url: "https://shop.test/p", productId: `P-${(batch * EVENTS_PER_BATCH + i) % PRODUCTS}` },
      }),
    );
    await ingestBatch({ shopId, visitorId, events, receivedAt });
  }
  return (batches * EVENTS_PER_BATCH * 1_000) / (performance.now() - start);
}

/** The same while somebody reads the overview again and again. */
export async function ingestWhileReading(shopId: ShopId, batches: number): Promise<number> {
  let reading = true;
  const reader = (async () => {
    while (reading) await loadOverview(question(shopId, 30));
  })();
  const rate = await ingestRate(shopId, batches);
  reading = false;
  await reader;
  return rate;
}

const DAY = `("occurredAt" AT TIME ZONE 'Europe/Berlin')::date`;
/** The same counts, by day, from the roll-ups, and as one would write them over the bare facts. $1 shop, $2 from. */
export const counts = {
  "visits and visitors by day": {
    ours: `SELECT day, count(*), sum(pages) FROM "Visit" WHERE "shopId" = $1 AND day > $2::timestamptz::date GROUP BY 1`,
    peer: `SELECT ${DAY}, count(DISTINCT "visitorId"), count(*) FILTER (WHERE type = 'page_viewed') FROM bare_event
      WHERE "shopId" = $1 AND "occurredAt" > $2::timestamptz AND "visitorId" IS NOT NULL AND source = 'browser' GROUP BY 1`,
  },
} as const;

export const ask = (sql: string, shopId: ShopId, days: number) =>
  getDb().$queryRawUnsafe(sql, shopId, question(shopId, days).range.from.toISOString());
