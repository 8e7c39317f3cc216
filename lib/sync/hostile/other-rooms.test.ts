import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import * as Y from "yjs";
import { signRoomToken } from "@/lib/auth/tokens";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { assetIdSchema, type ItemId } from "@/lib/protocol/ids";
import { wire } from "@/lib/protocol/wire";
import { mergeStored } from "@/lib/sync/server/stored-panel";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { insertConversation } from "@/tests/support/sync/conversation-row";
import { drawMark } from "@/tests/support/sync/draw";
import { connectRaw, type RawClient } from "@/tests/support/sync/raw-client";
import { startRealServer } from "@/tests/support/sync/real-server";
import { until } from "@/tests/support/sync/until";

interface Place extends Awaited<ReturnType<typeof insertConversation>> {
  readonly assetId: ReturnType<typeof assetIdSchema.parse>;
  readonly itemId: ItemId;
  readonly client: RawClient;
  /** As its agent sees it. */
  readonly doc: Y.Doc;
}

let database: TestDatabase;
let server: Awaited<ReturnType<typeof startRealServer>>;
let here: Place;
let there: Place;
beforeAll(async () => {
  database = await openTestDatabase();
  server = await startRealServer();
});
afterAll(async () => {
  await server.close();
  await database.close();
});
beforeEach(async () => {
  here = await openPlace();
  there = await openPlace();
});

/** A conversation with an uploaded picture on its panel, and its agent in the room. */
async function openPlace(): Promise<Place> {
  const rows = await insertConversation(database.db);
  const { conversationId, shopId, agent } = rows;
  const asset = await database.db.asset.create({
    data: { shopId, conversationId, width: 800, height: 600, sizes: [160], sha256: conversationId },
  });
  const assetId = assetIdSchema.parse(asset.id);
  const picture = { source: "asset", assetId, productId: null, width: 800, height: 600, title: "" } as const;
  const itemId = await server.roomsPort.putItem(conversationId, picture, agent);
  const token = await signRoomToken({
    conversationId,
    shopId,
    participantId: agent,
    role: "agent",
    name: "",
    color: 0,
  });
  const client = await connectRaw(server.address(conversationId, token));
  client.sendUpdate(new Uint8Array([0, 0]), 1);
  client.send(new Uint8Array([wire.sync, 0, 1, 0]));
  await until("the panel came", () => client.updates.length > 0);
  const doc = new Y.Doc();
  for (const update of client.updates) Y.applyUpdate(doc, update);
  return { ...rows, assetId, itemId, client, doc };
}

async function request(place: Place, value: { type: string } & Record<string, unknown>): Promise<string> {
  const id = `request-${place.client.control.length}`;
  place.client.sendJson(wire.control, { ...value, id });
  const answer = () => place.client.control.find((update) => "id" in update && update.id === id);
  await until("answered", () => answer() !== undefined);
  const update = answer();
  return update?.type === "refused" ? update.code : "done";
}

async function stored({ conversationId }: Place): Promise<Y.Doc> {
  const doc = new Y.Doc();
  const { state } = await mergeStored(await createPanelJournal().load(conversationId));
  Y.applyUpdate(doc, state);
  return doc;
}

it("[SY71] what lies on another room's panel is nothing here, nor is another conversation's picture", async () => {
  expect(await request(here, { type: "show-asset", assetId: there.assetId })).toBe("not_found");
  expect(await request(here, { type: "remove-item", itemId: there.itemId })).toBe("not_found");
  expect(await request(here, { type: "restore-item", itemId: there.itemId })).toBe("not_found");
  const before = Y.encodeStateVector(here.doc);
  drawMark(here.doc, there.itemId);
  here.client.sendUpdate(Y.encodeStateAsUpdate(here.doc, before));
  await until("refused", () => here.client.refusals().length > 0);
  expect(here.client.refusals()).toEqual(["conflict"]);
  const panel = await stored(here);
  expect([...panel.getMap("items").keys()]).toEqual([here.itemId]);
  expect(panel.getMap("marks").size).toBe(0);
  expect((await stored(there)).getMap("items").has(there.itemId)).toBe(true);
});

it("[SY71] updates heard in another room are not taken here, whole or in parts", async () => {
  const before = Y.encodeStateVector(there.doc);
  const mark = drawMark(there.doc, there.itemId);
  const drawn = Y.encodeStateAsUpdate(there.doc, before);
  const between = Y.encodeStateVector(there.doc);
  there.doc.getMap<Y.Map<unknown>>("marks").get(mark)?.set("x", 99);
  const moved = Y.encodeStateAsUpdate(there.doc, between);
  const heard = [Y.encodeStateAsUpdate(there.doc), drawn, moved];
  for (const update of heard) here.client.sendUpdate(update);
  await until("all were refused", () => here.client.refusals().length === heard.length);
  // The whole would write items, the stroke lies on no item of this room, the move on no stroke of it.
  expect(here.client.refusals()).toEqual(["forbidden", "conflict", "conflict"]);
  expect(here.client.closeCode).toBeNull();
  const panel = await stored(here);
  expect([...panel.getMap("items").keys()]).toEqual([here.itemId]);
  expect(panel.getMap("marks").size).toBe(0);
});
