import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { steps } from "@/lib/ui/insights/products/words";
import { addTestVideo } from "@/tests/support/catalogue";
import { openTestDatabase } from "@/tests/support/database";
import { at, makeShop, type TestConversation, type TestShop } from "../internal/test-shop";
import type { Filters, Question } from "../question";
import { recordClaim } from "../record";
import { listProductConversations } from "./product-conversations";
import { judgeProducts, loadProducts, type ProductRow } from "./products";

describe.each(["postgres", "pglite"] as const)("products on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let ines: string;
  const products = new Map<string, string>();

  const question = (filters: Filters = {}): Question => ({
    shopId: shop.shopId,
    range: { from: at(-1), to: at(24) },
    timeZone: "Europe/Rome",
    filters,
  });
  const idOf = (name: string) => products.get(name) ?? "";
  async function rowOf(name: string, filters?: Filters): Promise<ProductRow | undefined> {
    await shop.rollUp();
    const { rows } = await loadProducts(question(filters));
    return rows.find(({ productId }) => productId === idOf(name));
  }
  const shown = (
    { conversationId }: TestConversation,
    name: string | null,
    hours: number,
    visitorId?: string,
  ) =>
    shop.fact({
      type: "item_shown",
      conversationId,
      productId: name === null ? null : idOf(name),
      itemId: `item-${name}`,
      visitorId: visitorId ?? null,
      occurredAt: at(hours),
    });
  async function says({ conversationId }: TestConversation, role: string, text: string, hours: number) {
    const db = getDb();
    const found = await db.participant.findFirst({ where: { conversationId, role } });
    const { id } =
      found ?? (await db.participant.create({ data: { conversationId, role, name: role, color: 1 } }));
    const seq = 1 + (await db.message.count({ where: { conversationId } }));
    const body = { kind: "text", text };
    const createdAt = at(hours);
    await db.message.create({
      data: { conversationId, seq, clientId: randomUUID(), participantId: id, body, createdAt },
    });
  }

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    shop = await makeShop();
    ines = await shop.agent("Ines");
    for (const name of ["dress", "hat", "scarf"]) products.set(name, await shop.product(name, [`${name}-s`]));
    await getDb().product.update({ where: { id: idOf("hat") }, data: { category: "Women > Hats" } });

    const visitorId = await shop.visitor();
    const first = await shop.conversation(visitorId, ines);
    const seen = (productId: string, hours: number, by = visitorId) =>
      shop.claim(by, { type: "product_viewed", productId, url: "https://shop.test/", title: "" }, at(hours));
    const cart = (lines: Readonly<Record<string, number>>, hours: number) =>
      shop.claim(
        visitorId,
        {
          type: "cart_changed",
          currency: "EUR",
          lines: Object.entries(lines).map(([id, quantity]) => ({ id, quantity, unitMinor: 100 })),
        },
        at(hours),
      );
    await seen("dress-s", -2);
    await seen("dress", -1);
    await seen("unheard-of", -1);
    await cart({ hat: 1 }, -0.5);
    await shown(first, "dress", 0.1, visitorId);
    await says(first, "customer", "How long is it?", 0.11);
    await says(first, "agent", "Which size do you wear?", 0.12);
    await says(first, "customer", "Small", 0.13);
    await shown(first, null, 0.2);
    await says(first, "customer", "And this, from my wardrobe?", 0.21);
    await shown(first, "hat", 0.3);
    await says(first, "customer", "No", 0.31);
    for (const hours of [0.32, 0.33])
      await shop.fact({
        type: "mark_drawn",
        data: { count: 1 },
        conversationId: first.conversationId,
        productId: idOf("hat"),
        occurredAt: at(hours),
      });
    await shop.recommend(first, ines, idOf("dress"), at(0.4));
    await recordClaim({
      type: "card_opened",
      data: { on: "panel" },
      ...first,
      ...{ shopId: shop.shopId, productId: idOf("dress"), occurredAt: at(0.45) },
    });
    // She leafs through what an agent had shown: that is no question.
    await shown(first, "hat", 0.46, visitorId);
    await cart({ hat: 1, dress: 1 }, 0.5);
    await cart({ hat: 1, dress: 1 }, 0.6);
    await shop.order(visitorId, "first", at(1), [{ id: "dress-s" }, { id: "hat", quantity: 2 }, { id: "?" }]);

    // The same person at her telephone, where nobody but the shop's server knows her.
    const person = await getDb().person.create({ data: { shopId: shop.shopId, externalId: "c1" } });
    const [desktop, phone] = [await shop.visitor(), await shop.visitor()];
    await getDb().visitor.updateMany({
      where: { id: { in: [desktop, phone] } },
      data: { personId: person.id },
    });
    const second = await shop.conversation(desktop, await shop.agent("Jo"), at(2), at(3));
    await shown(second, "scarf", 2.1);
    await seen("scarf", 2.5, phone);
    await shop.order(phone, "second", at(4), [{ id: "scarf" }], "CHF");
    await getDb().orderLine.updateMany({
      where: { order: { shopId: shop.shopId, externalId: "first" }, productId: idOf("hat") },
      data: { refundedQuantity: 1, refundedMinor: 9_999_999 },
    });

    const other = await makeShop();
    await other.product("dress");
    await other.conversation(await other.visitor(), await other.agent("Eve"));
    await shop.rollUp();
  }, 60_000);
  afterAll(() => database.close());

  it("[IN150] counts conversations, however often something happened in one", async () => {
    expect(await rowOf("dress")).toMatchObject({
      title: "Product dress",
      seen: 1,
      shown: 1,
      drawn: 0,
      recommended: 1,
      opened: 1,
      carted: 1,
      bought: 1,
      returned: 0,
      boughtOfShown: 1,
    });
    expect(await rowOf("hat")).toMatchObject({ seen: 0, shown: 1, drawn: 1, recommended: 0, opened: 0 });
    expect((await loadProducts(question())).rows).toHaveLength(3);
  });

  it("[IN151] what lay in the cart before is not put there, and what came back in part is bought and returned", async () => {
    expect(await rowOf("hat")).toMatchObject({ carted: 0, bought: 1, returned: 1 });
  });

  it("[IN151] an order that was cancelled is returned and not bought", async () => {
    await getDb().order.updateMany({
      where: { shopId: shop.shopId, externalId: "first" },
      data: { status: "cancelled" },
    });
    expect(await rowOf("dress")).toMatchObject({ bought: 0, returned: 1, boughtOfShown: 0 });
    await getDb().order.updateMany({
      where: { shopId: shop.shopId, externalId: "first" },
      data: { status: "placed" },
    });
  });

  it("[IN152] one person's browsers are hers: what she saw and bought at the other one counts", async () => {
    expect(await rowOf("scarf")).toMatchObject({ seen: 1, shown: 1, bought: 1 });
  });

  it("[IN153] her messages while a product is shown are counted, those that ask apart; the agent's are not", async () => {
    expect(await rowOf("dress")).toMatchObject({ asked: 1, discussed: 1, messages: 2, questions: 1 });
    expect(await rowOf("hat")).toMatchObject({ asked: 0, discussed: 1, messages: 1, questions: 0 });
    expect(JSON.stringify(await loadProducts(question()))).not.toContain("How long");
  });

  it("[IN150] filters choose conversations, and those of products also the rows", async () => {
    expect(await rowOf("dress", { memberId: ines })).toBeDefined();
    expect(await rowOf("scarf", { memberId: ines })).toBeUndefined();
    const hats = await loadProducts(question({ category: "Women" }));
    expect(hats.rows.map(({ productId }) => productId)).toEqual([idOf("hat")]);
  });

  it("[IN241] each step opens as many conversations as it counts, all of which came to it", async () => {
    await shop.rollUp();
    const { rows } = await loadProducts(question());
    for (const row of rows) {
      for (const step of steps) {
        const of = { productId: row.productId, marked: null, step, limit: 9, offset: 0 };
        const behind = await listProductConversations(question(), of);
        expect([behind.total, behind.rows.filter((one) => one[step]).length]).toEqual([row[step], row[step]]);
      }
    }
    const all = { productId: idOf("hat"), marked: null, step: null, limit: 9, offset: 0 };
    expect((await listProductConversations(question(), all)).total).toBe(1);
  });

  it("[CA157] a product's video does not stand for it", async () => {
    await addTestVideo(shop.shopId, idOf("hat"));
    expect(await rowOf("hat")).toMatchObject({ pictureId: null, pictureSizes: [] });
  });

  it("[IN150] a product of another shop is never counted", async () => {
    const { rows } = await loadProducts({ ...question(), shopId: (await makeShop()).shopId });
    expect(rows).toEqual([]);
  });
});

