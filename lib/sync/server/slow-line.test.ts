/** A customer whose line takes seconds for a panel: she is not taken for dead while it comes, or while hers goes. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type * as Y from "yjs";
import type { Room } from "@/lib/sync/client/room";
import { openLineTo } from "@/tests/support/open-line-to";
import { drawMark } from "@/tests/support/sync/draw";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";
import type { TcpProxy } from "@/tests/support/tcp-proxy";

/** Long strokes, 48 KB together: almost five times as long on a line of `SLOW` as there is between two pings. */
const STROKES = 2;
const STROKE_BYTES = 24_000;
const SLOW = { bytesPerSecond: 20_000, delayMs: 20 };
/** 240 KB take 37 s on a line of 50 kbit a second: longer than the 30 s after which y-websocket gives up. */
const MANY_STROKES = 10;
const SLOWEST = { bytesPerSecond: 6_500, delayMs: 20 };
const PATIENCE_MS = 75_000;
const PING_MS = 500;

let world: World;
let line: TcpProxy;
let agent: Room;
beforeEach(async () => {
  world = await startWorld({ pingMs: PING_MS });
  line = await openLineTo((...upgrade) => world.server.handleUpgrade(...upgrade));
  agent = world.open(world.claims("agent"));
  await until("the agent is in", () => agent.getSnapshot().synced);
});
afterEach(async () => {
  await world.close();
  await line.close();
});

function drawLongStrokes({ doc }: Room, strokes = STROKES): void {
  for (let stroke = 0; stroke < strokes; stroke++) {
    const mark = doc.getMap<Y.Map<unknown>>("marks").get(drawMark(doc));
    mark?.set("kind", "pen");
    mark?.set("points", new Uint8Array(STROKE_BYTES).fill(stroke));
  }
}

/** @returns the room, and how often it had to connect */
function openCustomer() {
  let dialled = 0;
  const claims = world.claims("customer");
  const room = world.open(claims, {
    baseUrl: `http://127.0.0.1:${line.port}`,
    getToken: async () => {
      dialled++;
      return world.token(claims);
    },
  });
  return { room, dialled: () => dialled };
}

it("[SY101] a customer whose line takes seconds for the panel is not taken for dead meanwhile", async () => {
  drawLongStrokes(agent);
  await until("stored", () => !agent.getSnapshot().unsaved);
  line.slow(SLOW);
  const { room, dialled } = openCustomer();
  const isThere = () => markIds(room.doc).length === STROKES;
  await until("she has the panel, or was cut off", () => isThere() || dialled() > 1);
  expect(dialled()).toBe(1);
});

it("[SY101] nor is one whose line takes seconds for what she drew while she had none", async () => {
  const { room, dialled } = openCustomer();
  await until("she is in", () => room.getSnapshot().synced);
  line.cut();
  await until("she is out", () => room.getSnapshot().connection !== "online");
  const before = dialled();
  drawLongStrokes(room);
  line.slow(SLOW);
  line.heal();
  const isThere = () => markIds(agent.doc).length === STROKES;
  await until("it is there", isThere);
  expect(room.getSnapshot().connection).toBe("online");
  expect(dialled()).toBe(before + 1);
});

it(
  "[SY104] a customer whose line takes longer for the panel than y-websocket waits for a frame gets it",
  async () => {
    drawLongStrokes(agent, MANY_STROKES);
    await until("stored", () => !agent.getSnapshot().unsaved);
    line.slow(SLOWEST);
    const { room, dialled } = openCustomer();
    const isThere = () => markIds(room.doc).length === MANY_STROKES;
    await until("she has the panel, or was cut off", () => isThere() || dialled() > 1, PATIENCE_MS);
    expect(dialled()).toBe(1);
  },
  PATIENCE_MS,
);
