import { afterEach, beforeEach, expect, it } from "vitest";
import * as Y from "yjs";
import { wire } from "@/lib/protocol/wire";
import type { Room } from "@/lib/sync/client/room";
import type { Claims } from "@/lib/sync/server/ports";
import { drawMark } from "@/tests/support/sync/draw";
import { connectRaw, type RawClient } from "@/tests/support/sync/raw-client";
import { until } from "@/tests/support/sync/until";
import { startWorld, type World } from "@/tests/support/sync/world";

let world: World;
let anna: Claims;
let mallory: Claims;
/** The agent's own screen, and a third person's. */
let agent: Room;
let witness: RawClient;
let attacker: RawClient;

beforeEach(async () => {
  world = await startWorld();
  anna = world.claims("agent", { name: "Anna" });
  mallory = world.claims("customer", { name: "Mallory", color: 3 });
  agent = world.open(anna);
  witness = await enter(world.claims("supervisor"));
  attacker = await enter(mallory);
  await until("the agent is in", () => agent.getSnapshot().synced);
  agent.awareness.setLocalState({ participantId: anna.participantId });
  await until("her presence is seen", () => attacker.presence.has(agent.doc.clientID));
});
afterEach(() => world.close());

async function enter(claims: Claims): Promise<RawClient> {
  const client = await connectRaw(world.address(world.token(claims)));
  client.sendUpdate(new Uint8Array([0, 0]), 1);
  return client;
}

/** Resolves when the server has dealt with everything that the attacker sent before. */
async function dealtWith(): Promise<void> {
  const id = `confirm-${attacker.control.length}`;
  attacker.sendJson(wire.control, { type: "confirm", id });
  await until("answered", () => attacker.control.some((update) => "id" in update && update.id === id));
}

function updateBy(change: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(agent.doc));
  const before = Y.encodeStateVector(doc);
  change(doc);
  return Y.encodeStateAsUpdate(doc, before);
}

it("[SY19] a presence that says it is the agent's stands under nobody's name but its sender's", async () => {
  const before = { ...(witness.presence.get(agent.doc.clientID) as object) };
  const posing = { participantId: anna.participantId };
  const nothing = { pointer: null };
  // Her client id, her name, both; then a state of one's own that carries her name where the server writes it.
  attacker.sendPresence(agent.doc.clientID, 99, { participantId: mallory.participantId });
  attacker.sendPresence(agent.doc.clientID, 100, posing);
  attacker.sendPresence(agent.doc.clientID, 101, null);
  attacker.sendPresence(4_711, 1, posing);
  const who = { name: "Anna", role: "agent", color: anna.color };
  attacker.sendPresence(4_712, 1, { ...nothing, who, name: "Anna", role: "agent" });
  await until("the last is seen", () => witness.presence.has(4_712));
  expect(witness.presence.get(4_712)).toMatchObject({
    participantId: mallory.participantId,
    who: { name: "Mallory", role: "customer", color: 3 },
  });
  expect(witness.presence.has(4_711)).toBe(false);
  expect(witness.presence.get(agent.doc.clientID)).toEqual(before);
  const states = [...agent.awareness.getStates().values()].map((state) => state.participantId);
  expect(states.filter((id) => id === anna.participantId)).toHaveLength(1);
});

it("[SY60] a mark is signed by its writer or by nobody, whatever its update claims", async () => {
  const signedAsAgent = updateBy((doc) => void drawMark(doc, "item-0001", anna.participantId));
  const own = updateBy((doc) => void drawMark(doc, "item-0001", mallory.participantId));
  attacker.sendUpdate(signedAsAgent);
  attacker.sendUpdate(signedAsAgent, 1);
  attacker.sendUpdate(own);
  await dealtWith();
  expect(attacker.refusals()).toEqual(["bad_request", "bad_request"]);
  await until("her own is there", () => agent.doc.getMap("marks").size === 1);
  const authors = Object.values(agent.doc.getMap("marks").toJSON()).map((mark) => mark.author);
  expect(authors).toEqual([mallory.participantId]);
});

