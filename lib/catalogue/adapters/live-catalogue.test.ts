/** What the rest of the product does with a shop's live connection, on a real database, against stand-ins. */

import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { seal } from "@/lib/auth/sealed";
import { ownCatalogue } from "@/lib/catalogue/catalogue-view";
import { checkLine } from "@/lib/catalogue/check-line";
import { loadProduct } from "@/lib/catalogue/load-catalogue";
import { writeProduct } from "@/lib/catalogue/write-product";
import { getDb } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";
import { createTestShop, testProduct, testVariant } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { allowOutside } from "@/tests/support/outside";
import { connectionTo, platforms, quickPatience } from "@/tests/support/shops/platforms";
import type { StandIn } from "@/tests/support/shops/stand-in";
import { ANNA, BRUNO, SCARF } from "@/tests/support/shops/stock";
import {
  type ConnectionInput,
  deleteConnection,
  loadConnection,
  readAddress,
  saveConnection,
  testConnection,
} from "./connections";
import { loadCustomerOrder, loadCustomerOrders } from "./customer-orders";
import type { LiveKind } from "./kinds";
import { refreshLive, relatedLive, searchLive } from "./search-live";

let database: TestDatabase;
let outside: ReturnType<typeof allowOutside>;
let woo: StandIn;
let shopify: StandIn;
let oct8ne: StandIn;
beforeAll(async () => {
  database = await openTestDatabase();
  outside = allowOutside();
  [woo, shopify, oct8ne] = await Promise.all([
    platforms.woocommerce.start(),
    platforms.shopify.start(),
    platforms.oct8ne.start(),
  ]);
});
afterEach(() => {
  for (const shop of [woo, shopify, oct8ne]) {
    shop.fault = null;
    shop.asked.length = 0;
  }
});
afterAll(async () => {
  for (const shop of [woo, shopify, oct8ne]) await shop?.close();
  await outside?.close();
  await database?.close();
});

function inputFor(kind: LiveKind, shop: StandIn): ConnectionInput {
  const { address } = connectionTo(kind, shop);
  return { kind, address, credentials: platforms[kind].credentials, locale: "en", currency: "EUR" };
}

async function connectedShop(kind: LiveKind, shop: StandIn): Promise<ShopId> {
  const shopId = await createTestShop();
  const { address, credentials, settings } = connectionTo(kind, shop);
  const sealed = await seal(JSON.stringify(credentials));
  await getDb().shopConnection.create({ data: { shopId, kind, address, credentials: sealed, settings } });
  return shopId;
}

const find = (words: string) => ({ words, page: 1, pageSize: 10 });
const titles = async (shopId: ShopId) =>
  (await getDb().product.findMany({ where: { shopId }, select: { title: true } }))
    .map(({ title }) => title)
    .sort();
const variantsOf = (shopId: ShopId, externalId: string) =>
  getDb().variant.findMany({ where: { shopId, product: { externalId } }, orderBy: { position: "asc" } });

