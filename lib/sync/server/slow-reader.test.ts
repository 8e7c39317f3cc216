import { isDeepStrictEqual } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { wire } from "@/lib/protocol/wire";
import type { Room } from "@/lib/sync/client/room";
import { drawMark } from "@/tests/support/sync/draw";
import { connectRaw, type RawClient } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { startWorld, type World } from "@/tests/support/sync/world";

/** Bytes of a stroke's points: a long one. */
const STROKE_BYTES = 24_000;
/** 19 MB in all, far more than what the kernel holds of one socket's bytes on both sides (about 6 MB). */
const STROKES = 800;

let world: World;
let ahead = 0;
let agent: Room;
let slow: RawClient;

async function enter(options: { skipAboveBytes: number; closeAboveBytes?: number }): Promise<void> {
  ahead = 0;
  world = await startWorld({ now: () => Date.now() + ahead, ...options });
  agent = world.open(world.claims("agent"));
  slow = await connectRaw(world.address(world.token(world.claims("customer"))));
  slow.sendUpdate(new Uint8Array([0, 0]), 1);
  await until("the agent is in", () => agent.getSnapshot().synced);
}
afterEach(() => world.close());

/** Draws one stroke over and over, as an agent may who has all day; the panel stays small. */
async function drawAllDay(): Promise<void> {
  const mark = agent.doc.getMap<Y.Map<unknown>>("marks").get(drawMark(agent.doc));
  mark?.set("kind", "pen");
  for (let stroke = 0; stroke < STROKES; stroke++) {
    ahead += 1_000;
    mark?.set("points", new Uint8Array(STROKE_BYTES).fill(stroke % 251));
    // The others' line takes what it takes; hers is not to be what is measured.
    if (stroke % 50 === 0) await stored();
  }
  await stored();
}
const stored = () => until("stored", () => !agent.getSnapshot().unsaved, 20_000);

/** A document to which the slow one's updates are applied as they are read. */
function screenOf(client: RawClient): () => Y.Doc {
  const doc = new Y.Doc();
  let read = 0;
  return () => {
    for (const update of client.updates.slice(read)) Y.applyUpdate(doc, update);
    read = client.updates.length;
    return doc;
  };
}
const marksOf = (doc: Y.Doc) => doc.getMap("marks").toJSON();
const sizeOf = (updates: readonly Uint8Array[]) => updates.reduce((sum, { length }) => sum + length, 0);

describe("who reads slowly", () => {
  beforeEach(() => enter({ skipAboveBytes: 65_536 }));

  it("[SY74] is sent what she missed in one piece, and what waits for her does not grow with what is drawn", async () => {
    slow.socket.pause();
    await drawAllDay();
    agent.sendText("Do you see it?");
    await until("the message is stored", () => agent.getSnapshot().messages[0]?.seq === 1);
    slow.socket.resume();
    const screen = screenOf(slow);
    const same = () => isDeepStrictEqual(marksOf(screen()), marksOf(agent.doc));
    await until("she sees the last stroke", same);
    expect(sizeOf(slow.updates)).toBeLessThan((STROKES * STROKE_BYTES) / 2);
    expect(slow.updates.length).toBeLessThan(STROKES / 2);
    expect(slow.chat).toContainEqual(expect.objectContaining({ type: "message" }));
    drawMark(agent.doc);
    const before = slow.updates.length;
    await until("she goes on stroke by stroke", () => slow.updates.length === before + 1);
    expect(same()).toBe(true);
    expect(slow.closeCode).toBeNull();
  });

  it("[SY74] gets one answer for all her questions", async () => {
    slow.socket.pause();
    await drawAllDay();
    for (let count = 0; count < 15; count++) slow.send(new Uint8Array([wire.sync, 0, 1, 0]));
    slow.sendJson(wire.chat, { type: "typing", typing: true });
    await until("the server has read them", () => agent.getSnapshot().typing.length === 1);
    slow.sendJson(wire.chat, { type: "typing", typing: false });
    const before = slow.updates.length;
    slow.socket.resume();
    const typing = () => slow.chat.findLast((update) => Object(update).type === "typing");
    await until("all came", () => Object(typing()).typing === false);
    // The item is from before she was in step: only an answer to her own questions brings it.
    const answers = slow.updates.slice(before).filter((update) => Y.parseUpdateMeta(update).from.has(1));
    expect(answers).toHaveLength(1);
    expect(marksOf(screenOf(slow)())).toEqual(marksOf(agent.doc));
  });
});

describe("who reads nothing at all", () => {
  beforeEach(() => enter({ skipAboveBytes: 65_536, closeAboveBytes: 1_048_576 }));

  it("[SY75] loses no message: she is closed when too many wait, and gets them when she is back", async () => {
    slow.socket.pause();
    await drawAllDay();
    const texts = Array.from({ length: 150 }, (_, index) => `${index} ${"说".repeat(3_900)}`);
    const isStored = (text: string) =>
      agent.getSnapshot().messages.some(({ seq, body }) => seq !== null && Object(body).text === text);
    for (const text of texts) {
      ahead += 1_000;
      agent.sendText(text);
      await until("it is stored", () => isStored(text));
    }
    await until("she was closed", () => world.server.figures().connections === 1);
    expect(agent.getSnapshot().connection).toBe("online");
    slow.socket.resume();
    await until("she knows", () => slow.closeCode !== null);
    // The server's clock has run ahead of the token's usual five minutes.
    const back = await connectRaw(world.address(world.token(world.claims("customer"), ahead + 60_000)));
    await until("the messages came", () => back.chat.length > 0);
    const [page] = back.chat as { messages: { body: { text: string } }[] }[];
    expect(page?.messages.map(({ body }) => body.text)).toEqual(texts);
  });
});
