/** One live connection, several storefronts: in what each is asked, and what it leaves in our tables. */
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { seal } from "@/lib/auth/sealed";
import { getDb } from "@/lib/db/client";
import { noFilters } from "@/lib/protocol/catalogue-search";
import type { ShopId } from "@/lib/protocol/ids";
import { createTestShop } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { allowOutside } from "@/tests/support/outside";
import { connectionTo, platforms } from "@/tests/support/shops/platforms";
import type { StandIn } from "@/tests/support/shops/stand-in";
import { type CatalogueView, findView, ownCatalogue } from "../catalogue-view";
import { checkLine } from "../check-line";
import { searchProducts } from "../search";
import { createStorefront } from "../storefronts/storefronts";
import type { LiveKind } from "./kinds";
import { refreshLive, searchLive } from "./search-live";

let database: TestDatabase;
let outside: ReturnType<typeof allowOutside>;
let shops: Record<"oct8ne" | "prestashop" | "shopify", StandIn>;
beforeAll(async () => {
  database = await openTestDatabase();
  outside = allowOutside();
  const [oct8ne, prestashop, shopify] = await Promise.all([
    platforms.oct8ne.start(),
    platforms.prestashop.start(),
    platforms.shopify.start(),
  ]);
  shops = { oct8ne, prestashop, shopify };
});
afterEach(() => {
  for (const shop of Object.values(shops)) {
    shop.asked.length = 0;
    shop.fault = null;
  }
});
afterAll(async () => {
  for (const shop of Object.values(shops ?? {})) await shop.close();
  await outside?.close();
  await database?.close();
});

async function connectedShop(kind: LiveKind & keyof typeof shops): Promise<ShopId> {
  const shopId = await createTestShop();
  const { address, credentials, settings } = connectionTo(kind, shops[kind]);
  const sealed = await seal(JSON.stringify(credentials));
  await getDb().shopConnection.create({ data: { shopId, kind, address, credentials: sealed, settings } });
  return shopId;
}

async function storefront(shopId: ShopId, locale: string, currency: string): Promise<CatalogueView> {
  const id = await createStorefront(shopId, { name: `${locale} ${currency}`, locale, currency, origins: [] });
  return findView(shopId, id);
}

const linen = { words: "linen", page: 1, pageSize: 10 };
const inTables = (view: CatalogueView) =>
  searchProducts(view, {
    ...{ query: "linen", filters: noFilters, sort: "best", withFacets: false },
    page: { limit: 10, offset: 0 },
  });
const paramsOf = (shop: StandIn, name: string) => [
  ...new Set(shop.asked.flatMap(({ url }) => url.searchParams.getAll(name))),
];

it("[CA151] an Oct8ne-shaped adapter is asked in each storefront's language and currency, and answers it alone", async () => {
  const { oct8ne } = shops;
  const shopId = await connectedShop("oct8ne");
  const british = await storefront(shopId, "en-GB", "GBP");
  expect((await searchLive(british, linen))?.value.productIds).toHaveLength(2);
  expect([paramsOf(oct8ne, "locale"), paramsOf(oct8ne, "currency")]).toEqual([["en-GB"], ["GBP"]]);
  expect((await inTables(british)).products.map(({ variants }) => variants[0]?.currency)).toEqual([
    "GBP",
    "GBP",
  ]);
  expect((await inTables(ownCatalogue(shopId))).products).toEqual([]);
  await refreshLive(british, "101");
  expect(await checkLine(british, "101", 1)).toMatchObject({ ok: true, currency: "GBP" });
  oct8ne.asked.length = 0;
  await searchLive(ownCatalogue(shopId), linen);
  expect(paramsOf(oct8ne, "currency")).toEqual(["EUR"]);
  expect((await inTables(ownCatalogue(shopId))).products[0]?.variants[0]?.currency).toBe("EUR");
  expect((await inTables(british)).products[0]?.variants[0]?.currency).toBe("GBP");
});

it("[CA151] what the shop's system has no more leaves the storefront that asked, and no other", async () => {
  const shopId = await connectedShop("oct8ne");
  const british = await storefront(shopId, "en", "GBP");
  await searchLive(british, linen);
  await searchLive(ownCatalogue(shopId), linen);
  shops.oct8ne.fault = ({ url }) => (url.pathname.endsWith("productInfo") ? { body: [] } : null);
  await refreshLive(british, "101");
  expect((await inTables(british)).total).toBe(1);
  expect((await inTables(ownCatalogue(shopId))).total).toBe(2);
});

it("[CA151] PrestaShop is asked in the language of a storefront, and not for one whose currency or language it does not have", async () => {
  const { prestashop } = shops;
  const shopId = await connectedShop("prestashop");
  const german = await storefront(shopId, "de", "EUR");
  expect(await searchLive(german, linen)).not.toBeNull();
  expect(paramsOf(prestashop, "language")).toEqual(["2"]);
  const british = await storefront(shopId, "en", "GBP");
  prestashop.asked.length = 0;
  expect(await searchLive(british, linen)).toBeNull();
  expect(prestashop.asked.map(({ url }) => url.pathname.split("/").at(-1))).toEqual(["currencies"]);
  expect((await inTables(british)).products).toEqual([]);
  expect(await searchLive(await storefront(shopId, "nl", "EUR"), linen)).toBeNull();
});

it("[CA151] a platform with one language and currency is not asked for further storefronts: their feeds answer", async () => {
  const shopId = await connectedShop("shopify");
  const british = await storefront(shopId, "en", "GBP");
  expect(await searchLive(british, linen)).toBeNull();
  expect(await checkLine(british, "1012", 1)).toMatchObject({ ok: false, reason: "gone" });
  expect(shops.shopify.asked).toEqual([]);
});