it("[SY61] the agent's marks are not taken over: not changed, not signed anew, not deleted and drawn again", async () => {
  const id = drawMark(agent.doc, "item-0001", anna.participantId);
  await until("stored", () => !agent.getSnapshot().unsaved);
  const before = JSON.stringify(agent.doc.getMap("marks").toJSON());
  const marks = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>("marks");
  const attempts = [
    updateBy((doc) => marks(doc).get(id)?.set("x", 1)),
    updateBy((doc) => marks(doc).get(id)?.set("author", mallory.participantId)),
    updateBy((doc) => marks(doc).get(id)?.set("author", "")),
    updateBy((doc) => marks(doc).delete(id)),
    updateBy((doc) => marks(doc).set(id, new Y.Map([["item", "item-0001"]]))),
    updateBy((doc) => {
      marks(doc).delete(id);
      marks(doc).set(id, new Y.Map([["author", anna.participantId]]));
    }),
  ];
  for (const attempt of attempts) attacker.sendUpdate(attempt);
  await dealtWith();
  expect(attacker.refusals()).toHaveLength(attempts.length);
  expect(JSON.stringify(agent.doc.getMap("marks").toJSON())).toBe(before);
});

it("[SY17] nobody writes on under a client id that the agent has shown, or drawn with", async () => {
  const clientId = agent.doc.clientID;
  const doc = new Y.Doc();
  doc.clientID = clientId;
  drawMark(doc);
  attacker.sendUpdate(Y.encodeStateAsUpdate(doc));
  await dealtWith();
  expect(attacker.refusals()).toEqual(["forbidden"]);
  drawMark(agent.doc, "item-0001", anna.participantId);
  await until("hers is stored", () => !agent.getSnapshot().unsaved);
  expect(agent.getSnapshot()).toMatchObject({ docGeneration: 0, connection: "online" });
});

it("[SY72] a message, a receipt and typing carry their sender's name, whatever the frame says", async () => {
  const as = { participantId: anna.participantId, role: "agent", name: "Anna", by: anna.participantId };
  const text = { type: "send", clientId: "message-0001", text: "Pay here instead" };
  attacker.sendJson(wire.chat, { ...text, ...as, body: { kind: "notice", code: "joined", name: "Anna" } });
  await until("the agent reads it", () => agent.getSnapshot().messages.length === 1);
  const [message] = agent.getSnapshot().messages;
  expect(message).toMatchObject({
    participantId: mallory.participantId,
    body: { kind: "text", text: "Pay here instead" },
  });
  attacker.sendJson(wire.chat, { type: "typing", typing: true, ...as });
  attacker.sendJson(wire.chat, { type: "seen", seq: 1, ...as });
  const typists = () => agent.getSnapshot().typing;
  await until("she types", () => typists().length === 1);
  expect(typists()).toEqual([mallory.participantId]);
  const seenBy = () => agent.getSnapshot().receipts.filter(({ seenSeq }) => seenSeq > 0);
  await until("seen", () => seenBy().length === 1);
  expect(seenBy().map(({ participantId }) => participantId)).toEqual([mallory.participantId]);
});

it("[SY72] what an agent alone may ask for is refused to a customer who calls herself one", async () => {
  const as = { participantId: anna.participantId, role: "agent", memberId: anna.memberId };
  const { productId } = world;
  const asked = [
    { type: "recommend", id: "request-0001", productId, text: "", ...as },
    { type: "lock-drawing", id: "request-0002", locked: true, ...as },
    { type: "remove-item", id: "request-0003", itemId: "item-0001", ...as },
  ];
  for (const request of asked) attacker.sendJson(wire.control, request);
  await dealtWith();
  const refused = attacker.control.flatMap((update) => (update.type === "refused" ? [update.id] : []));
  expect(refused.sort()).toEqual(asked.map(({ id }) => id));
  expect(world.conversation.drawingLocked).toBe(false);
  expect(agent.getSnapshot().messages).toEqual([]);
  expect(agent.doc.getMap("items").size).toBe(1);
});
