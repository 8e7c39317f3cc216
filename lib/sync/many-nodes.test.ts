import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Room } from "@/lib/sync/client/room";
import { type Cluster, type ClusterNode, startCluster } from "@/tests/support/sync/cluster";
import { drawMark } from "@/tests/support/sync/draw";
import { connectRaw } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { markIds } from "@/tests/support/sync/world";
import { GONE_AFTER_MS } from "./nodes/node-watch";

/** From a node's end until nobody shows its people any more, milliseconds. */
const NO_GHOSTS_AFTER_MS = 10_000;

let cluster: Cluster;
let first: ClusterNode;
let second: ClusterNode;
let anna: Room;
let bea: Room;

beforeEach(async () => {
  cluster = await startCluster();
  const options = { leaveGraceMs: 300, factWindowMs: 50, lingerMs: 200 };
  [first, second] = [await cluster.start({ options }), await cluster.start({ options })];
  anna = cluster.open(cluster.place.agent, "agent", () => first.baseUrl);
  bea = cluster.open(cluster.place.customer, "customer", () => second.baseUrl);
  await until("both are in", () => [anna, bea].every((room) => room.getSnapshot().synced));
  await until("they see each other", () => [anna, bea].every((room) => online(room).length === 2));
});
afterEach(() => cluster.close());

const online = (room: Room) =>
  (room.getSnapshot().room?.participants ?? []).filter((person) => person.online).map(({ name }) => name);
const sameMarks = (...rooms: Room[]) => new Set(rooms.map(({ doc }) => markIds(doc).join())).size === 1;
const texts = (room: Room) =>
  room.getSnapshot().messages.map(({ body }) => (body.kind === "text" ? body.text : body.kind));
const presences = (room: Room) => [...room.awareness.getStates().values()].filter((state) => state.who);
const types = (node: ClusterNode) => node.events.map(({ type }) => type);

describe("a room on two nodes", () => {
  it("[SY90] strokes, messages, presence and who is there reach everybody", async () => {
    for (let count = 0; count < 30; count++) {
      drawMark(anna.doc);
      drawMark(bea.doc);
    }
    anna.sendText("This one?");
    bea.sendText("In blue, please");
    bea.awareness.setLocalState({ participantId: cluster.place.customer, pointer: null });
    await until("marks", () => markIds(anna.doc).length === 60 && sameMarks(anna, bea));
    await until("messages", () => [anna, bea].every((room) => texts(room).length === 2));
    await until("presence", () => presences(anna).length === 1);
    expect(anna.doc.getMap("marks").toJSON()).toEqual(bea.doc.getMap("marks").toJSON());
    expect(presences(anna)[0]?.who).toEqual({ name: "customer", role: "customer", color: 0 });
    expect(texts(anna)).toEqual(texts(bea));
    await until("stored", () => !anna.getSnapshot().unsaved && !bea.getSnapshot().unsaved);
    expect(markIds(await cluster.stored())).toEqual(markIds(anna.doc));
  });

  it("[SY90] who comes later, to whichever node, sees all of it, also what is not stored yet", async () => {
    const ids = Array.from({ length: 20 }, () => drawMark(anna.doc));
    const third = await cluster.start();
    const late = cluster.open(cluster.place.customer, "customer", () => third.baseUrl);
    await until("everything", () => markIds(late.doc).length === ids.length);
    expect(markIds(late.doc)).toEqual([...ids].sort());
  });

  it("[SY90, SY61] nobody on another node takes over a Yjs id, or changes another's marks", async () => {
    const id = drawMark(anna.doc, undefined, cluster.place.agent);
    await until("arrived", () => markIds(bea.doc).includes(id));
    bea.doc.getMap("marks").delete(id);
    await until("refused", () => bea.getSnapshot().lastRefusal !== null);
    expect(bea.getSnapshot().lastRefusal?.code).toBe("forbidden");
    expect(markIds(anna.doc)).toEqual([id]);
  });

  it("[SY96] a lock set on one node holds on the other at once", async () => {
    await anna.request({ type: "lock-drawing", locked: true });
    await until("locked", () => !bea.getSnapshot().rights.draw, 1_000);
    const raw = await connectRaw(cluster.address(second, cluster.place.customer, "customer"));
    raw.sendUpdate(new Uint8Array([0, 0]), 1);
    drawMark(bea.doc);
    await until("refused", () => bea.getSnapshot().lastRefusal?.code === "drawing_locked");
    expect(markIds(anna.doc)).toEqual([]);
    raw.socket.terminate();
  });

  it("[SY96] who is disconnected is disconnected on every node", async () => {
    first.sync.roomsPort.disconnect(cluster.place.customer);
    await until("out", () => bea.getSnapshot().connection === "ended", 1_000);
    expect(bea.getSnapshot().connection).toBe("ended");
  });

  it("[SY94] messages written on both nodes at once reach everybody in the order of their numbers", async () => {
    const witness = await connectRaw(cluster.address(second, cluster.place.agent, "agent"));
    for (let count = 0; count < 20; count++) {
      anna.sendText(`A${count}`);
      bea.sendText(`B${count}`);
    }
    const seen = () =>
      witness.chat.flatMap((update) => {
        const { type, message } = update as { type: string; message?: { seq: number } };
        return type === "message" && message ? [message.seq] : [];
      });
    await until("all", () => seen().length === 40);
    expect(seen()).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    witness.socket.terminate();
  });

  it("[SY95] coming and going are recorded once, whichever nodes somebody goes through", async () => {
    const all = () => [...types(first), ...types(second)];
    const joined = () => all().filter((type) => type === "participant_joined").length;
    await until("recorded", () => joined() === 2);
    let where = second;
    const customer = cluster.open(cluster.place.customer, "customer", () => where.baseUrl);
    await until("in twice", () => customer.getSnapshot().synced);
    bea.close();
    where = first;
    cluster.drop(customer);
    await until("away", () => !customer.getSnapshot().synced);
    await until("back", () => customer.getSnapshot().synced && first.sync.figures().connections === 2);
    await until("freed there", () => second.sync.figures().rooms === 0);
    customer.close();
    await until("left", () => all().includes("participant_left"));
    expect(joined()).toBe(2);
    expect(all().filter((type) => type === "participant_left")).toHaveLength(1);
  });
});

