import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeCodes } from "@/lib/protocol/close-codes";
import type { MirrorRequest } from "@/lib/protocol/mirror";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import type { MirrorClient } from "@/tests/support/mirror/mirror-client";
import { type MirrorWorld, startMirrorWorld, type Who } from "@/tests/support/mirror/mirror-world";
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

const click = { type: "click", node: 12, fx: 0.5, fy: 0.5 } as const;
const act = (id: string, epoch = 1): MirrorRequest => ({ type: "act", id, epoch, act: click });
const ring = (epoch = 1): MirrorRequest => ({
  type: "point",
  point: { as: "ring", epoch, node: 3, fx: 0, fy: 1 },
});

/** A page that is shared, watched by two agents and a supervisor, and in which Anna may act. */
async function written() {
  const customer = await world.share("page");
  const anna = await world.watch("anna");
  const ben = await world.watch("ben");
  const sofia = await world.watch("sofia");
  await anna.asked({ type: "ask-write" });
  await customer.asked({ type: "grant-write", participantId: world.people.anna.participantId });
  await Promise.all([anna, ben, sofia].map((client) => client.settle()));
  return { customer, anna, ben, sofia };
}

describe("who may ask for what", () => {
  const participantId = "00000000-0000-4000-8000-000000000000";
  const requests: readonly (readonly [unknown, readonly Who[]])[] = [
    [{ type: "propose" }, ["anna"]],
    [{ type: "withdraw" }, ["anna"]],
    [{ type: "watch" }, ["anna", "sofia"]],
    [{ type: "unwatch" }, ["anna", "sofia"]],
    [{ type: "ask-write" }, ["anna"]],
    [{ type: "release-write" }, ["anna"]],
    [{ type: "resync", epoch: 0 }, ["anna", "sofia"]],
    [{ type: "applied", epoch: 0, seq: 0 }, ["anna", "sofia"]],
    [{ type: "want-asset", key: "asset:1" }, ["anna", "sofia"]],
    [act("a"), ["anna"]],
    [{ type: "refuse" }, ["customer"]],
    [{ type: "share", resume: "x" }, ["customer"]],
    [{ type: "pause", reason: "customer" }, ["customer"]],
    [{ type: "unpause" }, ["customer"]],
    [{ type: "grant-write", participantId }, ["customer"]],
    [{ type: "deny-write" }, ["customer"]],
    [{ type: "revoke-write" }, ["customer"]],
    [ring(), ["customer", "anna"]],
    [{ type: "stop" }, ["customer", "anna"]],
  ];
  it("[MI114] a supervisor watches, agents propose and ask, the customer alone grants", async () => {
    const clients: readonly (readonly [Who, MirrorClient])[] = [
      ["customer", await world.open("customer")],
      ["anna", await world.open("anna")],
      ["sofia", await world.open("sofia")],
    ];
    for (const [request, may] of requests) {
      for (const [who, client] of clients) {
        const before = client.refusals().length;
        client.sendText(JSON.stringify(request));
        await client.settle();
        const isForbidden = client
          .refusals()
          .slice(before)
          .some((refusal) => refusal.endsWith(" forbidden"));
        expect(isForbidden, `${who} ${JSON.stringify(request)}`).toBe(!may.includes(who));
      }
    }
  });

  it("[MI114] a forged grant grants nothing", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    const { participantId } = world.people.anna;
    await anna.asked({ type: "grant-write", participantId });
    await customer.asked({ type: "grant-write", participantId });
    expect(anna.refusals()).toEqual(["grant-write forbidden"]);
    expect(customer.refusals()).toEqual(["grant-write conflict"]);
    await anna.asked(act("a"));
    expect(anna.of("acted")).toEqual([{ type: "acted", id: "a", refusal: "no-leave" }]);
  });

  it("[MI114] who may ask to act is the shop's to say: from a role on, or nobody", async () => {
    const where = { id: world.people.anna.shopId };
    await database.db.shop.update({ where, data: { mirrorWriteBy: "senior" } });
    await world.share("page");
    const anna = await world.watch("anna");
    const ben = await world.watch("ben");
    expect([anna.state.mayAskWrite, ben.state.mayAskWrite]).toEqual([false, true]);
    await anna.asked({ type: "ask-write" });
    expect(anna.refusals()).toEqual(["ask-write forbidden"]);
    await ben.asked({ type: "ask-write" });
    expect(ben.state.state.asking).toMatchObject({ participantId: world.people.ben.participantId });
    await database.db.shop.update({ where, data: { mirrorWrite: false } });
    await world.relay.conversationChanged(world.conversationId);
    await ben.settle();
    expect(ben.state).toMatchObject({ mayAskWrite: false, state: { asking: null } });
  });

  it("[MI114] who is asked again and again can be left alone", async () => {
    const customer = await world.open("customer");
    const anna = await world.open("anna");
    for (let count = 0; count < 5; count++) {
      await anna.asked({ type: "propose" });
      await customer.asked({ type: "refuse" });
    }
    expect(anna.refusals()).toEqual(["propose too-many", "propose too-many"]);
  });
});

