import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { acceptConversation } from "@/lib/conversations/accept";
import { requireConversationAccess } from "@/lib/conversations/access";
import { joinDesks, onDeskChange, provideDeskFeed } from "@/lib/conversations/desk-feed";
import { openConversation } from "@/lib/conversations/open-conversation";
import { getDb } from "@/lib/db/client";
import { deskWatch } from "@/lib/protocol/desk-watch";
import { memberIdSchema, type ShopId } from "@/lib/protocol/ids";
import { type LiveSnapshot, liveSnapshotSchema } from "@/lib/protocol/live";
import { memberRoles } from "@/lib/protocol/roles";
import { openTestDatabase } from "@/tests/support/database";
import { createMember, createShop, createVisitor } from "@/tests/support/shop-people";
import { makeShop } from "../internal/test-shop";
import { watchLive } from "./live-board";
import { openLiveStream } from "./live-stream";
import { loadLive, VISITOR_HERE_MS } from "./load-live";

const MINUTE_MS = 60_000;
/** Half past midnight in Rome, and still the day before in UTC. */
const NIGHT = new Date("2026-06-10T22:30:00.000Z");
const beforeNight = (minutes: number) => new Date(NIGHT.getTime() - minutes * MINUTE_MS);

describe.each(["postgres", "pglite"] as const)("a live shop on %s", (engine) => {
  let database: { close(): Promise<void> };
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());

  it("[IN143][IN144][IN145][AT26] who is there, who waits, who talks, and what today brought, by the shop's midnight", async () => {
    const shop = await makeShop();
    const [anna, ben] = [await shop.agent("Anna"), await shop.agent("Ben")];
    await shop.product("hat", ["hat-red"]);
    const db = getDb();
    const begin = async (minutes: number, data: object, seen = minutes) => {
      const visitorId = await shop.visitor();
      await db.visitor.update({ where: { id: visitorId }, data: { lastSeenAt: beforeNight(seen) } });
      const createdAt = beforeNight(minutes);
      await db.conversation.create({ data: { shopId: shop.shopId, visitorId, createdAt, ...data } });
      return visitorId;
    };
    const taken = (minutes: number) => ({ memberId: anna, acceptedAt: beforeNight(minutes) });
    await begin(200, { status: "waiting" });
    await begin(10, { status: "waiting" }, 0);
    await begin(20, { status: "open", ...taken(19) }, VISITOR_HERE_MS / MINUTE_MS);
    const buyer = await begin(25, { status: "closed", closedAt: NIGHT, ...taken(22) });
    await begin(28, { status: "closed", closedAt: NIGHT });
    await begin(40, { status: "open", memberId: ben, acceptedAt: beforeNight(39) });
    await begin(90, { status: "closed", closedAt: beforeNight(80), ...taken(89) });
    await shop.order(buyer, "A", beforeNight(5), [{ id: "hat-red", quantity: 2 }]);
    await shop.order(buyer, "B", beforeNight(4), [{ id: "hat-red" }], "CHF");
    await shop.order(buyer, "given back", beforeNight(4), [{ id: "hat-red" }]);
    await db.orderLine.updateMany({
      where: { order: { shopId: shop.shopId, externalId: "given back" } },
      data: { refundedQuantity: 1, refundedMinor: 1_000 },
    });
    await shop.order(await shop.visitor(), "never talked", beforeNight(4), [{ id: "hat-red" }]);
    await db.visitor.updateMany({ where: { id: buyer }, data: { lastSeenAt: beforeNight(4) } });
    await db.order.updateMany({ where: { shopId: shop.shopId }, data: { updatedAt: NIGHT } });
    await db.order.updateMany({
      where: { shopId: shop.shopId, externalId: "B" },
      data: { source: "webhook", confirmedAt: beforeNight(3) },
    });
    await db.visitor.updateMany({
      where: { shopId: shop.shopId, conversations: { none: {} } },
      data: { lastSeenAt: beforeNight(600) },
    });
    const desks = [{ memberId: memberIdSchema.parse(anna), name: "Anna" }];
    const live = await loadLive({ shopId: shop.shopId, timeZone: "Europe/Rome", now: NIGHT, desks });
    expect(live).toEqual({
      now: NIGHT.getTime(),
      visitors: 3,
      waiting: 2,
      longestSince: beforeNight(200).getTime(),
      talking: 2,
      people: [
        { memberId: anna, name: "Anna", atDesk: true, talking: 1 },
        { memberId: ben, name: "Ben", atDesk: false, talking: 1 },
      ],
      today: {
        since: beforeNight(30).getTime(),
        visitors: 4,
        conversations: 4,
        taken: 2,
        abandoned: 1,
        wait: 120,
        orders: 2,
        value: [
          { currency: "CHF", minor: 1_000, claimed: 0 },
          { currency: "EUR", minor: 2_000, claimed: 2_000 },
        ],
      },
    });
    expect(liveSnapshotSchema.safeParse(live).success).toBe(true);
    const other = await createShop();
    const empty = await loadLive({ shopId: other, timeZone: "UTC", now: NIGHT, desks: [] });
    expect(empty).toMatchObject({ visitors: 0, waiting: 0, longestSince: null, people: [] });
    expect(empty.today).toMatchObject({ conversations: 0, wait: null, value: [] });
  });
});

