import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import * as Y from "yjs";
import { GET as getJournal } from "@/app/api/v1/conversations/[id]/film/journal/route";
import { POST as postPassage } from "@/app/api/v1/conversations/[id]/film/passages/route";
import { GET as getFilm } from "@/app/api/v1/conversations/[id]/film/route";
import { openConversation } from "@/lib/conversations/open-conversation";
import { getDb } from "@/lib/db/client";
import { filmSchema, passageSchema } from "@/lib/protocol/film";
import { decodeJournalPage, type JournalRow } from "@/lib/protocol/film-journal";
import type { ShopId } from "@/lib/protocol/ids";
import { PANEL_HISTORY_DAYS } from "@/lib/protocol/limits";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { createMember, createShop, createVisitor, type TestVisitor } from "@/tests/support/shop-people";
import { listKeptPassages } from "./list-kept";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let database: TestDatabase;
let shopId: ShopId;
let manager: Headers;
let ben: Headers;
let customer: TestVisitor;
let id: string;
let startedAt: number;

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  shopId = await createShop();
  manager = await createMember(shopId, "manager", "Mara");
  // He takes part in none of these conversations.
  ben = await createMember(shopId, "agent", "Ben");
});
afterAll(() => database.close());
beforeEach(async () => {
  customer = await createVisitor(shopId);
  ({ conversationId: id } = await openConversation(customer, "en"));
  startedAt = Date.now() - 3 * DAY_MS;
  await getDb().conversation.update({ where: { id }, data: { createdAt: at(0) } });
  await getDb().message.deleteMany({ where: { conversationId: id } });
});

const at = (minutes: number) => new Date(startedAt + minutes * MINUTE_MS);
const routeOf = () => ({ params: Promise.resolve({ id }) });
const ask = (headers: Headers, passage: string | null, more = "") =>
  new Request(`http://shop.test/film?${passage === null ? "" : `passage=${passage}`}${more}`, { headers });

async function keep(from: number, to: number): Promise<string> {
  const body = JSON.stringify({ name: "The size", from: from * MINUTE_MS, to: to * MINUTE_MS });
  const request = new Request("http://shop.test/film/passages", { method: "POST", headers: manager, body });
  return passageSchema.parse(await (await postPassage(request, routeOf())).json()).id;
}

const film = async (headers: Headers, passage: string | null) =>
  filmSchema.parse(await (await getFilm(ask(headers, passage), routeOf())).json());

