import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { openTestDatabase } from "@/tests/support/database";
import { conversationRecord } from "../conversation-record";
import { at, makeShop, type TestShop } from "../internal/test-shop";
import type { Question } from "../question";
import { listConversationRows, pageOfConversationRows, readConversationRows } from "./conversation-rows";
import { conversationStates, parseState } from "./conversation-states";

describe.each(["postgres", "pglite"] as const)("rows of conversations on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let question: Question;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    shop = await makeShop();
    const ines = await shop.agent("Ines");
    await shop.product("dress");
    const hat = await shop.product("hat");
    const begin = async (name: string, hours: number, closedAt: Date | null = at(hours + 1)) => {
      const made = await shop.conversation(await shop.visitor(), ines, at(hours), closedAt);
      ids[name] = made.conversationId;
      return made;
    };
    const say = async (
      name: string,
      role: "customer" | "agent",
      seq: number,
      seconds: number,
      hours: number,
    ) => {
      const conversationId = ids[name] ?? "";
      const db = getDb();
      const found = await db.participant.findFirst({ where: { conversationId, role } });
      const participant =
        found ??
        (await db.participant.create({
          data: { conversationId, role, name: "Ines", color: 1, memberId: role === "agent" ? ines : null },
        }));
      await db.message.create({
        data: {
          conversationId,
          seq,
          clientId: `message-${seq}`,
          participantId: participant.id,
          body: { kind: "text", text: "Hello" },
          createdAt: new Date(at(hours).getTime() + seconds * 1_000),
        },
      });
    };

    const sold = await begin("sold", 0);
    await say("sold", "customer", 1, 0, 0);
    await say("sold", "agent", 2, 60, 0);
    await shop.recommend(sold, ines, hat, at(0.5));
    await shop.order(sold.visitorId, "o-1", at(2), [
      { id: "hat", quantity: 2, unitMinor: 1_500 },
      { id: "dress" },
    ]);
    await begin("slow", 1);
    await say("slow", "customer", 1, 0, 1);
    await say("slow", "agent", 2, 61, 1);
    await begin("silent", 2, null);
    // Ordered within the window, but after the range.
    const afterwards = await begin("afterwards", 3);
    await shop.order(afterwards.visitorId, "o-3", at(30), [{ id: "dress" }]);
    // Recommended after the range's end in a conversation that began in it, and bought at the end of the window from there:
    // the recommendation was bought, but the conversation itself lies too far back for the order to be its own.
    const late = await begin("late", 23.5, at(26));
    await shop.recommend(late, ines, hat, at(25));
    await shop.order(late.visitorId, "o-2", at(25 + 720), [{ id: "hat", unitMinor: 700 }]);
    await shop.rate(sold, 5);
    await shop.rollUp();
    question = {
      shopId: shop.shopId,
      range: { from: at(-1), to: at(24) },
      timeZone: "Europe/Rome",
      filters: {},
    };
  }, 60_000);
  afterAll(() => database.close());

  const names = (rows: readonly { readonly conversationId: string }[]) =>
    rows.map(({ conversationId }) => Object.keys(ids).find((name) => ids[name] === conversationId));

  it("[IN172] a row holds what is measured of one conversation, money by currency", async () => {
    const { rows, total } = await listConversationRows(question, "ordered", { offset: 0, limit: 10 });
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({
      conversationId: ids.sold,
      customer: "Guest 1",
      agent: "Ines",
      answered: true,
      firstAnswerSeconds: 60,
      waitSeconds: 0,
      talkSeconds: 3_600,
      firstProductSeconds: 1_800,
      recommended: 1,
      recommendationsBought: 1,
      orders: 1,
      pieces: 3,
      value: [{ currency: "EUR", minor: 4_000, claimed: 4_000 }],
      influenced: [{ currency: "EUR", minor: 3_000, claimed: 3_000 }],
    });
  });

  it("[AT26] of its amounts it says what only browsers claim", async () => {
    const order = { shopId: shop.shopId, externalId: "o-1" };
    const confirm = async (confirmedAt: Date | null) => {
      await getDb().order.updateMany({ where: order, data: { confirmedAt } });
      await shop.rollUp();
    };
    await confirm(at(3));
    const { rows } = await listConversationRows(question, "ordered", { offset: 0, limit: 10 });
    await confirm(null);
    expect(rows[0]).toMatchObject({
      value: [{ currency: "EUR", minor: 4_000, claimed: 0 }],
      influenced: [{ currency: "EUR", minor: 3_000, claimed: 0 }],
    });
  });

  it("[IN211] a rated conversation holds its score, others none", async () => {
    const { rows } = await listConversationRows(question, "rated", { offset: 0, limit: 10 });
    expect(rows.map((row) => [names([row])[0], row.score, conversationRecord(row).score])).toEqual([
      ["sold", 5, 5],
    ]);
    const all = (await listConversationRows(question, "all", { offset: 0, limit: 10 })).rows;
    expect(all.map(({ score }) => score)).toEqual([null, null, null, null, 5]);
  });

  it("[IN173] each state takes the conversations that its figure counts; an unknown one takes all", async () => {
    const found: Record<string, unknown> = {};
    for (const state of conversationStates) {
      found[state] = names((await listConversationRows(question, state, { offset: 0, limit: 10 })).rows);
    }
    expect(found).toEqual({
      all: ["late", "afterwards", "silent", "slow", "sold"],
      answered: ["slow", "sold"],
      inTime: ["sold"],
      unanswered: ["late", "afterwards", "silent"],
      recommended: ["late", "sold"],
      bought: ["late", "sold"],
      ordered: ["sold"],
      orderedInWindow: ["afterwards", "sold"],
      rated: ["sold"],
    });
    expect(parseState("constructor")).toBe("all");
  });

  it("[IN172] two who recommend one product make one recommendation of it, bought once", async () => {
    const other = await makeShop();
    await other.attribute({ model: "linear" });
    const hat = await other.product("hat");
    const eve = await other.agent("Eve");
    const talk = await other.conversation(await other.visitor(), eve, at(0));
    for (const agent of [eve, await other.agent("Jo")]) await other.recommend(talk, agent, hat, at(0.5));
    await other.order(talk.visitorId, "o-1", at(1), [{ id: "hat" }]);
    await other.rollUp();
    await other.rollUp();
    const asked = { ...question, shopId: other.shopId };
    const { rows } = await listConversationRows(asked, "all", { offset: 0, limit: 10 });
    expect(rows).toMatchObject([{ recommended: 1, recommendationsBought: 1 }]);
  });

  it("[IN135] an order stands in one row alone, that of the last conversation somebody took", async () => {
    const other = await makeShop();
    const eve = await other.agent("Eve");
    const taken = await other.conversation(await other.visitor(), eve, at(0));
    const missed = await other.conversation(taken.visitorId, eve, at(1));
    await getDb().conversation.update({
      where: { id: missed.conversationId },
      data: { acceptedAt: null, memberId: null },
    });
    await other.order(taken.visitorId, "o-1", at(2), [{ id: "hat" }]);
    await other.rollUp();
    const asked = { ...question, shopId: other.shopId };
    const { rows } = await listConversationRows(asked, "all", { offset: 0, limit: 10 });
    expect(rows).toMatchObject([
      { conversationId: missed.conversationId, orders: 0, pieces: 0 },
      { conversationId: taken.conversationId, orders: 1, pieces: 1 },
    ]);
  });

  it("[IN171] the list holds what somebody took", async () => {
    const [member] = await getDb().member.findMany({ where: { shopId: question.shopId } });
    const of = (takenBy: string) =>
      listConversationRows({ ...question, filters: { takenBy } }, "all", { offset: 0, limit: 10 });
    expect((await of(member?.id ?? "")).total).toBe(5);
    expect((await of(randomUUID())).total).toBe(0);
  });

  it("[IN174] pages of the list and pages of a file hold the same rows as the whole", async () => {
    const { rows: whole } = await listConversationRows(question, "all", { offset: 0, limit: 10 });
    const listed = await Promise.all(
      [0, 1, 2, 3, 4].map((offset) => listConversationRows(question, "all", { offset, limit: 1 })),
    );
    expect(listed.flatMap(({ rows }) => rows)).toEqual(whole);
    const paged = [];
    let page = await pageOfConversationRows(question, "all", 1);
    for (; page.next !== null; page = await pageOfConversationRows(question, "all", 1, page.next)) {
      paged.push(...page.rows);
    }
    const bare = whole.map((row) => ({ ...row, total: undefined }));
    expect(paged.map((row) => ({ ...row, total: undefined }))).toEqual(bare);
    const files = [];
    for await (const rows of readConversationRows(question, "bought")) files.push(...rows);
    expect(names(files)).toEqual(["late", "sold"]);
  });
});
