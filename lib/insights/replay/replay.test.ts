import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { GET as getJournal } from "@/app/api/v1/conversations/[id]/film/journal/route";
import { DELETE as deleteKept } from "@/app/api/v1/conversations/[id]/film/passages/[passageId]/route";
import { POST as postPassage } from "@/app/api/v1/conversations/[id]/film/passages/route";
import { GET as getFilm } from "@/app/api/v1/conversations/[id]/film/route";
import { acceptConversation } from "@/lib/conversations/accept";
import { requireConversationAccess } from "@/lib/conversations/access";
import { openConversation } from "@/lib/conversations/open-conversation";
import { getDb } from "@/lib/db/client";
import { type Film, filmSchema, MAX_PASSAGES, passageSchema } from "@/lib/protocol/film";
import { decodeJournalPage, type JournalRow } from "@/lib/protocol/film-journal";
import type { ShopId } from "@/lib/protocol/ids";
import { PANEL_HISTORY_DAYS } from "@/lib/protocol/limits";
import { addTestVideo } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { createMember, createShop, createVisitor, type TestVisitor } from "@/tests/support/shop-people";
import { ingestBatch } from "../ingest";
import { listKeptPassages } from "./list-kept";

const ORIGIN = "http://shop.test";
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let database: TestDatabase;
let shopId: ShopId;
let manager: Headers;
let ana: Headers;
let customer: TestVisitor;
let id: string;
let startedAt: number;

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  shopId = await createShop();
  manager = await createMember(shopId, "manager", "Mara");
  ana = await createMember(shopId, "agent", "Ana");
  customer = await createVisitor(shopId);
  ({ conversationId: id } = await openConversation(customer, "en"));
  await acceptConversation(await requireConversationAccess(ana, id));
  startedAt = Date.now() - 3 * DAY_MS;
  await getDb().conversation.update({ where: { id }, data: { createdAt: new Date(startedAt) } });
});
afterAll(() => database.close());

const routeOf = <P extends object>(more: P) => ({ params: Promise.resolve({ id, ...more }) });
const ask = (headers: Headers, query = "") => new Request(`${ORIGIN}/film${query}`, { headers });

async function film(headers = manager): Promise<Film> {
  return filmSchema.parse(await (await getFilm(ask(headers), routeOf({}))).json());
}

async function journal(headers = manager): Promise<{ rows: JournalRow[]; pages: number }> {
  const rows: JournalRow[] = [];
  let pages = 0;
  for (let after: string | null = ""; after !== null; pages += 1) {
    const response: Response = await getJournal(ask(headers, after && `?after=${after}`), routeOf({}));
    const page = decodeJournalPage(new Uint8Array(await response.arrayBuffer()));
    rows.push(...page.rows);
    after = page.next;
  }
  return { rows, pages };
}

async function draw(count: number, bytes = 0): Promise<Y.Doc> {
  const doc = new Y.Doc();
  const updates: Uint8Array<ArrayBuffer>[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(new Uint8Array(update)));
  for (let one = 0; one < count; one += 1) doc.getMap("marks").set(`mark-${one}`, "x".repeat(bytes));
  await getDb().panelUpdate.deleteMany({ where: { conversationId: id } });
  await getDb().panelSnapshot.deleteMany({ where: { conversationId: id } });
  await getDb().panelUpdate.createMany({
    data: updates.map((update, index) => ({
      conversationId: id,
      update,
      receivedAt: new Date(startedAt + index * 100),
    })),
  });
  return doc;
}

function marks(rows: readonly JournalRow[]): unknown {
  const doc = new Y.Doc();
  for (const { update } of rows) Y.applyUpdate(doc, update);
  return doc.getMap("marks").toJSON();
}

