import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { productIdSchema, visitorIdSchema } from "@/lib/protocol/ids";
import { openTestDatabase } from "@/tests/support/database";
import { chanceOf, liftOf } from "../internal/chance";
import { at, makeShop, type TestShop } from "../internal/test-shop";
import type { Filters, Question } from "../question";
import { listPairCases } from "./pair-cases";
import { loadPairs, type Pair, pairKinds } from "./pairs";

const asId = (id: string) => productIdSchema.parse(id);

describe.each(["postgres", "pglite"] as const)("pairs on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let ines: string;
  const products = new Map<string, string>();
  const idOf = (name: string) => products.get(name) ?? "";
  const nameOf = (id: string) => [...products].find(([, known]) => known === id)?.[0];
  const names = ({ first, second }: Pair) =>
    [nameOf(first.productId), nameOf(second.productId)].sort().join("+");

  const question = (filters: Filters = {}): Question => ({
    shopId: shop.shopId,
    range: { from: at(-1), to: at(48) },
    timeZone: "Europe/Rome",
    filters,
  });
  const findPair = async (which: "together" | "ledTo", name: string, filters?: Filters) =>
    (await loadPairs(question(filters)))[which].find((pair) => names(pair) === name);
  let orders = 0;
  const buys = async (ids: readonly string[], by?: Parameters<TestShop["order"]>[0]) =>
    shop.order(
      by ?? (await shop.visitor()),
      `order-${orders++}`,
      at(10),
      ids.map((id) => ({ id })),
    );

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    shop = await makeShop();
    ines = await shop.agent("Ines");
    for (const name of ["bag", "belt", "coat", "hat", "scarf", "shoe"])
      products.set(name, await shop.product(name, [`${name}-m`]));

    // Belt and shoe go together; bag and hat meet as often as chance has it; one buyer loves coat and scarf.
    for (let index = 0; index < 12; index++) await buys(["belt", "shoe-m", "shoe"]);
    for (let index = 0; index < 6; index++) await buys(["bag", "hat"]);
    for (let index = 0; index < 18; index++) await buys(["bag"]);
    for (let index = 0; index < 18; index++) await buys(["hat"]);
    for (let index = 0; index < 30; index++) await buys(["unheard-of", index % 2 ? "scarf" : "coat"]);
    const fond = await shop.visitor();
    for (let index = 0; index < 9; index++) await buys(["coat", "scarf"], fond);

    // Who saw the bag buys the recommended coat; who saw the hat does as everybody.
    for (let index = 0; index < 40; index++) {
      const visitorId = await shop.visitor();
      const conversation = await shop.conversation(visitorId, ines, at(20), at(21));
      const sawBag = index < 12;
      const saw = sawBag ? "bag" : index < 26 ? "hat" : "scarf-m";
      await shop.claim(
        visitorId,
        { type: "product_viewed", productId: saw, url: "https://shop.test/", title: "" },
        at(19),
      );
      await shop.recommend(conversation, ines, idOf("coat"), at(20.5));
      // Looked at after the advice: not what the advice was built on.
      await shop.claim(
        visitorId,
        { type: "product_viewed", productId: "shoe", url: "https://shop.test/", title: "" },
        at(20.7),
      );
      if (sawBag || index % 5 === 0)
        await shop.order(visitorId, `advised-${index}`, at(22), [{ id: "coat-m" }]);
    }
    const other = await makeShop();
    await other.product("belt");
    await other.product("shoe");
    for (let index = 0; index < 6; index++)
      await other.order(await other.visitor(), `o${index}`, at(10), [{ id: "belt" }, { id: "shoe" }]);
    await shop.rollUp();
  }, 120_000);
  afterAll(() => database.close());

  it("[IN155] what is in one order more often than chance is claimed, with lift and support", async () => {
    const pair = await findPair("together", "belt+shoe");
    const placed = await getDb().order.count({
      where: { shopId: shop.shopId, lines: { some: { productId: { not: null } } } },
    });
    expect(pair).toMatchObject({ support: 12, withFirst: 12, claimed: true, lift: placed / 12 });
    expect((await loadPairs(question())).together.filter(({ claimed }) => claimed)).toEqual([pair]);
  });

  it("[IN156] what meets by chance is shown and not claimed", async () => {
    expect(await findPair("together", "bag+hat")).toMatchObject({ support: 6, claimed: false });
  });

  it("[IN156] one buyer, however often she comes, is an anecdote", async () => {
    const pair = await findPair("together", "coat+scarf");
    expect(pair).toMatchObject({ support: 9, claimed: false });
  });

  it("[IN155] cancelled orders and pieces that came back are in no pair", async () => {
    const where = { shopId: shop.shopId, lines: { some: { productId: idOf("belt") } } };
    await getDb().order.updateMany({ where, data: { status: "cancelled" } });
    expect(await findPair("together", "belt+shoe")).toBeUndefined();
    await getDb().order.updateMany({ where, data: { status: "placed" } });
  });

  it("[IN157] advice that works on who saw something else is claimed; what works on all alike is not", async () => {
    const { ledTo } = await loadPairs(question());
    expect(ledTo.filter(({ claimed }) => claimed).map(names)).toEqual(["bag+coat"]);
    expect(ledTo[0]).toMatchObject({ support: 12, withFirst: 12, rate: { value: 1 } });
    expect(ledTo.some((pair) => names(pair) === "coat+shoe")).toBe(false);
  });

  it("[IN243] every pair opens as many cases as it counts, whatever is asked", async () => {
    const page = { offset: 0, limit: 100 };
    let opened = 0;
    for (const filters of [
      {},
      { memberId: ines },
      { productId: idOf("belt") },
      { productId: idOf("coat") },
    ]) {
      const pairs = await loadPairs(question(filters));
      for (const pairKind of pairKinds)
        for (const { first, second, support, withFirst } of pairs[pairKind]) {
          const of = { kind: pairKind, firstId: asId(first.productId), secondId: asId(second.productId) };
          const both = await listPairCases(question(filters), of, "both", page);
          const all = await listPairCases(question(filters), of, "first", page);
          expect([both.total, all.total], `${first.title} ${second.title}`).toEqual([support, withFirst]);
          expect(both.rows).toEqual(all.rows.filter((row) => row.both));
          expect(all.rows).toHaveLength(withFirst);
          opened += 1;
        }
    }
    expect(opened).toBeGreaterThan(7);
  });

  it("[IN243] a case is a conversation, or an order with the last conversation before it; a shop's own", async () => {
    const page = { offset: 0, limit: 100 };
    const ledTo = { kind: "ledTo", firstId: asId(idOf("bag")), secondId: asId(idOf("coat")) } as const;
    const [advised] = (await listPairCases(question(), ledTo, "both", page)).rows;
    expect(advised).toMatchObject({ customer: "Guest 1", agent: "Ines", orderId: "", at: at(20).getTime() });
    const together = { kind: "together", firstId: asId(idOf("belt")), secondId: asId(idOf("shoe")) } as const;
    const alone = (await listPairCases(question(), together, "both", page)).rows;
    expect(alone.every(({ conversationId, agent }) => conversationId === "" && agent === "")).toBe(true);
    expect(alone[0]?.orderId).toMatch(/^order-/);

    const [order] = await getDb().order.findMany({
      where: { shopId: shop.shopId, externalId: alone[0]?.orderId ?? "" },
    });
    const talk = await shop.conversation(visitorIdSchema.parse(order?.visitorId), ines, at(9), at(9.5));
    await shop.rollUp();
    const after = (await listPairCases(question(), together, "both", page)).rows;
    expect(after.find(({ orderId }) => orderId === alone[0]?.orderId)).toMatchObject({
      ...{ conversationId: talk.conversationId, agent: "Ines", both: true },
    });

    const stranger = await makeShop();
    for (const of of [ledTo, together]) {
      const asked = { ...question(), shopId: stranger.shopId };
      expect((await listPairCases(asked, of, "first", page)).rows).toEqual([]);
    }
  });

  it("[IN182] of more pairs than are wanted the most frequent are told", async () => {
    const all = await loadPairs(question());
    const [most] = (await loadPairs(question(), 1)).together;
    expect(all.together.length).toBeGreaterThan(1);
    expect(most && names(most)).toBe("belt+shoe");
    expect((await loadPairs(question(), 1)).together).toHaveLength(1);
  });

  it("[IN158] a filter of products keeps the pairs with one of them, one of conversations the orders after these", async () => {
    expect(await findPair("together", "belt+shoe", { productId: idOf("belt") })).toBeDefined();
    expect(await findPair("together", "bag+hat", { productId: idOf("belt") })).toBeUndefined();
    expect((await loadPairs(question({ memberId: ines }))).together).toEqual([]);
    expect(await findPair("ledTo", "bag+coat", { memberId: ines })).toMatchObject({ support: 12 });
  });
});

