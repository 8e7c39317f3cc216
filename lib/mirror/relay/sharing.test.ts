import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeCodes } from "@/lib/protocol/close-codes";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type MirrorWorld, startMirrorWorld } from "@/tests/support/mirror/mirror-world";
import { until } from "@/tests/support/sync/until";

let database: TestDatabase;
let world: MirrorWorld;
beforeAll(async () => {
  database = await openTestDatabase("postgres");
});
afterAll(() => database.close());
beforeEach(async () => {
  world = await startMirrorWorld(database, {
    askFullMs: 50,
    lagMs: 5,
    probeMs: 200,
    cacheBytes: 10_000,
    cacheFrames: 20,
  });
});
afterEach(() => world.close());

const changes = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `change ${from + index}`);

describe("the page on its way", () => {
  it("[MI111] is passed on as it came, in order, and to nobody who does not watch", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    const ben = await world.open("ben");
    for (let seq = 1; seq <= 200; seq++) customer.send("delta", 1, seq, `change ${seq}`);
    await until("all came", () => anna.frames.length === 201);
    expect(anna.payloads()).toEqual(["page", ...changes(1, 200)]);
    expect(ben.frames).toEqual([]);
    expect(customer.frames).toEqual([]);
  });

  it("[MI111] any bytes are: nothing is read of them", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    const noise = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256);
    customer.send("asset", 1, 0, noise);
    await until("it came", () => anna.frames.length === 2);
    expect(Buffer.compare(anna.frames[1]?.subarray(16) ?? Buffer.alloc(0), noise)).toBe(0);
  });

  it("[MI111] ends with what she agreed to: paused, stopped, from another tab, or of an older page", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    await customer.asked({ type: "pause", reason: "customer" });
    customer.send("delta", 1, 1, "while paused");
    await customer.asked({ type: "unpause" });
    customer.send("delta", 1, 2, "before the whole");
    customer.send("full", 2, 0, "again");
    customer.send("delta", 1, 3, "of the older page");
    const other = await world.open("customer");
    other.send("full", 9, 0, "of another tab");
    await other.settle();
    await customer.asked({ type: "stop" });
    customer.send("delta", 2, 1, "after the end");
    await customer.settle();
    await anna.settle();
    expect(anna.payloads()).toEqual(["page", "again"]);
    expect(world.refused).toEqual(["not-live", "stale", "stale", "other-tab", "not-live"]);
    expect(anna.of("ended")).toEqual([{ type: "ended", reason: "customer" }]);
    expect(anna.state.state).toMatchObject({ phase: "idle", viewers: [], since: null });
  });

  it("[MI111] nothing of it is stored or logged", async () => {
    const customer = await world.share("a secret of the page");
    const anna = await world.watch("anna");
    customer.send("delta", 1, 1, "a secret of the page");
    customer.send("full", 0, 0, "a secret of the page");
    customer.sendBytes(Buffer.from("a secret of the page"));
    await until("closed", () => customer.closeCode !== null);
    expect(anna.payloads()).toHaveLength(2);
    await world.relay.conversationChanged(world.conversationId);
    const rows = await database.db.mirrorSession.findMany();
    expect(JSON.stringify([rows, world.logged])).not.toContain("secret");
    expect(world.logged.join()).toContain("a mirror's connection was ended");
  });

  it("[MI119] what no capture writes, and what an agent sends as a page, closes the connection", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    anna.send("full", 5, 0, "forged");
    await until("the agent is closed", () => anna.closeCode !== null);
    expect(anna.closeCode).toBe(closeCodes.malformed);
    for (const bad of ["", "{", "[]", "null", '{"type":"sudo"}', '{"type":"act","id":"a"}']) {
      const client = await world.open("ben");
      client.sendText(bad);
      await until(`closed for ${bad}`, () => client.closeCode !== null);
      expect(client.closeCode).toBe(closeCodes.malformed);
    }
    customer.sendBytes(new Uint8Array(4_194_305));
    await until("the customer is closed", () => customer.closeCode !== null);
    expect(customer.closeCode).toBe(closeCodes.tooLarge);
  });

  it("[MI119] who sends too much is closed, and so is who writes too long a text", async () => {
    const customer = await world.share("page");
    for (let count = 0; count < 2_500 && customer.closeCode === null; count++) {
      customer.send("cursor", 1, 0, "x");
    }
    await until("closed", () => customer.closeCode !== null);
    expect(customer.closeCode).toBe(closeCodes.tooMany);
    const anna = await world.open("anna");
    anna.sendText("x".repeat(25_000));
    await until("closed", () => anna.closeCode !== null);
    expect(anna.closeCode).toBe(closeCodes.tooLarge);
  });
});

