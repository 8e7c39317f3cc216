import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import * as Y from "yjs";
import {
  assetIdSchema,
  conversationIdSchema,
  participantIdSchema,
  productIdSchema,
} from "@/lib/protocol/ids";
import { wire } from "@/lib/protocol/wire";
import { MalformedFrame, parseFrame } from "@/lib/sync/server/frame";
import { RoomDocument } from "@/lib/sync/server/room-document";
import { drawMark } from "@/tests/support/sync/draw";
import { honestFrames } from "@/tests/support/sync/honest-frames";
import { MemoryJournal } from "@/tests/support/sync/memory-journal";
import { mutated } from "@/tests/support/sync/mutate";
import { random } from "@/tests/support/sync/random";
import { withItem } from "@/tests/support/sync/with-item";

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const ROOMS = 40;
const FRAMES_A_ROOM = 1_500;
const roots = ["items", "marks", "stage"];

const empty = await withItem(new MemoryJournal()).load(conversationIdSchema.parse(randomUUID()));
const honest = participantIdSchema.parse(randomUUID());
const mallory = participantIdSchema.parse(randomUUID());
const everything = new Uint8Array([0]);

/** A room in which the honest have drawn, and a client that hears all that is relayed. */
function openRoom() {
  const room = new RoomDocument(empty);
  const client = new Y.Doc();
  Y.applyUpdate(client, room.missingFor(everything));
  const before = Y.encodeStateVector(client);
  drawMark(client, "item-0001", honest);
  const drawn = Y.encodeStateAsUpdate(client, before);
  const verdict = room.check(drawn, honest, { editOthers: true, show: true });
  if (verdict.kind === "change") room.apply(drawn, verdict, honest);
  return { room, client, marks: Object.entries(client.getMap("marks").toJSON()) };
}

/** @returns whether it changed the room @throws what is not to be thrown */
function receive(room: RoomDocument, client: Y.Doc, bytes: Uint8Array): boolean {
  try {
    const frame = parseFrame(bytes);
    if (frame.kind !== "update") return false;
    const update = frame.complete ? room.ownPart(frame.update, mallory, undefined).update : frame.update;
    const verdict = room.check(update, mallory, { editOthers: false, show: true });
    if (verdict.kind !== "change") return false;
    room.apply(update, verdict, mallory);
    Y.applyUpdate(client, update);
    return true;
  } catch (error) {
    if (error instanceof MalformedFrame) return false;
    throw error;
  }
}

it(`[SY70] whatever mutated updates are taken, the document takes whole, as every client does (SEED=${seed})`, () => {
  const next = random(seed);
  let changes = 0;
  for (let count = 0; count < ROOMS; count++) {
    const { room, client, marks } = openRoom();
    const frames = honestFrames({
      participantId: mallory,
      productId: productIdSchema.parse(randomUUID()),
      assetId: assetIdSchema.parse(randomUUID()),
      room: client,
    }).filter(([type]) => type === wire.sync);
    for (let sent = 0; sent < FRAMES_A_ROOM; sent++) {
      if (receive(room, client, mutated(next, frames))) changes++;
    }
    expect([client.store.pendingStructs, client.store.pendingDs]).toEqual([null, null]);
    const late = new Y.Doc();
    Y.applyUpdate(late, room.missingFor(everything));
    for (const root of roots) expect(late.getMap(root).toJSON()).toEqual(client.getMap(root).toJSON());
    const now = late.getMap("marks").toJSON();
    for (const [id, mark] of marks) expect(now[id]).toEqual(mark);
  }
  expect(changes).toBeGreaterThan(0);
});