describe("chance", () => {
  it("[IN156] the exact test gives the published value: Fisher's lady tasting tea", () => {
    // R. A. Fisher, The Design of Experiments (1935): all four cups right 1 in 70; three or more 17 in 70.
    expect(chanceOf({ both: 4, first: 4, second: 4, of: 8 })).toBeCloseTo(1 / 70, 9);
    expect(chanceOf({ both: 3, first: 4, second: 4, of: 8 })).toBeCloseTo(17 / 70, 9);
    expect(chanceOf({ both: 0, first: 4, second: 4, of: 8 })).toBeCloseTo(1, 9);
  });

  it("[IN156] it holds for a million orders, and for what is certain", () => {
    expect(chanceOf({ both: 40, first: 2_000, second: 2_000, of: 1_000_000 })).toBeLessThan(1e-25);
    expect(chanceOf({ both: 4, first: 2_000, second: 2_000, of: 1_000_000 })).toBeCloseTo(0.5668, 2);
    expect(chanceOf({ both: 5, first: 5, second: 5, of: 5 })).toBeCloseTo(1, 9);
  });

  it("[IN155] lift is how many times as often as if neither had to do with the other", () => {
    expect(liftOf({ both: 10, first: 20, second: 50, of: 100 })).toBe(1);
    expect(liftOf({ both: 20, first: 20, second: 50, of: 100 })).toBe(2);
  });
});
