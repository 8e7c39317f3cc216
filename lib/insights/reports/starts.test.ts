import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { openTestDatabase } from "@/tests/support/database";
import { at, makeShop, type TestShop } from "../internal/test-shop";
import type { Filters } from "../question";
import { rollUpShop } from "../rollups/roll-up";
import { listConversationRows } from "./conversation-rows";
import { loadInfluence } from "./influence";
import { loadStarts } from "./starts";

const HATS = "https://shop.test/hats";
const COATS = "https://shop.test/coats";

describe.each(["postgres", "pglite"] as const)("where conversations begin on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let ines: string;
  let hat: string;

  const look = (visitorId: Parameters<TestShop["claim"]>[0], url: string, hours: number, title = "") =>
    shop.claim(visitorId, { type: "page_viewed", url, title }, at(hours));
  const begin = async (url: string | null, data: object, ordersAt: number | null = null) => {
    const visitorId = await shop.visitor();
    if (url !== null) await look(visitorId, `${url}?from=mail`, -0.5, "Shop");
    const { conversationId } = await shop.conversation(visitorId, ines);
    await getDb().conversation.update({ where: { id: conversationId }, data });
    if (ordersAt === null) return;
    await shop.recommend({ conversationId, visitorId }, ines, hat, at(0.5));
    await shop.order(visitorId, `order ${conversationId}`, at(ordersAt), [{ id: "hat" }]);
  };
  const question = (filters: Filters = {}) => ({
    shopId: shop.shopId,
    range: { from: at(-48), to: at(48) },
    timeZone: "Europe/Rome",
    filters,
  });

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  }, 60_000);
  afterAll(() => database.close());

  describe("of a shop", () => {
    beforeAll(async () => {
      shop = await makeShop();
      ines = await shop.agent("Ines");
      hat = await shop.product("hat");
      await shop.attribute({ days: 1 });
      for (const ordersAt of [2, 3, 4, 30, null, null])
        await begin(HATS, { trigger: "product", channel: "chat" }, ordersAt);
      await begin(COATS, { trigger: "launcher", channel: "invitation" }, 2);
      await begin(COATS, { trigger: "launcher", channel: "invitation", acceptedAt: null, memberId: null });
      await begin(null, {});
      const other = await makeShop();
      await other.conversation(await other.visitor(), await other.agent("Eve"));
      await shop.rollUp();
    }, 60_000);

    it("[IN231] by page, opener and way: begun, taken, and of these those with an order within the window", async () => {
      const { rows, pages } = await loadStarts(question());
      expect(pages).toBe(2);
      expect(
        rows.map((row) => [
          row.kind,
          row.name,
          row.conversations,
          row.taken,
          row.bought,
          row.conversion?.value,
        ]),
      ).toEqual([
        ["trigger", "product", 6, 6, 3, 0.5],
        ["trigger", "launcher", 2, 1, 1, undefined],
        ["trigger", "", 1, 1, 0, undefined],
        ["channel", "chat", 6, 6, 3, 0.5],
        ["channel", "invitation", 2, 1, 1, undefined],
        ["channel", "", 1, 1, 0, undefined],
        ["page", HATS, 6, 6, 3, 0.5],
        ["page", COATS, 2, 1, 1, undefined],
        ["page", "", 1, 1, 0, undefined],
      ]);
      expect(rows.find(({ name }) => name === HATS)?.title).toBe("Shop");
      const [first] = (await loadStarts(question(), 1)).rows.filter((row) => row.kind === "page");
      expect(first?.name).toBe(HATS);
    });

    it("[IN231] a row's page opens its conversations, and no others", async () => {
      const list = (state: "all" | "orderedInWindow", startedOn: string) =>
        listConversationRows(question({ startedOn }), state, { offset: 0, limit: 1 });
      expect((await list("all", HATS)).total).toBe(6);
      expect((await list("orderedInWindow", HATS)).total).toBe(3);
      expect((await list("all", COATS)).total).toBe(2);
      expect((await list("all", `${HATS}?from=mail`)).total).toBe(0);
      const linesOn = async (startedOn: string) =>
        (await loadInfluence(question({ startedOn }))).kinds.reduce((sum, { lines }) => sum + lines, 0);
      expect([await linesOn(HATS), await linesOn(COATS), await linesOn("https://shop.test/none")]).toEqual([
        3, 1, 0,
      ]);
    });
  });

  it("[IN230] it is the last page within a day before, also when that is told of later", async () => {
    shop = await makeShop();
    ines = await shop.agent("Ines");
    const visitorId = await shop.visitor();
    await look(visitorId, "https://shop.test/yesterday", -25);
    const { conversationId } = await shop.conversation(visitorId, ines);
    await look(visitorId, "https://shop.test/afterwards", 0.1);
    const startUrl = async () => {
      await rollUpShop(shop.shopId, new Date());
      return (await getDb().conversationFact.findUniqueOrThrow({ where: { conversationId } })).startUrl;
    };
    expect(await startUrl()).toBe("");
    await look(visitorId, `${HATS}?size=m`, -2);
    expect(await startUrl()).toBe(HATS);
    await look(visitorId, `${COATS}#top`, -1);
    expect(await startUrl()).toBe(COATS);
    await look(visitorId, "https://shop.test/earlier", -1.5);
    expect(await startUrl()).toBe(COATS);
  });
});
