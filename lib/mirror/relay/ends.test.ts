import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authorize } from "@/lib/conversations/room-ports";
import { closeCodes } from "@/lib/protocol/close-codes";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { MirrorClient } from "@/tests/support/mirror/mirror-client";
import { type MirrorWorld, startMirrorWorld } from "@/tests/support/mirror/mirror-world";
import { until } from "@/tests/support/sync/until";

let database: TestDatabase;
let world: MirrorWorld;
beforeAll(async () => {
  database = await openTestDatabase("postgres");
});
afterAll(() => database.close());
beforeEach(async () => {
  world = await startMirrorWorld(database);
});
afterEach(() => world.close());

/** How somebody who knocks is turned away. */
async function turnedAway(address: string): Promise<number | null> {
  const client = await MirrorClient.open(address);
  await until("turned away", () => client.closeCode !== null);
  expect(client.told).toEqual([]);
  return client.closeCode;
}

const setConversation = (data: { status: string }) =>
  database.db.conversation.update({ where: { id: world.conversationId }, data });
const setShop = (data: { mirrorMode?: string; mirrorWrite?: boolean }) =>
  database.db.shop.update({ where: { id: world.people.anna.shopId }, data });

describe("the door", () => {
  it("[MI110] takes the room's token, for this conversation, from those who may still be here", async () => {
    const token = await world.token("anna");
    expect(await turnedAway(world.address(""))).toBe(closeCodes.unauthorized);
    expect(await turnedAway(world.address(`${token}x`))).toBe(closeCodes.unauthorized);
    expect(await turnedAway(world.address(token, "nowhere"))).toBe(closeCodes.notFound);
    const other = await database.db.conversation.create({
      data: {
        shopId: world.people.anna.shopId,
        visitorId: world.people.customer.visitorId ?? "",
        status: "open",
      },
    });
    expect(await turnedAway(world.address(token, other.id))).toBe(closeCodes.unauthorized);
    await database.db.participant.update({
      where: { id: world.people.anna.participantId },
      data: { leftAt: new Date() },
    });
    expect(await turnedAway(world.address(token))).toBe(closeCodes.forbidden);
  });

  it("[MI110] is closed where the shop has the mirror switched off, and to a conversation that has ended", async () => {
    await setShop({ mirrorMode: "off" });
    expect(await turnedAway(world.address(await world.token("customer")))).toBe(closeCodes.forbidden);
    await setShop({ mirrorMode: "on" });
    await setConversation({ status: "closed" });
    expect(await turnedAway(world.address(await world.token("customer")))).toBe(closeCodes.forbidden);
  });

  it("[MI128] is closed to whom the customer brought along, though the room lets her in", async () => {
    const token = await world.token("companion");
    const room = await authorize.admit(world.conversationId, token);
    expect(room.kind).toBe("admitted");
    expect(await turnedAway(world.address(token))).toBe(closeCodes.forbidden);
  });

  it("[MI119] lets in so many windows of one person", async () => {
    for (let count = 0; count < 8; count++) await world.open("anna");
    expect(await turnedAway(world.address(await world.token("anna")))).toBe(closeCodes.full);
  });

  it("[MI110] a token's end is the connection's, unless a new one comes in time", async () => {
    const short = await MirrorClient.open(world.address(await world.token("customer", 2)));
    const renewed = await MirrorClient.open(world.address(await world.token("anna", 2)));
    await renewed.asked({ type: "renew", token: await world.token("ben") });
    await until("somebody else's is refused", () => renewed.refusals().length > 0);
    renewed.ask({ type: "renew", token: await world.token("anna") });
    await until("ended", () => short.closeCode !== null);
    expect(short.closeCode).toBe(closeCodes.unauthorized);
    await renewed.settle();
    expect(renewed.closeCode).toBeNull();
    expect(renewed.refusals()).toEqual(["renew forbidden"]);
    renewed.socket.terminate();
  });
});

describe("the end", () => {
  it("[MI118] of the conversation ends the mirror for everybody at once", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    await setConversation({ status: "closed" });
    await world.relay.conversationChanged(world.conversationId);
    await until("closed", () => anna.closeCode !== null && customer.closeCode !== null);
    for (const client of [anna, customer]) {
      expect(client.closeCode).toBe(closeCodes.forbidden);
      expect(client.of("ended")).toEqual([{ type: "ended", reason: "conversation-ended" }]);
      expect(client.state.state.phase).toBe("idle");
    }
    expect(anna.of("wipe")).toHaveLength(1);
  });

  it("[MI118] of the shop's leave does, too", async () => {
    const customer = await world.share("page");
    await setShop({ mirrorMode: "off" });
    await world.relay.conversationChanged(world.conversationId);
    await until("closed", () => customer.closeCode !== null);
    expect(customer.of("ended")).toEqual([{ type: "ended", reason: "switched-off" }]);
  });

  it("[MI118] of somebody's part in it ends her watching, her proposal and her leave to act", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    const ben = await world.watch("ben");
    await anna.asked({ type: "ask-write" });
    await customer.asked({ type: "grant-write", participantId: world.people.anna.participantId });
    world.relay.disconnect(world.people.anna.participantId);
    await until("out", () => anna.closeCode !== null);
    await ben.settle();
    expect(anna.closeCode).toBe(closeCodes.forbidden);
    expect(ben.state.state).toMatchObject({ phase: "live", writer: null });
    expect(ben.state.state.viewers.map(({ name }) => name)).toEqual(["Ben"]);
  });

  it("[MI118] a proposal of somebody who has left is none", async () => {
    const customer = await world.open("customer");
    const anna = await world.open("anna");
    await anna.asked({ type: "propose" });
    world.relay.disconnect(world.people.anna.participantId);
    await customer.settle();
    expect(customer.state.state.phase).toBe("idle");
  });

  it("[MI118] who has another role now comes back with it; who is removed does not", async () => {
    await world.share("page");
    const anna = await world.watch("anna");
    const ben = await world.watch("ben");
    const memberId = world.people.anna.memberId;
    if (memberId === undefined || world.people.ben.memberId === undefined) throw new Error("no members");
    world.relay.disconnectMember(memberId, false);
    world.relay.disconnectMember(world.people.ben.memberId, true);
    await until("both are out", () => anna.closeCode !== null && ben.closeCode !== null);
    expect([anna.closeCode, ben.closeCode]).toEqual([closeCodes.unauthorized, closeCodes.forbidden]);
  });

  it("[MI118] the customer or an agent can stop it, and both are told who did", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    await anna.asked({ type: "stop" });
    await customer.settle();
    expect(customer.of("ended")).toEqual([{ type: "ended", reason: "agent" }]);
    const other = await world.open("customer");
    await customer.asked({ type: "share", resume: null });
    await other.asked({ type: "stop" });
    await customer.settle();
    expect(customer.of("ended").at(-1)).toEqual({ type: "ended", reason: "customer" });
  });

  it("[MI101] a private page is wiped from everybody who sees it; a pause only stops", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    await customer.asked({ type: "pause", reason: "customer" });
    await anna.settle();
    expect(anna.of("wipe")).toEqual([]);
    await customer.asked({ type: "pause", reason: "private-page" });
    await anna.settle();
    expect(anna.of("wipe")).toHaveLength(1);
    const ben = await world.watch("ben");
    expect(ben.frames).toEqual([]);
    expect(ben.state.state).toMatchObject({ phase: "paused", pausedFor: "private-page" });
  });
});