describe("who sees a film", () => {
  it("[RE1] managers, and agents who took part; nobody else is told that it is there", async () => {
    const other = await createShop();
    const others = [
      [await createMember(shopId, "agent", "Ben"), 404],
      [await createMember(shopId, "senior", "Sia"), 404],
      [await createMember(other, "admin", "Ada"), 404],
      [customer.headers, 401],
      [new Headers(), 401],
    ] as const;
    for (const headers of [manager, ana, await createMember(shopId, "admin", "Ida")]) {
      expect((await getFilm(ask(headers), routeOf({}))).status).toBe(200);
      expect((await getJournal(ask(headers), routeOf({}))).status).toBe(200);
    }
    for (const [headers, status] of others) {
      expect((await getFilm(ask(headers), routeOf({}))).status).toBe(status);
      expect((await getJournal(ask(headers), routeOf({}))).status).toBe(status);
      expect((await post(headers, "stolen", 0, 1)).status).toBe(status);
    }
  });

  it("[RE2] no cache keeps it", async () => {
    for (const answer of [
      await getFilm(ask(manager), routeOf({})),
      await getJournal(ask(ana), routeOf({})),
    ]) {
      expect(answer.headers.get("cache-control")).toBe("private, no-store");
    }
  });
});

describe("what a film shows", () => {
  it("[RE13] the journal comes in pages, in order, none missing and none twice", async () => {
    // More rows than a page takes, then more bytes.
    for (const [count, bytes] of [
      [2_500, 0],
      [40, 100_000],
    ] as const) {
      const doc = await draw(count, bytes);
      const { rows, pages } = await journal();
      expect(rows).toHaveLength(count);
      expect(pages).toBeGreaterThan(2);
      expect(rows.map(({ at }) => at)).toEqual(Array.from({ length: count }, (_, i) => startedAt + i * 100));
      expect(marks(rows)).toEqual(doc.getMap("marks").toJSON());
      expect((await film()).panel).toMatchObject({ kind: "journal", updates: count });
    }
    const wrong = await getJournal(ask(manager, "?after=1;drop"), routeOf({}));
    expect(wrong.status).toBe(400);
  });

  it("[RE12] of a conversation closed long ago only the panel as it was left, at its end", async () => {
    const doc = await draw(20);
    const expected = doc.getMap("marks").toJSON();
    const closedAt = new Date(Date.now() - (PANEL_HISTORY_DAYS + 1) * DAY_MS);
    await getDb().conversation.update({ where: { id }, data: { closedAt, status: "closed" } });
    // The rows are still there.
    expect((await film()).panel.kind).toBe("left");
    const still = await journal();
    expect(still.rows.map(({ at }) => at)).toEqual([closedAt.getTime()]);
    expect(marks(still.rows)).toEqual(expected);
    // They were deleted, and some came after the snapshot.
    await getDb().panelSnapshot.create({
      data: { conversationId: id, state: new Uint8Array(Y.encodeStateAsUpdate(doc)) },
    });
    await getDb().panelUpdate.deleteMany({ where: { conversationId: id } });
    const [only, ...more] = (await journal()).rows;
    expect(more).toEqual([]);
    expect(only?.at).toBe(closedAt.getTime());
    expect(marks(only ? [only] : [])).toEqual(expected);
    await getDb().conversation.update({ where: { id }, data: { closedAt: null, status: "open" } });
    await draw(1);
  });

  it("[RE7] [CA157] this visit's trail, and orders within the window of the shop; a video stands for no product", async () => {
    const filmed = await getDb().product.create({ data: { shopId, externalId: "during", title: "during" } });
    await addTestVideo(shopId, filmed.id);
    const at = (minutes: number) => startedAt + minutes * MINUTE_MS;
    const view = (minutes: number, title: string) => ({
      id: randomUUID(),
      at: at(minutes),
      type: "product_viewed" as const,
      url: `${ORIGIN}/${title}`,
      productId: title,
      title,
    });
    const order = (orderId: string, days: number) => ({
      id: randomUUID(),
      at: startedAt + days * DAY_MS,
      type: "order_placed" as const,
      orderId,
      currency: "EUR",
      totalMinor: 2_000,
      lines: [{ id: "boots", quantity: 2, unitMinor: 1_000 }],
    });
    const page = (minutes: number, path: string, title: string) => {
      const { productId: _, ...same } = view(minutes, title);
      return { ...same, type: "page_viewed" as const, url: `${ORIGIN}${path}` };
    };
    const receive = (event: ReturnType<typeof view> | ReturnType<typeof order> | ReturnType<typeof page>) =>
      ingestBatch({ shopId, visitorId: customer.visitorId, events: [event], receivedAt: new Date(event.at) });
    for (const [minutes, title] of [
      [-120, "yesterday"],
      [-40, "first"],
      [-20, "second"],
      [5, "during"],
    ] as const)
      await receive(view(minutes, title));
    await receive(page(-20, "/second", "The second, told as a page too"));
    await receive(page(-15, "/sizes?of=coats", "Sizes"));
    await receive(page(-12, "/delivery/abroad?x=1", ""));
    await receive(order("early", -1));
    await receive(order("O-1", 1));
    const { trail, orders } = await film();
    expect(trail.map(({ title }) => title)).toEqual([
      ...["first", "second", "Sizes", "/delivery/abroad", "during"],
    ]);
    expect(trail.at(-1)?.picture).toBeNull();
    expect(orders).toMatchObject([{ number: "O-1", totalMinor: 2_000, confirmed: false, cancelled: false }]);
    await getDb()
      .shop.update({ where: { id: shopId }, data: { attributionDays: 0 } })
      .catch(() => undefined);
  });

  it("[RE11] an erased photo is named no more, and of an erased conversation there is no film", async () => {
    const asset = { shopId, conversationId: id, width: 10, height: 10, sizes: [10] };
    const kept = await getDb().asset.create({ data: { ...asset, sha256: "a" } });
    const erased = await getDb().asset.create({ data: { ...asset, sha256: "b" } });
    expect((await film()).assets.toSorted()).toEqual([kept.id, erased.id].toSorted());
    await getDb().asset.delete({ where: { id: erased.id } });
    expect((await film()).assets).toEqual([kept.id]);
    const before = id;
    ({ conversationId: id } = await openConversation(await createVisitor(shopId), "en"));
    expect((await post(manager, "gone soon", 0, 10)).status).toBe(200);
    await getDb().conversation.delete({ where: { id } });
    expect((await getFilm(ask(manager), routeOf({}))).status).toBe(404);
    expect((await getJournal(ask(manager), routeOf({}))).status).toBe(404);
    expect(await getDb().passage.count({ where: { conversationId: id } })).toBe(0);
    id = before;
  });
});

