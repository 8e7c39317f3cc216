/**
 * A search among 100,000 products, as the desk asks it, on the embedded database and on a real PostgreSQL; beside it the
 * same questions as plain ILIKE over title, brand and description, which no index helps.
 */
import { ownCatalogue } from "@/lib/catalogue/catalogue-view";
import { findRelated } from "@/lib/catalogue/related";
import { searchProducts } from "@/lib/catalogue/search";
import { getDb } from "@/lib/db/client";
import { noFilters, type SearchFilters } from "@/lib/protocol/catalogue-search";
import type { ShopId } from "@/lib/protocol/ids";
import { createTestShop } from "@/tests/support/catalogue";
import { type Engine, openTestDatabase } from "@/tests/support/database";
import type { Row } from "../table";
import { fillCatalogue } from "./fill-catalogue";

export interface SearchSize {
  readonly products: number;
  readonly rounds: number;
}

const PAGE = { limit: 24, offset: 0 };
/** Milliseconds that 99 of 100 searches on a real PostgreSQL must stay below. */
const TARGET_MS = 100;

interface Question {
  readonly query: string;
  readonly filters?: Partial<SearchFilters>;
}

const asked = (text: string) => text.split(",").map((query): Question => ({ query }));

/** What agents type: parts of words, other forms, several words, mistakes, common words, nothing, and numbers. */
async function questions(shopId: ShopId): Promise<Readonly<Record<string, readonly Question[]>>> {
  const some = await getDb().product.findMany({
    where: { shopId },
    orderBy: { externalId: "asc" },
    skip: 1_000,
    take: 20,
    include: { variants: { orderBy: { position: "asc" } } },
  });
  const variants = some.flatMap((product) => product.variants[1] ?? []);
  return {
    "three letters": asked("dre,kle,sca,oto,jea,bot,nag,bag"),
    "other forms": asked("bags,schuhe,dresses,scarpa,zapato,robes"),
    "several words": asked("black cotton dress,blue jeans,rote schuhe,linen shirt navy"),
    "with a mistake": asked("drees,coton,jaens,schuhee,burgndy,kashmir coat"),
    "common words": asked("cotton,black,women,damen,wolle,schwarz"),
    nothing: asked(","),
    "article numbers": variants.map(({ sku }) => ({ query: sku })),
    barcodes: variants.map(({ gtin }) => ({ query: gtin })),
    filtered: ["", "cotton", "dress"].map((query) => ({
      query,
      filters: { colors: ["black"], sizes: ["M"], inStock: true },
    })),
  };
}

export async function searchRows(size: SearchSize, say: (what: string) => void): Promise<Row[]> {
  return [...(await rowsOn("postgres", size, say)), ...(await rowsOn("pglite", size, say))];
}

async function rowsOn(
  engine: Engine,
  { products, rounds }: SearchSize,
  say: (what: string) => void,
): Promise<Row[]> {
  const name = engine === "postgres" ? "PostgreSQL" : "embedded";
  const database = await openTestDatabase(engine);
  try {
    const shopId = await createTestShop();
    say(`${name}: ${products} products`);
    await fillCatalogue(shopId, products);
    const all = await questions(shopId);
    say(`${name}: searches`);
    const rows: Row[] = [];
    const everything: number[] = [];
    for (const [what, list] of Object.entries(all)) {
      const plain = await timed(1, list, ({ query }) => plainSearch(shopId, query));
      for (const withFacets of [false, true]) {
        const times = await timed(rounds, list, ({ query, filters }) =>
          searchProducts(ownCatalogue(shopId), {
            query,
            filters: { ...noFilters, ...filters },
            sort: "best",
            page: PAGE,
            withFacets,
          }),
        );
        everything.push(...times);
        rows.push(
          row(
            `${name}: ${what}${withFacets ? ", with facets" : ""}, p50`,
            percentile(times, 50),
            percentile(plain, 50),
          ),
        );
      }
    }
    const target = engine === "postgres" ? TARGET_MS : null;
    rows.push(
      { ...row(`${name}: all searches, p50`, percentile(everything, 50), null), target: null },
      { ...row(`${name}: all searches, p99`, percentile(everything, 99), null), target },
      await relatedRow(shopId, name, rounds),
    );
    return rows;
  } finally {
    await database.close();
  }
}

/** Products in so many orders that everybody buys the same few. */
const ORDERS = 20_000;

async function relatedRow(shopId: ShopId, name: string, rounds: number): Promise<Row> {
  const db = getDb();
  await db.$executeRaw`
    INSERT INTO "Order" ("id", "shopId", "externalId", "source", "currency", "totalMinor", "placedAt", "updatedAt")
    SELECT 'o' || lpad(n::text, 8, '0'), ${shopId}, n::text, 'webhook', 'EUR', 100, now(), now()
    FROM generate_series(1, ${ORDERS}::int) n`;
  await db.$executeRaw`
    INSERT INTO "OrderLine" ("id", "orderId", "externalId", "productId", "quantity", "unitMinor", "totalMinor")
    SELECT 'l' || n || '-' || line, 'o' || lpad(n::text, 8, '0'), p."externalId", p."id", 1, 100, 100
    FROM generate_series(1, ${ORDERS}::int) n, generate_series(0, 2) line, "Product" p
    WHERE p."shopId" = ${shopId}
      AND p."externalId" = 'P' || lpad(((n * (line + 1)) % 40)::text, 6, '0')`;
  await db.$executeRaw`ANALYZE "OrderLine"`;
  const bought = await db.product.findMany({
    where: { shopId, externalId: { in: ["P000001", "P000002", "P000007"] } },
  });
  const times = await timed(rounds, bought, (product) => findRelated(ownCatalogue(shopId), product));
  return {
    ...row(`${name}: related, of what ${ORDERS / 40} orders have, p50`, percentile(times, 50), null),
    target: null,
  };
}

/** What one would write first: without our columns, indexes and ranks. */
function plainSearch(shopId: ShopId, query: string) {
  const words = query.split(" ").map((word) => ({
    OR: (["title", "brand", "description"] as const).map((field) => ({
      [field]: { contains: word, mode: "insensitive" as const },
    })),
  }));
  return getDb().product.findMany({
    where: { shopId, active: true, AND: words },
    include: { variants: true, pictures: { include: { asset: true } } },
    orderBy: [{ title: "asc" }, { id: "asc" }],
    take: PAGE.limit,
  });
}

/** Milliseconds of each. The first round warms the caches that a running shop has warm. */
async function timed<T>(
  rounds: number,
  list: readonly T[],
  ask: (one: T) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const one of list) {
      const start = performance.now();
      await ask(one);
      if (round > 0) times.push(performance.now() - start);
    }
  }
  return times;
}

function percentile(times: readonly number[], percent: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

function row(figure: string, ours: number, plain: number | null): Row {
  const peers = plain === null ? {} : { "plain ILIKE": plain };
  return { figure, unit: "ms", ours, peers, ratio: plain === null ? null : ours / plain, target: null };
}
