import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DeskSnapshot, deskSnapshotSchema } from "@/lib/protocol/desk";
import { conversationIdSchema, memberIdSchema, type ShopId, type VisitorId } from "@/lib/protocol/ids";
import { eraseCustomer } from "@/lib/visitors/erase";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { createMember, createShop, createVisitor } from "@/tests/support/shop-people";
import { acceptConversation } from "./accept";
import { requireConversationAccess as access } from "./access";
import { loadCustomerFacts } from "./customer-facts";
import { agentsOnline, GATHER_MS, onDeskChange, provideDeskFeed } from "./desk-feed";
import { loadDeskSnapshot } from "./desk-snapshot";
import { openDeskStream } from "./desk-stream";
import { joinConversation } from "./join";
import { openConversation } from "./open-conversation";

let database: TestDatabase;
let shopId: ShopId;
let anna: Headers;
let ben: Headers;

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  provideDeskFeed();
});
afterAll(() => database.close());

/** Each test has a shop of its own. */
async function freshShop() {
  shopId = await createShop();
  anna = await createMember(shopId, "agent", "Anna");
  ben = await createMember(shopId, "agent", "Ben");
}

async function memberOf(name: string) {
  const row = await database.db.member.findFirstOrThrow({ where: { shopId, user: { name } } });
  return { shopId, memberId: memberIdSchema.parse(row.id) };
}

async function view(
  visitorId: VisitorId,
  externalId: string,
  title: string,
  secondsAgo: number,
): Promise<void> {
  const product = await database.db.product.upsert({
    where: { shopId_externalId: { shopId, externalId } },
    create: { shopId, externalId, title },
    update: {},
  });
  const occurredAt = new Date(Date.now() - secondsAgo * 1_000);
  const data = { url: `https://shop.example/${externalId}`, title: `claimed ${title}`, image: "" };
  const common = { shopId, visitorId, source: "browser", occurredAt };
  await database.db.event.createMany({
    data: [
      { ...common, type: "page_viewed", data },
      { ...common, type: "product_viewed", externalId, productId: product.id, data },
    ],
  });
}

