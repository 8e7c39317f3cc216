import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { defaultAttributionRule } from "@/lib/protocol/attribution";
import { openTestDatabase } from "@/tests/support/database";
import { at, makeShop, type TestConversation, type TestShop } from "../internal/test-shop";
import { say } from "../internal/test-talk";
import { loadInfluence } from "./influence";

const WINDOW_HOURS = 24 * defaultAttributionRule.days;

describe.each(["postgres", "pglite"] as const)("lines credited to recommendations, on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let ines: string;
  let otto: string;
  let dress: string;
  let conversation: TestConversation;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    shop = await makeShop();
    [ines, otto] = [await shop.agent("Ines"), await shop.agent("Otto")];
    dress = await shop.product("dress", ["dress-s", "dress-m"]);
    conversation = await shop.conversation(await shop.visitor(), ines);
    await shop.recommend(conversation, ines, dress, at(0));
  });

  /** What recommendations earned from one hour until another, of one agent or of all. */
  async function recommended(filters: { memberId?: string } = {}, from = -24, to = 2 * WINDOW_HOURS) {
    await shop.rollUp();
    const range = { from: at(from), to: at(to) };
    const { kinds } = await loadInfluence({ shopId: shop.shopId, range, timeZone: "UTC", filters });
    return kinds.filter((row) => row.kind === "recommended");
  }

  it("[AT1] counts a purchase at the window's last millisecond and none after it", async () => {
    const tooLate = new Date(at(WINDOW_HOURS).getTime() + 1);
    await shop.order(conversation.visitorId, "late", tooLate, [{ id: "dress-s" }]);
    expect(await recommended()).toEqual([]);
    await shop.order(conversation.visitorId, "edge", at(WINDOW_HOURS), [{ id: "dress-s" }]);
    expect(await recommended()).toMatchObject([{ lines: 1, currency: "EUR", gained: 1_000 }]);
  });

  it("[AT2] any variant counts for the product, with its whole quantity", async () => {
    await shop.order(conversation.visitorId, "o", at(1), [
      { id: "dress-m", quantity: 3, unitMinor: 1_999 },
      { id: "dress-s", quantity: 1, unitMinor: 2_500 },
      { id: "something-else", unitMinor: 99_999 },
    ]);
    expect(await recommended()).toMatchObject([{ lines: 2, pieces: 4, gained: 3 * 1_999 + 2_500 }]);
  });

  it("[AT3] of two agents the last one before the order gets the line, the other nothing", async () => {
    await shop.recommend(await shop.conversation(conversation.visitorId, otto), otto, dress, at(2));
    await shop.order(conversation.visitorId, "o", at(3), [{ id: "dress-s" }]);
    await shop.recommend(conversation, ines, dress, at(4));
    expect(await recommended({ memberId: ines })).toEqual([]);
    expect(await recommended({ memberId: otto })).toMatchObject([{ lines: 1, gained: 1_000 }]);
  });

  it("[AT4] repeats in one conversation are one recommendation; another conversation is another", async () => {
    await shop.attribute({ model: "linear" });
    for (const hours of [0.2, 0.4]) await shop.recommend(conversation, ines, dress, at(hours));
    await shop.recommend(await shop.conversation(conversation.visitorId, otto), otto, dress, at(1));
    await shop.order(conversation.visitorId, "o", at(2), [{ id: "dress-s" }]);
    expect(await recommended({ memberId: ines })).toMatchObject([{ gained: 500 }]);
    expect(await recommended({ memberId: otto })).toMatchObject([{ gained: 500 }]);
  });

  it("[AT5] the range selects when money moved, not when it was recommended", async () => {
    await shop.order(conversation.visitorId, "o", at(100), [{ id: "dress-s" }]);
    expect(await recommended({}, -24, 24)).toEqual([]);
    expect(await recommended({}, 96, 120)).toMatchObject([{ gained: 1_000 }]);
    await shop.recommend(await shop.conversation(conversation.visitorId, otto), otto, dress, at(50));
    expect(await recommended({ memberId: ines }, 96, 120)).toEqual([]);
  });

  it("[AT6] two currencies are never added", async () => {
    await shop.order(conversation.visitorId, "e", at(1), [{ id: "dress-s", unitMinor: 500 }], "EUR");
    await shop.order(conversation.visitorId, "j", at(2), [{ id: "dress-s", unitMinor: 80_000 }], "JPY");
    expect(await recommended()).toMatchObject([
      { currency: "EUR", gained: 500 },
      { currency: "JPY", gained: 80_000 },
    ]);
  });

  it("[AT7] no lines, unknown products, strangers and orders before count nothing", async () => {
    await shop.order(conversation.visitorId, "empty", at(1), []);
    await shop.order(conversation.visitorId, "unknown", at(1), [{ id: "no-such-thing" }]);
    await shop.order(conversation.visitorId, "before", at(-1), [{ id: "dress-s" }]);
    await shop.order(await shop.visitor(), "stranger", at(1), [{ id: "dress-s" }]);
    expect(await recommended()).toEqual([]);
  });

  it("[AT18] who leaves stays whom it is credited to, also when everything is counted anew", async () => {
    await shop.attribute({ model: "linear" });
    const scarf = await shop.product("scarf");
    const { conversationId, visitorId } = conversation;
    const other = await shop.conversation(visitorId, otto);
    await shop.fact({ type: "conversation_accepted", conversationId, memberId: ines, occurredAt: at(0) });
    await say(conversation, "agent", at(0.1));
    // The customer herself, her agent, and somebody else elsewhere: of two people, each a half.
    for (const [where, memberId, hours] of [
      [conversationId, null, 0.2],
      [conversationId, ines, 0.3],
      [other.conversationId, otto, 0.4],
    ] as const) {
      const fact = { type: "item_shown", productId: scarf, occurredAt: at(hours) } as const;
      await shop.fact({ ...fact, conversationId: where, memberId });
    }
    const lines = ["dress-s", "scarf", "no-such-thing"].map((id) => ({ id }));
    await shop.order(visitorId, "o", at(2), lines);
    await shop.rollUp();
    const credits = async () => {
      const rows = await getDb().credit.findMany({ where: { shopId: shop.shopId } });
      return rows
        .map((row) => `${row.externalId} ${row.kind} ${row.memberId === ines ? "Ines" : "Otto"} ${row.minor}`)
        .sort();
    };
    const before = await credits();
    expect(before).toEqual([
      "dress-s recommended Ines 1000",
      "no-such-thing talked Ines 1000",
      "scarf shown Ines 500",
      "scarf shown Otto 500",
    ]);
    await getDb().member.delete({ where: { id: ines } });
    expect(await credits()).toEqual(before);
    await shop.rollUp();
    expect(await credits()).toEqual(before);
  });

  it("[IN11] an order reported twice is counted once", async () => {
    for (let i = 0; i < 3; i++) await shop.order(conversation.visitorId, "same", at(1), [{ id: "dress-s" }]);
    expect(await recommended()).toMatchObject([{ lines: 1, pieces: 1, gained: 1_000 }]);
  });

  it("[IN25] another shop's figures stay its own", async () => {
    await shop.order(conversation.visitorId, "o", at(1), [{ id: "dress-s" }]);
    shop = await makeShop();
    expect(await recommended()).toEqual([]);
  });
});
