import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addTestVideo } from "@/tests/support/catalogue";
import { openTestDatabase } from "@/tests/support/database";
import { at, makeShop, type TestConversation, type TestShop } from "../internal/test-shop";
import { listConversationRows } from "./conversation-rows";
import { findJourney } from "./journey";

describe.each(["postgres", "pglite"] as const)("journeys on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let conversation: TestConversation;
  let ines: string;
  const list = ({ shopId }: TestShop, limit: number, offset: number) =>
    listConversationRows(
      { shopId, range: { from: at(-1), to: at(24) }, timeZone: "UTC", filters: {} },
      "all",
      { limit, offset },
    );

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    shop = await makeShop();
    ines = await shop.agent("Ines");
    const visitorId = await shop.visitor();
    conversation = await shop.conversation(visitorId, ines);
    const { conversationId } = conversation;
    const [dress, scarf] = [await shop.product("dress", ["dress-s"]), await shop.product("scarf")];
    const seen = (productId: string, hours: number) =>
      shop.claim(
        visitorId,
        { type: "product_viewed", productId, url: "https://shop.test/", title: "As the page says" },
        at(hours),
      );
    const cart = (ids: readonly string[], hours: number) =>
      shop.claim(
        visitorId,
        {
          type: "cart_changed",
          currency: "EUR",
          lines: ids.map((id) => ({ id, quantity: 1, unitMinor: 100 })),
        },
        at(hours),
      );

    await seen("too-early", -721);
    await seen("dress-s", -2);
    await seen("dress", -1.9);
    await seen("mystery", -1);
    await shop.fact({ type: "item_shown", conversationId, itemId: "item-photo", occurredAt: at(0.05) });
    await shop.fact({
      type: "item_shown",
      conversationId,
      memberId: ines,
      productId: dress,
      itemId: "item-dress",
      occurredAt: at(0.1),
    });
    for (const hours of [0.2, 0.21, 0.22]) {
      await shop.fact({
        type: "mark_drawn",
        data: { count: 1 },
        conversationId,
        memberId: ines,
        itemId: "item-dress",
        occurredAt: at(hours),
      });
    }
    await shop.fact({
      type: "mark_drawn",
      data: { count: 1 },
      conversationId,
      itemId: "item-photo",
      occurredAt: at(0.25),
    });
    await shop.recommend(conversation, ines, scarf, at(0.3));
    await cart(["scarf"], 0.4);
    await cart(["scarf"], 0.5);
    await cart(["scarf", "dress-s"], 0.6);
    await cart(["dress-s"], 0.7);
    await shop.order(visitorId, `${kind}-1`, at(2), [{ id: "scarf", quantity: 2, unitMinor: 1_500 }]);
    await shop.order(visitorId, `${kind}-0`, at(-3), [{ id: "dress-s" }]);
    await shop.order(visitorId, `${kind}-late`, at(1 + 721), [{ id: "dress-s" }]);
  });
  afterAll(() => database.close());

  const load = () => findJourney({ shopId: shop.shopId, conversationId: conversation.conversationId });
  const brief = async () =>
    (await load())?.steps.map(
      (step) => `${step.phase} ${step.kind} ${step.title || "photo"} x${step.quantity ?? step.times}`,
    );

  it("[IN20] [IN21] [IN22] [IN23] tells what happened, in order, before, in and after the conversation", async () => {
    expect(await brief()).toEqual([
      "before bought Product dress x1",
      "before seen Product dress x2",
      "before seen As the page says x1",
      "during shown photo x1",
      "during shown Product dress x1",
      "during drawn Product dress x3",
      "during drawn photo x1",
      "during recommended Product scarf x1",
      "during carted Product scarf x1",
      "during carted Product dress x1",
      "after bought Product scarf x2",
    ]);
  });

  it("[IN2] marks what only the page said, and names who did the rest", async () => {
    const steps = (await load())?.steps ?? [];
    const claims = steps.filter((step) => step.source === "browser").map((step) => step.kind);
    expect(new Set(claims)).toEqual(new Set(["seen", "carted", "bought"]));
    expect(steps.find((step) => step.kind === "recommended")?.who).toEqual(["Ines"]);
    expect(steps.find((step) => step.externalId === "mystery")).toMatchObject({
      productId: null,
      pictureId: null,
    });
  });

  it("[CA157] a product's video does not stand for it", async () => {
    const seen = async () => (await load())?.steps.find((step) => step.title === "Product dress");
    await addTestVideo(shop.shopId, (await seen())?.productId ?? "");
    expect(await seen()).toMatchObject({ pictureId: null });
  });

  it("[IN24] the list counts different products, photos excluded, and money from the beginning on", async () => {
    const { rows, total } = await list(shop, 10, 0);
    expect(total).toBe(1);
    expect(rows).toMatchObject([
      {
        customer: "Guest 1",
        agent: "Ines",
        seen: 2,
        shown: 1,
        drawn: 1,
        recommended: 1,
        carted: 2,
        bought: 1,
      },
    ]);
    expect(rows[0]?.value).toEqual([{ currency: "EUR", minor: 3_000, claimed: 3_000 }]);
    expect(rows[0]).toMatchObject({ startedAt: at(0).getTime(), endedAt: at(1).getTime() });
  });

  it("[IN25] another shop finds nothing", async () => {
    const stranger = await makeShop();
    expect(
      await findJourney({ shopId: stranger.shopId, conversationId: conversation.conversationId }),
    ).toBeNull();
    expect(await list(stranger, 10, 0)).toEqual({ rows: [], total: 0 });
  });

  it("pages through the list, newest first", async () => {
    const busy = await makeShop();
    const visitorId = await busy.visitor();
    const agent = await busy.agent("Otto");
    const made = [];
    for (let i = 0; i < 5; i++) made.push((await busy.conversation(visitorId, agent, at(i))).conversationId);
    const page = (offset: number) => list(busy, 2, offset);
    const ids = [...(await page(0)).rows, ...(await page(2)).rows, ...(await page(4)).rows].map(
      (row) => row.conversationId,
    );
    expect(ids).toEqual(made.reverse());
    expect((await page(2)).total).toBe(5);
  });
});
