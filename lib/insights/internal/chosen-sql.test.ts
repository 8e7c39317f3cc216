import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import { openTestDatabase } from "@/tests/support/database";
import type { Filters } from "../question";
import { recordEvents } from "../record";
import { chosenParameters, chosenSql } from "./chosen-sql";
import { runSql } from "./run-sql";
import { at, makeShop, type TestShop } from "./test-shop";

describe.each(["postgres", "pglite"] as const)("chosen conversations on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  const ids = new Map<string, string>();
  let ines: string;
  let dress: string;
  let rome: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    shop = await makeShop();
    ines = await shop.agent("Ines");
    const jo = await shop.agent("Jo");
    dress = await shop.product("dress");
    const hat = await shop.product("hat");
    const db = getDb();
    await db.product.update({ where: { id: dress }, data: { category: "Women > Dresses" } });
    await db.product.update({ where: { id: hat }, data: { category: "Womens hats" } });
    rome = (await db.team.create({ data: { shopId: shop.shopId, name: "Rome" } })).id;
    const begin = async (name: string, member: string, hours: number, data: object = {}) => {
      const made = await shop.conversation(await shop.visitor(), member, at(hours));
      await db.conversation.update({ where: { id: made.conversationId }, data });
      ids.set(name, made.conversationId);
      return made;
    };
    await begin("before", ines, -2);
    const { conversationId } = await begin("first", ines, -1, {
      device: "phone",
      trigger: "product",
      channel: "invitation",
      teamId: rome,
    });
    // About the dress, and puts it forward in no way.
    const about = { shopId: shop.shopId, conversationId, productId: dress, occurredAt: at(-0.9) };
    await recordEvents([
      { ...about, type: "card_opened", data: { on: "page" } },
      { ...about, type: "items_compared", data: { with: "item" } },
    ]);
    const handed = await begin("handed", jo, 1, { locale: "de" });
    await db.participant.create({
      data: { conversationId: handed.conversationId, role: "agent", memberId: ines, name: "Ines", color: 1 },
    });
    await shop.recommend(handed, jo, dress, at(1.2));
    await shop.recommend(await begin("jo", jo, 2, { device: "desktop" }), jo, hat, at(2.2));
    await begin("missed", ines, 2.5, { acceptedAt: null });
    await begin("late", ines, 3);
    const other = await makeShop();
    await other.conversation(await other.visitor(), await other.agent("Eve"), at(0));
  }, 60_000);
  afterAll(() => database.close());

  async function chosen(filters: Filters): Promise<string[]> {
    const question = {
      shopId: shop.shopId,
      range: { from: at(-1), to: at(3) },
      timeZone: "Europe/Rome",
      filters,
    };
    const sql = `with ${chosenSql} select id from chosen order by "createdAt"`;
    const rows = z.array(z.object({ id: z.string() })).parse(await runSql(sql, chosenParameters(question)));
    return rows.map(({ id }) => [...ids].find(([, known]) => known === id)?.[0] ?? "a stranger's");
  }

  it("[IN171] a range takes the conversations begun in it, its end excluded, of this shop alone", async () => {
    expect(await chosen({})).toEqual(["first", "handed", "jo", "missed"]);
  });

  it("[IN220][IN221] a team's are those taken in it, a channel's those that came by it", async () => {
    expect(await chosen({ teamId: rome })).toEqual(["first"]);
    expect(await chosen({ teamId: randomUUID() })).toEqual([]);
    expect(await chosen({ channel: "invitation" })).toEqual(["first"]);
    // Those of before have none.
    expect(await chosen({ channel: "chat" })).toEqual([]);
    expect(await chosen({ channel: "invitation", teamId: rome, device: "desktop" })).toEqual([]);
  });

  it("[IN171] each filter narrows, and together they narrow further", async () => {
    expect(await chosen({ memberId: ines })).toEqual(["first", "handed", "missed"]);
    // What she took is less: not what she only took part in, and not what she left waiting.
    expect(await chosen({ takenBy: ines })).toEqual(["first"]);
    expect(await chosen({ takenBy: ines, device: "desktop" })).toEqual([]);
    expect(await chosen({ productId: dress })).toEqual(["handed"]);
    expect(await chosen({ category: "Women" })).toEqual(["handed"]);
    expect(await chosen({ category: "Women > Dresses" })).toEqual(["handed"]);
    expect(await chosen({ locale: "de" })).toEqual(["handed"]);
    expect(await chosen({ device: "phone" })).toEqual(["first"]);
    expect(await chosen({ trigger: "product" })).toEqual(["first"]);
    expect(await chosen({ memberId: ines, device: "desktop" })).toEqual([]);
    expect(await chosen({ memberId: randomUUID() })).toEqual([]);
  });
});
