/**
 * What it costs to take in what pages tell: batches of ten events, as the route hands them over, into an event table that
 * holds a million rows and then ten. Beside it the same rows by the ORM's own bulk insert. Processor time is that of this
 * process and of PostgreSQL together; the server's settings are those of the tests (no fsync), so no disk is measured.
 */
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { verifyVisitorToken } from "@/lib/auth/tokens";
import { getDb } from "@/lib/db/client";
import { ingestBatch } from "@/lib/insights/ingest";
import type { BrowserEvent } from "@/lib/protocol/events";
import { type ShopId, shopIdSchema } from "@/lib/protocol/ids";
import { createVisitor, requireVisitor } from "@/lib/visitors/create-visitor";
import { openTestDatabase } from "@/tests/support/database";
import { median, type Row } from "../table";

const EVENTS_PER_BATCH = 10;
/** Pages that tell at the same time; as many as the pool has connections. */
const AT_ONCE = 8;
const VISITORS = 200;
const PRODUCTS = 500;
/** Linux counts processor time in these, a second (sysconf(_SC_CLK_TCK)). */
const TICKS_PER_SECOND = 100;

interface Load {
  /** Of both processes, milliseconds for a thousand events. */
  readonly cpuMs: number;
  readonly p50: number;
  readonly p99: number;
  readonly perSecondAndCore: number;
}

/** @param sizes rows in the table before each measurement, growing */
export async function eventRows(
  sizes: {
    readonly small: number;
    readonly large: number;
    readonly batches: number;
    readonly rounds: number;
  },
  say: (what: string) => void,
): Promise<Row[]> {
  const database = await openTestDatabase("postgres");
  try {
    const shop = await makeShop();
    await fill(shop, sizes.small, say);
    await load(shop, sizes.batches / 4, ours);
    const small = await rounds(shop, sizes, ours, say, "ours, small table");
    const peer = await rounds(shop, sizes, byOrm, say, "ORM, small table");
    await fill(shop, sizes.large, say);
    const large = await rounds(shop, sizes, ours, say, "ours, large table");
    const name = (rows: number) => `${(rows / 1_000_000).toLocaleString("en")} million rows`;
    const at = name(sizes.small);
    return [
      row(`events a second and core, ${at}`, "1/s", small.perSecondAndCore),
      row(`events a second and core, ${name(sizes.large)}`, "1/s", large.perSecondAndCore),
      {
        ...row(`processor time for 1,000 events, ${at}`, "ms", small.cpuMs),
        peers: { "ORM createMany": peer.cpuMs },
        ratio: small.cpuMs / peer.cpuMs,
        target: 1,
      },
      row(`a batch of ten, ${at}: median`, "ms", small.p50),
      {
        ...row(`a batch of ten, ${at}: 99 %`, "ms", small.p99),
        peers: { "ORM createMany": peer.p99 },
        ratio: small.p99 / peer.p99,
      },
      row(`a batch of ten, ${name(sizes.large)}: 99 %`, "ms", large.p99),
      {
        ...row(`cost at ${name(sizes.large)} of that at ${at}`, "x", large.cpuMs / small.cpuMs),
        target: 1.5,
      },
    ];
  } finally {
    await database.close();
  }
}

function row(figure: string, unit: string, value: number): Row {
  return { figure, unit, ours: value, peers: {}, ratio: null, target: null };
}

interface BenchShop {
  readonly shopId: ShopId;
  readonly tokens: readonly string[];
}

async function makeShop(): Promise<BenchShop> {
  const shop = await getDb().shop.create({ data: { key: randomUUID(), name: "Bench" } });
  const shopId = shopIdSchema.parse(shop.id);
  await getDb().product.createMany({
    data: Array.from({ length: PRODUCTS }, (_, i) => ({
      shopId,
      externalId: `P-${i}`,
      title: `Product ${i}`,
    })),
  });
  const made = await Promise.all(Array.from({ length: VISITORS }, () => createVisitor(shopId)));
  const tokens = made.map(({ visitorToken }) => visitorToken);
  return { shopId, tokens };
}

/** Brings the table to this many rows, spread over visitors and a year, as a shop's would be. */
async function fill({ shopId }: BenchShop, rows: number, say: (what: string) => void): Promise<void> {
  const have = await getDb().event.count();
  say(`filling the event table from ${have} to ${rows} rows`);
  const STEP = 250_000;
  for (let from = have; from < rows; from += STEP) {
    const count = Math.min(STEP, rows - from);
    await getDb().$executeRawUnsafe(
      `INSERT INTO "Event" ("id", "shopId", "type", "source", "visitorId", "externalId", "data", "occurredAt", "receivedAt")
       SELECT gen_random_uuid()::text, $1, (ARRAY['page_viewed','product_viewed','cart_changed'])[1 + i % 3], 'browser',
         'visitor-' || (i::bigint * 7919 % 400000), 'P-' || (i % 500),
         jsonb_build_object('url', 'https://shop.test/p/' || i % 5000, 'title', 'Product ' || i % 500),
         now() - (i % 365) * interval '1 day', now()
       FROM generate_series($2::int, $3::int) i`,
      shopId,
      from,
      from + count - 1,
    );
  }
  await getDb().$executeRawUnsafe('ANALYZE "Event"');
}

