import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/protocol/errors";
import { drawMark } from "@/tests/support/sync/draw";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

describe("a room on a bad line", () => {
  it("[SY31] what is drawn and written offline arrives after the return, once", async () => {
    const anna = world.open(world.claims("agent"));
    const bea = world.open(world.claims("customer"));
    await until("in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
    drawMark(bea.doc);
    await until("before", () => markIds(anna.doc).length === 1);
    world.unplug();
    await until("offline", () => bea.getSnapshot().connection === "offline");
    for (let count = 0; count < 30; count++) drawMark(bea.doc);
    bea.sendText("are you there?");
    bea.sendText("hello?");
    await until("shown as sending", () => bea.getSnapshot().messages.length === 2);
    expect(bea.getSnapshot().messages.map((message) => [message.seq, message.state])).toEqual([
      [null, "sending"],
      [null, "sending"],
    ]);
    world.plug();
    await until("drawings arrived", () => markIds(anna.doc).length === 31);
    await until("messages arrived", () => anna.getSnapshot().messages.length === 2);
    await until("all is saved", () => !bea.getSnapshot().unsaved);
    expect(markIds(anna.doc)).toEqual(markIds(bea.doc));
    expect(bea.getSnapshot().messages.map((message) => [message.seq, message.state])).toEqual([
      [1, "stored"],
      [2, "stored"],
    ]);
  });

  it("[SY31] a restarted server finds everybody again", async () => {
    const anna = world.open(world.claims("agent"));
    const bea = world.open(world.claims("customer"));
    await until("in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
    drawMark(anna.doc);
    await until("stored", () => !anna.getSnapshot().unsaved);
    await world.restart();
    drawMark(anna.doc);
    await until("both are there", () => markIds(bea.doc).length === 2 && bea.getSnapshot().synced);
    expect(markIds(bea.doc)).toEqual(markIds(anna.doc));
  });

  it("[SY31] a message that cannot be stored now is offered again; a refused one fails and can be discarded", async () => {
    const claims = world.claims("customer");
    const bea = world.open(claims);
    await until("in", () => bea.getSnapshot().synced);
    world.chat.broken = true;
    bea.sendText("hold on");
    await until("refused for now", () => world.logged.some((line) => line.includes("was not stored")));
    expect(bea.getSnapshot().messages[0]?.state).toBe("sending");
    world.chat.broken = false;
    await until("stored", () => bea.getSnapshot().messages[0]?.state === "stored");
    await bea.request({ type: "end" });
    bea.sendText("too late");
    await until("failed", () => bea.getSnapshot().messages[1]?.state === "failed");
    bea.discard(bea.getSnapshot().messages[1]?.clientId ?? "");
    await until("gone", () => bea.getSnapshot().messages.length === 1);
    expect(bea.getSnapshot().messages[0]?.body).toEqual({ kind: "text", text: "hold on" });
  });

  it("[SY35] what is asked for before the room has answered is done when it has", async () => {
    const anna = world.open(world.claims("agent"));
    expect(anna.getSnapshot().connection).toBe("connecting");
    await anna.request({ type: "lock-drawing", locked: true });
    await until("locked", () => anna.getSnapshot().room?.drawingLocked === true);
  });

  it("[SY32] a refused drawing makes the client load what everybody sees", async () => {
    const anna = world.open(world.claims("agent"));
    const bea = world.open(world.claims("customer"));
    await until("in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
    drawMark(anna.doc);
    await until("seen", () => markIds(bea.doc).length === 1);
    await anna.request({ type: "lock-drawing", locked: true });
    const before = bea.doc;
    drawMark(bea.doc);
    await until("reloaded", () => bea.getSnapshot().docGeneration === 1 && bea.getSnapshot().synced);
    expect(bea.doc).not.toBe(before);
    expect(markIds(bea.doc)).toEqual(markIds(anna.doc));
    expect(bea.getSnapshot()).toMatchObject({
      lastRefusal: { code: "drawing_locked", count: 1 },
      rights: { draw: false },
      unsaved: false,
    });
  });

  it("[SY33] every connection asks for a fresh token, also after an expired one", async () => {
    const claims = world.claims("customer");
    const tokens = [world.token(claims, -1), world.token(claims, 500), world.token(claims)];
    let asked = 0;
    const getToken = async () => tokens[asked++] ?? world.token(claims);
    const bea = world.open(claims, { getToken });
    await until("in at the second attempt", () => bea.getSnapshot().connection === "online");
    expect(asked).toBe(2);
    await until("in again", () => asked === 3 && bea.getSnapshot().synced);
    expect(bea.getSnapshot().connection).toBe("online");
  });

  it("[SY33] a token that is not to be had ends the room, one that is late does not", async () => {
    let failures = 2;
    const claims = world.claims("customer");
    const bea = world.open(claims, {
      getToken: async () => {
        if (failures-- > 0) throw new Error("no network");
        return world.token(claims);
      },
    });
    await until("in", () => bea.getSnapshot().connection === "online");
    const gone = world.open(claims, {
      getToken: () => Promise.reject(new AppError("forbidden")),
    });
    await until("ended", () => gone.getSnapshot().connection === "ended");
    expect(bea.getSnapshot().connection).toBe("online");
  });

  it("[SY34] a change is unsaved until the server has stored it", async () => {
    const anna = world.open(world.claims("agent"));
    await until("in", () => anna.getSnapshot().synced);
    expect(anna.getSnapshot().unsaved).toBe(false);
    world.journal.broken = true;
    drawMark(anna.doc);
    expect(anna.getSnapshot().unsaved).toBe(true);
    await until("told", () => !anna.getSnapshot().saving);
    expect(anna.getSnapshot().unsaved).toBe(true);
    world.journal.broken = false;
    await until("confirmed", () => !anna.getSnapshot().unsaved);
    expect(world.journal.parts(world.conversationId)).toHaveLength(1);
  });
});
