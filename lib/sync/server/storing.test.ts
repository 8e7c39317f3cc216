import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { drawMark } from "@/tests/support/sync/draw";
import { connectRaw } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";

let world: World;
beforeEach(async () => {
  world = await startWorld({ maxUnsavedBytes: 2_000 });
});
afterEach(() => world.close());

const bothIn = async () => {
  const anna = world.open(world.claims("agent"));
  const bea = world.open(world.claims("customer"));
  await until("both are in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
  return { anna, bea };
};

describe("storing before relaying", () => {
  it("[SY10] nobody sees an update before it is stored, not even who joins now", async () => {
    const { anna, bea } = await bothIn();
    let open: (value?: undefined) => void = () => undefined;
    world.journal.gate = new Promise<undefined>((resolve) => {
      open = resolve;
    }).then(() => undefined);
    drawMark(anna.doc);
    const late = world.open(world.claims("agent"));
    // Presence goes past the journal: when it has arrived, so has the update.
    anna.awareness.setLocalState({ participantId: anna.getSnapshot().you });
    await until("presence arrived", () => bea.awareness.getStates().has(anna.awareness.clientID));
    await until("the late one is welcomed", () => late.getSnapshot().connection === "online");
    expect(markIds(bea.doc)).toEqual([]);
    expect(late.getSnapshot().synced).toBe(false);
    open();
    await until("both see it", () => markIds(bea.doc).length === 1 && markIds(late.doc).length === 1);
    expect(markIds(late.doc)).toEqual(markIds(anna.doc));
  });

  it("[SY10] the same bytes are stored and relayed", async () => {
    const sender = await connectRaw(world.address(world.token(world.claims("agent"))));
    const receiver = await connectRaw(world.address(world.token(world.claims("customer"))));
    const doc = new Y.Doc();
    drawMark(doc);
    const update = Y.encodeStateAsUpdate(doc);
    sender.sendUpdate(update, 1);
    await until("relayed", () => receiver.updates.length > 0);
    expect(receiver.updates).toEqual([update]);
    expect(await world.journal.load(world.conversationId)).toEqual([update]);
    expect(sender.updates).toEqual([]);
  });

  it("[SY11] while storing fails everybody is told and nothing is relayed; then everything arrives", async () => {
    const { anna, bea } = await bothIn();
    world.journal.broken = true;
    drawMark(anna.doc);
    await until("told", () => !anna.getSnapshot().saving && !bea.getSnapshot().saving);
    drawMark(anna.doc);
    expect(markIds(bea.doc)).toEqual([]);
    expect(anna.getSnapshot().unsaved).toBe(true);
    world.journal.broken = false;
    await until("arrived", () => markIds(bea.doc).length === 2);
    await until("told", () => anna.getSnapshot().saving && bea.getSnapshot().saving);
    await until("confirmed", () => !anna.getSnapshot().unsaved);
    expect(markIds(bea.doc)).toEqual(markIds(anna.doc));
    expect(world.logged.some((line) => line.includes("not stored"))).toBe(true);
  });

  it("[SY12] when too much waits the panel is read-only, and nothing that was drawn is lost", async () => {
    const { anna, bea } = await bothIn();
    world.journal.broken = true;
    for (let count = 0; count < 40; count++) drawMark(anna.doc);
    await until("read-only", () => !anna.getSnapshot().rights.draw && !bea.getSnapshot().rights.draw);
    expect(anna.getSnapshot().rights.chat).toBe(true);
    expect(markIds(bea.doc)).toEqual([]);
    world.journal.broken = false;
    await until("writable", () => anna.getSnapshot().rights.draw);
    await until("all arrived", () => markIds(bea.doc).length === 40);
    expect(anna.getSnapshot()).toMatchObject({ lastRefusal: null, docGeneration: 0 });
    expect(markIds(bea.doc)).toEqual(markIds(anna.doc));
  });

  it("[SY16] an update that builds on something missing is dropped while catching up, refused later, stored never", async () => {
    const client = await connectRaw(world.address(world.token(world.claims("agent"))));
    const doc = new Y.Doc();
    const sent: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => sent.push(update));
    for (let count = 0; count < 3; count++) drawMark(doc);
    const [first = new Uint8Array(), second = new Uint8Array(), third = new Uint8Array()] = sent;
    client.sendUpdate(second);
    client.sendUpdate(first, 1);
    client.sendUpdate(third);
    await until("refused", () => client.refusals().length > 0);
    expect(client.refusals()).toEqual(["conflict"]);
    expect(await world.journal.load(world.conversationId)).toEqual([first]);
  });
});

describe("a room in memory", () => {
  it("[SY15] is loaded once for many who come at once, and freed after the last one left", async () => {
    const clients = await Promise.all(
      Array.from({ length: 6 }, () => connectRaw(world.address(world.token(world.claims("agent"))))),
    );
    expect(world.journal.loads).toBe(1);
    expect(world.server.figures()).toEqual({ rooms: 1, connections: 6 });
    for (const client of clients) client.socket.close();
    await until("freed", () => world.server.figures().rooms === 0);
    expect(world.server.figures()).toEqual({ rooms: 0, connections: 0 });
  });

  it("[SY14] is compacted when it is freed, and reads the same afterwards", async () => {
    const anna = world.open(world.claims("agent"));
    await until("in", () => anna.getSnapshot().synced);
    for (let count = 0; count < 20; count++) drawMark(anna.doc);
    await until("stored", () => !anna.getSnapshot().unsaved);
    const drawn = markIds(anna.doc);
    anna.close();
    await until("freed", () => world.server.figures().rooms === 0);
    expect(await world.journal.load(world.conversationId)).toHaveLength(1);
    const bea = world.open(world.claims("customer"));
    await until("in again", () => bea.getSnapshot().synced);
    expect(markIds(bea.doc)).toEqual(drawn);
  });

  it("[SY15] survives somebody who comes back while it lingers", async () => {
    const claims = world.claims("customer");
    const before = await connectRaw(world.address(world.token(claims)));
    before.socket.close();
    await until("left", () => world.server.figures().connections === 0);
    const again = await connectRaw(world.address(world.token(claims)));
    expect(again.control[0]?.type).toBe("welcome");
    expect(world.journal.loads).toBe(1);
  });
});
