import { randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownCatalogue } from "@/lib/catalogue/catalogue-view";
import { noFilters, type SearchFilters } from "@/lib/protocol/catalogue-search";
import type { ShopId } from "@/lib/protocol/ids";
import { fillCatalogue } from "@/tests/bench/catalogue/fill-catalogue";
import { createTestShop } from "@/tests/support/catalogue";
import { type Engine, openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { random } from "@/tests/support/sync/random";
import { countFacets, type Facets } from "./search-facets";
import { readWords } from "./search-query";
import { findBest, listAll, MAX_TOTAL } from "./search-ranked";

/** Enough that common choices are counted in samples, and others one by one. */
const PRODUCTS = 3_000;
const QUESTIONS = 12;
const kinds = { brands: "b", colors: "k", sizes: "s" } as const;

describe.each<Engine>(["pglite", "postgres"])("facets of many products on %s", (engine) => {
  let database: TestDatabase;
  let shopId: ShopId;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    shopId = await createTestShop();
    await fillCatalogue(shopId, PRODUCTS);
  }, 120_000);
  afterAll(() => database.close());

  async function find(text: string, filters: SearchFilters, limit: number) {
    const words = await readWords(text === "" ? [] : [text], "en");
    const page = { limit, offset: 0 };
    const found = await (text === ""
      ? listAll(ownCatalogue(shopId), filters, page, "best")
      : findBest(ownCatalogue(shopId), words, filters, page));
    return { words, found };
  }

  async function ask(text: string, filters: SearchFilters): Promise<Facets> {
    const { words, found } = await find(text, filters, 24);
    return countFacets(ownCatalogue(shopId), words, filters, found);
  }

  /** Finds the products by a search of its own, and counts them here. Null when there are too many for that. */
  async function countApart(text: string, filters: SearchFilters, letter: string) {
    const { found } = await find(text, filters, MAX_TOTAL);
    if (found.total >= MAX_TOTAL) return null;
    const rows = await database.db.product.findMany({ where: { id: { in: [...found.ids] } } });
    const counts = new Map<string, number>();
    for (const { facets, buyable } of rows) {
      const keys = filters.inStock && (letter === "k" || letter === "s") ? buyable : facets;
      for (const key of keys) {
        if (!key.startsWith(`${letter}:`)) continue;
        if (letter === "c" && key.includes(" > ")) continue;
        counts.set(key.slice(2), (counts.get(key.slice(2)) ?? 0) + 1);
      }
    }
    return [...counts].sort(([a, n], [b, m]) => m - n || Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  it("[CA133] each kind counts as a search of its own would, whatever is chosen of the others", async () => {
    const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
    const next = random(seed);
    const all = await ask("", noFilters);
    const some = (choices: readonly { readonly value: string }[]) =>
      next() < 0.5 ? [] : choices.filter(() => next() < 0.15).map(({ value }) => value);
    let compared = 0;
    for (let n = 0; n < QUESTIONS; n++) {
      const text = ["", "", "cotton", "dress"][Math.floor(next() * 4)] ?? "";
      const filters: SearchFilters = {
        ...noFilters,
        brands: some(all.brands),
        colors: some(all.colors),
        sizes: some(all.sizes),
        inStock: next() < 0.5,
        onSale: next() < 0.2,
      };
      const facets = await ask(text, filters);
      const context = JSON.stringify({ seed, text, filters });
      let isAll = true;
      for (const kind of ["brands", "colors", "sizes"] as const) {
        const apart = await countApart(text, { ...filters, [kind]: [] }, kinds[kind]);
        isAll &&= apart !== null;
        if (apart === null) continue;
        compared += 1;
        expect(
          facets[kind].map(({ value, count }) => [value, count]),
          context,
        ).toEqual(apart.slice(0, 30));
      }
      const categories = await countApart(text, filters, "c");
      isAll &&= categories !== null;
      if (categories) {
        expect(
          facets.categories.map(({ value, count }) => [value, count]),
          context,
        ).toEqual(categories);
      }
      expect(facets.complete, context).toBe(isAll);
    }
    expect(compared).toBeGreaterThan(QUESTIONS);
  });

  it("[CA133] of many, a sample says how many about", async () => {
    const facets = await ask("", { ...noFilters, inStock: true });
    expect(facets.complete).toBe(false);
    const [{ total = 0 } = {}] = await database.db.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM "Product" WHERE "active" AND "inStock" AND "buyable" @> '{s:M}'`;
    const told = facets.sizes.find(({ value }) => value === "M")?.count ?? 0;
    expect(told).toBeGreaterThan(total * 0.6);
    expect(told).toBeLessThan(total * 1.4);
  });
});
