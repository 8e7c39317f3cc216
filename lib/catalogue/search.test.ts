import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownCatalogue } from "@/lib/catalogue/catalogue-view";
import { noFilters } from "@/lib/protocol/catalogue-search";
import type { ShopId } from "@/lib/protocol/ids";
import { createTestShop, testProduct, testVariant } from "@/tests/support/catalogue";
import { type Engine, openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { loadProduct, loadSearch } from "./load-catalogue";
import { type SearchWish, searchProducts } from "./search";
import { writeProduct } from "./write-product";

const products = [
  testProduct("DRS-01", {
    title: "Smocked midi dress, stone",
    brand: "Maré",
    category: "Women > Dresses",
    description: "Strapless smocked bodice, airy crinkle viscose.",
    variants: [
      testVariant("DRS-01-XS", { size: "XS", color: "Stone" }),
      testVariant("DRS-01-S", { size: "S", color: "Stone" }),
    ],
  }),
  testProduct("DRS-02", {
    title: "Off-shoulder broderie dress, white",
    brand: "Maré",
    category: "Women > Dresses",
  }),
  testProduct("JNS-01", { title: "Straight jeans, washed blue", brand: "Nordlund", category: "Men > Jeans" }),
  testProduct("CAP-01", {
    title: "Chunky knit bobble hat, burgundy",
    brand: "Nordlund",
    description: "Goes well with every dress. 50% wool.",
  }),
  testProduct("SKIRT", { title: "Dress", brand: "Ørsted & Łódź" }),
  testProduct("MUG_1", { title: "Straße mug 0.5", category: "Home" }),
];

describe.each<Engine>(["pglite", "postgres"])("search on %s", (engine) => {
  let database: TestDatabase;
  let shopId: ShopId;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    shopId = await createTestShop();
    for (const product of products) await writeProduct(shopId, product);
    const other = await createTestShop();
    await writeProduct(other, testProduct("DRS-99", { title: "Dress of another shop" }));
    await writeProduct(shopId, testProduct("GONE", { title: "Dress that is gone" }));
    await database.db.product.updateMany({ where: { externalId: "GONE" }, data: { active: false } });
  });
  afterAll(() => database.close());

  const answerTo = (wish: Partial<SearchWish>) =>
    searchProducts(ownCatalogue(shopId), {
      query: "",
      filters: noFilters,
      sort: "best",
      page: { limit: 20, offset: 0 },
      withFacets: false,
      ...wish,
    });

  async function find(query: string): Promise<string[]> {
    return (await answerTo({ query })).products.map((product) => product.externalId);
  }

  it("[CA7] finds every word anywhere, whatever the case and accents", async () => {
    expect(await find("MARE dress WHITE")).toEqual(["DRS-02"]);
    expect(await find("viscose")).toEqual(["DRS-01"]);
    expect(await find("orsted lodz")).toEqual(["SKIRT"]);
    expect(await find("strasse")).toEqual(["MUG_1"]);
    expect(await find("dress burgundy viscose")).toEqual([]);
  });

  it("[CA8] puts article numbers first, then titles, then the rest", async () => {
    expect((await find("drs-01-xs"))[0]).toBe("DRS-01");
    expect((await find("Skirt"))[0]).toBe("SKIRT");
    expect(await find("dress")).toEqual(["SKIRT", "DRS-02", "DRS-01", "CAP-01"]);
  });

  it("[CA9] three letters inside a word, or one at its beginning", async () => {
    expect(await find("obb")).toEqual(["CAP-01"]);
    expect(await find("ju")).toEqual([]);
    expect(await find("je")).toEqual(["JNS-01"]);
    expect(await find("xs")).toEqual(["DRS-01"]);
  });

  it.each([
    ["drees", "DRS-01"],
    ["jaens", "JNS-01"],
    ["jeens blue", "JNS-01"],
    ["broderrie", "DRS-02"],
    ["burgndy", "CAP-01"],
    ["smokced dress", "DRS-01"],
  ])("[CA10] forgives the mistake in %j", async (query, externalId) => {
    expect(await find(query)).toContain(externalId);
  });

  it("[CA10] guesses nothing where words are found as typed, nor from short words", async () => {
    expect(await find("knit")).toEqual(["CAP-01"]);
    expect(await find("hta")).toEqual([]);
    expect(await find("quantum flux")).toEqual([]);
  });

  it.each([
    "%",
    "_",
    "%%%",
    "MUG_1",
    "0.5",
    "'",
    "\\",
    "a\\",
    "(",
    "[[:alpha:]",
    "*dress*",
    "a.b-c/d",
    "\0",
    "💃",
    "-- ;",
    "{1,",
  ])("[CA11] %j is a query like any other", async (query) => {
    const found = await find(query);
    if (query === "MUG_1" || query === "0.5") expect(found).toEqual(["MUG_1"]);
    else if (query === "*dress*") expect(found).toHaveLength(4);
    else expect(found.length).toBeLessThan(products.length);
  });

  it("[CA11] so is one of 5,000 letters", async () => {
    expect((await find("x".repeat(5_000))).length).toBeLessThan(products.length);
  });

  it("[CA12] an empty query lists all by title, page after page", async () => {
    const all = await find(" ");
    expect(all).toEqual(["CAP-01", "SKIRT", "DRS-02", "DRS-01", "JNS-01", "MUG_1"]);
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof loadSearch>> = await loadSearch(
        ownCatalogue(shopId),
        new URLSearchParams({ limit: "4", ...(cursor !== null && { cursor }) }),
      );
      paged.push(...page.products.map((product) => product.externalId));
      cursor = page.next;
    } while (cursor !== null);
    expect(paged).toEqual(all);
  });

  it("[CA12] refuses a cursor or limit that is no number", async () => {
    for (const bad of ["-1", "1.5", "x", "NaN"]) {
      for (const name of ["cursor", "min", "max"]) {
        await expect(
          loadSearch(ownCatalogue(shopId), new URLSearchParams({ [name]: bad })),
        ).rejects.toMatchObject({
          code: "bad_request",
        });
      }
    }
    for (const asked of ["limit=0", "sort=random", `brand=${"x".repeat(2_000)}`, "color=a&".repeat(60)]) {
      await expect(loadSearch(ownCatalogue(shopId), new URLSearchParams(asked))).rejects.toMatchObject({
        code: "bad_request",
      });
    }
  });

  it("[CA3] a product of another shop is not found by its id either", async () => {
    const theirs = await database.db.product.findFirstOrThrow({ where: { externalId: "DRS-99" } });
    await expect(loadProduct(ownCatalogue(shopId), theirs.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(loadProduct(ownCatalogue(shopId), "no id")).rejects.toMatchObject({ code: "not_found" });
    const ours = await database.db.product.findFirstOrThrow({ where: { shopId, externalId: "DRS-01" } });
    expect(await loadProduct(ownCatalogue(shopId), ours.id)).toMatchObject({
      externalId: "DRS-01",
      brand: "Maré",
      pictures: [],
    });
  });
});
