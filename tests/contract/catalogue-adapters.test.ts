/**
 * One suite for every adapter behind the catalogue's port, each against a stand-in of its platform that answers in
 * documented shapes (tests/support/shops), and our own tables with the same stock.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { liveKinds } from "@/lib/catalogue/adapters/kinds";
import { openAdapter } from "@/lib/catalogue/adapters/open-adapter";
import type { CatalogueAdapter, LiveQuery } from "@/lib/catalogue/adapters/port";
import { writeProduct } from "@/lib/catalogue/write-product";
import { createTestShop, testProduct, testVariant } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { allowOutside } from "@/tests/support/outside";
import { adapterTo, platforms } from "@/tests/support/shops/platforms";
import { throttled } from "@/tests/support/shops/shopify";
import type { Reply, StandIn } from "@/tests/support/shops/stand-in";
import { ANNA, BRUNO, DRESS, orders, SCARF, type StockItem, stock, WIDE } from "@/tests/support/shops/stock";

let database: TestDatabase;
let outside: ReturnType<typeof allowOutside>;
beforeAll(async () => {
  database = await openTestDatabase();
  outside = allowOutside("127.0.0.1");
});
afterAll(async () => {
  await outside?.close();
  await database?.close();
});

const query = (over: Partial<LiveQuery> = {}): LiveQuery => ({ words: "", page: 1, pageSize: 10, ...over });
const stranger = { email: "nobody@example.test" };
const problem = (kind: string) => ({ name: "AppError", problem: kind });

async function walk(adapter: CatalogueAdapter, words: string, pageSize: number) {
  const ids: string[] = [];
  for (let page = 1; ; page += 1) {
    const { value } = await adapter.search(query({ words, page, pageSize }));
    ids.push(...value.products.map(({ externalId }) => externalId));
    if (!value.hasMore || page > stock.length) return ids;
  }
}

describe.each(liveKinds)("the adapter of %s", (kind) => {
  const { idOf, dressVariants, scarfVariant } = platforms[kind];
  let shop: StandIn;
  let adapter: CatalogueAdapter;
  beforeAll(async () => {
    shop = await platforms[kind].start();
  });
  afterEach(() => {
    shop.fault = null;
    shop.asked.length = 0;
  });
  afterAll(() => shop?.close());
  const open = () => {
    adapter = adapterTo(kind, shop);
    return adapter;
  };

  it("[CA100] says whom it asks, and that nothing is missing", async () => {
    const { value, stale } = await open().info();
    expect([value.platform.length > 0, value.version.length > 0, value.missingRights, stale]).toEqual([
      true,
      true,
      [],
      false,
    ]);
    if (value.products !== null) expect(value.products).toBe(stock.length);
  });

  it("[CA100] says what its keys may not do", async () => {
    const refusal = { status: 403, body: { code: "woocommerce_rest_cannot_view" } };
    shop.fault = ({ url }) => (/customers/.test(url.pathname) ? refusal : null);
    const { value } = await open().info();
    expect(value.missingRights).toEqual(["oct8ne", "shopify"].includes(kind) ? [] : ["customers"]);
  });

  it("[CA101] finds by words", async () => {
    const { value, asOf } = await open().search(query({ words: "linen" }));
    expect(value.products.map(({ externalId }) => externalId).sort()).toEqual(
      [idOf(DRESS), idOf(SCARF)].sort(),
    );
    expect(value.total ?? 2).toBe(2);
    expect([value.hasMore, Math.abs(Date.now() - asOf.getTime()) < 60_000]).toEqual([false, true]);
    const none = await adapter.search(query({ words: "nothing like it" }));
    expect([none.value.products, none.value.hasMore]).toEqual([[], false]);
  });

  it("[CA101] goes through the pages without gap or repeat, and past the end", async () => {
    const ids = await walk(open(), "wool", 7);
    const socks = stock.filter(({ name }) => name.startsWith("Wool"));
    expect([...ids].sort()).toEqual(socks.map(idOf).sort());
    expect(new Set(ids).size).toBe(ids.length);
    const past = await adapter.search(query({ words: "wool", page: 9, pageSize: 7 }));
    expect([past.value.products, past.value.hasMore]).toEqual([[], false]);
  });

  it("[CA101] takes every sign as a letter or a gap", async () => {
    open();
    for (const words of ["'\"\\", "100% [wool]", "a AND OR NOT -x:*", "<script>", "ä😀"]) {
      const { value } = await adapter.search(query({ words }));
      expect(value.products.length).toBeLessThanOrEqual(10);
    }
  });

  it("[CA102] narrows by what it says it can narrow by", async () => {
    open();
    const { facets } = (await adapter.search(query({ words: "linen" }))).value;
    const optionOf = (filter: string, label: string) =>
      facets.find((facet) => facet.filter === filter)?.options.find((option) => option.label === label)
        ?.value ?? label;
    const narrowed: Record<string, [Partial<LiveQuery>, readonly StockItem[]]> = {
      brand: [{ words: "linen", brand: optionOf("brand", "Nordlys") }, [SCARF]],
      category: [{ words: "linen", category: optionOf("category", "Socks") }, []],
      price: [{ words: "linen", minMinor: 500, maxMinor: 3_500 }, [SCARF]],
      inStock: [{ words: "straw", inStock: true }, []],
    };
    for (const filter of adapter.filters) {
      const [wish, expected] = narrowed[filter] ?? [{}, []];
      const { value } = await adapter.search(query(wish));
      expect([filter, value.products.map(({ externalId }) => externalId)]).toEqual([
        filter,
        expected.map(idOf),
      ]);
    }
  });

  it("[CA103] knows a product with its variants, exact prices, and words without markup", async () => {
    const { value } = await open().product(idOf(DRESS));
    expect(value).toMatchObject({
      externalId: idOf(DRESS),
      title: "Linen dress",
      description: "Light & airy .",
      whole: true,
    });
    expect(value?.pictures.every(({ url }) => /^https?:\/\//.test(url))).toBe(true);
    expect(value?.pictures.length).toBeGreaterThan(0);
    expect(value?.url).toMatch(/^http/);
    if (dressVariants === null) return;
    expect(value?.variants).toMatchObject(
      DRESS.variants.map(({ color, size, priceMinor, saleMinor, quantity }, index) => ({
        externalId: dressVariants[index],
        color,
        size,
        currency: "EUR",
        priceMinor,
        saleMinor,
        quantity,
        availability: quantity > 0 ? "in_stock" : "out_of_stock",
      })),
    );
  });

  it("[CA103] knows a product without variants as one, with its sale price", async () => {
    const { value } = await open().product(idOf(SCARF));
    const [variant, ...others] = value?.variants ?? [];
    expect(others).toEqual([]);
    expect(variant).toMatchObject({
      externalId: scarfVariant,
      color: "",
      priceMinor: 2_999,
      saleMinor: 1_999,
      currency: "EUR",
    });
  });

  it("[CA103] knows nothing by ids that are none", async () => {
    open();
    for (const id of [
      "424242",
      "../../users",
      "101?x=1",
      "1' OR '1'='1",
      "%",
      "]|[",
      "\u0000",
      "9".repeat(500),
    ]) {
      expect([id, (await adapter.product(id)).value]).toEqual([id, null]);
    }
  });

  it("[CA121] knows each of more variants than one answer about their product holds", async () => {
    const { value } = await open().product(idOf(WIDE));
    if (value?.whole !== false) return expect(["prestashop", "oct8ne"]).toContain(kind);
    const nameOf = ({ id, sku }: { readonly id: number; readonly sku: string }) =>
      kind === "magento" ? sku : String(id);
    const last = WIDE.variants[WIDE.variants.length - 1];
    if (last === undefined) throw new Error("it has variants");
    expect(value.variants.map(({ externalId }) => externalId)).not.toContain(nameOf(last));
    expect(await adapter.variant?.(idOf(WIDE), nameOf(last))).toMatchObject({
      externalId: nameOf(last),
      color: last.color,
      priceMinor: last.priceMinor,
      quantity: last.quantity,
    });
    const [other] = DRESS.variants;
    for (const id of [nameOf(other), "424242", "../1", "\u0000"]) {
      expect([id, await adapter.variant?.(idOf(WIDE), id)]).toEqual([id, null]);
    }
    expect(await adapter.variant?.("424242", nameOf(last))).toBeNull();
  });

  it("[CA104] knows what goes with a product, if its platform does", async () => {
    const related = open().related;
    if (related === undefined) return expect(kind).toBe("shopify");
    const { value } = await related(idOf(DRESS));
    expect(value.map(({ externalId }) => externalId).sort()).toEqual(
      ["102", "103"].map((id) => idOf(byId(id))).sort(),
    );
    expect((await related(idOf(SCARF))).value).toEqual([]);
  });

  it("[CA120] knows where a browser puts a line into the cart, if its platform has such an address", async () => {
    const variantId = dressVariants?.[1] ?? idOf(DRESS);
    const address = await open().cartAddress?.({ variantId, quantity: 3 });
    if (address === undefined) return expect(kind).toBe("magento");
    const { origin, searchParams } = new URL(address ?? "");
    const told = [...searchParams.values()].join(" ");
    expect([origin === shop.address, told.includes("3")]).toEqual(
      kind === "oct8ne" ? [false, false] : [true, true],
    );
    expect(`${address}`).toContain(variantId.split("-").at(-1));
  });

  it("[CA105] knows a customer by her address, and nobody else by it", async () => {
    open();
    expect((await adapter.customer?.(ANNA))?.value).toMatchObject({
      externalId: "7",
      firstName: "Anna",
      lastName: "Berg",
      email: ANNA.email,
    });
    expect((await adapter.customer?.(stranger))?.value).toBeNull();
  });

  it("[CA105] shows her cart, if its platform has it", async () => {
    open();
    if (adapter.cart === undefined) return expect(["woocommerce", "shopify", "prestashop"]).toContain(kind);
    const { value } = await adapter.cart(ANNA);
    expect([value?.currency, value?.lines.length, (value?.totalMinor ?? 0) > 8_000]).toEqual([
      "EUR",
      1,
      true,
    ]);
    expect((await adapter.cart(stranger)).value).toBeNull();
  });

  it("[CA105] shows her orders, and an order to nobody else", async () => {
    open();
    const [hers, his] = orders;
    const { value = [] } = (await adapter.orders?.(ANNA)) ?? {};
    expect(value).toMatchObject([
      { totalMinor: 12_990, currency: "EUR", state: "shipped", placedAt: new Date(hers.placedAt) },
    ]);
    const reference = value[0]?.reference ?? "";
    const details = await adapter.orderDetails?.(ANNA, reference);
    expect(details?.value).toMatchObject({
      reference,
      carrier: "DHL",
      lines: [{ title: "Linen dress", quantity: 1 }],
    });
    expect((await adapter.orderDetails?.(BRUNO, reference))?.value).toBeNull();
    expect(
      (await adapter.orderDetails?.(ANNA, kind === "woocommerce" ? String(his.id) : his.reference))?.value,
    ).toBeNull();
    expect((await adapter.orders?.(stranger))?.value).toEqual([]);
  });

  it("[CA106] tells wrong keys, and does not try them twice", async () => {
    const credentials = Object.fromEntries(
      Object.keys(platforms[kind].credentials).map((name) => [name, "wrong"]),
    );
    const refused = adapterTo(kind, shop, { credentials });
    await expect(refused.product(idOf(DRESS))).rejects.toMatchObject(problem("keys"));
    const addresses = shop.asked.map(({ url }) => url.href);
    expect(addresses).toEqual([...new Set(addresses)]);
    await expect(refused.info()).rejects.toMatchObject(problem("keys"));
  });

  it("[CA107] asks again after a passing failure", async () => {
    for (const reply of [
      { status: 500, body: "oops" },
      { status: 429, headers: { "retry-after": "0" } },
    ]) {
      let failures = 2;
      shop.fault = () => (failures-- > 0 ? reply : null);
      expect((await open().product(idOf(SCARF))).value?.title).toBe("Linen scarf");
    }
  });

  it("[CA107] leaves a system alone that asks for it", async () => {
    shop.fault = () => ({ status: 429, headers: { "retry-after": "120" }, body: "slow down" });
    await expect(open().product(idOf(SCARF))).rejects.toMatchObject({
      ...problem("busy"),
      retryAfterMs: 120_000,
    });
    const before = shop.asked.length;
    shop.fault = null;
    await expect(adapter.product(idOf(SCARF))).rejects.toMatchObject(problem("busy"));
    expect(shop.asked.length).toBe(before);
  });

  it("[CA107] leaves a system alone that is busy without saying for how long, ever longer", async () => {
    shop.fault = () => ({ status: 429, body: "slow down" });
    const patient = adapterTo(kind, shop, { patience: { busyMs: 300 } });
    await expect(patient.product(idOf(SCARF))).rejects.toMatchObject(problem("busy"));
    const before = shop.asked.length;
    await expect(patient.product(idOf(SCARF))).rejects.toMatchObject(problem("busy"));
    expect(shop.asked.length).toBe(before);
    // Asked again, and still busy: the second pause is longer than the first.
    const pause = () =>
      patient.product(idOf(SCARF)).then(
        () => 0,
        (error: { retryAfterMs: number | null }) => error.retryAfterMs ?? 0,
      );
    await expect.poll(pause, { timeout: 10_000, interval: 20 }).toBeGreaterThan(300);
    shop.fault = null;
    await expect
      .poll(async () => (await patient.product(idOf(SCARF)).catch(() => null))?.value?.title, {
        timeout: 10_000,
      })
      .toBe("Linen scarf");
  });

  it("[CA107] several questions that find it busy at once make one pause of it, not one each", async () => {
    shop.fault = () => ({ status: 429, body: "slow down" });
    const patient = adapterTo(kind, shop, { patience: { busyMs: 2_000 } });
    const questions = Array.from({ length: 5 }, () => patient.product(idOf(SCARF)));
    await Promise.allSettled(questions);
    const pause = await patient.product(idOf(SCARF)).catch((error) => error.retryAfterMs);
    expect(pause).toBeLessThanOrEqual(2_000);
  });

  it("[CA108] leaves a system alone that fails again and again", async () => {
    shop.fault = () => ({ status: 503, body: "down" });
    const breaking = adapterTo(kind, shop, { patience: { breakAfter: 3 } });
    for (let call = 0; call < 3; call += 1) {
      await expect(breaking.product(idOf(SCARF))).rejects.toMatchObject(problem("away"));
    }
    const before = shop.asked.length;
    shop.fault = null;
    await expect(breaking.product(idOf(SCARF))).rejects.toMatchObject(problem("away"));
    expect(shop.asked.length).toBe(before);
  });

  it.each<[string, Reply]>([
    ["a page for people", { headers: { "content-type": "text/html" }, body: "<!doctype html><h1>Shop</h1>" }],
    ["half an answer", { body: '[{"id": 1, "na' }],
    ["nothing", { body: "" }],
    ["a number", { body: "42" }],
    ["something else", { body: { unexpected: [{ deeply: { wrong: true } }] } }],
    ["a list of nulls", { body: [null] }],
  ])("[CA109] refuses %s, saying of what", async (_what, reply) => {
    shop.fault = () => reply;
    await expect(open().search(query({ words: "linen" }))).rejects.toMatchObject({
      ...problem("shape"),
      message: expect.stringMatching(/^[\w ]+[.:]/),
    });
  });

  it("[CA109] stops reading an answer that does not end", async () => {
    const endless = " ".repeat(9_000_000);
    shop.fault = () => ({ body: endless });
    await expect(open().search(query())).rejects.toMatchObject(problem("too_large"));
  });

  it("[CA109] stops waiting for an answer that does not come", async () => {
    shop.fault = () => "hangs";
    const hasty = adapterTo(kind, shop, { patience: { timeoutMs: 100 } });
    await expect(hasty.search(query())).rejects.toMatchObject(problem("slow"));
  });

  it.each([
    "http://169.254.169.254/latest/meta-data",
    "http://[::1]:22/",
    "https://10.0.0.1/",
    "file:///etc/passwd",
  ])("[CA109] is not led to %s", async (location) => {
    shop.fault = () => ({ status: 302, headers: { location } });
    await expect(open().search(query())).rejects.toMatchObject({
      name: "AppError",
      problem: expect.stringMatching(/^(private|address)$/),
    });
  });

  it("[CA110] asks its own shop with its own keys, and remembers for itself", async () => {
    const other = await platforms[kind].start();
    other.fault = ({ url }) => (url.pathname === "/never" ? {} : { status: 404 });
    const [mine, theirs] = [open(), adapterTo(kind, other)];
    expect((await mine.product(idOf(SCARF))).value?.title).toBe("Linen scarf");
    await theirs.product(idOf(SCARF)).catch(() => null);
    expect(shop.asked.length).toBeGreaterThan(0);
    expect(other.asked.length).toBeGreaterThan(0);
    const asked = shop.asked.length;
    expect((await mine.product(idOf(SCARF))).value?.title).toBe("Linen scarf");
    expect(shop.asked.length).toBe(asked);
    await other.close();
  });

  it("[CA114] gives what it heard before, with its age, while its shop is away", async () => {
    let now = 1_000_000;
    const remembering = adapterTo(kind, shop, { now: () => now });
    const first = await remembering.product(idOf(SCARF));
    shop.fault = () => ({ status: 502 });
    now += 3_600_000;
    const later = await remembering.product(idOf(SCARF));
    expect([later.value, later.asOf, later.stale]).toEqual([first.value, new Date(1_000_000), true]);
    await expect(remembering.product(idOf(DRESS))).rejects.toMatchObject(problem("away"));
  });
});

it("[CA107] Shopify's throttling, which comes as a good answer, is a pause", async () => {
  const shop = await platforms.shopify.start();
  shop.fault = () => throttled;
  await expect(adapterTo("shopify", shop).info()).rejects.toMatchObject({
    ...problem("busy"),
    retryAfterMs: 1_000,
  });
  await shop.close();
});

describe("our own tables behind the same port", () => {
  let adapter: CatalogueAdapter;
  beforeAll(async () => {
    const shopId = await createTestShop();
    for (const item of stock.slice(0, 12)) await writeProduct(shopId, ofStock(item));
    await writeProduct(await createTestShop(), ofStock({ ...DRESS, name: "Linen of another shop" }));
    adapter = await openAdapter(shopId);
  });

  it("[CA100, CA101, CA102] finds, narrows, counts", async () => {
    expect((await adapter.info()).value).toMatchObject({ platform: "Vetrina", products: 12 });
    const { value } = await adapter.search(query({ words: "linen" }));
    expect(value.products.map(({ title }) => title).sort()).toEqual(["Linen dress", "Linen scarf"]);
    expect(value.total).toBe(2);
    expect((await walk(adapter, "wool", 4)).length).toBe(9);
    const narrow = await adapter.search(
      query({ words: "linen", brand: "Nordlys", maxMinor: 3_500, inStock: true }),
    );
    expect(narrow.value.products.map(({ externalId }) => externalId)).toEqual(["102"]);
  });

  it("[CA103, CA105] knows products and variants, and no customers", async () => {
    const { value } = await adapter.product("101");
    expect(value?.variants.map(({ externalId, saleMinor }) => [externalId, saleMinor])).toEqual([
      ["1011", null],
      ["1012", 5_995],
      ["1013", null],
    ]);
    for (const id of ["424242", "\u0000", ""]) expect((await adapter.product(id)).value).toBeNull();
    expect([adapter.cart, adapter.customer, adapter.orders]).toEqual([undefined, undefined, undefined]);
  });
});

function ofStock(item: StockItem) {
  return testProduct(String(item.id), {
    title: item.name,
    brand: item.brand,
    category: item.category.name,
    variants: item.variants.map((one) =>
      testVariant(String(one.id), {
        color: one.color,
        size: one.size,
        priceMinor: one.priceMinor,
        saleMinor: one.saleMinor,
        availability: one.quantity > 0 ? "in_stock" : "out_of_stock",
      }),
    ),
  });
}

function byId(id: string): StockItem {
  const found = stock.find((item) => String(item.id) === id);
  if (found === undefined) throw new Error(`no ${id} in stock`);
  return found;
}