describe("coming late", () => {
  it("[MI112] costs the customer nothing: the last whole page, what changed since, the newest pointer", async () => {
    const customer = await world.share("first");
    customer.send("delta", 1, 1, "old");
    customer.send("full", 2, 4, "page");
    for (let seq = 5; seq <= 8; seq++) customer.send("delta", 2, seq, `change ${seq}`);
    for (const at of ["here", "there", "now"]) customer.send("cursor", 2, 0, at);
    await customer.settle();
    const asked = customer.of("send-full").length;
    const anna = await world.watch("anna");
    expect(anna.payloads()).toEqual(["page", ...changes(5, 8), "now"]);
    customer.send("delta", 2, 9, "change 9");
    await until("goes on", () => anna.payloads().at(-1) === "change 9");
    expect(customer.of("send-full")).toHaveLength(asked);
  });

  it("[MI112] when too much has changed asks for the page anew, and only the late one is sent it", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    for (let seq = 1; seq <= 21; seq++) customer.send("delta", 1, seq, `change ${seq}`);
    await customer.settle();
    const asked = customer.of("send-full").length;
    const ben = await world.watch("ben");
    expect(ben.frames).toEqual([]);
    await until("asked", () => customer.of("send-full").length > asked);
    customer.send("full", 1, 21, "page again");
    customer.send("delta", 1, 22, "change 22");
    await until("caught up", () => ben.frames.length === 2 && anna.frames.length === 23);
    expect(ben.payloads()).toEqual(["page again", "change 22"]);
    expect(anna.payloads()).toEqual(["page", ...changes(1, 22)]);
    const sofia = await world.watch("sofia");
    expect(sofia.payloads()).toEqual(["page again", "change 22"]);
  });

  it("[MI112] the same when the bytes are too many", async () => {
    const customer = await world.share("page");
    for (let seq = 1; seq <= 4; seq++) customer.send("delta", 1, seq, "x".repeat(3_000));
    await customer.settle();
    const anna = await world.watch("anna");
    expect(anna.frames).toEqual([]);
    await until("asked", () => customer.of("send-full").length === 2);
  });

  it("[MI112] a change that cannot be built upon is not passed on: everybody gets the page anew", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    customer.send("delta", 1, 2, "one is missing");
    await until("asked", () => customer.of("send-full").length === 2);
    customer.send("delta", 1, 3, "still nothing to build upon");
    customer.send("full", 1, 3, "whole");
    await until("whole", () => anna.frames.length === 2);
    expect(anna.payloads()).toEqual(["page", "whole"]);
  });

  it("[MI112] a viewer who could not build it is given another, at most every now and then", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    const ben = await world.watch("ben");
    for (let count = 0; count < 30; count++) anna.ask({ type: "resync", epoch: 1 });
    await until("asked", () => customer.of("send-full").length === 2);
    customer.send("full", 1, 0, "page again");
    await until("came", () => anna.frames.length === 2);
    expect(ben.payloads()).toEqual(["page"]);
    expect(customer.of("send-full")).toHaveLength(2);
  });

  it("[MI112] while nothing of it comes, it is asked for again", async () => {
    const customer = await world.open("customer");
    await customer.asked({ type: "share", resume: null });
    const anna = await world.watch("anna");
    await until("asked again", () => customer.of("send-full").length >= 3);
    customer.send("full", 1, 0, "page");
    await until("came", () => anna.frames.length === 1);
  });
});

describe("which tab", () => {
  it("[MI103] a second tab is not shared, and says so to nobody else", async () => {
    const customer = await world.share("page");
    const other = await world.open("customer");
    expect(customer.state.here).toBe(true);
    expect(other.state).toMatchObject({ here: false, state: { phase: "live" } });
    for (const request of [
      { type: "pause", reason: "customer" },
      { type: "acted", participantId: world.people.anna.participantId, id: "a", refusal: null },
      { type: "grant-write", participantId: world.people.anna.participantId },
    ] as const) {
      await other.asked(request);
    }
    expect(other.refusals()).toEqual(["pause forbidden", "acted forbidden", "grant-write forbidden"]);
    await other.close();
    expect(customer.state.state.phase).toBe("live");
  });

  it("[MI103] a copy of the tab, with its word, is none while the tab lives", async () => {
    const customer = await world.share("page");
    const resume = customer.of("sharing")[0]?.resume ?? "";
    const copy = await world.open("customer");
    await copy.asked({ type: "share", resume });
    await customer.settle();
    expect(copy.refusals()).toEqual(["share conflict"]);
    expect(customer.closeCode).toBeNull();
    expect(customer.state.here).toBe(true);
  });

  it("[MI103] a tab that no longer answers gives way to its next page", async () => {
    const customer = await world.share("page");
    const resume = customer.of("sharing")[0]?.resume ?? "";
    customer.socket.pause();
    const next = await world.open("customer");
    await next.asked({ type: "share", resume });
    expect(next.refusals()).toEqual(["share conflict"]);
    await until("waited for", () => next.state.state.phase === "suspended");
    await next.asked({ type: "share", resume });
    expect(next.state).toMatchObject({ here: true, state: { phase: "live" } });
  });

  it("[MI103] when she agrees in another tab, that one is shared and the first is not", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    const other = await world.open("customer");
    await other.asked({ type: "share", resume: null });
    await customer.settle();
    expect(customer.state.here).toBe(false);
    expect(other.state.here).toBe(true);
    customer.send("delta", 1, 1, "of the first");
    other.send("full", 1, 0, "of the second");
    await until("came", () => anna.frames.length === 2);
    expect(anna.payloads()).toEqual(["page", "of the second"]);
    expect(anna.of("wipe")).toHaveLength(1);
  });
});