describe("what a desk sees", () => {
  it("[CO14] waiting conversations of its own shop only, oldest first, with the page the customer is on", async () => {
    await freshShop();
    const elsewhere = await createVisitor(await createShop());
    await openConversation(elsewhere, "en");
    const first = await createVisitor(shopId);
    const second = await createVisitor(shopId);
    await view(first.visitorId, "A", "Beanie", 20);
    await view(first.visitorId, "B", "Scarf", 5);
    const one = await openConversation(first, "de");
    const two = await openConversation(second, "en");
    const { waiting, now } = await loadDeskSnapshot(await memberOf("Anna"));
    expect(waiting.map((row) => row.conversationId)).toEqual([one.conversationId, two.conversationId]);
    expect(waiting[0]?.page?.product?.title).toBe("Scarf");
    expect(waiting[0]?.locale).toBe("de");
    expect(waiting[1]?.page).toBeNull();
    expect(now - (waiting[0]?.createdAt ?? 0)).toBeGreaterThanOrEqual(0);
  });

  it("[CO15] mine with what I have not seen; notices and my own words do not count; colleagues' apart", async () => {
    await freshShop();
    const visitor = await createVisitor(shopId);
    const { conversationId, participantId } = await openConversation(visitor, "en");
    const agent = await acceptConversation(await access(anna, conversationId));
    const text = (words: string) => ({ kind: "text", text: words });
    const rows = [
      { participantId, body: text("hello") },
      { participantId: agent.participantId, body: text("hi") },
      { participantId: null, body: { kind: "notice", code: "joined", name: "x" } },
      { participantId, body: text("is it blue?") },
    ];
    await database.db.message.createMany({
      data: rows.map((row, i) => ({ ...row, conversationId, seq: i + 1, clientId: `client-${i}` })),
    });
    const snapshot = await loadDeskSnapshot(await memberOf("Anna"));
    expect(snapshot.mine).toMatchObject([
      { conversationId, unread: 2, lastText: "is it blue?", myRole: "agent" },
    ]);
    await database.db.participant.update({ where: { id: agent.participantId }, data: { seenSeq: 1 } });
    expect((await loadDeskSnapshot(await memberOf("Anna"))).mine[0]?.unread).toBe(1);
    const colleague = await loadDeskSnapshot(await memberOf("Ben"));
    expect([colleague.mine.length, colleague.others[0]?.people[0]?.name]).toEqual([0, "Anna"]);
  });

  it("[CO17] the trail names each product once, newest first, of this visitor only, with the catalogue's title", async () => {
    await freshShop();
    const visitor = await createVisitor(shopId);
    const other = await createVisitor(shopId);
    await view(visitor.visitorId, "A", "Beanie", 60);
    await view(visitor.visitorId, "B", "Scarf", 40);
    await view(visitor.visitorId, "A", "Beanie", 10);
    await view(other.visitorId, "C", "Coat", 5);
    const { conversationId } = await openConversation(visitor, "en");
    const facts = await loadCustomerFacts(await access(anna, conversationId));
    expect(facts.trail.map((visit) => visit.product?.title)).toEqual(["Beanie", "Scarf"]);
    expect(facts.page?.product?.title).toBe("Beanie");
    expect(facts.earlierConversations).toBe(0);
  });

  it("[CO97] the trail tells how long she looked, at both of her browsers together, and nothing of the look that goes on", async () => {
    await freshShop();
    const [phone, desk] = [await createVisitor(shopId), await createVisitor(shopId)];
    const person = await database.db.person.create({
      data: { shopId, externalId: "K-2", name: "", email: "" },
    });
    await database.db.visitor.updateMany({
      where: { id: { in: [phone.visitorId, desk.visitorId] } },
      data: { personId: person.id },
    });
    await view(phone.visitorId, "A", "Beanie", 7_200);
    await view(phone.visitorId, "C", "Coat", 7_080);
    // An open tab is nobody who looks; and what the other browser tells ends nothing here.
    await view(phone.visitorId, "A", "Beanie", 3_600);
    await view(desk.visitorId, "B", "Scarf", 90);
    await view(desk.visitorId, "A", "Beanie", 60);
    const { conversationId } = await openConversation(desk, "en");
    const { trail } = await loadCustomerFacts(await access(anna, conversationId));
    expect(trail.map(({ product, stayedMs }) => [product?.title, Math.round(stayedMs / 1_000)])).toEqual([
      ["Beanie", 120],
      ["Scarf", 30],
      ["Coat", 600],
    ]);
  });

  it("[CO98] earlier conversations with whom, the film for whom it is, and the days she was there; nothing of others", async () => {
    await freshShop();
    const maria = await createMember(shopId, "manager", "Maria");
    const [phone, desk, other] = [
      await createVisitor(shopId),
      await createVisitor(shopId),
      await createVisitor(shopId),
    ];
    const person = await database.db.person.create({
      data: { shopId, externalId: "K-3", name: "", email: "" },
    });
    await database.db.visitor.updateMany({
      where: { id: { in: [phone.visitorId, desk.visitorId] } },
      data: { personId: person.id },
    });
    const talk = async (visitor: typeof phone, headers: Headers | null, day: string) => {
      const { conversationId } = await openConversation(visitor, "en");
      if (headers) await acceptConversation(await access(headers, conversationId));
      const createdAt = new Date(`${day}T10:00:00Z`);
      await database.db.conversation.update({
        where: { id: conversationId },
        data: { status: "closed", createdAt },
      });
      return conversationId;
    };
    const withBen = await talk(phone, ben, "2026-01-02");
    const withAnna = await talk(desk, anna, "2026-01-03");
    await talk(phone, null, "2026-01-04");
    await talk(other, anna, "2026-01-05");
    const visit = (visitorId: string, day: string) => ({
      ...{ shopId, visitorId, day: new Date(day), firstAt: new Date(day), lastAt: new Date(day) },
      ...{ pages: 1, products: 0, device: "", locale: "", conversation: false, ordered: false },
    });
    const [first, ...days] = [
      "2026-01-02",
      "2026-01-03",
      "2026-01-04",
      "2026-01-05",
      "2026-01-06",
      "2026-01-07",
    ];
    await database.db.visit.createMany({
      data: [
        ...[first ?? "", ...days].map((day) => visit(phone.visitorId, day)),
        visit(desk.visitorId, "2026-01-07"),
        visit(other.visitorId, "2026-01-09"),
      ],
    });
    const { conversationId } = await openConversation(desk, "en");
    const seen = await loadCustomerFacts(await access(anna, conversationId));
    expect(seen.earlierConversations).toBe(3);
    expect(seen.earlier).toMatchObject([
      { agents: [], film: false },
      { conversationId: withAnna, agents: ["Anna"], film: true, at: Date.UTC(2026, 0, 3, 10) },
      { conversationId: withBen, agents: ["Ben"], film: false },
    ]);
    expect(seen.visits).toEqual({ count: 6, days: days.toReversed() });
    const all = await loadCustomerFacts(await access(maria, conversationId));
    expect(all.earlier.map(({ film }) => film)).toEqual([true, true, true]);

    // Erased, she comes back under the same number: nothing of hers is there.
    await eraseCustomer(shopId, "K-3", "Anna");
    const back = await createVisitor(shopId);
    const again = await database.db.person.create({
      data: { shopId, externalId: "K-3", name: "", email: "" },
    });
    await database.db.visitor.update({ where: { id: back.visitorId }, data: { personId: again.id } });
    const anew = await openConversation(back, "en");
    const facts = await loadCustomerFacts(await access(maria, anew.conversationId));
    expect([facts.earlierConversations, facts.earlier, facts.visits]).toEqual([
      0,
      [],
      { count: 0, days: [] },
    ]);
  });

  it("[VI12] what a vouched customer did at her other browser is hers, what somebody else did is not", async () => {
    await freshShop();
    const [phone, desk, stranger] = [
      await createVisitor(shopId),
      await createVisitor(shopId),
      await createVisitor(shopId),
    ];
    const person = await database.db.person.create({
      data: { shopId, externalId: "K-1", name: "Mara", email: "mara@x.example" },
    });
    await database.db.visitor.updateMany({
      where: { id: { in: [phone.visitorId, desk.visitorId] } },
      data: { personId: person.id },
    });
    await view(phone.visitorId, "A", "Beanie", 60);
    await view(desk.visitorId, "B", "Scarf", 40);
    await view(stranger.visitorId, "C", "Coat", 5);
    const earlier = await openConversation(phone, "en");
    await database.db.conversation.update({
      where: { id: earlier.conversationId },
      data: { status: "closed" },
    });
    const { conversationId } = await openConversation(desk, "en");
    const facts = await loadCustomerFacts(await access(anna, conversationId));
    expect(facts.person).toEqual({ externalId: "K-1", name: "Mara", email: "mara@x.example" });
    expect(facts.trail.map((visit) => visit.product?.title)).toEqual(["Scarf", "Beanie"]);
    expect(facts.earlierConversations).toBe(1);
    expect(facts.page?.product?.title).toBe("Scarf");
    expect(facts.context).toEqual([]);
    const values = [{ name: "Loyalty", value: "gold" }];
    const told = {
      shopId,
      type: "context_told",
      source: "browser",
      visitorId: desk.visitorId,
      data: { values },
    };
    await database.db.event.create({ data: { ...told, occurredAt: new Date() } });
    expect((await loadCustomerFacts(await access(anna, conversationId))).context).toEqual(values);
  });
});