describe("a connection", () => {
  it("[CA118] is stored once it worked, with sealed keys that nobody is shown", async () => {
    const shopId = await createTestShop();
    const input = inputFor("woocommerce", woo);
    expect(await testConnection(shopId, input, quickPatience)).toMatchObject({
      kind: "works",
      info: { platform: "WooCommerce", products: 30 },
    });
    expect(await loadConnection(shopId)).toBeNull();
    expect(await saveConnection(shopId, input, quickPatience)).toMatchObject({ kind: "works" });
    const row = await getDb().shopConnection.findUniqueOrThrow({ where: { shopId } });
    expect(JSON.stringify(row)).not.toContain("cs_test");
    const view = await loadConnection(shopId);
    expect(view).toMatchObject({
      kind: "woocommerce",
      address: woo.address,
      lastError: null,
      currency: "EUR",
    });
    expect(JSON.stringify(view)).not.toContain("test");
    expect(view?.checkedAt).toBeInstanceOf(Date);
  });

  it("[CA118] that does not work is told, and what is stored stays", async () => {
    const shopId = await connectedShop("woocommerce", woo);
    const wrong = {
      ...inputFor("woocommerce", woo),
      credentials: { consumerKey: "ck_other", consumerSecret: "x" },
    };
    expect(await saveConnection(shopId, wrong, quickPatience)).toMatchObject({
      kind: "failed",
      problem: "keys",
    });
    const nowhere = { ...inputFor("woocommerce", woo), address: `${woo.address}/elsewhere` };
    expect(await saveConnection(shopId, nowhere, quickPatience)).toMatchObject({ kind: "failed" });
    woo.fault = () => ({ body: "<html>" });
    expect(await saveConnection(shopId, inputFor("woocommerce", woo), quickPatience)).toMatchObject({
      kind: "failed",
      problem: "shape",
    });
    expect((await loadConnection(shopId))?.address).toBe(woo.address);
  });

  it("[CA118] keeps its keys when none are given, and sends them to no other address", async () => {
    const shopId = await connectedShop("woocommerce", woo);
    const kept = {
      ...inputFor("woocommerce", woo),
      credentials: { consumerKey: "", consumerSecret: "" },
      locale: "de",
    };
    expect(await saveConnection(shopId, kept, quickPatience)).toMatchObject({ kind: "works" });
    expect((await loadConnection(shopId))?.locale).toBe("de");
    const elsewhere = { ...kept, address: shopify.address };
    expect(await testConnection(shopId, elsewhere, quickPatience)).toEqual({
      kind: "invalid",
      field: "consumerKey",
    });
    expect(shopify.asked).toEqual([]);
    const otherShop = await createTestShop();
    expect(await testConnection(otherShop, kept, quickPatience)).toEqual({
      kind: "invalid",
      field: "consumerKey",
    });
  });

  it("[CA118] of a private network, of no platform, without an address is refused", async () => {
    const shopId = await createTestShop();
    const input = inputFor("magento", woo);
    expect(
      await testConnection(shopId, { ...input, address: "https://10.0.0.1" }, quickPatience),
    ).toMatchObject({ kind: "failed", problem: "private" });
    for (const [over, field] of [
      [{ kind: "feed" }, "kind"],
      [{ address: "ftp://shop.example" }, "address"],
      [{ address: "https://me:secret@shop.example" }, "address"],
      [{ currency: "Euro" }, "currency"],
      [{ locale: "../x" }, "locale"],
      [{ credentials: { accessToken: "a\nb: c" } }, "accessToken"],
    ] as const) {
      expect(await testConnection(shopId, { ...input, ...over }, quickPatience)).toEqual({
        kind: "invalid",
        field,
      });
    }
  });

  it("[CA118] is found at whatever part of its address was copied", () => {
    expect(readAddress("woocommerce", " shop.example/wp-json/wc/v3/ ")).toBe("https://shop.example");
    expect(readAddress("shopify", "shop.myshopify.com/admin/products")).toBe("https://shop.myshopify.com");
    expect(readAddress("prestashop", "https://shop.example/boutique/api/")).toBe(
      "https://shop.example/boutique",
    );
    expect(readAddress("magento", "https://shop.example/rest/V1")).toBe("https://shop.example");
    expect(readAddress("magento", "https://shop.example/rest/de")).toBe("https://shop.example/rest/de");
    expect(readAddress("oct8ne", "https://shop.example/oct8ne/frame/?x=1#y")).toBe(
      "https://shop.example/oct8ne/frame",
    );
  });

  it("[CA118] that cannot be unsealed is a problem with a name, and one that is gone is gone", async () => {
    const shopId = await connectedShop("woocommerce", woo);
    await getDb().shopConnection.update({ where: { shopId }, data: { credentials: "not.a.sealed.text.x" } });
    expect(await searchLive(ownCatalogue(shopId), find("linen"))).toBeNull();
    expect((await loadConnection(shopId))?.lastError).toBe("sealed");
    await expect(checkLine(ownCatalogue(shopId), "102", 1)).rejects.toMatchObject({ code: "unavailable" });
    await deleteConnection(shopId);
    expect(await loadConnection(shopId)).toBeNull();
  });
});

