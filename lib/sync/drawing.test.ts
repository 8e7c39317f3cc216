import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { Room } from "@/lib/sync/client/room";
import { drawMark } from "@/tests/support/sync/draw";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const synced = (rooms: readonly Room[]) => rooms.every((room) => room.getSnapshot().synced);

describe("drawing together", () => {
  it("[SY1] two who draw at once end with the same marks", async () => {
    const anna = world.open(world.claims("agent"));
    const bea = world.open(world.claims("customer"));
    await until("both are in", () => synced([anna, bea]));
    const drawn: string[] = [];
    for (let count = 0; count < 50; count++) drawn.push(drawMark(anna.doc), drawMark(bea.doc));
    const all = () => markIds(anna.doc).length === 100 && markIds(bea.doc).length === 100;
    await until("everything arrived", all);
    expect(markIds(anna.doc)).toEqual(drawn.sort());
    expect(bea.doc.getMap("marks").toJSON()).toEqual(anna.doc.getMap("marks").toJSON());
  });

  it("[SY1] a plain y-websocket client takes part", async () => {
    const anna = world.open(world.claims("agent"));
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(
      `${world.baseUrl.replace("http", "ws")}/sync`,
      world.conversationId,
      doc,
      {
        params: { token: world.token(world.claims("customer")) },
        WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
        disableBc: true,
      },
    );
    // It has no handlers for our own message types and would complain about each.
    provider.messageHandlers[16] = () => undefined;
    provider.messageHandlers[17] = () => undefined;
    await until("both are in", () => anna.getSnapshot().synced && provider.synced);
    drawMark(doc);
    drawMark(anna.doc);
    await until("both see both", () => markIds(anna.doc).length === 2 && markIds(doc).length === 2);
    expect(markIds(doc)).toEqual(markIds(anna.doc));
    provider.destroy();
    provider.awareness.destroy();
  });

  it("[SY1] six people draw in one room, and who comes later sees it all", async () => {
    const roles = ["customer", "agent", "agent", "agent", "agent"] as const;
    const rooms = roles.map((role) => world.open(world.claims(role)));
    const boss = world.open(world.claims("supervisor"));
    await until("all are in", () => synced([...rooms, boss]));
    for (const room of rooms) for (let count = 0; count < 10; count++) drawMark(room.doc);
    await until("all arrived", () => [...rooms, boss].every((room) => markIds(room.doc).length === 50));
    const late = world.open(world.claims("agent"));
    await until("late is in", () => synced([late]));
    expect(markIds(late.doc)).toEqual(markIds(boss.doc));
  });

  it("[SY1] whatever is drawn, moved and deleted on whatever line, all end the same", async () => {
    const step = fc.record({
      who: fc.nat({ max: 2 }),
      what: fc.constantFrom("draw", "draw", "move", "delete", "drop", "wait"),
      pick: fc.nat({ max: 50 }),
    });
    const scenario = fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const place = await startWorld();
      const rooms = [0, 1, 2].map(() => place.open(place.claims("agent")));
      try {
        await until("in", () => synced(rooms));
        for (const { who, what, pick } of steps) {
          const room = rooms[who];
          if (!room) continue;
          const marks = room.doc.getMap("marks");
          const ids = [...marks.keys()];
          const id = ids[pick % Math.max(1, ids.length)];
          if (what === "draw") drawMark(room.doc);
          if (what === "delete" && id) marks.delete(id);
          const map = id ? marks.get(id) : undefined;
          if (what === "move" && map instanceof Y.Map) map.set("x", pick);
          if (what === "drop") {
            place.unplug();
            place.plug();
          }
          if (what === "wait") await new Promise((resolve) => setImmediate(resolve));
        }
        const settled = () =>
          rooms.every(({ getSnapshot }) => getSnapshot().synced && !getSnapshot().unsaved);
        const json = () => rooms.map((room) => JSON.stringify(sorted(room.doc.getMap("marks").toJSON())));
        await until("all are the same", () => settled() && new Set(json()).size === 1);
      } finally {
        await place.close();
      }
    });
    await expect(fc.assert(scenario, { numRuns: 12 })).resolves.toBeUndefined();
  });

  it("[SY10] a stroke is with the other within milliseconds", async () => {
    const anna = world.open(world.claims("agent"));
    const bea = world.open(world.claims("customer"));
    await until("both are in", () => synced([anna, bea]));
    const took: number[] = [];
    for (let count = 0; count < 60; count++) {
      const arrived = new Promise<void>((resolve) => bea.doc.once("update", () => resolve()));
      const start = performance.now();
      drawMark(anna.doc);
      await arrived;
      took.push(performance.now() - start);
    }
    took.sort((a, b) => a - b);
    expect(took[30]).toBeLessThan(50);
  });
});

const sorted = (value: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
