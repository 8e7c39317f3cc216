import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { openTestDatabase } from "@/tests/support/database";
import { at, makeShop, type TestConversation, type TestShop } from "../internal/test-shop";
import { recordReport } from "../orders/record-report";
import { readOwn } from "../orders/shapes/own";
import type { Filters } from "../question";
import { recordClaim } from "../record";
import { loadFunnel } from "./funnel";
import { loadFunnelRows } from "./funnel-rows";

const DAY = 24;

describe.each(["postgres", "pglite"] as const)("the funnel on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let ines: string;
  let products: readonly string[];
  let talk: TestConversation;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    shop = await makeShop();
    ines = await shop.agent("Ines");
    products = [await shop.product("p0"), await shop.product("p1"), await shop.product("p2")];
    talk = await shop.conversation(await shop.visitor(), ines);
  });

  const question = (filters: Filters = {}) => ({
    shopId: shop.shopId,
    range: { from: at(-DAY), to: at(DAY) },
    timeZone: "UTC",
    filters,
  });
  const counts = async (filters: Filters = {}) => {
    await shop.rollUp();
    const { steps } = await loadFunnel(question(filters));
    return steps.map(({ count, through }) => `${count}/${through}`).join(" ");
  };
  const happen = (type: "item_shown" | "mark_drawn" | "product_recommended", product: number, in_ = talk) =>
    shop.fact({
      ...(type === "mark_drawn" ? { type, data: { count: 1 } } : { type }),
      conversationId: in_.conversationId,
      memberId: ines,
      productId: products[product] ?? "",
      occurredAt: at(1.2),
    });
  const cart = (hours: number, ...ids: readonly string[]) =>
    shop.claim(
      talk.visitorId,
      { type: "cart_changed", currency: "EUR", lines: ids.map((id) => ({ id, quantity: 1, unitMinor: 1 })) },
      at(hours),
    );

  it("[AT30] counts products of conversations by step, and how many came through the step before", async () => {
    expect(await counts()).toBe("0/0 0/0 0/0 0/0 0/0 0/0 0/0");
    for (const product of [0, 1, 2]) await happen("item_shown", product);
    await happen("item_shown", 0);
    await happen("mark_drawn", 0);
    await happen("product_recommended", 0);
    await happen("product_recommended", 1);
    const other = await shop.conversation(await shop.visitor(), ines);
    await happen("product_recommended", 2, other);
    expect(await counts()).toBe("3/3 1/1 3/1 0/0 0/0 0/0 0/0");
    expect(await counts({ productId: products[2] ?? "" })).toBe("1/1 0/0 1/0 0/0 0/0 0/0 0/0");
    // Begun outside the range.
    await getDb().conversation.update({ where: { id: other.conversationId }, data: { createdAt: at(99) } });
    expect(await counts()).toBe("3/3 1/1 2/1 0/0 0/0 0/0 0/0");
  });

  it("[AT31] in the cart is what was put there afterwards, or was proposed and put in", async () => {
    for (const product of [0, 1, 2]) await happen("item_shown", product);
    await cart(0.1, "p0");
    expect(await counts()).toBe("3/3 0/0 0/0 0/0 0/0 0/0 0/0");
    await cart(2, "p0");
    expect(await counts()).toBe("3/3 0/0 0/0 0/0 0/0 0/0 0/0");
    await cart(3, "p0", "p1");
    expect(await counts()).toBe("3/3 0/0 0/0 0/0 1/0 0/0 0/0");
    await getDb().basketLine.create({
      data: {
        conversationId: talk.conversationId,
        shopId: shop.shopId,
        productId: products[2] ?? "",
        externalId: "p2",
        title: "",
        label: "",
        url: "",
        currency: "EUR",
        unitMinor: 1,
        quantity: 1,
        state: "in_cart",
        proposedBy: "somebody",
      },
    });
    expect(await counts()).toBe("3/3 0/0 0/0 0/0 2/0 0/0 0/0");
  });

  it("[AT35] opened is the card of what was recommended there before, once however often and whichever way", async () => {
    const other = await shop.conversation(await shop.visitor(), ines);
    const open = (product: number, hours: number, on: "panel" | "page" = "page", in_ = talk) =>
      recordClaim({
        type: "card_opened",
        data: { on },
        ...in_,
        ...{ shopId: shop.shopId, productId: products[product] ?? "", occurredAt: at(hours) },
      });
    for (const product of [0, 1]) await happen("product_recommended", product);
    await happen("item_shown", 2);
    await open(0, 1.3);
    await open(0, 1.4, "panel");
    // Before it was recommended, elsewhere, and what was only shown.
    await open(1, 1.1);
    await open(1, 1.3, "page", other);
    await open(2, 1.3);
    expect(await counts()).toBe("1/1 0/0 2/0 1/1 0/0 0/0 0/0");
    await cart(2, "p0", "p1");
    expect(await counts()).toBe("1/1 0/0 2/0 1/1 2/1 0/0 0/0");
    const { rows } = await loadFunnelRows(question(), "opened", { limit: 9, offset: 0 });
    expect(rows.map(({ productId }) => productId)).toEqual([products[0]]);
  });

  it("[AT32] [AT33] an order counts where the rule credits it, and kept is what was not given back", async () => {
    const later = await shop.conversation(talk.visitorId, ines, at(1));
    for (const in_ of [talk, later]) {
      await happen("item_shown", 0, in_);
      await happen("product_recommended", 0, in_);
    }
    await happen("item_shown", 1);
    await shop.order(talk.visitorId, "o", at(3), [
      { id: "p0", quantity: 2, unitMinor: 500 },
      { id: "p1", unitMinor: 70 },
      { id: "p2", unitMinor: 9 },
    ]);
    // By the last recommendation one of the two conversations has it; what was only shown counts, too; what was not, does not.
    expect(await counts()).toBe("3/3 0/0 2/0 0/0 0/0 2/0 2/2");
    expect(await loadFunnel(question())).toMatchObject({
      returned: 0,
      ordered: [{ currency: "EUR", minor: 1_070, claimed: 1_070 }],
      kept: [{ currency: "EUR", minor: 1_070, claimed: 1_070 }],
    });
    await shop.attribute({ model: "linear" });
    expect(await counts()).toBe("3/3 0/0 2/0 0/0 0/0 3/0 3/3");
    await recordReport(
      { shopId: shop.shopId, source: "api", receivedAt: at(99) },
      readOwn({
        changes: [
          {
            id: "1",
            orderId: "o",
            kind: "refund",
            at: at(9).toISOString(),
            lines: [{ id: "p0", quantity: 1 }],
          },
          {
            id: "2",
            orderId: "o",
            kind: "refund",
            at: at(9).toISOString(),
            lines: [{ id: "p1", quantity: 1 }],
          },
        ],
      }),
    );
    expect(await counts()).toBe("3/3 0/0 2/0 0/0 0/0 3/0 2/2");
    // Both parts of the line of which one piece came back, and the other line.
    expect(await loadFunnel(question())).toMatchObject({
      returned: 3,
      ordered: [{ minor: 1_070, claimed: 1_070 }],
      kept: [{ minor: 500, claimed: 500 }],
    });
    const back = await loadFunnelRows(question(), "returned", { limit: 50, offset: 0 });
    expect([back.total, back.rows.filter((row) => row.returned && row.kept).length]).toEqual([3, 2]);
    await getDb().order.updateMany({ where: { shopId: shop.shopId }, data: { confirmedAt: at(9) } });
    await shop.rollUp();
    expect(await loadFunnel(question())).toMatchObject({
      ordered: [{ minor: 1_070, claimed: 0 }],
      kept: [{ minor: 500, claimed: 0 }],
    });
  });

  it("[AT34] every step opens as many rows as it counts", async () => {
    const other = await shop.conversation(await shop.visitor(), ines);
    for (const product of [0, 1, 2]) await happen("item_shown", product);
    await happen("mark_drawn", 1);
    await happen("product_recommended", 1, other);
    await shop.order(talk.visitorId, "o", at(3), [{ id: "p1", unitMinor: 70 }]);
    await shop.rollUp();
    for (const { step, count } of (await loadFunnel(question())).steps) {
      const all = await loadFunnelRows(question(), step, { limit: 50, offset: 0 });
      expect([all.rows.length, all.total]).toEqual([count, count]);
      expect(all.rows.every((row) => row[step])).toBe(true);
    }
    const kept = await loadFunnelRows(question(), "kept", { limit: 50, offset: 0 });
    expect(kept.rows).toMatchObject([
      {
        conversationId: talk.conversationId,
        productId: products[1],
        title: "Product p1",
        customer: "Guest 1",
        agent: "Ines",
        startedAt: at(0).getTime(),
        left: [{ currency: "EUR", minor: 70, claimed: 70 }],
      },
    ]);
    const second = await loadFunnelRows(question(), "shown", { limit: 1, offset: 1 });
    expect([second.rows.length, second.total]).toEqual([1, 3]);
  });
});
