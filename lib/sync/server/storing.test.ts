import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { AppError } from "@/lib/protocol/errors";
import type { MergePanel } from "@/lib/sync/server/ports";
import { mergeStored } from "@/lib/sync/server/stored-panel";
import { drawMark } from "@/tests/support/sync/draw";
import { connectRaw } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";

let world: World;
beforeEach(async () => {
  world = await startWorld({ maxUnsavedBytes: 2_000, factWindowMs: 1 });
});
afterEach(() => world.close());

const bothIn = async () => {
  const anna = world.open(world.claims("agent"));
  const bea = world.open(world.claims("customer"));
  await until("both are in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
  return { anna, bea };
};

/** Appends wait until it is called. */
const closeGate = (): (() => void) => {
  let open: () => void = () => undefined;
  world.journal.gate = new Promise((resolve) => {
    open = resolve;
  });
  return open;
};

describe("relaying before storing", () => {
  it("[SY10] everybody sees an update before it is stored, who joins now too", async () => {
    const { anna, bea } = await bothIn();
    const open = closeGate();
    drawMark(anna.doc);
    await until("relayed", () => markIds(bea.doc).length === 1);
    const late = world.open(world.claims("agent"));
    await until("answered", () => late.getSnapshot().synced && markIds(late.doc).length === 1);
    expect(world.journal.history).toEqual([]);
    open();
    await until("stored", () => world.journal.history.length === 1);
  });

  it("[SY10] what the server writes itself is shown when it is stored", async () => {
    const { anna, bea } = await bothIn();
    const open = closeGate();
    const showing = anna.request({ type: "show-asset", assetId: world.assetId });
    await until("at the journal", () => world.journal.statements === 1);
    drawMark(anna.doc);
    await until("relayed", () => markIds(bea.doc).length === 1);
    expect(bea.doc.getMap("stage").has("shown")).toBe(false);
    open();
    await showing;
    await until("shown", () => bea.doc.getMap("stage").has("shown"));
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
    await until("stored", () => world.journal.history.length > 0);
    expect(world.journal.parts(world.conversationId)).toEqual([update]);
    expect(sender.updates).toEqual([]);
  });

  it("[SY40] nothing is confirmed, and no event recorded, before it is stored", async () => {
    const client = await connectRaw(world.address(world.token(world.claims("agent"))));
    const open = closeGate();
    const doc = new Y.Doc();
    drawMark(doc);
    client.sendUpdate(Y.encodeStateAsUpdate(doc), 1);
    const isDone = (id: string) => client.control.some((told) => told.type === "done" && told.id === id);
    client.sendJson(17, { type: "confirm", id: "confirm-0001" });
    client.sendJson(17, { type: "lock-drawing", id: "locking-0001", locked: false });
    await until("the later request is done", () => isDone("locking-0001"));
    const drawn = () => world.events.some(({ type }) => type === "mark_drawn");
    expect([isDone("confirm-0001"), drawn()]).toEqual([false, false]);
    open();
    await until("confirmed and recorded", () => isDone("confirm-0001") && drawn());
  });

  it("[SY44] each update is stored with its author and the time it came in", async () => {
    const claims = world.claims("agent");
    const before = Date.now();
    const anna = world.open(claims);
    await until("in", () => anna.getSnapshot().synced);
    drawMark(anna.doc);
    const open = closeGate();
    await until("stored", () => world.journal.statements > 0);
    const received = Date.now();
    open();
    await until("confirmed", () => !anna.getSnapshot().unsaved);
    const [row] = world.journal.history;
    expect(row?.participantId).toBe(claims.participantId);
    expect(row?.at).toBeGreaterThanOrEqual(before);
    expect(row?.at).toBeLessThanOrEqual(received);
  });

  it("[SY11] while storing fails everybody is told and drawing goes on; then everything is stored", async () => {
    const { anna, bea } = await bothIn();
    world.journal.broken = true;
    drawMark(anna.doc);
    await until("told", () => !anna.getSnapshot().saving && !bea.getSnapshot().saving);
    drawMark(anna.doc);
    drawMark(bea.doc);
    const drawn = () => markIds(anna.doc).length === 3 && markIds(bea.doc).length === 3;
    await until("both see all", drawn);
    expect(anna.getSnapshot()).toMatchObject({ unsaved: true, rights: { draw: true } });
    world.journal.broken = false;
    await until("told", () => anna.getSnapshot().saving && bea.getSnapshot().saving);
    await until("confirmed", () => !anna.getSnapshot().unsaved && !bea.getSnapshot().unsaved);
    expect(storedMarks()).toEqual(markIds(anna.doc));
    expect(world.logged.some((line) => line.includes("not stored"))).toBe(true);
  });

  it("[SY12] when too much waits the panel is read-only, and nothing that was drawn is lost", async () => {
    const { anna, bea } = await bothIn();
    world.journal.broken = true;
    for (let count = 0; count < 40; count++) drawMark(anna.doc);
    await until("read-only", () => !anna.getSnapshot().rights.draw && !bea.getSnapshot().rights.draw);
    expect(anna.getSnapshot().rights.chat).toBe(true);
    expect(markIds(bea.doc).length).toBeLessThan(40);
    expect(world.journal.history).toEqual([]);
    world.journal.broken = false;
    await until("writable", () => anna.getSnapshot().rights.draw);
    await until("all arrived", () => markIds(bea.doc).length === 40);
    await until("confirmed", () => !anna.getSnapshot().unsaved);
    expect(anna.getSnapshot()).toMatchObject({ lastRefusal: null, docGeneration: 0 });
    expect(markIds(bea.doc)).toEqual(markIds(anna.doc));
    expect(storedMarks()).toEqual(markIds(anna.doc));
  });

  it("[SY43] a room whose conversation was deleted sends everybody away", async () => {
    const sender = await connectRaw(world.address(world.token(world.claims("agent"))));
    const other = await connectRaw(world.address(world.token(world.claims("customer"))));
    world.journal.append = () => Promise.reject(new AppError("not_found"));
    const doc = new Y.Doc();
    drawMark(doc);
    sender.sendUpdate(Y.encodeStateAsUpdate(doc), 1);
    await until("closed", () => sender.closeCode !== null && other.closeCode !== null);
    expect([sender.closeCode, other.closeCode]).toEqual([4404, 4404]);
    await until("freed", () => world.server.figures().rooms === 0);
  });

  it("[SY43] who waits for a picture to be put into such a room is told, and waits no longer", async () => {
    const picture = { source: "asset", assetId: world.assetId, productId: null, title: "" } as const;
    const put = () =>
      world.server.roomsPort.putItem(world.conversationId, { ...picture, width: 8, height: 6 }, null);
    const client = await connectRaw(world.address(world.token(world.claims("customer"))));
    world.journal.append = () => Promise.reject(new AppError("not_found"));
    await expect(Promise.allSettled([put(), put()])).resolves.toMatchObject([
      { status: "rejected", reason: { code: "not_found" } },
      { status: "rejected", reason: { code: "not_found" } },
    ]);
    await until("sent away", () => client.closeCode === 4404);
    await until("freed", () => world.server.figures().rooms === 0);
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
    await until("stored", () => world.journal.history.length > 0);
    expect(world.journal.parts(world.conversationId)).toEqual([first]);
  });
});

const storedMarks = () => {
  const doc = new Y.Doc();
  for (const part of world.journal.parts(world.conversationId)) Y.applyUpdate(doc, part);
  return markIds(doc);
};

describe("a room in memory", () => {
  it("[SY15] is loaded once for many who come at once, and freed after the last one left", async () => {
    const clients = await Promise.all(
      Array.from({ length: 6 }, () => connectRaw(world.address(world.token(world.claims("agent"))))),
    );
    expect(world.journal.loads).toBe(1);
    expect(world.server.figures()).toMatchObject({ rooms: 1, connections: 6 });
    for (const client of clients) client.socket.close();
    await until("freed", () => world.server.figures().rooms === 0);
    expect(world.server.figures()).toMatchObject({ rooms: 0, connections: 0 });
  });

  it("[SY14] is compacted when it is freed, and reads the same afterwards", async () => {
    const anna = world.open(world.claims("agent"));
    await until("in", () => anna.getSnapshot().synced);
    for (let count = 0; count < 20; count++) drawMark(anna.doc);
    await until("stored", () => !anna.getSnapshot().unsaved);
    const drawn = markIds(anna.doc);
    anna.close();
    await until("freed", () => world.server.figures().rooms === 0);
    expect(world.journal.parts(world.conversationId)).toHaveLength(1);
    const bea = world.open(world.claims("customer"));
    await until("in again", () => bea.getSnapshot().synced);
    expect(markIds(bea.doc)).toEqual(drawn);
  });

  it("[SY106] takes a long journal merged, and as it is when that fails", async () => {
    await world.close();
    const merged: number[] = [];
    let broken = false;
    const merge: MergePanel = (panel) => {
      merged.push(panel.updates.length);
      return broken ? Promise.reject(new Error("no thread")) : mergeStored(panel);
    };
    // Not freed while the test looks.
    world = await startWorld({ mergeBeforeLoadAbove: 10, lingerMs: 60_000 }, { merge });
    const { anna } = await bothIn();
    for (let count = 0; count < 20; count++) drawMark(anna.doc);
    await until("stored", () => !anna.getSnapshot().unsaved);
    const drawn = markIds(anna.doc);
    expect(merged).toEqual([]);

    for (const breaks of [false, true]) {
      broken = breaks;
      await world.crash();
      const late = world.open(world.claims("customer"));
      await until("in", () => late.getSnapshot().synced && markIds(late.doc).length === drawn.length);
      expect(markIds(late.doc)).toEqual(drawn);
      expect(merged.splice(0)).toEqual([21]);
      expect(world.logged.some((line) => line.includes("not merged"))).toBe(breaks);
    }
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

describe("a live room that is drawn on for long", () => {
  const AFTER = 8;
  const MARKS = 120;

  /** One by one, each stored before the next: every one an update of its own. */
  const drawMany = async (count: number) => {
    const { anna, bea } = await bothIn();
    for (let drawn = 0; drawn < count; drawn++) {
      drawMark(anna.doc);
      await until("stored", () => world.journal.history.length > drawn);
    }
    return { anna, bea };
  };
  beforeEach(async () => {
    await world.close();
    world = await startWorld({ compactAfterUpdates: AFTER });
  });

  it("[SY105] is compacted again and again, ever less often, and reads the same", async () => {
    const { anna } = await drawMany(MARKS);
    expect(world.journal.compactions).toBeGreaterThan(2);
    expect(world.journal.compactions).toBeLessThan(MARKS / AFTER / 2);
    expect(storedMarks()).toEqual(markIds(anna.doc));
  });

  it("[SY105] is compacted once at a time", async () => {
    let open: () => void = () => undefined;
    world.journal.compactionGate = new Promise((resolve) => {
      open = resolve;
    });
    const { anna } = await drawMany(AFTER * 5);
    expect(world.journal.compactions).toBe(1);
    open();
    await until("compacted", () => world.journal.parts(world.conversationId).length < AFTER * 5);
    expect(storedMarks()).toEqual(markIds(anna.doc));
  });
});