const post = (headers: Headers, name: string, from: number, to: number) =>
  postPassage(
    new Request(`${ORIGIN}/film/passages`, {
      method: "POST",
      headers: headers,
      body: JSON.stringify({ name, from, to }),
    }),
    routeOf({}),
  );

describe("named passages", () => {
  it("[RE4] managers save and remove them, agents see them, and there is an end to it", async () => {
    expect((await post(ana, "mine", 0, 1_000)).status).toBe(403);
    for (const [name, from, to] of [
      ["", 0, 1],
      ["back", 5, 5],
      ["x".repeat(200), 0, 1],
    ] as const)
      expect((await post(manager, name, from, to)).status).toBe(400);
    const month = 40 * DAY_MS;
    const kept = passageSchema.parse(
      await (await post(manager, "  Finding the size ", -5_000, month)).json(),
    );
    expect(kept).toMatchObject({ name: "Finding the size", from: -5_000, to: month, by: "Mara" });
    expect(await film(ana)).toMatchObject({ passages: [kept], mayKeep: false });
    const remove = (headers: Headers) =>
      deleteKept(
        new Request(`${ORIGIN}/film/passages/${kept.id}`, { method: "DELETE", headers }),
        routeOf({ passageId: kept.id }),
      );
    const [listed, ...others] = await listKeptPassages(shopId);
    expect(listed).toEqual({
      ...kept,
      conversationId: id,
      customer: "Guest 1",
      agent: "Ana",
      startedAt,
      influenced: [],
    });
    expect(others).toEqual([]);
    expect(await listKeptPassages(await createShop())).toEqual([]);
    expect((await remove(ana)).status).toBe(403);
    expect((await remove(manager)).status).toBe(204);
    expect((await remove(manager)).status).toBe(404);
    for (let one = 0; one < MAX_PASSAGES; one += 1) await post(manager, `part ${one}`, one, one + 1);
    expect((await post(manager, "one too many", 0, 1)).status).toBe(413);
  });
});