describe("what a product is judged by", () => {
  const product = (productId: string, shownTimes: number, boughtOfShown: number) => ({
    productId,
    title: productId,
    pictureId: null,
    pictureSizes: [],
    seen: 0,
    shown: shownTimes,
    drawn: 0,
    recommended: 0,
    opened: 0,
    carted: 0,
    bought: boughtOfShown,
    returned: 0,
    boughtOfShown,
    asked: 0,
    discussed: 0,
    messages: 0,
    questions: 0,
  });
  const verdicts = (rows: Parameters<typeof judgeProducts>[0]) =>
    judgeProducts(rows).rows.map(({ verdict }) => verdict);

  it("[IN154] three showings are no verdict, three hundred are", () => {
    const usual = product("usual", 1_000, 300);
    expect(verdicts([usual, product("few", 3, 0)])[1]).toBe("unclear");
    expect(verdicts([usual, product("many", 300, 30)])[1]).toBe("less");
    expect(verdicts([usual, product("loved", 200, 120)])[1]).toBe("more");
  });

  it("[IN154] of a thousand products that sell alike hardly one is called better or worse", () => {
    // Binomial counts of 60 showings at 30 %, spread as chance spreads them: one of each thousandth.
    const rows = Array.from({ length: 1_000 }, (_, index) =>
      product(`p${index}`, 60, binomialQuantile(60, 0.3, (index + 0.5) / 1_000)),
    );
    expect(verdicts(rows).filter((verdict) => verdict !== "unclear")).toEqual([]);
  });

  it("[IN154] without showings there is nothing to judge", () => {
    expect(judgeProducts([product("new", 0, 0)])).toMatchObject({
      soldOfShown: null,
      rows: [{ verdict: "unclear", sold: null }],
    });
  });

  it("[IN179] of fewer than five showings no rate is told, nor of all products with fewer", () => {
    const [few, enough] = judgeProducts([product("few", 4, 4), product("enough", 5, 1)]).rows;
    expect(few).toMatchObject({ sold: null, verdict: "unclear" });
    expect(enough?.sold?.value).toBe(0.2);
    expect(judgeProducts([product("few", 4, 4)]).soldOfShown).toBeNull();
  });
});

function binomialQuantile(trials: number, rate: number, share: number): number {
  let term = (1 - rate) ** trials;
  let sum = term;
  let count = 0;
  while (sum < share && count < trials) {
    term *= ((trials - count) / (count + 1)) * (rate / (1 - rate));
    count++;
    sum += term;
  }
  return count;
}
