import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noFilters, type SearchFilters } from "@/lib/protocol/catalogue-search";
import { productIdSchema, type ShopId } from "@/lib/protocol/ids";
import { createTestShop } from "@/tests/support/catalogue";
import { type Engine, openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { pieces } from "@/tests/support/feeds";
import { type CatalogueView, findView, ownCatalogue } from "../catalogue-view";
import { checkLine } from "../check-line";
import { type FeedImport, importFeed } from "../feed/import-feed";
import { findProductPicture } from "../find-product";
import { findVariant } from "../find-variant";
import { createSource, deleteSource, getSource, listSources, updateReading } from "../imports/source";
import { loadProduct, loadProducts, loadRelated } from "../load-catalogue";
import { findProductCard } from "../product-card";
import { resolveExternalIds } from "../resolve-external";
import { searchProducts } from "../search";
import { createStorefront, deleteStorefront, listStorefronts, updateStorefront } from "./storefronts";

const NOW = Date.UTC(2026, 10, 21);
const SLOW_MS = 120_000;
const DE = "https://shop.example";
const UK = "https://shop.co.uk";
const engines: readonly Engine[] = ["postgres", "pglite"];

const german = `id,item_group_id,title,price,size,link,product_type,availability
KLEID-S,KLEID,Leinenkleid,89.00 EUR,S,${DE}/kleid,Kleider,in_stock
KLEID-M,KLEID,Leinenkleid,89.00 EUR,M,${DE}/kleid,Kleider,in_stock
HUT,,Strohhut,30.00 EUR,,${DE}/hut,Kleider,in_stock
`;
const english = `id,item_group_id,title,price,size,link,product_type,availability
KLEID-S,KLEID,Linen dress,75.00 GBP,S,${UK}/dress,Dresses,in_stock
KLEID-M,KLEID,Linen dress,75.00 GBP,M,${UK}/dress,Dresses,out_of_stock
WELLY,,Rain boots,40.00 GBP,,${UK}/boots,Dresses,in_stock
`;

describe.each(engines)("storefronts on %s", (engine) => {
  let database: TestDatabase;
  let shopId: ShopId;
  let uk: string;
  let own: CatalogueView;
  let british: CatalogueView;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  }, SLOW_MS);
  beforeEach(async () => {
    shopId = await createTestShop();
    await database.db.shop.update({ where: { id: shopId }, data: { locale: "de", origins: [DE, UK] } });
    uk = await createStorefront(shopId, { name: "UK", locale: "en", currency: "GBP", origins: [UK] });
    own = ownCatalogue(shopId);
    british = await findView(shopId, uk);
  });
  afterAll(() => database.close());

  const run = (text: string, options: Partial<FeedImport>) =>
    importFeed({
      shopId,
      sourceId: "de",
      source: pieces(text),
      defaults: { currency: "EUR", locale: "" },
      now: NOW,
      mayShrink: false,
      ...options,
    });
  const importGerman = (text = german) => run(text, {});
  const importEnglish = (text = english, more: Partial<FeedImport> = {}) =>
    run(text, { sourceId: "uk", storefrontId: uk, ...more });
  const importBoth = async () => [await importGerman(), await importEnglish()] as const;

  const idOf = async (externalId: string) => {
    const where = { shopId_externalId: { shopId, externalId } };
    return productIdSchema.parse((await database.db.product.findUniqueOrThrow({ where })).id);
  };
  const search = async (view: CatalogueView, query: string, filters: Partial<SearchFilters> = {}) => {
    const page = { limit: 10, offset: 0 };
    const wish = { query, filters: { ...noFilters, ...filters }, sort: "price-up" as const, page };
    return searchProducts(view, { ...wish, withFacets: true });
  };
  const found = async (...asked: Parameters<typeof search>) =>
    (await search(...asked)).products.map(({ externalId }) => externalId);

  it("[CA143] [CA147] two feeds with the same ids: one product, each storefront its own words, links and prices", async () => {
    const reports = await importBoth();
    expect(reports.map(({ products }) => products)).toEqual([
      { new: 2, changed: 0, unchanged: 0, gone: 0 },
      { new: 2, changed: 0, unchanged: 0, gone: 0 },
    ]);
    const dress = await idOf("KLEID");
    expect(await findProductCard(own, dress)).toMatchObject({
      ...{ title: "Leinenkleid", url: `${DE}/kleid`, priceMinor: 8_900, currency: "EUR", available: true },
      variants: [{ available: true }, { available: true }],
    });
    expect(await findProductCard(british, dress)).toMatchObject({
      ...{ title: "Linen dress", url: `${UK}/dress`, priceMinor: 7_500, currency: "GBP", available: true },
      variants: [{ available: true }, { available: false }],
    });
    // Again, in the other order: neither overwrites the other.
    expect((await importEnglish()).sameFile).toBe(true);
    expect((await importGerman()).sameFile).toBe(true);
    expect(await importEnglish(english.replace("75.00", "70.00"))).toMatchObject({
      products: { new: 0, changed: 1, unchanged: 1, gone: 0 },
    });
    expect(await findProductCard(own, dress)).toMatchObject({ priceMinor: 8_900 });
    expect(await findProductCard(british, dress)).toMatchObject({ priceMinor: 7_000 });
    expect(await database.db.product.count({ where: { shopId } })).toBe(3);
  });

  it("[CA145] words, filters, facets, sorting and guesses are those of the storefront", async () => {
    await importBoth();
    expect(await found(british, "linen")).toEqual(["KLEID"]);
    expect(await found(own, "Leinenkleider")).toEqual(["KLEID"]);
    expect(await found(own, "")).toEqual(["HUT", "KLEID"]);
    expect(await found(british, "")).toEqual(["WELLY", "KLEID"]);
    expect(await found(british, "", { maxMinor: 8_000, minMinor: 7_000 })).toEqual(["KLEID"]);
    expect(await found(own, "", { maxMinor: 8_000, minMinor: 7_000 })).toEqual([]);
    expect(await found(british, "", { inStock: true, sizes: ["M"] })).toEqual([]);
    expect((await search(british, "")).facets?.categories).toEqual([{ value: "Dresses", count: 2 }]);
    expect((await search(own, "")).facets?.categories).toEqual([{ value: "Kleider", count: 2 }]);
    // One mistake away from a word that only this storefront knows.
    expect(await search(british, "linnen")).toMatchObject({ guessed: "linen", total: 1 });
    expect(await search(british, "strohut")).toMatchObject({ guessed: null, total: 0 });
    expect(await search(own, "strohut")).toMatchObject({ guessed: "strohhut", total: 1 });
  });

  it("[CA145] words of another storefront find what this one sells, as this one has it", async () => {
    await importBoth();
    expect(await search(british, "Leinenkleider")).toMatchObject({
      ...{ guessed: null, total: 1 },
      products: [{ title: "Linen dress", shop: { currency: "GBP" } }],
      facets: { categories: [{ value: "Dresses", count: 1 }] },
    });
    expect(await search(own, "linen")).toMatchObject({ products: [{ title: "Leinenkleid" }] });
    expect(await search(british, "leinenkeid")).toMatchObject({ guessed: "leinenkleid", total: 1 });
    // Not sold there: no word finds it.
    expect(await found(british, "strohhut")).toEqual([]);
    expect(await found(own, "boots")).toEqual([]);
    // Narrowed by what this storefront says, not by the one whose words they are.
    expect(await found(british, "leinenkleid", { minMinor: 7_000, maxMinor: 8_000 })).toEqual(["KLEID"]);
    expect(await found(british, "leinenkleid", { minMinor: 8_000 })).toEqual([]);
    expect(await found(british, "leinenkleid", { inStock: true, sizes: ["M"] })).toEqual([]);
    // Of several finds pages follow each other without gap or repeat.
    await importEnglish(english.replace("Rain boots", "Linen boots"));
    await importGerman(`${german}WELLY,,Leinenstiefel,45.00 EUR,,${DE}/stiefel,Kleider,in_stock\n`);
    const page = (offset: number) =>
      searchProducts(british, {
        ...{
          query: "leinen",
          filters: noFilters,
          sort: "best",
          withFacets: false,
          page: { limit: 1, offset },
        },
      });
    const pages = [await page(0), await page(1)];
    expect(pages.map(({ hasMore, total }) => [hasMore, total])).toEqual([
      [true, 2],
      [false, 2],
    ]);
    expect(pages.flatMap(({ products }) => products.map(({ externalId }) => externalId)).sort()).toEqual([
      "KLEID",
      "WELLY",
    ]);
  });

  it("[CA143] everything that is read of a product is the storefront's", async () => {
    await importBoth();
    const dress = await idOf("KLEID");
    expect(await loadProduct(british, dress)).toMatchObject({ title: "Linen dress", currency: "GBP" });
    const { products } = await loadProducts(british, [dress, await idOf("HUT"), await idOf("WELLY")]);
    expect(products.map(({ title, priceMinor }) => [title, priceMinor])).toEqual([
      ["Linen dress", 7_500],
      ["Rain boots", 4_000],
    ]);
    await importEnglish(english.replace("40.00", "74.00"));
    const { related } = await loadRelated(british, dress);
    expect(related.map(({ product }) => product.title)).toEqual(["Rain boots"]);
    expect(await findVariant(british, dress, "KLEID-S")).toMatchObject({ unitMinor: 7_500, currency: "GBP" });
    expect(await checkLine(british, "KLEID-S", 1)).toEqual({ ok: true, unitMinor: 7_500, currency: "GBP" });
    expect(await checkLine(british, "KLEID-M", 1)).toMatchObject({ ok: false, reason: "out_of_stock" });
    expect(await checkLine(own, "KLEID-M", 1)).toEqual({ ok: true, unitMinor: 8_900, currency: "EUR" });
    expect(await findProductPicture(british, dress, 0)).toBeNull();
  });

  it("[CA146] what a storefront does not have keeps its name and has no price there", async () => {
    await importBoth();
    const hat = await idOf("HUT");
    expect(await findProductCard(british, hat)).toMatchObject({
      ...{
        title: "Strohhut",
        priceMinor: null,
        saleMinor: null,
        currency: "GBP",
        available: false,
        variants: [],
      },
    });
    expect(JSON.stringify(await loadProduct(british, hat))).not.toContain("3000");
    expect(await findVariant(british, hat, "HUT")).toBeNull();
    expect(await checkLine(british, "HUT", 1)).toMatchObject({ ok: false, reason: "gone" });
  });

  it("[CA148] a product that only a further storefront has is known by its ids, and sold there alone", async () => {
    await importBoth();
    const boots = await idOf("WELLY");
    const ids = await resolveExternalIds(shopId, ["WELLY", "KLEID-S", "KLEID-XL"]);
    expect(ids.get("WELLY")).toEqual({ productId: boots, variantId: null });
    expect(ids.get("KLEID-S")?.variantId).not.toBeNull();
    expect(await findProductCard(own, boots)).toMatchObject({ available: false, priceMinor: null });
    expect(await checkLine(own, "WELLY", 1)).toMatchObject({ ok: false, reason: "gone" });
    // Its name follows the feed that brought it, until the shop's own storefront has it.
    await importEnglish(english.replace("Rain boots", "Rubber boots"));
    expect(await database.db.product.findUnique({ where: { id: boots } })).toMatchObject({
      title: "Rubber boots",
    });
    await importGerman(`${german}WELLY,,Gummistiefel,45.00 EUR,,${DE}/stiefel,Kleider,in_stock\n`);
    await importEnglish(english.replace("Rain boots", "Wellies"));
    expect(await findProductCard(own, boots)).toMatchObject({ title: "Gummistiefel", priceMinor: 4_500 });
    expect(await findProductCard(british, boots)).toMatchObject({ title: "Wellies", priceMinor: 4_000 });
  });

  it("[CA147] gone, moved variants and the 30 % are those of the storefront's own source", async () => {
    await importBoth();
    const half = english.split("\n").slice(0, 3).join("\n");
    expect(await importEnglish(half)).toMatchObject({ state: "would-shrink", products: { gone: 1 } });
    expect(await importEnglish(half, { mayShrink: true })).toMatchObject({ products: { gone: 1 } });
    expect(await found(british, "")).toEqual(["KLEID"]);
    expect(await found(own, "")).toEqual(["HUT", "KLEID"]);
    // Another grouping there moves the variant there alone.
    await importEnglish(english.replace("KLEID-M,KLEID,Linen dress", "KLEID-M,OTHER,Linen gown"));
    expect(await found(british, "gown")).toEqual(["OTHER"]);
    const dress = await idOf("KLEID");
    expect((await findProductCard(british, dress))?.variants.map(({ externalId }) => externalId)).toEqual([
      "KLEID-S",
    ]);
    expect((await findProductCard(own, dress))?.variants).toHaveLength(2);
  });

  const reading = { format: null, mapping: null, currency: "GBP", locale: "en" } as const;
  const place = { kind: "address", url: "https://shop.example/feed", login: "" } as const;

  it("[CA149] a source that is forgotten takes its versions along, or leaves them; the products stay", async () => {
    const source = await createSource(shopId, place, { ...reading, storefrontId: uk });
    expect((await getSource(shopId, source)).reading.storefrontId).toBe(uk);
    await importGerman();
    await importEnglish(english, { sourceId: source });
    await expect(deleteStorefront(shopId, uk)).rejects.toMatchObject({ code: "conflict" });
    await deleteSource(shopId, source, true, new Date(NOW));
    expect(await found(british, "")).toEqual([]);
    expect(await found(own, "")).toEqual(["HUT", "KLEID"]);
    expect(await findProductCard(british, await idOf("KLEID"))).toMatchObject({ priceMinor: null });
    expect(await database.db.product.count({ where: { shopId } })).toBe(3);
    await importEnglish();
    await deleteStorefront(shopId, uk);
    expect(await listStorefronts(shopId)).toEqual([]);
    expect(await found(own, "leinenkleid")).toEqual(["KLEID"]);
  });

  it("[CA149] a source that is read for another storefront from now on leaves nothing in the one before", async () => {
    const source = await createSource(shopId, place, reading);
    await importGerman();
    await run(english, { sourceId: source });
    // It wrote over the shop's own before anybody said whose prices these are.
    expect(await findProductCard(own, await idOf("KLEID"))).toMatchObject({ currency: "GBP" });
    await updateReading(shopId, source, { ...reading, storefrontId: uk });
    await importEnglish(english, { sourceId: source });
    await importGerman();
    expect(await found(own, "")).toEqual(["HUT", "KLEID"]);
    expect(await found(british, "")).toEqual(["WELLY", "KLEID"]);
    expect((await listSources(shopId)).map((one) => one.reading.storefrontId)).toEqual([uk]);
  });

  it("[CA150] a shop has no view of another's storefront, and writes none", async () => {
    await importBoth();
    const other = await createTestShop();
    expect(await findView(other, uk)).toEqual(ownCatalogue(other));
    const theirs = { name: "UK", locale: "en", currency: "GBP", origins: [] };
    for (const act of [
      () => updateStorefront(other, uk, theirs),
      () => deleteStorefront(other, uk),
      () => createSource(other, place, { ...reading, storefrontId: uk }),
    ])
      await expect(act()).rejects.toMatchObject({ code: "not_found" });
    const origins = [UK];
    await expect(createStorefront(other, { ...theirs, origins })).rejects.toMatchObject({
      code: "bad_request",
    });
    expect(await listStorefronts(other)).toEqual([]);
    expect(await findProductCard(ownCatalogue(other), await idOf("KLEID"))).toBeNull();
    expect(await listStorefronts(shopId)).toMatchObject([{ storefrontId: uk, products: 2, sources: 0 }]);
  });
});