function batchOf(index: number): BrowserEvent[] {
  const at = Date.now();
  const base = () => ({ id: randomUUID(), at });
  const url = `https://shop.test/p/${index % PRODUCTS}`;
  return Array.from({ length: EVENTS_PER_BATCH }, (_, i): BrowserEvent => {
    if (i === 9) {
      const lines = [{ id: `P-${index % PRODUCTS}`, quantity: 1, unitMinor: 1_990 }];
      return { ...base(), type: "cart_changed", currency: "EUR", lines };
    }
    return i % 2 === 0
      ? { ...base(), type: "page_viewed", url, title: "Product" }
      : {
          ...base(),
          type: "product_viewed",
          url,
          title: "Product",
          productId: `P-${(index + i) % PRODUCTS}`,
        };
  });
}

type Ingest = (shop: BenchShop, token: string, events: readonly BrowserEvent[]) => Promise<void>;

const ours: Ingest = async ({ shopId }, token, events) => {
  const { visitorId } = await requireVisitor(token, shopId, "https://shop.example");
  await ingestBatch({ shopId, visitorId, events, receivedAt: new Date() });
};

/** The same facts in the same table by createMany, after the same checks of who tells them. */
const byOrm: Ingest = async ({ shopId }, token, events) => {
  const { visitorId } = await verifyVisitorToken(token);
  await getDb().visitor.updateMany({ where: { id: visitorId, shopId }, data: { lastSeenAt: new Date() } });
  const ids = events.flatMap((event) => (event.type === "product_viewed" ? [event.productId] : []));
  const products = await getDb().product.findMany({ where: { shopId, externalId: { in: ids } } });
  const variants = await getDb().variant.findMany({ where: { shopId, externalId: { in: ids } } });
  const known = new Map(products.map((product) => [product.externalId, product.id]));
  for (const variant of variants) known.set(variant.externalId, variant.productId);
  await getDb().event.createMany({
    skipDuplicates: true,
    data: events.map(({ id, at, type, ...data }) => {
      const externalId = "productId" in data ? data.productId : null;
      return {
        ...{ id, shopId, visitorId, type, source: "browser", externalId, data },
        productId: externalId === null ? null : (known.get(externalId) ?? null),
        occurredAt: new Date(at),
      };
    }),
  });
};

async function rounds(
  shop: BenchShop,
  { batches, rounds: count }: { readonly batches: number; readonly rounds: number },
  ingest: Ingest,
  say: (what: string) => void,
  what: string,
): Promise<Load> {
  const all: Load[] = [];
  for (let round = 1; round <= count; round++) {
    say(`${what}: ${batches} batches, ${round} of ${count}`);
    all.push(await load(shop, batches, ingest));
  }
  const of = (read: (load: Load) => number) => median(all.map(read));
  return {
    cpuMs: of((one) => one.cpuMs),
    p50: of((one) => one.p50),
    p99: of((one) => one.p99),
    perSecondAndCore: of((one) => one.perSecondAndCore),
  };
}

async function load(shop: BenchShop, batches: number, ingest: Ingest): Promise<Load> {
  const times: number[] = [];
  let next = 0;
  const before = processorMs();
  const worker = async () => {
    while (next < batches) {
      const index = next++;
      const token = shop.tokens[index % shop.tokens.length] ?? "";
      const events = batchOf(index);
      const start = performance.now();
      await ingest(shop, token, events);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const spent = processorMs() - before;
  const events = batches * EVENTS_PER_BATCH;
  const sorted = times.sort((a, b) => a - b);
  return {
    cpuMs: (spent / events) * 1_000,
    p50: median(sorted),
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    perSecondAndCore: events / (spent / 1_000),
  };
}

/** Of this process and of every PostgreSQL process below it, milliseconds. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  let ticks = 0;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // 11 and 12 after the state: utime and stime (proc_pid_stat(5)).
      if (stat.includes("(postgres)") && isOurs(name)) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It ended while we looked.
    }
  }
  return (user + system) / 1_000 + (ticks / TICKS_PER_SECOND) * 1_000;
}

/** Whether a process descends from this one: other PostgreSQL servers may run on this machine. */
function isOurs(pid: string): boolean {
  for (let at = pid; at !== "0" && at !== ""; ) {
    if (at === String(process.pid)) return true;
    const stat = readFileSync(`/proc/${at}/stat`, "utf8");
    at = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? "";
  }
  return false;
}
