/**
 * What an import costs: products of three variants from a Google feed into an empty shop, then again unchanged (another
 * file of the same content, so that every row is read), then the very same file. Each import runs in a process of its own,
 * whose peak memory is measured. Beside it, of fewer products, the plain loop that most importers are: one upsert a row.
 */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import { type Engine, openTestDatabase, type TestDatabase } from "@/tests/support/database";
import type { Row } from "../table";
import { type BenchFeed, writeFeedFile } from "./feed-file";
import { generateProducts } from "./generate-products";

const run = promisify(execFile);
const VARIANTS = 3;
/**
 * Megabytes of an importing process's heap. Without a limit V8 lets what is left lie the longer, the longer a process allocates
 * (the same import: 50 MB after each collection, 150 to 240 MB before), and the peak tells of that and not of the import.
 */
const HEAP_MB = 160;

export interface ImportSizes {
  readonly small: number;
  readonly large: number;
  /** Products of the plain loop. */
  readonly peer: number;
}

const resultSchema = z.object({
  ms: z.number(),
  /** Of the importing process alone. */
  cpuMs: z.number(),
  peakMb: z.number(),
  phases: z.record(z.string(), z.number()),
  products: z.object({ new: z.number(), changed: z.number(), unchanged: z.number(), gone: z.number() }),
  rows: z.number(),
  sameFile: z.boolean(),
});
type Result = z.infer<typeof resultSchema>;

interface Measured {
  readonly first: Result;
  readonly again: Result;
  readonly same: Result;
}

export async function importRows(sizes: ImportSizes, say: (what: string) => void): Promise<Row[]> {
  return [
    ...(await onEngine("postgres", "PostgreSQL", sizes, say)),
    ...(await onEngine("pglite", "embedded", sizes, say)),
  ];
}

async function onEngine(
  engine: Engine,
  name: string,
  sizes: ImportSizes,
  say: (what: string) => void,
): Promise<Row[]> {
  const database = await openTestDatabase(engine);
  try {
    const peer = await plainLoop(sizes.peer);
    say(`${name}: plain loop, ${peer.toFixed(0)} variants a second`);
    const small = await measure(database, engine, "xml", sizes.small, say);
    const large = await measure(database, engine, "xml", sizes.large, say);
    const perSecond = (result: Result) => result.rows / (result.ms / 1_000);
    const count = (products: number) => `${products.toLocaleString("en")} products`;
    return [
      {
        ...row(
          `${name}: an import of ${count(sizes.large)}, time a row`,
          "us",
          (large.first.ms * 1_000) / large.first.rows,
        ),
        peers: { "a Prisma upsert a row": 1_000_000 / peer },
        ratio: large.first.ms / 1_000 / large.first.rows / (1 / peer),
        target: 1,
      },
      row(`${name}: rows a second, ${count(sizes.small)}`, "1/s", perSecond(small.first)),
      row(`${name}: rows a second, ${count(sizes.large)}`, "1/s", perSecond(large.first)),
      row(`${name}: rows a second, unchanged, ${count(sizes.large)}`, "1/s", perSecond(large.again)),
      row(`${name}: peak memory, ${count(sizes.small)}`, "MB", small.first.peakMb),
      row(`${name}: peak memory, ${count(sizes.large)}`, "MB", large.first.peakMb),
      {
        ...row(
          `${name}: peak memory, ${count(sizes.large)} of ${count(sizes.small)}`,
          "x",
          large.first.peakMb / small.first.peakMb,
        ),
        target: 1.2,
      },
      row(`${name}: unchanged, every row read, of the first time`, "x", large.again.ms / large.first.ms),
      {
        ...row(`${name}: the very same file, of the first time`, "x", large.same.ms / large.first.ms),
        target: 0.1,
      },
    ];
  } finally {
    await database.close();
  }
}

async function measure(
  database: TestDatabase,
  engine: Engine,
  feed: BenchFeed,
  count: number,
  say: (what: string) => void,
): Promise<Measured> {
  const shop = await getDb().shop.create({ data: { key: randomUUID(), name: "Bench" } });
  const [file, other] = ["feed", "other"].map((name) => join(database.dataDir, `${name}-${count}`));
  if (file === undefined || other === undefined) throw new Error("two files have names");
  await writeFeedFile(file, feed, count);
  await writeFeedFile(other, feed, count, "again");
  const mb = (await stat(file)).size / 1_048_576;
  const once = async (what: string, from: string): Promise<Result> => {
    const { stdout } = await run(
      process.execPath,
      [
        `--max-old-space-size=${HEAP_MB}`,
        "--import",
        "tsx",
        "tests/bench/catalogue/import-process.ts",
        database.url,
        database.dataDir,
        from,
        shop.id,
        engine === "pglite" ? "embedded" : "",
      ],
      { maxBuffer: 1_048_576 },
    );
    const result = resultSchema.parse(JSON.parse(stdout));
    say(
      `${engine}, ${count} products (${mb.toFixed(0)} MB), ${what}: ${(result.ms / 1_000).toFixed(1)} s, ${(result.cpuMs / 1_000).toFixed(1)} s of its own processor, peak ${result.peakMb.toFixed(0)} MB, ${JSON.stringify(result.phases)} ${JSON.stringify(result.products)}`,
    );
    return result;
  };
  const first = await once("first", file);
  const again = await once("unchanged", other);
  const same = await once("the same file", other);
  if (first.products.new !== count || again.products.unchanged !== count || !same.sameFile || again.sameFile)
    throw new Error("the imports did not do what is measured");
  await getDb().shop.delete({ where: { id: shop.id } });
  return { first, again, same };
}

/** @returns variants a second */
async function plainLoop(count: number): Promise<number> {
  const { id: shopId } = await getDb().shop.create({ data: { key: randomUUID(), name: "Peer" } });
  const began = performance.now();
  for (const { variants, locale, ...product } of generateProducts(count)) {
    const stored = await getDb().product.upsert({
      where: { shopId_externalId: { shopId, externalId: product.externalId } },
      create: { shopId, locale, ...product },
      update: product,
    });
    for (const [position, variant] of variants.entries()) {
      await getDb().variant.upsert({
        where: { shopId_externalId: { shopId, externalId: variant.externalId } },
        create: { shopId, productId: stored.id, position, ...variant },
        update: { position, ...variant },
      });
    }
  }
  const seconds = (performance.now() - began) / 1_000;
  await getDb().shop.delete({ where: { id: shopId } });
  return (count * VARIANTS) / seconds;
}

function row(figure: string, unit: string, ours: number): Row {
  return { figure, unit, ours, peers: {}, ratio: null, target: null };
}