describe("a live search", () => {
  it("[CA115] leaves what it found in our tables, in its order, pictures wished for", async () => {
    const shopId = await connectedShop("shopify", shopify);
    const found = await searchLive(ownCatalogue(shopId), find("linen"));
    expect(found).toMatchObject({ stale: false, value: { total: 2, hasMore: false } });
    expect(await titles(shopId)).toEqual(["Linen dress", "Linen scarf"]);
    const rows = await getDb().product.findMany({
      where: { id: { in: [...(found?.value.productIds ?? [])] } },
    });
    expect(found?.value.productIds.map((id) => rows.find((row) => row.id === id)?.title)).toEqual([
      "Linen dress",
      "Linen scarf",
    ]);
    expect((await variantsOf(shopId, "101")).map(({ saleMinor, stock }) => [saleMinor, stock])).toEqual([
      [null, 7],
      [5_995, 2],
      [null, 0],
    ]);
    const wishes = await getDb().pictureWish.findMany({ where: { shopId }, select: { url: true } });
    expect(wishes.map(({ url }) => url).sort()).toEqual([
      "https://cdn.shopify.example/101.jpg",
      "https://cdn.shopify.example/102.jpg",
    ]);
  });

  it("[CA115] in its short form takes nothing away from what is known", async () => {
    const shopId = await connectedShop("woocommerce", woo);
    await refreshLive(ownCatalogue(shopId), "101");
    const before = await variantsOf(shopId, "101");
    expect(before.map(({ externalId }) => externalId)).toEqual(["1011", "1012", "1013"]);
    await searchLive(ownCatalogue(shopId), find("linen"));
    expect(await variantsOf(shopId, "101")).toEqual(before);
    const other = await connectedShop("oct8ne", oct8ne);
    await refreshLive(ownCatalogue(other), "101");
    await searchLive(ownCatalogue(other), find("linen"));
    const { description } = await getDb().product.findFirstOrThrow({
      where: { shopId: other, externalId: "101" },
    });
    expect(description).toContain("airy");
    expect(
      await getDb().pictureWish.count({ where: { shopId: other, url: { endsWith: "101-back.jpg" } } }),
    ).toBe(1);
  });

  it("[CA115] writes once what did not change", async () => {
    const shopId = await connectedShop("shopify", shopify);
    await searchLive(ownCatalogue(shopId), find("linen"));
    const [before] = await getDb().product.findMany({ where: { shopId, externalId: "101" } });
    await refreshLive(ownCatalogue(shopId), "101");
    await searchLive(ownCatalogue(shopId), find("linen dress"));
    expect(await getDb().product.findMany({ where: { shopId, externalId: "101" } })).toEqual([before]);
  });

  it("[CA115] an answer of before is given with its age, and is not written over what a feed brought since", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    onTestFinished(() => void vi.useRealTimers());
    const shopId = await connectedShop("woocommerce", woo);
    const view = ownCatalogue(shopId);
    await refreshLive(view, "101");
    const row = await getDb().product.findFirstOrThrow({ where: { shopId, externalId: "101" } });
    const { asOf } = await loadProduct(view, row.id);
    expect(asOf).not.toBeNull();
    await searchLive(view, find("linen"));
    await getDb().product.update({
      where: { id: row.id },
      data: { title: "By the feed", contentHash: "feed" },
    });
    vi.setSystemTime(Date.now() + 60_000);
    woo.fault = () => ({ status: 503 });
    expect(await loadProduct(view, row.id)).toMatchObject({ title: "By the feed", asOf });
    const found = await searchLive(view, find("linen"));
    expect(found?.stale).toBe(true);
    expect(found?.value.productIds).toContain(row.id);
    const now = await getDb().product.findUnique({ where: { id: row.id } });
    expect(now).toMatchObject({ title: "By the feed" });
  });

  it("[CA115] a product that the shop no longer has is no longer found, and comes back", async () => {
    const shopId = await createTestShop();
    await writeProduct(shopId, testProduct("424242"));
    const { address, credentials, settings } = connectionTo("woocommerce", woo);
    const sealed = await seal(JSON.stringify(credentials));
    await getDb().shopConnection.create({
      data: { shopId, kind: "woocommerce", address, credentials: sealed, settings },
    });
    expect(await refreshLive(ownCatalogue(shopId), "424242")).toMatchObject({ stale: false });
    expect(await getDb().product.findFirst({ where: { shopId } })).toMatchObject({ active: false });
    const { fault } = woo;
    woo.fault = ({ url }) => (url.pathname.endsWith("/products/102") ? { status: 404 } : null);
    await searchLive(ownCatalogue(shopId), find("scarf"));
    await expect(checkLine(ownCatalogue(shopId), "102", 1)).resolves.toMatchObject({
      ok: false,
      reason: "gone",
    });
    expect(await getDb().product.findFirst({ where: { shopId, externalId: "102" } })).toMatchObject({
      active: false,
    });
    woo.fault = fault;
    await checkLine(ownCatalogue(shopId), "102", 1);
    expect(await getDb().product.findFirst({ where: { shopId, externalId: "102" } })).toMatchObject({
      active: true,
    });
  });

  it("[CA115] what a feed brought is not taken away because the shop's system has no such id", async () => {
    const shopId = await connectedShop("woocommerce", woo);
    await writeProduct(shopId, testProduct("424242"));
    await getDb().product.updateMany({ where: { shopId }, data: { sourceId: "feed" } });
    await refreshLive(ownCatalogue(shopId), "424242");
    expect(await getDb().product.findFirst({ where: { shopId } })).toMatchObject({ active: true });
  });

  it("[CA116] leaves to our tables what it cannot answer", async () => {
    expect(await searchLive(ownCatalogue(await createTestShop()), find("linen"))).toBeNull();
    const shopId = await connectedShop("oct8ne", oct8ne);
    expect(await searchLive(ownCatalogue(shopId), { ...find("linen"), inStock: true })).toBeNull();
    expect(await searchLive(ownCatalogue(shopId), { ...find("linen"), brand: "2" })).toMatchObject({
      value: { total: 1 },
    });
    oct8ne.fault = () => ({ status: 401 });
    expect(await searchLive(ownCatalogue(shopId), find("wool"))).toBeNull();
    expect((await loadConnection(shopId))?.lastError).toBe("keys");
    oct8ne.fault = null;
    expect(await searchLive(ownCatalogue(shopId), find("wool"))).not.toBeNull();
    expect((await loadConnection(shopId))?.lastError).toBeNull();
    expect(await relatedLive(ownCatalogue(await connectedShop("shopify", shopify)), "101")).toBeNull();
    expect((await relatedLive(ownCatalogue(shopId), "101"))?.value.length).toBe(2);
  });

  it("[CA102] narrows by the names that people choose", async () => {
    const shopId = await connectedShop("woocommerce", woo);
    expect(
      await searchLive(ownCatalogue(shopId), { ...find(""), category: "Socks", minMinor: 1_130 }),
    ).toMatchObject({
      value: { total: 1 },
    });
    expect(
      await searchLive(ownCatalogue(shopId), { ...find(""), category: "Nothing of the kind" }),
    ).toBeNull();
    const byName = await connectedShop("oct8ne", oct8ne);
    expect(await searchLive(ownCatalogue(byName), { ...find("linen"), brand: "Nordlys" })).toMatchObject({
      value: { total: 1 },
    });
    const plain = await connectedShop("shopify", shopify);
    expect(await searchLive(ownCatalogue(plain), { ...find("linen"), brand: "Nordlys" })).toMatchObject({
      value: { total: 1 },
    });
  });

  it("[CA110] writes into its own shop, whatever another one has under the same ids", async () => {
    const [mine, theirs] = [await connectedShop("woocommerce", woo), await createTestShop()];
    await writeProduct(theirs, testProduct("101", { title: "Theirs", variants: [testVariant("1011")] }));
    await searchLive(ownCatalogue(mine), find("linen"));
    await refreshLive(ownCatalogue(mine), "101");
    expect(await titles(theirs)).toEqual(["Theirs"]);
    expect(await titles(mine)).toEqual(["Linen dress", "Linen scarf"]);
  });
});