describe("acting", () => {
  it("[MI115] reaches the shared tab, and what came of it the one who acted", async () => {
    const { customer, anna, ben } = await written();
    const participantId = world.people.anna.participantId;
    await anna.asked(act("a1"));
    await until("arrived", () => customer.of("act").length === 1);
    expect(customer.of("act")).toEqual([{ type: "act", participantId, id: "a1", epoch: 1, act: click }]);
    const other = world.people.ben.participantId;
    customer.ask({ type: "acted", participantId: other, id: "a1", refusal: null });
    customer.ask({ type: "acted", participantId, id: "never", refusal: null });
    customer.ask({ type: "acted", participantId, id: "a1", refusal: "covered" });
    await customer.asked({ type: "acted", participantId, id: "a1", refusal: null });
    await Promise.all([anna.settle(), ben.settle()]);
    expect(anna.of("acted")).toEqual([{ type: "acted", id: "a1", refusal: "covered" }]);
    expect(ben.of("acted")).toEqual([]);
  });

  it("[MI115] is for one: a second agent neither acts nor asks meanwhile", async () => {
    const { customer, ben } = await written();
    await ben.asked(act("b1"));
    await ben.asked({ type: "ask-write" });
    await customer.settle();
    expect(ben.of("acted")).toEqual([{ type: "acted", id: "b1", refusal: "no-leave" }]);
    expect(ben.refusals()).toEqual(["ask-write conflict"]);
    expect(customer.of("act")).toEqual([]);
  });

  it("[MI115] is for the page as it is: not for one that has gone", async () => {
    const { customer, anna } = await written();
    customer.send("full", 2, 0, "next");
    await customer.settle();
    await anna.asked(act("a1", 1));
    await anna.asked(act("a2", 2));
    await customer.settle();
    expect(anna.of("acted")).toEqual([{ type: "acted", id: "a1", refusal: "gone" }]);
    expect(customer.of("act").map(({ id }) => id)).toEqual(["a2"]);
  });

  it("[MI115] is over when it is taken back, and is told so", async () => {
    const { customer, anna } = await written();
    await customer.asked({ type: "revoke-write" });
    await anna.asked(act("a1"));
    expect(anna.of("acted")).toEqual([{ type: "acted", id: "a1", refusal: "no-leave" }]);
    expect(anna.state.state.writer).toBeNull();
  });

  it("[MI115] is over by its time", async () => {
    const { customer, anna } = await written();
    world.ahead = 120_001;
    await anna.asked(act("a1"));
    await customer.settle();
    expect(anna.of("acted")).toEqual([{ type: "acted", id: "a1", refusal: "no-leave" }]);
    expect(customer.of("act")).toEqual([]);
  });

  it("[MI115] is over when the agent's last window is gone", async () => {
    const { customer, anna } = await written();
    const second = await world.watch("anna");
    await anna.close();
    await customer.settle();
    expect(customer.state.state.writer).not.toBeNull();
    await second.close();
    await until("over", () => customer.state.state.writer === null);
  });

  it("[MI115] no faster than a hand: twenty a second, forty at once", async () => {
    const { customer, anna } = await written();
    for (let count = 0; count < 60; count++) anna.ask(act(`a${count}`));
    await anna.settle();
    await customer.settle();
    const tooFast = anna.of("acted").filter(({ refusal }) => refusal === "too-fast");
    expect(customer.of("act").length).toBeGreaterThanOrEqual(40);
    expect(customer.of("act").length + tooFast.length).toBe(60);
    expect(tooFast.length).toBeGreaterThan(10);
  });
});

