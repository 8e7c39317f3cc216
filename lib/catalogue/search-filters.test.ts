import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownCatalogue } from "@/lib/catalogue/catalogue-view";
import { noFilters, questionParams, readQuestion, type SearchFilters } from "@/lib/protocol/catalogue-search";
import type { ShopId } from "@/lib/protocol/ids";
import { createTestShop, testProduct, testVariant } from "@/tests/support/catalogue";
import { type Engine, openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { loadProducts, loadSearch } from "./load-catalogue";
import { type SearchWish, searchProducts } from "./search";
import { settleSearch } from "./settle-search";
import { writeProduct } from "./write-product";

const shoes = "Damen > Schuhe";
const products = [
  testProduct("SHOE", {
    title: "Roter Schuh",
    brand: "Läufer",
    category: shoes,
    variants: [
      testVariant("SHOE-RED-38", { color: "Rot", size: "38", priceMinor: 8_000, saleMinor: 6_000 }),
      testVariant("SHOE-RED-39", {
        color: "rot",
        size: "39",
        priceMinor: 8_000,
        availability: "out_of_stock",
      }),
      testVariant("SHOE-BLUE-39", { color: "Blau/Weiß", size: "39", priceMinor: 9_000 }),
    ],
  }),
  testProduct("TURN", {
    title: "Turnschuhe aus Leder",
    brand: "Läufer",
    category: `${shoes} > Sport`,
    variants: [
      testVariant("TURN-1", { size: "39", color: "Schwarz", priceMinor: 12_000, gtin: "0036000291452" }),
    ],
  }),
  testProduct("BAG", {
    title: "Leather bag",
    category: "Women > Bags",
    description: "Goes with every Schuh.",
    variants: [testVariant("BAG-1", { priceMinor: 20_000, availability: "out_of_stock", sku: "LB/77" })],
  }),
  testProduct("ROBE", {
    title: "Robe noire",
    category: "Femme",
    variants: [testVariant("R1", { priceMinor: 5_000 })],
  }),
  testProduct("VEST", { title: "Vestidos de lino", variants: [testVariant("V1", { priceMinor: 7_000 })] }),
  testProduct("SCARPA", { title: "Scarpa elegante", variants: [testVariant("S1", { priceMinor: 6_500 })] }),
  testProduct("HAT", { title: "Blue hat", variants: [] }),
];

describe.each<Engine>(["pglite", "postgres"])("narrowing a search on %s", (engine) => {
  let database: TestDatabase;
  let shopId: ShopId;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    shopId = await createTestShop();
    await database.db.shop.update({ where: { id: shopId }, data: { locale: "de" } });
    for (const product of products) await writeProduct(shopId, product);
    await settleSearch(ownCatalogue(shopId));
  });
  afterAll(() => database.close());

  const ask = (wish: Partial<SearchWish>) =>
    searchProducts(ownCatalogue(shopId), {
      query: "",
      filters: noFilters,
      sort: "best",
      page: { limit: 20, offset: 0 },
      withFacets: false,
      ...wish,
    });
  const find = async (
    query: string,
    filters: Partial<SearchFilters> = {},
    sort: SearchWish["sort"] = "best",
  ) =>
    (await ask({ query, filters: { ...noFilters, ...filters }, sort })).products.map((one) => one.externalId);

  it.each([
    ["schuhe", ["SHOE", "TURN"]],
    ["bags", ["BAG"]],
    ["vestido", ["VEST"]],
    ["robes noires", ["ROBE"]],
    ["scarpe", ["SCARPA"]],
    ["hat blue", ["HAT"]],
  ])("[CA130] %j finds its other forms", async (query, expected) => {
    const found = await find(query);
    expect(found.slice(0, expected.length).sort()).toEqual([...expected].sort());
  });

  it("[CA130] small words beside others decide nothing", async () => {
    expect(await find("schuhe mit leder")).toEqual(["TURN"]);
    expect(await find("hat")).toEqual(["HAT"]);
  });

  it("[CA131] a barcode is found however it is written", async () => {
    for (const written of ["0036000291452", "036000291452", "36000291452", "0-036000-291452", "360002914"]) {
      expect(await find(written)).toEqual(["TURN"]);
    }
    expect(await find("lb/77")).toEqual(["BAG"]);
  });

  it("[CA132] filters narrow, and hold of one variant", async () => {
    expect(await find("", { category: shoes })).toEqual(["SHOE", "TURN"]);
    expect(await find("", { category: "Damen" })).toEqual(["SHOE", "TURN"]);
    expect(await find("", { brands: ["Läufer", "Nobody"], onSale: true })).toEqual(["SHOE"]);
    expect(await find("", { colors: ["weiß"] })).toEqual(["SHOE"]);
    expect(await find("", { colors: ["rot", "schwarz"], sizes: ["39"] })).toEqual(["SHOE", "TURN"]);
    expect(await find("", { colors: ["rot"], sizes: ["39"], inStock: true })).toEqual([]);
    expect(await find("", { colors: ["rot"], inStock: true })).toEqual(["SHOE"]);
    expect(await find("", { minMinor: 6_000, maxMinor: 6_500 })).toEqual(["SHOE", "SCARPA"]);
    expect(await find("leather", { inStock: true })).toEqual([]);
    expect(await find("", { colors: ["'); --", "\uFFFD"] })).toEqual([]);
  });

  it("[CA133] facets are counted without their own filter, categories level by level", async () => {
    const filters = { ...noFilters, colors: ["schwarz"] };
    const { facets } = await ask({ filters, withFacets: true });
    expect(facets?.colors.map(({ value }) => value).sort()).toEqual(["blau", "rot", "schwarz", "weiß"]);
    expect(facets?.sizes).toEqual([{ value: "39", count: 1 }]);
    expect(facets?.categories).toEqual([{ value: "Damen", count: 1 }]);
    const below = await ask({ filters: { ...noFilters, category: "Damen" }, withFacets: true });
    expect(below.facets?.categories).toEqual([{ value: shoes, count: 2 }]);
    expect(below.facets?.brands).toEqual([{ value: "Läufer", count: 2 }]);
    const inStock = await ask({
      filters: { ...noFilters, category: shoes, inStock: true },
      withFacets: true,
    });
    expect(inStock.facets?.sizes).toEqual([
      { value: "39", count: 2 },
      { value: "38", count: 1 },
    ]);
    expect(inStock.facets?.complete).toBe(true);
  });

  it("[CA134] orders by price and age, descriptions last", async () => {
    expect(await find("", {}, "price-up")).toEqual(["ROBE", "SHOE", "SCARPA", "VEST", "TURN", "BAG"]);
    expect(await find("", {}, "price-down")).toEqual(["BAG", "TURN", "VEST", "SCARPA", "SHOE", "ROBE"]);
    expect((await find("", {}, "newest"))[0]).toBe("HAT");
    expect(await find("schuh", {}, "price-down")).toEqual(["TURN", "SHOE"]);
    expect(await find("goes", {}, "price-up")).toEqual(["BAG"]);
  });

  it("[CA135] what can be bought comes first, and all are counted", async () => {
    const candle = (id: string, availability: "in_stock" | "out_of_stock") =>
      testProduct(id, { title: `Soft candle ${id}`, variants: [testVariant(`${id}-1`, { availability })] });
    await writeProduct(shopId, candle("A", "out_of_stock"));
    await writeProduct(shopId, candle("B", "in_stock"));
    const page = await ask({ query: "candle", page: { limit: 1, offset: 0 } });
    expect(page).toMatchObject({ total: 2, hasMore: true });
    expect(page.products.map((one) => one.externalId)).toEqual(["B"]);
    await database.db.product.deleteMany({ where: { shopId, externalId: { in: ["A", "B"] } } });
  });

  it("[CA10] says what a mistyped word was taken for", async () => {
    expect(await ask({ query: "turnshuhe" })).toMatchObject({ guessed: "turnschuhe", total: 1 });
    expect(await ask({ query: "schuhe", page: { limit: 5, offset: 40 } })).toMatchObject({ guessed: null });
  });

  it("[CA136] a product is not found by what it no longer is", async () => {
    await writeProduct(shopId, testProduct("ONCE", { title: "Velvet curtain", brand: "Oldname" }));
    expect(await find("velvet")).toEqual(["ONCE"]);
    await writeProduct(shopId, testProduct("ONCE", { title: "Wool rug", brand: "Newname" }));
    expect(await find("velvet")).toEqual([]);
    expect(await find("", { brands: ["Oldname"] })).toEqual([]);
    expect(await find("rug", { brands: ["Newname"] })).toEqual(["ONCE"]);
    await database.db.product.deleteMany({ where: { shopId, externalId: "ONCE" } });
  });

  it("[CA11] 100 kB of signs cost no more than a hundred", async () => {
    for (const sign of ["%", "_ ", "((|", "' & !", "\\", ":*", "a b ", "\0x"]) {
      const found = await ask({ query: sign.repeat(Math.ceil(100_000 / sign.length)), withFacets: true });
      expect(found.products.length).toBeLessThanOrEqual(products.length);
    }
  });

  it("[CA3] several products at once are the shop's own, in the order asked for", async () => {
    const other = await createTestShop();
    await writeProduct(other, testProduct("THEIRS"));
    const rows = await database.db.product.findMany({
      where: { externalId: { in: ["THEIRS", "BAG", "ROBE"] } },
    });
    const ids = rows.map(({ id }) => id).reverse();
    const expected = rows.filter((row) => row.shopId === shopId).reverse();
    const answer = await loadProducts(ownCatalogue(shopId), [...ids, "no id"]);
    expect(answer.products.map((one) => one.externalId)).toEqual(expected.map((row) => row.externalId));
    await expect(
      loadProducts(
        ownCatalogue(shopId),
        Array.from({ length: 61 }, () => "x"),
      ),
    ).rejects.toMatchObject({
      code: "bad_request",
    });
  });

  it("[CA132] a question survives its address", async () => {
    const question = {
      query: "a&b=c",
      sort: "newest",
      filters: {
        ...noFilters,
        category: "A > B",
        brands: ["x&y"],
        sizes: ["S", "M"],
        minMinor: 0,
        inStock: true,
      },
    } as const;
    expect(readQuestion(questionParams(question))).toEqual(question);
    const answer = await loadSearch(
      ownCatalogue(shopId),
      questionParams({ ...question, query: "", sort: "best" }),
    );
    expect(answer).toEqual({
      products: [],
      next: null,
      total: { count: 0, more: false },
      guessed: null,
      facets: null,
      asOf: null,
    });
  });
});