async function journal(headers: Headers, passage: string | null): Promise<JournalRow[]> {
  const rows: JournalRow[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const page = decodeJournalPage(
      new Uint8Array(
        await (await getJournal(ask(headers, passage, after && `&after=${after}`), routeOf())).arrayBuffer(),
      ),
    );
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
}

/** She says, sees, puts into her cart, orders and is shown something at each of these minutes. */
async function happen(...minutes: readonly number[]): Promise<void> {
  const db = getDb();
  const { visitorId } = customer;
  const participant = await db.participant.findFirstOrThrow({ where: { conversationId: id } });
  const product = await db.product.create({ data: { shopId, externalId: randomUUID(), title: "Dress" } });
  for (const [seq, minute] of minutes.entries()) {
    const what = `minute ${minute}`;
    const line = { externalId: what, quantity: 1, unitMinor: 1 };
    const fact = { shopId, occurredAt: at(minute), receivedAt: at(minute), source: "browser", visitorId };
    await db.message.create({
      data: {
        ...{ conversationId: id, seq: seq + 1, clientId: what, participantId: participant.id },
        ...{ body: { kind: "text", text: what }, createdAt: at(minute) },
      },
    });
    await db.event.createMany({
      data: [
        { ...fact, id: randomUUID(), type: "product_viewed", externalId: what, data: { title: what } },
        { ...fact, id: randomUUID(), type: "cart_changed", data: { currency: "EUR", lines: [line] } },
        {
          ...{ ...fact, id: randomUUID(), type: "item_shown", source: "server", visitorId: null },
          ...{ conversationId: id, productId: product.id },
        },
      ],
    });
    await db.order.create({
      data: {
        ...{ shopId, visitorId, externalId: randomUUID(), source: "claim", currency: "EUR", totalMinor: 1 },
        ...{
          placedAt: at(minute),
          lines: { create: { externalId: what, quantity: 1, unitMinor: 1, totalMinor: 1 } },
        },
      },
    });
  }
}

/** One update a minute: each draws a mark of its name; `rubbed` is taken away again by the next. */
async function draw(minutes: readonly number[], rubbed: number): Promise<void> {
  const doc = new Y.Doc();
  const updates: Uint8Array<ArrayBuffer>[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(new Uint8Array(update)));
  for (const minute of minutes) {
    doc.transact(() => {
      doc.getMap("marks").delete(`mark ${rubbed}`);
      doc.getMap("marks").set(`mark ${minute}`, `drawn at ${minute}`);
    });
  }
  await getDb().panelUpdate.createMany({
    data: updates.map((update, index) => ({
      ...{ conversationId: id, update, receivedAt: at(minutes[index] ?? 0) },
    })),
  });
}

const marks = (rows: readonly JournalRow[]) => {
  const doc = new Y.Doc();
  for (const { update } of rows) Y.applyUpdate(doc, update);
  return Object.keys(doc.getMap("marks").toJSON()).sort();
};

it("[RE23] a kept passage's link shows an agent of the shop that passage, and nothing else of the conversation", async () => {
  await happen(1, 5, 8, 12);
  const passage = await keep(5, 8);
  const all = await film(manager, passage);
  expect([all.chat.length, all.trail.length, all.carts.length, all.orders.length, all.shown.length]).toEqual([
    4, 4, 4, 4, 4,
  ]);
  const part = await film(ben, passage);
  const minutes = [5, 8].map((minute) => at(minute).getTime());
  for (const facts of [part.chat, part.trail, part.carts, part.orders, part.shown])
    expect(facts.map((one) => one.at)).toEqual(minutes);
  const text = JSON.stringify(part);
  for (const outside of [1, 12]) expect(text).not.toContain(`minute ${outside}"`);
  expect(part).toMatchObject({ mayKeep: false, endedAt: null, passages: [{ id: passage }] });
  expect(part.people.map(({ name }) => name)).toEqual([expect.stringMatching(/^Guest \d/)]);
});

it("[RE23] names nobody who says nothing in it", async () => {
  await happen(1);
  const passage = await keep(2, 4);
  expect((await film(ben, passage)).people.map(({ role, name }) => [role, name])).toEqual([["customer", ""]]);
  expect((await film(manager, passage)).people.map(({ name }) => name)).toEqual([
    expect.stringMatching(/^Guest \d/),
  ]);
});

it("[RE23] lists no photo that was gone before it, no cart's line from before it, no notice that names who says nothing in it", async () => {
  const db = getDb();
  const photo = async (sha256: string) => {
    const asset = { shopId, conversationId: id, width: 10, height: 10, sizes: [10], createdAt: at(1) };
    return (await db.asset.create({ data: { ...asset, sha256 } })).id;
  };
  const [gone, lying] = [await photo("a"), await photo("b")];
  await photo("c");
  const doc = new Y.Doc();
  const updates: Uint8Array<ArrayBuffer>[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(new Uint8Array(update)));
  const items = doc.getMap<Y.Map<unknown>>("items");
  const lay = (assetId: string) => {
    const fields = { assetId, source: "asset", width: 10, height: 10, title: "", addedBy: "", order: 1 };
    items.set(randomUUID(), new Y.Map(Object.entries(fields)));
  };
  lay(gone);
  items.delete([...items.keys()][0] ?? "");
  lay(lying);
  await db.panelUpdate.createMany({
    data: updates.map((update, index) => ({ conversationId: id, update, receivedAt: at(index + 1) })),
  });
  const cart = (minute: number, ...put: string[]) => ({
    ...{ id: randomUUID(), shopId, visitorId: customer.visitorId, type: "cart_changed", source: "browser" },
    ...{ occurredAt: at(minute), receivedAt: at(minute) },
    data: {
      currency: "EUR",
      lines: put.map((externalId) => ({ externalId, quantity: 1, unitMinor: 1 })),
    },
  });
  await db.event.createMany({ data: [cart(1, "ring"), cart(6, "ring", "dress")] });
  const notice = (seq: number, code: string, name: string) => ({
    ...{ conversationId: id, seq, clientId: randomUUID(), createdAt: at(6) },
    body: { kind: "notice", code, name },
  });
  await db.message.createMany({
    data: [notice(1, "companion_joined", "Anna Rossi"), notice(2, "basket_in_cart", "Dress")],
  });

  const passage = await keep(5, 8);
  const whole = await film(manager, passage);
  expect([whole.assets.length, whole.chat.length]).toEqual([3, 2]);
  const part = await film(ben, passage);
  expect(part.assets).toEqual([lying]);
  expect(part.carts).toMatchObject([{ lines: [{ title: "dress" }], added: ["dress"] }]);
  expect(part.chat.map(({ body }) => body)).toMatchObject([{ code: "basket_in_cart", name: "Dress" }]);
});

it("[RE23] opens nothing without it, with another conversation's, in another shop, or once it was removed", async () => {
  const passage = await keep(0, 1);
  const elsewhere = id;
  ({ conversationId: id } = await openConversation(await createVisitor(shopId), "en"));
  const status = async (headers: Headers, by: string | null) => [
    (await getFilm(ask(headers, by), routeOf())).status,
    (await getJournal(ask(headers, by), routeOf())).status,
  ];
  expect(await status(ben, passage)).toEqual([404, 404]);
  id = elsewhere;
  expect(await status(ben, passage)).toEqual([200, 200]);
  expect(await status(ben, null)).toEqual([404, 404]);
  expect(await status(ben, randomUUID())).toEqual([404, 404]);
  expect(await status(ben, "%00")).toEqual([404, 404]);
  expect(await status(await createMember(await createShop(), "admin", "Ada"), passage)).toEqual([404, 404]);
  expect(await status(customer.headers, passage)).toEqual([401, 401]);
  await getDb().passage.delete({ where: { id: passage } });
  expect(await status(ben, passage)).toEqual([404, 404]);
});

it("[RE24] its panel begins as it then stood, without what had been rubbed out, and ends with it", async () => {
  await draw([1, 2, 3, 6, 9], 1);
  const passage = await keep(5, 8);
  expect(marks(await journal(manager, passage))).toEqual(["mark 2", "mark 3", "mark 6", "mark 9"]);
  const rows = await journal(ben, passage);
  expect(rows.map((row) => row.at)).toEqual([at(5).getTime(), at(6).getTime()]);
  expect(marks(rows)).toEqual(["mark 2", "mark 3", "mark 6"]);
  const bytes = Buffer.concat(rows.map(({ update }) => update)).toString("latin1");
  expect(bytes).toContain("drawn at 3");
  for (const minute of [1, 9]) expect(bytes).not.toContain(`drawn at ${minute}`);
  expect((await film(ben, passage)).panel).toMatchObject({ kind: "journal", updates: 1 });
  // A change that came later in the journal is later, whatever its time says.
  expect(marks(await journal(ben, await keep(-5, 0)))).toEqual([]);
});

it("[RE24] where only the panel as it was left is still there, it is part of the end alone", async () => {
  await draw([1, 2], 0);
  startedAt -= (PANEL_HISTORY_DAYS + 2) * DAY_MS;
  await getDb().conversation.update({
    where: { id },
    data: { status: "closed", createdAt: at(0), closedAt: at(10) },
  });
  expect(marks(await journal(ben, await keep(9, 11)))).toEqual(["mark 1", "mark 2"]);
  expect(await journal(ben, await keep(1, 9))).toEqual([]);
});

it("[RE25] the list says what was bought on recommendations in its conversation, less what was given back, and what browsers claim of it", async () => {
  await happen(1, 2);
  const passage = await keep(0, 5);
  const db = getDb();
  const orders = await db.order.findMany({
    where: { visitorId: customer.visitorId },
    include: { lines: true },
    orderBy: { placedAt: "asc" },
  });
  const [first, second] = orders.flatMap(({ id: orderId, lines }) =>
    lines.map(({ id: lineId }) => ({ orderId, lineId })),
  );
  if (!first || !second) throw new Error("two order lines");
  const credit = { shopId, conversationId: id, memberId: "", n: 0, kind: "recommended", externalId: "dress" };
  const times = { touchedAt: at(0), placedAt: at(1), movedAt: at(1) };
  const made = { ...credit, ...times, currency: "EUR", confirmed: true, stands: true, quantity: 1 };
  await db.credit.createMany({
    data: [
      { ...made, ...first, minor: 5_000 },
      { ...made, ...first, n: 1, minor: -1_000 },
      { ...made, ...second, minor: 300, confirmed: false },
      { ...made, ...second, memberId: "talked", kind: "talked", minor: 9_999 },
      { ...made, ...second, memberId: "returned", minor: 7_777, stands: false },
    ],
  });
  const listed = await listKeptPassages(shopId);
  expect(listed.find((one) => one.id === passage)?.influenced).toEqual([
    { currency: "EUR", minor: 4_300, claimed: 300 },
  ]);
  expect(listed.filter((one) => one.conversationId !== id).flatMap((one) => one.influenced)).toEqual([]);
});
