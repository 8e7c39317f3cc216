import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { openTestDatabase } from "@/tests/support/database";
import { type ConversationRecord, conversationRecord } from "../conversation-record";
import type { PeopleRow } from "../internal/people-row";
import { at, makeShop } from "../internal/test-shop";
import { say } from "../internal/test-talk";
import { listConversationRows } from "./conversation-rows";
import { loadPeople } from "./people";

let database: { close(): Promise<void> };
beforeAll(async () => {
  database = await openTestDatabase("postgres");
}, 60_000);
afterAll(() => database.close());

type Figure = Exclude<keyof PeopleRow, "memberId" | "name">;

/** Every figure of people but its spread, from rows alone. A new figure of people has to be added here, and so to the rows. */
function countedAgain(rows: readonly ConversationRecord[]): Record<Figure, unknown> {
  const taken = rows.filter(({ waitSeconds }) => waitSeconds !== null);
  const all = (name: "recommended", of = rows) => of.reduce((sum, row) => sum + row[name], 0);
  const sum = (name: "orders" | "pieces" | "replies") => taken.reduce((whole, row) => whole + row[name], 0);
  const meanOf = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return { count: known.length, mean: known.reduce((a, b) => a + b, 0) / Math.max(1, known.length) };
  };
  const count = (fits: (row: ConversationRecord) => boolean) => rows.filter(fits).length;
  const isTaken = (row: ConversationRecord) => row.waitSeconds !== null;
  const answering = taken.reduce((whole, row) => whole + row.replies * (row.replyMeanSeconds ?? 0), 0);
  return {
    conversations: rows.length,
    taken: taken.length,
    answered: count((row) => isTaken(row) && row.answered),
    abandoned: count((row) => !isTaken(row) && row.status === "closed"),
    dropped: count((row) => isTaken(row) && row.status === "closed" && !row.answered),
    wait: meanOf(taken.map(({ waitSeconds }) => waitSeconds)),
    first: meanOf(taken.map(({ firstAnswerSeconds }) => firstAnswerSeconds)),
    reply: { count: sum("replies"), mean: answering / sum("replies") },
    duration: meanOf(taken.map(({ talkSeconds }) => talkSeconds)),
    recommended: all("recommended"),
    buying: count((row) => isTaken(row) && row.orders > 0),
    orders: sum("orders"),
    pieces: sum("pieces"),
    rated: count(({ score }) => score !== null),
    satisfied: count(({ score }) => (score ?? 0) >= 4),
    revenue: [
      { currency: "EUR", minor: taken.reduce((whole, row) => whole + (row.influenced[0]?.minor ?? 0), 0) },
    ],
    products: meanOf(taken.map(({ products }) => products)),
    marks: meanOf(taken.map(({ marks }) => marks)),
    compared: meanOf(taken.map(({ compared }) => compared)),
    firstProduct: meanOf(taken.map(({ firstProductSeconds }) => firstProductSeconds)),
  };
}

it("[IN172] every figure of people is counted again from the rows of conversations", async () => {
  const shop = await makeShop();
  const ines = await shop.agent("Ines");
  const products = [await shop.product("hat"), await shop.product("coat")];
  const second = 1 / 3_600;
  for (let i = 0; i < 6; i += 1) {
    const talk = await shop.conversation(await shop.visitor(), ines, at(i), i === 5 ? null : at(i + 0.5));
    const { conversationId } = talk;
    const acceptedAt = at(i + (10 + i) * second);
    await getDb().conversation.update({ where: { id: conversationId }, data: { acceptedAt } });
    if (i === 4) continue;
    await say(talk, "customer", at(i + 20 * second));
    await say(talk, "agent", at(i + (30 + i) * second));
    await say(talk, "customer", at(i + 100 * second));
    await say(talk, "agent", at(i + (200 + 7 * i) * second));
    for (const productId of products.slice(i % 2)) {
      await shop.fact({
        type: "item_shown",
        conversationId,
        memberId: ines,
        productId,
        occurredAt: at(i + 0.1),
      });
    }
    await shop.recommend(talk, ines, products[1] ?? "", at(i + 0.2));
    await shop.fact({
      ...{ type: "mark_drawn", conversationId, memberId: ines, occurredAt: at(i + 0.2) },
      ...{ data: { count: i + 1 } },
    });
    if (i % 2 === 0) {
      await shop.fact({
        type: "items_compared",
        data: { with: "other" },
        conversationId,
        memberId: ines,
        occurredAt: at(i + 0.3),
      });
      await shop.order(talk.visitorId, `o-${i}`, at(i + 1), [
        { id: "coat", quantity: 2, unitMinor: 500 + i },
      ]);
    }
    await shop.rate(talk, (i % 5) + 1);
  }
  const missed = await shop.conversation(await shop.visitor(), ines, at(8), at(9));
  await getDb().conversation.update({
    where: { id: missed.conversationId },
    data: { acceptedAt: null, memberId: null },
  });
  await shop.rollUp();
  const question = {
    ...{ shopId: shop.shopId, range: { from: at(-1), to: at(24) } },
    ...{ timeZone: "Europe/Rome", filters: {} },
  };
  const { rows } = await listConversationRows(question, "all", { offset: 0, limit: 50 });
  const told = (await loadPeople(question)).shop;
  const satisfied = Math.round((told?.satisfaction?.value ?? 0) * (told?.rated ?? 0));
  const counted = countedAgain(rows.map(conversationRecord));
  expect(counted).toMatchObject({
    conversations: 7,
    taken: 6,
    abandoned: 1,
    dropped: 1,
    orders: 2,
    compared: { count: 6 },
  });
  expect(rounded({ ...told, satisfied })).toMatchObject(rounded(counted));
});

/** Means are added up in another order here. */
const rounded = (figures: object): object =>
  JSON.parse(JSON.stringify(figures), (_, value) =>
    typeof value === "number" ? Number(value.toFixed(6)) : value,
  );
