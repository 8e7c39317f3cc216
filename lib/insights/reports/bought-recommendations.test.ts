import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { defaultAttributionRule } from "@/lib/protocol/attribution";
import { openTestDatabase } from "@/tests/support/database";
import { at, makeShop, type TestConversation, type TestShop } from "../internal/test-shop";
import { loadBoughtRecommendations } from "./bought-recommendations";
import { loadSummary } from "./summary";

const WINDOW_HOURS = 24 * defaultAttributionRule.days;

describe.each(["postgres", "pglite"] as const)("bought recommendations on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let ines: string;
  let otto: string;
  let dress: string;
  let conversation: TestConversation;
  const range = { from: at(-1), to: at(24) };

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    shop = await makeShop();
    [ines, otto] = [await shop.agent("Ines"), await shop.agent("Otto")];
    dress = await shop.product("dress", ["dress-s", "dress-m"]);
    conversation = await shop.conversation(await shop.visitor(), ines);
  });

  const load = (over = range) => loadBoughtRecommendations({ shopId: shop.shopId, range: over });
  const agent = async (name: string) => (await load()).byAgent.find((row) => row.name === name);

  it("[AT1] counts a purchase at the window's last millisecond and none after it", async () => {
    await shop.recommend(conversation, ines, dress, at(0));
    await shop.order(conversation.visitorId, "late", new Date(at(WINDOW_HOURS).getTime() + 1), [
      { id: "dress-s" },
    ]);
    expect(await agent("Ines")).toMatchObject({ recommended: 1, bought: 0, revenue: [] });
    await shop.order(conversation.visitorId, "edge", at(WINDOW_HOURS), [{ id: "dress-s" }]);
    expect(await agent("Ines")).toMatchObject({ bought: 1, revenue: [{ currency: "EUR", minor: 1_000 }] });
  });

  it("[AT2] any variant counts for the product, with its whole quantity", async () => {
    await shop.recommend(conversation, ines, dress, at(0));
    await shop.order(conversation.visitorId, "o", at(1), [
      { id: "dress-m", quantity: 3, unitMinor: 1_999 },
      { id: "dress-s", quantity: 1, unitMinor: 2_500 },
      { id: "something-else", unitMinor: 99_999 },
    ]);
    expect((await load()).byProduct).toEqual([
      {
        grouping: "product",
        id: dress,
        name: "Product dress",
        recommended: 1,
        bought: 1,
        pieces: 4,
        revenue: [{ currency: "EUR", minor: 3 * 1_999 + 2_500 }],
      },
    ]);
  });

  it("[AT3] of two agents the last one before the order gets the line, the other nothing", async () => {
    const second = await shop.conversation(conversation.visitorId, otto);
    await shop.recommend(conversation, ines, dress, at(0));
    await shop.recommend(second, otto, dress, at(2));
    await shop.order(conversation.visitorId, "o", at(3), [{ id: "dress-s" }]);
    await shop.recommend(conversation, ines, dress, at(4));
    expect(await agent("Ines")).toMatchObject({ recommended: 1, bought: 0, revenue: [] });
    expect(await agent("Otto")).toMatchObject({ recommended: 1, bought: 1, revenue: [{ minor: 1_000 }] });
  });

  it("[AT4] repeats in one conversation are one recommendation; another conversation is another", async () => {
    for (const hours of [0, 0.2, 0.4]) await shop.recommend(conversation, ines, dress, at(hours));
    await shop.recommend(await shop.conversation(conversation.visitorId, ines), ines, dress, at(5));
    await shop.order(conversation.visitorId, "o", at(1), [{ id: "dress-s" }]);
    expect(await agent("Ines")).toMatchObject({ recommended: 2, bought: 1 });
  });

  it("[AT5] the range selects recommendations, not orders; a later recommendation still takes its own lines", async () => {
    await shop.recommend(conversation, ines, dress, at(0));
    await shop.order(conversation.visitorId, "after-range", at(100), [{ id: "dress-s" }]);
    expect(await agent("Ines")).toMatchObject({ recommended: 1, bought: 1 });
    await shop.recommend(await shop.conversation(conversation.visitorId, otto), otto, dress, at(50));
    expect(await agent("Ines")).toMatchObject({ recommended: 1, bought: 0 });
    expect(await agent("Otto")).toBeUndefined();
    expect((await load({ from: at(1), to: at(24) })).byAgent).toEqual([]);
  });

  it("[AT6] two currencies are never added", async () => {
    await shop.recommend(conversation, ines, dress, at(0));
    await shop.order(conversation.visitorId, "e", at(1), [{ id: "dress-s", unitMinor: 500 }], "EUR");
    await shop.order(conversation.visitorId, "j", at(2), [{ id: "dress-s", unitMinor: 80_000 }], "JPY");
    const revenue = [
      { currency: "EUR", minor: 500 },
      { currency: "JPY", minor: 80_000 },
    ];
    expect(await agent("Ines")).toMatchObject({ bought: 1, pieces: 2, revenue });
    expect(await loadSummary({ shopId: shop.shopId, range })).toMatchObject({
      recommended: 1,
      bought: 1,
      revenue,
    });
  });

  it("[AT7] no lines, unknown products, strangers and orders before count nothing", async () => {
    await shop.recommend(conversation, ines, dress, at(0));
    await shop.order(conversation.visitorId, "empty", at(1), []);
    await shop.order(conversation.visitorId, "unknown", at(1), [{ id: "no-such-thing" }]);
    await shop.order(conversation.visitorId, "before", at(-1), [{ id: "dress-s" }]);
    await shop.order(await shop.visitor(), "stranger", at(1), [{ id: "dress-s" }]);
    expect(await agent("Ines")).toMatchObject({ recommended: 1, bought: 0, pieces: 0, revenue: [] });
  });

  it("[IN11] an order reported twice is counted once", async () => {
    await shop.recommend(conversation, ines, dress, at(0));
    for (let i = 0; i < 3; i++) await shop.order(conversation.visitorId, "same", at(1), [{ id: "dress-s" }]);
    expect(await agent("Ines")).toMatchObject({ bought: 1, pieces: 1, revenue: [{ minor: 1_000 }] });
  });

  it("[IN25] another shop's figures stay its own", async () => {
    await shop.recommend(conversation, ines, dress, at(0));
    const stranger = await makeShop();
    expect(await loadBoughtRecommendations({ shopId: stranger.shopId, range })).toEqual({
      byAgent: [],
      byProduct: [],
    });
    expect(await loadSummary({ shopId: stranger.shopId, range })).toEqual({
      conversations: 0,
      shown: 0,
      recommended: 0,
      bought: 0,
      revenue: [],
      claimed: [],
    });
  });
});