describe("a line on its way into a cart", () => {
  it("[CA117] is asked of the shop's system, past every memory", async () => {
    const shopId = await connectedShop("woocommerce", woo);
    await refreshLive(ownCatalogue(shopId), "101");
    expect(await checkLine(ownCatalogue(shopId), "1012", 2)).toEqual({
      ok: true,
      unitMinor: 5_995,
      currency: "EUR",
    });
    expect(await checkLine(ownCatalogue(shopId), "1012", 3)).toEqual({
      ok: false,
      reason: "not_enough",
      available: 2,
    });
    expect(await checkLine(ownCatalogue(shopId), "1013", 1)).toEqual({
      ok: false,
      reason: "out_of_stock",
      available: null,
    });
    for (const id of ["1099", "nothing", "\u0000"]) {
      expect(await checkLine(ownCatalogue(shopId), id, 1)).toEqual({
        ok: false,
        reason: "gone",
        available: null,
      });
    }
    woo.asked.length = 0;
    await checkLine(ownCatalogue(shopId), "1012", 1);
    const once = woo.asked.length;
    expect(once).toBeGreaterThan(0);
    // Twenty at once are one question, each judged by its own quantity; the next one is asked anew.
    woo.asked.length = 0;
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, index) => checkLine(ownCatalogue(shopId), "1012", 1 + (index % 3))),
    );
    expect(many.filter(({ ok }) => !ok)).toHaveLength(6);
    expect(woo.asked).toHaveLength(once);
    await checkLine(ownCatalogue(shopId), "1012", 1);
    expect(woo.asked).toHaveLength(2 * once);
  });

  it("[CA121] is checked also where its product has more variants than one answer holds", async () => {
    const shopId = await connectedShop("woocommerce", woo);
    const variants = [testVariant("19310"), testVariant("19000"), testVariant("1011")];
    await writeProduct(shopId, testProduct("190", { variants }));
    expect(await checkLine(ownCatalogue(shopId), "19310", 1)).toEqual({
      ok: true,
      unitMinor: 5_310,
      currency: "EUR",
    });
    expect(await checkLine(ownCatalogue(shopId), "19310", 3)).toEqual({
      ok: false,
      reason: "not_enough",
      available: 2,
    });
    expect(await checkLine(ownCatalogue(shopId), "1011", 1)).toMatchObject({ ok: false, reason: "gone" });
    woo.fault = ({ url }) => (url.pathname.endsWith("/variations/19310") ? { status: 401 } : null);
    await expect(checkLine(ownCatalogue(shopId), "19310", 1)).rejects.toMatchObject({ code: "unavailable" });
    expect((await loadConnection(shopId))?.lastError).toBe("keys");
  });

  it("[CA117] gets no answer from a system that is away", async () => {
    const shopId = await connectedShop("shopify", shopify);
    await searchLive(ownCatalogue(shopId), find("linen"));
    shopify.fault = () => ({ status: 401 });
    await expect(checkLine(ownCatalogue(shopId), String(SCARF.variants[0].id), 1)).rejects.toMatchObject({
      code: "unavailable",
    });
    expect((await loadConnection(shopId))?.lastError).toBe("keys");
  });

  it("[CA117] is checked in our tables where nothing is connected", async () => {
    const shopId = await createTestShop();
    const variants = [
      testVariant("v1", { priceMinor: 2_000, saleMinor: 1_500 }),
      testVariant("v2", { availability: "out_of_stock" }),
      testVariant("v3", { availability: "backorder" }),
    ];
    await writeProduct(shopId, testProduct("p", { variants }));
    await getDb().variant.updateMany({
      where: { shopId, externalId: { in: ["v1", "v3"] } },
      data: { stock: 4 },
    });
    expect(await checkLine(ownCatalogue(shopId), "v1", 4)).toEqual({
      ok: true,
      unitMinor: 1_500,
      currency: "EUR",
    });
    expect(await checkLine(ownCatalogue(shopId), "v1", 5)).toEqual({
      ok: false,
      reason: "not_enough",
      available: 4,
    });
    expect(await checkLine(ownCatalogue(shopId), "v2", 1)).toMatchObject({ reason: "out_of_stock" });
    expect(await checkLine(ownCatalogue(shopId), "v3", 9)).toMatchObject({ ok: true });
    expect(await checkLine(ownCatalogue(await createTestShop()), "v1", 1)).toMatchObject({ reason: "gone" });
    await getDb().product.updateMany({ where: { shopId }, data: { active: false } });
    expect(await checkLine(ownCatalogue(shopId), "v1", 1)).toMatchObject({ reason: "gone" });
  });
});

it("[CA119] orders are those of a person of that shop whom it vouched for", async () => {
  const shopId = await connectedShop("woocommerce", woo);
  const person = (of: ShopId, externalId: string, email: string) =>
    getDb().person.create({ data: { shopId: of, externalId, email } });
  const anna = await person(shopId, "7", ANNA.email);
  const bruno = await person(shopId, "8", BRUNO.email);
  const unnamed = await person(shopId, "9", "");
  const otherShop = await createTestShop();
  const elsewhere = await person(otherShop, "7", ANNA.email);
  expect((await loadCustomerOrders(shopId, anna.id))?.value).toMatchObject([
    { reference: "9001", totalMinor: 12_990 },
  ]);
  expect((await loadCustomerOrder(shopId, anna.id, "9001"))?.value).toMatchObject({ carrier: "DHL" });
  expect((await loadCustomerOrder(shopId, bruno.id, "9001"))?.value).toBeNull();
  for (const id of [unnamed.id, elsewhere.id, "nobody"])
    expect(await loadCustomerOrders(shopId, id)).toBeNull();
  expect(await loadCustomerOrders(otherShop, elsewhere.id)).toBeNull();
});