describe("a line that breaks", () => {
  const drawApart = () => {
    for (let count = 0; count < 10; count++) {
      drawMark(anna.doc);
      drawMark(bea.doc);
    }
  };

  it("[SY91] Redis is killed and comes back: nobody is thrown out, and all is the same again", async () => {
    await cluster.redis.kill();
    await until("noticed", () => !first.nodes?.isConnected() && !second.nodes?.isConnected());
    drawApart();
    anna.sendText("Still here?");
    await until("drawn", () => !anna.getSnapshot().unsaved && texts(anna).length === 1);
    expect(anna.getSnapshot().connection).toBe("online");
    expect(markIds(bea.doc)).toHaveLength(10);
    await cluster.redis.start();
    await until("together", () => markIds(anna.doc).length === 20 && sameMarks(anna, bea));
    await until("the message too", () => texts(bea).length === 1);
    expect(anna.doc.getMap("marks").toJSON()).toEqual(bea.doc.getMap("marks").toJSON());
    drawMark(bea.doc);
    await until("and goes on", () => markIds(anna.doc).length === 21);
  });

  it("[SY91] a line on which nothing passes any more is noticed, and dialled anew", async () => {
    first.line.freeze();
    await until("noticed", () => !first.nodes?.isConnected(), 2 * NO_GHOSTS_AFTER_MS);
    drawApart();
    await until("nobody sees a ghost", () => online(bea).length === 1, NO_GHOSTS_AFTER_MS);
    first.line.heal();
    await until("together", () => markIds(anna.doc).length === 20 && sameMarks(anna, bea));
    await until("they see each other", () => online(bea).length === 2 && online(anna).length === 2);
    expect(anna.doc.getMap("marks").toJSON()).toEqual(bea.doc.getMap("marks").toJSON());
  }, 40_000);

  it("[SY91] the last message before the line came back arrives, also on nodes whose own line held", async () => {
    second.line.cut();
    await until("noticed", () => !second.nodes?.isConnected());
    bea.sendText("Nobody hears me");
    await until("stored", () => bea.getSnapshot().messages[0]?.seq === 1);
    expect(texts(anna)).toEqual([]);
    second.line.heal();
    await until("heard", () => texts(anna).length === 1);
    await until("delivered", () => bea.getSnapshot().receipts.length > 0);
    expect(texts(anna)).toEqual(["Nobody hears me"]);
  });

  it("[SY91] what changed in the database meanwhile holds afterwards", async () => {
    second.line.cut();
    await until("noticed", () => !second.nodes?.isConnected());
    await anna.request({ type: "lock-drawing", locked: true });
    expect(bea.getSnapshot().rights.draw).toBe(true);
    second.line.heal();
    await until("locked", () => !bea.getSnapshot().rights.draw);
    expect(bea.getSnapshot().rights.draw).toBe(false);
  });
});

describe("a node that is lost", () => {
  it("[SY92] its people's pointers are gone, and they too unless they come back", async () => {
    bea.awareness.setLocalState({ participantId: cluster.place.customer, pointer: null });
    await until("presence", () => presences(anna).length === 1);
    // For the others it is the same whether a node is dead or only cut off for good.
    second.line.cut();
    await until("no ghost", () => presences(anna).length === 0, NO_GHOSTS_AFTER_MS);
    await until("offline", () => !online(anna).includes("customer"));
    await until("recorded", () => types(first).includes("participant_left"));
    expect(types(first).filter((type) => type === "participant_left")).toHaveLength(1);
  }, 40_000);

  it("[SY93] what it had relayed and not stored is stored by those who have it, under its author", async () => {
    const broken = await cluster.start({
      journal: {
        load: async () => ({ snapshot: null, updates: [] }),
        append: () => Promise.reject(new Error("the disk is full")),
        compact: () => Promise.reject(new Error("the disk is full")),
      },
    });
    const carla = cluster.open(cluster.place.customer, "customer", () => broken.baseUrl);
    await until("in", () => carla.getSnapshot().synced);
    const id = drawMark(carla.doc, undefined, cluster.place.customer);
    await until("seen elsewhere", () => markIds(anna.doc).includes(id));
    expect(markIds(await cluster.stored())).toEqual([]);
    carla.close();
    broken.line.cut();
    await expect
      .poll(async () => markIds(await cluster.stored()), { timeout: GONE_AFTER_MS + 6_000 })
      .toEqual([id]);
    const author = await cluster.authorOf(id);
    expect(author).toBe(cluster.place.customer);
  }, 40_000);
});