describe("the feed", () => {
  it("[CO16] gathers a burst into one call, for the desks of that shop only", async () => {
    const shop = await createShop();
    const calls: string[] = [];
    const listen = (name: string, of: ShopId) =>
      onDeskChange({
        shopId: of,
        memberId: memberIdSchema.parse(randomUUID()),
        name,
        onChange: () => calls.push(name),
      });
    const otherShop = await createShop();
    const done = [listen("here", shop), listen("there", otherShop)];
    expect(agentsOnline(shop)).toEqual(["here"]);
    const port = provideDeskFeed();
    for (let i = 0; i < 20; i++) port.conversationChanged(shop, conversationIdSchema.parse(randomUUID()));
    port.visitorMoved(otherShop, (await createVisitor(otherShop)).visitorId);
    await expect.poll(() => calls.length, { interval: GATHER_MS / 4 }).toBe(2);
    expect([...calls].sort()).toEqual(["here", "there"]);
    for (const stop of done) stop();
    expect(agentsOnline(shop)).toEqual([]);
  });

  it("[CO16] a visitor who moves in the middle of a burst of conversations is told of, too", async () => {
    const shop = await createShop();
    const heard: number[] = [];
    const stop = onDeskChange({
      shopId: shop,
      memberId: memberIdSchema.parse(randomUUID()),
      name: "here",
      onChange: (changed) => heard.push(changed.length),
    });
    const port = provideDeskFeed();
    port.conversationChanged(shop, conversationIdSchema.parse(randomUUID()));
    port.visitorMoved(shop, (await createVisitor(shop)).visitorId);
    port.conversationChanged(shop, conversationIdSchema.parse(randomUUID()));
    await expect.poll(() => heard, { interval: GATHER_MS / 4 }).toEqual([2, 0]);
    stop();
  });

  it("[CO16] a change reaches an open desk within a second", async () => {
    await freshShop();
    const stop = new AbortController();
    const desk = readDesk(await openDeskStream(anna, stop.signal));
    expect((await desk.next()).waiting).toEqual([]);
    const visitor = await createVisitor(shopId);
    const asked = Date.now();
    const { conversationId } = await openConversation(visitor, "en");
    expect((await desk.next()).waiting.map((one) => one.conversationId)).toEqual([conversationId]);
    expect(Date.now() - asked).toBeLessThan(1_000);
    await acceptConversation(await access(ben, conversationId));
    expect((await desk.next()).others.map((one) => one.conversationId)).toEqual([conversationId]);
    await joinConversation(await access(anna, conversationId));
    expect((await desk.next()).mine.map((one) => one.conversationId)).toEqual([conversationId]);
    stop.abort();
  });
});

/** The snapshots of a stream, one by one. */
function readDesk(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  return {
    async next(): Promise<DeskSnapshot> {
      for (;;) {
        const match = /event: desk\ndata: (.*)\n\n/.exec(text);
        if (match?.[1] !== undefined) {
          text = text.slice(match.index + match[0].length);
          return deskSnapshotSchema.parse(JSON.parse(match[1]));
        }
        const { done, value } = await reader.read();
        if (done) throw new Error("the stream ended");
        text += decoder.decode(value, { stream: true });
      }
    },
  };
}
