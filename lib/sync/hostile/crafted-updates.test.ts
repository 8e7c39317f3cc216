import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, expect, it } from "vitest";
import * as Y from "yjs";
import type { Room } from "@/lib/sync/client/room";
import { drawMark } from "@/tests/support/sync/draw";
import { connectRaw, type RawClient } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { startWorld, type World } from "@/tests/support/sync/world";

/** How Yjs writes an item of plain values that follows another: content type 8, with an origin. */
const PLAIN_AFTER = 0x88;
const GARBAGE = 0;

let world: World;
let honest: Room;
let attacker: RawClient;
/** Who has drawn one mark. */
let clientId: number;

beforeEach(async () => {
  world = await startWorld();
  honest = world.open(world.claims("agent"));
  await until("in", () => honest.getSnapshot().synced);
  attacker = await connectRaw(world.address(world.token(world.claims("customer"))));
  attacker.sendUpdate(new Uint8Array([0, 0]), 1);
  const doc = new Y.Doc();
  drawMark(doc);
  clientId = doc.clientID;
  attacker.sendUpdate(Y.encodeStateAsUpdate(doc));
  await until("her mark is seen", () => honest.doc.getMap("marks").size === 1);
});
afterEach(async () => {
  drawMark(honest.doc);
  await until("the room goes on", () => !honest.getSnapshot().unsaved);
  expect(honest.getSnapshot()).toMatchObject({ connection: "online", docGeneration: 0 });
  const late = world.open(world.claims("agent"));
  await until("somebody else can come", () => late.getSnapshot().synced);
  expect(late.doc.getMap("marks").toJSON()).toEqual(honest.doc.getMap("marks").toJSON());
  expect(world.logged.filter((line) => line.startsWith("error"))).toEqual([]);
  await world.close();
});

/** An update of one struct of `clientId` at this clock. */
function updateOf(clock: number, struct: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    for (const number of [1, 1, clientId, clock]) encoding.writeVarUint(encoder, number);
    struct(encoder);
    encoding.writeVarUint(encoder, 0);
  });
}

function itemAfter(client: number, clock: number) {
  return (encoder: encoding.Encoder) => {
    encoding.writeUint8(encoder, PLAIN_AFTER);
    for (const number of [client, clock, 1]) encoding.writeVarUint(encoder, number);
    encoding.writeAny(encoder, "x");
  };
}

const garbage = (length: number) => (encoder: encoding.Encoder) => {
  encoding.writeUint8(encoder, GARBAGE);
  encoding.writeVarUint(encoder, length);
};

it("[SY83] what is known already, sent again as if it followed what nobody has, is not applied", async () => {
  for (const clock of [0, 3]) attacker.sendUpdate(updateOf(clock, itemAfter(4_242, 5)));
  await until("refused", () => attacker.refusals().length === 2);
  expect(attacker.refusals()).toEqual(["conflict", "conflict"]);
});

it("[SY83] nor is it as an answer to the server's question", async () => {
  attacker.sendUpdate(updateOf(0, itemAfter(4_242, 5)), 1);
  attacker.sendPresence(clientId, 1, {});
  await until("dealt with", () => honest.awareness.getStates().has(clientId));
  expect(attacker.closeCode).toBeNull();
});

it.each([2 ** 32, 2 ** 53 - 1])("[SY83] a history of %i is no client's", async (length) => {
  const { length: known } = Object.keys(honest.doc.getMap("marks").toJSON());
  expect(known).toBe(1);
  const state = Y.decodeStateVector(Y.encodeStateVector(honest.doc)).get(clientId) ?? 0;
  attacker.sendUpdate(updateOf(state, garbage(length)));
  await until("closed", () => attacker.closeCode !== null);
  expect(attacker.closeCode).toBe(4400);
});