describe("the live feed", () => {
  let database: { close(): Promise<void> };
  let shopId: ShopId;
  beforeAll(async () => {
    database = await openTestDatabase("postgres");
    provideDeskFeed();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    shopId = await createShop();
  });

  it("[IN147] is for managers and admins, which the server checks", async () => {
    const { signal } = new AbortController();
    await expect(openLiveStream(new Headers(), signal)).rejects.toMatchObject({ code: "unauthorized" });
    for (const role of memberRoles) {
      const stop = new AbortController();
      const opened = openLiveStream(await createMember(shopId, role, role), stop.signal);
      if (role === "agent" || role === "senior") {
        await expect(opened).rejects.toMatchObject({ code: "forbidden" });
      } else {
        expect((await readLive(await opened).next()).waiting).toBe(0);
      }
      stop.abort();
    }
  });

  it("[IN146] tells of a change by itself, and whoever comes later what is known at once", async () => {
    const manager = await createMember(shopId, "manager", "Mia");
    const anna = await createMember(shopId, "agent", "Anna");
    const stop = new AbortController();
    const live = readLive(await openLiveStream(manager, stop.signal));
    expect(await live.next()).toMatchObject({ waiting: 0, talking: 0, people: [] });
    const opened = await openConversation(await createVisitor(shopId), "en");
    expect((await live.until(({ waiting }) => waiting === 1)).longestSince).not.toBeNull();
    const later = readLive(await openLiveStream(manager, stop.signal));
    expect((await later.next()).waiting).toBe(1);
    await acceptConversation(await requireConversationAccess(anna, opened.conversationId));
    const talking = await live.until((snapshot) => snapshot.talking === 1);
    expect(talking.people).toMatchObject([{ name: "Anna", atDesk: false, talking: 1 }]);
    expect(await later.until((snapshot) => snapshot.talking === 1)).toEqual(talking);
    stop.abort();
  });

  it("[IN148] hears what happens on other nodes, and sees who sits at a desk there", async () => {
    const elsewhere = { shopId, memberId: memberIdSchema.parse(randomUUID()), name: "Zoe" };
    const announced = joinDesks({ announce: () => undefined, openDesks: () => [elsewhere] });
    const stop = new AbortController();
    const live = readLive(await openLiveStream(await createMember(shopId, "admin", "Ada"), stop.signal));
    expect((await live.next()).people).toMatchObject([{ name: "Zoe", atDesk: true }]);
    const { visitorId } = await createVisitor(shopId);
    // Another node writes the row and announces it; no port of this one is called.
    await getDb().conversation.create({ data: { shopId, visitorId } });
    announced(shopId, []);
    expect((await live.until(({ waiting }) => waiting === 1)).visitors).toBe(1);
    stop.abort();
    joinDesks({ announce: () => undefined, openDesks: () => [] });
  });

  it("[IN146] a manager who looks is at no desk; a desk that is open is there", async () => {
    const memberId = memberIdSchema.parse(randomUUID());
    const close = onDeskChange({ shopId, memberId, name: "Anna", onChange: () => undefined });
    expect(deskWatch.get().openDesks(shopId)).toMatchObject([{ memberId, name: "Anna" }]);
    close();
    const stopWatching = deskWatch.get().onShopChange(shopId, () => undefined);
    expect(deskWatch.get().openDesks(shopId)).toEqual([]);
    stopWatching();
  });

  it("[IN146] reads once for all who look, and nothing once nobody does", async () => {
    let reads = 0;
    const load = () => {
      reads++;
      return loadLive({ shopId, timeZone: "UTC", now: new Date(), desks: [] });
    };
    const seen: string[] = [];
    const stops = ["one", "two"].map((name) => watchLive(shopId, load, () => seen.push(name)));
    await expect.poll(() => seen).toEqual(["one", "two"]);
    expect(reads).toBe(1);
    const feed = provideDeskFeed();
    const { visitorId } = await createVisitor(shopId);
    for (let moved = 0; moved < 50; moved++) feed.visitorMoved(shopId, visitorId);
    await expect.poll(() => reads, { timeout: 10_000 }).toBe(2);
    await expect.poll(() => seen.length).toBe(4);
    for (const stop of stops) stop();
    feed.visitorMoved(shopId, visitorId);
    const other = await createShop();
    const heard = new Promise<void>((resolve) => {
      const stop = deskWatch.get().onShopChange(other, () => {
        stop();
        resolve();
      });
    });
    feed.visitorMoved(other, visitorId);
    // What was gathered after it has been told, so it was told, too: to nobody.
    await heard;
    expect(reads).toBe(2);
  });
});

/** The snapshots of a stream, one by one. */
function readLive(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  const next = async (): Promise<LiveSnapshot> => {
    for (;;) {
      const match = /event: live\ndata: (.*)\n\n/.exec(text);
      if (match?.[1] !== undefined) {
        text = text.slice(match.index + match[0].length);
        return liveSnapshotSchema.parse(JSON.parse(match[1]));
      }
      const { done, value } = await reader.read();
      if (done) throw new Error("the stream ended");
      text += decoder.decode(value, { stream: true });
    }
  };
  return {
    next,
    async until(holds: (snapshot: LiveSnapshot) => boolean): Promise<LiveSnapshot> {
      for (;;) {
        const snapshot = await next();
        if (holds(snapshot)) return snapshot;
      }
    },
  };
}