describe("pointing and watching", () => {
  it("[MI116] goes to the shared tab and to everybody else who sees the page, and is signed by the relay", async () => {
    const { customer, anna, ben, sofia } = await written();
    const other = await world.open("customer");
    await anna.asked(ring());
    await customer.asked(ring());
    await Promise.all([anna, ben, sofia, other].map((client) => client.settle()));
    const authors = (client: MirrorClient) => client.of("point").map(({ participantId }) => participantId);
    const [a, c] = [world.people.anna.participantId, world.people.customer.participantId];
    expect(authors(customer)).toEqual([a]);
    expect(authors(anna)).toEqual([c]);
    expect(authors(ben)).toEqual([a, c]);
    expect(authors(sofia)).toEqual([a, c]);
    expect(authors(other)).toEqual([]);
  });

  it("[MI116] needs a page that is shared and seen, as it is now", async () => {
    const customer = await world.share("page");
    const anna = await world.open("anna");
    await anna.asked(ring());
    await anna.asked({ type: "watch" });
    await anna.asked(ring(0));
    await customer.asked({ type: "pause", reason: "customer" });
    await anna.asked(ring());
    expect(anna.refusals()).toEqual(["point forbidden", "point conflict"]);
    expect(customer.of("point")).toEqual([]);
  });

  const mark = (id: string, count: number, done = true): MirrorRequest => {
    const points = Array.from({ length: count }, (_, at): [number, number] => [at, -at]);
    const place = { epoch: 1, node: 3, fx: 0.5, fy: 0.5, width: 80 };
    return { type: "point", point: { as: "mark", id, kind: "pen", ...place, points, done } };
  };
  const ids = (client: MirrorClient) =>
    client.of("point").map(({ point }) => (point.as === "mark" ? point.id : point.as));

  it("[MI129] a mark goes where a point goes, by whom a point may come from, and so does erasing", async () => {
    const { customer, anna, ben, sofia } = await written();
    await anna.asked(mark("a", 2));
    await customer.asked(mark("c", 160));
    await sofia.asked(mark("s", 2));
    await ben.asked({ type: "point", point: { as: "erase", epoch: 1 } });
    await customer.asked({ type: "pause", reason: "customer" });
    await anna.asked(mark("late", 2));
    await Promise.all([customer, ben, sofia].map((client) => client.settle()));
    expect(ids(customer)).toEqual(["a", "erase"]);
    expect(ids(anna)).toEqual(["c", "erase"]);
    expect(ids(ben)).toEqual(["a", "c"]);
    expect(ids(sofia)).toEqual(["a", "c", "erase"]);
    expect([...sofia.refusals(), ...anna.refusals()]).toEqual(["point forbidden", "point conflict"]);
  });

  it("[MI129] has so many points at most, and so many a second", async () => {
    // A relay whose clock stands: however slow the machine, no time passes in which points could be regained.
    await world.close();
    const at = Date.now();
    world = await startMirrorWorld(database, { now: () => at });
    const { customer, anna, ben } = await written();
    // 2,000 a second over ten seconds: 125 whole marks at once.
    for (let count = 0; count < 130; count++) anna.ask(mark(`m${count}`, 160, false));
    await anna.settle();
    await customer.settle();
    expect(anna.refusals()).toEqual(Array.from({ length: 5 }, () => "point too-many"));
    expect(ids(customer)).toHaveLength(125);
    ben.sendText(JSON.stringify(mark("long", 161)));
    await ben.settle();
    expect(ben.closeCode).toBe(closeCodes.malformed);
    const { point } = mark("far", 2) as Extract<MirrorRequest, { type: "point" }>;
    const far = {
      ...point,
      points: [
        [0, 0],
        [20_001, 0],
      ],
    };
    customer.sendText(JSON.stringify({ type: "point", point: far }));
    await customer.settle();
    expect(customer.closeCode).toBe(closeCodes.malformed);
  });

  it("[MI116] a wish for a picture reaches the shared tab", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    await anna.asked({ type: "want-asset", key: "asset:4" });
    await customer.settle();
    expect(customer.of("want-asset")).toEqual([{ type: "want-asset", key: "asset:4" }]);
    const ben = await world.open("ben");
    await ben.asked({ type: "want-asset", key: "asset:4" });
    expect(ben.refusals()).toEqual(["want-asset conflict"]);
  });

  it("[MI117] everybody who watches is named, supervisors too, until her last window is gone", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    const second = await world.watch("anna");
    const sofia = await world.watch("sofia");
    await customer.settle();
    const names = () => customer.state.state.viewers.map(({ name, role }) => `${name} ${role}`);
    expect(names()).toEqual(["Anna agent", "Sofia supervisor"]);
    await anna.close();
    await second.settle();
    expect(names()).toEqual(["Anna agent", "Sofia supervisor"]);
    await second.asked({ type: "unwatch" });
    await sofia.close();
    await until("nobody is named", () => names().length === 0);
  });

  it("[MI117] nobody watches what is not shared", async () => {
    const anna = await world.open("anna");
    await anna.asked({ type: "watch" });
    await anna.asked({ type: "propose" });
    await anna.asked({ type: "watch" });
    expect(anna.refusals()).toEqual(["watch conflict", "watch conflict"]);
    expect(anna.state.state).toMatchObject({ phase: "proposed", viewers: [] });
  });
});
