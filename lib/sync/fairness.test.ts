import { afterAll, beforeAll, expect, it } from "vitest";
import WebSocket from "ws";
import type { Doc } from "yjs";
import { signRoomToken } from "@/lib/auth/tokens";
import { assetIdSchema, type ItemId, type ParticipantId, participantIdSchema } from "@/lib/protocol/ids";
import { openRoom } from "@/lib/sync/client/open-room";
import type { Room } from "@/lib/sync/client/room";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { insertConversation } from "@/tests/support/sync/conversation-row";
import { drawMark } from "@/tests/support/sync/draw";
import { presenceFrame } from "@/tests/support/sync/honest-frames";
import { connectRaw, type RawClient } from "@/tests/support/sync/raw-client";
import { startRealServer } from "@/tests/support/sync/real-server";
import { until } from "@/tests/support/sync/until";

const NOISY_PEOPLE = 6;
const STROKES = 20;
/** Milliseconds from one side of a quiet room to the other. A flood that starves it never lets it in. */
const WITHIN_MS = 5_000;

type Conversation = Awaited<ReturnType<typeof insertConversation>>;
let database: TestDatabase;
let server: Awaited<ReturnType<typeof startRealServer>>;
beforeAll(async () => {
  database = await openTestDatabase();
  server = await startRealServer();
});
afterAll(async () => {
  await server.close();
  await database.close();
});

function tokenOf({ conversationId, shopId }: Conversation, participantId: ParticipantId): Promise<string> {
  return signRoomToken({ conversationId, shopId, participantId, role: "agent", name: "", color: 0 });
}

async function openQuiet(of: Conversation, participantId: ParticipantId): Promise<Room> {
  const room = openRoom({
    baseUrl: server.baseUrl,
    conversationId: of.conversationId,
    getToken: () => tokenOf(of, participantId),
    createWebSocket: (url) => new WebSocket(url) as unknown as globalThis.WebSocket,
  });
  await until("in", () => room.getSnapshot().synced);
  return room;
}

async function anotherAgent({ conversationId }: Conversation): Promise<ParticipantId> {
  const row = await database.db.participant.create({
    data: { conversationId, role: "agent", name: "agent", color: 0 },
  });
  return participantIdSchema.parse(row.id);
}

async function pictureOn({ conversationId, shopId, agent }: Conversation): Promise<ItemId> {
  const asset = await database.db.asset.create({
    data: { shopId, conversationId, width: 800, height: 600, sizes: [160], sha256: conversationId },
  });
  const assetId = assetIdSchema.parse(asset.id);
  const picture = { source: "asset", assetId, productId: null, width: 800, height: 600, title: "" } as const;
  return server.roomsPort.putItem(conversationId, picture, agent);
}

/** Everybody in a room sends as fast as the socket takes it, and comes back when closed. @returns how to end it */
async function flood(
  of: Conversation,
): Promise<{ sent(): number; closings(): number; stop(): Promise<void> }> {
  let sent = 0;
  let closings = 0;
  let on = true;
  const people = await Promise.all(Array.from({ length: NOISY_PEOPLE }, () => anotherAgent(of)));
  const rage = async (participantId: ParticipantId, id: number) => {
    while (on) {
      const client: RawClient = await connectRaw(
        server.address(of.conversationId, await tokenOf(of, participantId)),
      );
      for (let clock = 1; on && client.closeCode === null; clock++) {
        for (let count = 0; count < 50; count++, sent++)
          client.send(presenceFrame(id, clock * 50 + count, { participantId, n: sent }));
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (client.closeCode === 4429) closings++;
      client.socket.terminate();
    }
  };
  const raging = people.map((participantId, index) => rage(participantId, 5_000 + index));
  return {
    sent: () => sent,
    closings: () => closings,
    async stop() {
      on = false;
      await Promise.all(raging);
    },
  };
}

const marks = (doc: Doc) => doc.getMap("marks");

it("[SY76] while one room is flooded, strokes cross another", async () => {
  const quiet = await insertConversation(database.db);
  const item = await pictureOn(quiet);
  const anna = await openQuiet(quiet, quiet.agent);
  const bea = await openQuiet(quiet, await anotherAgent(quiet));
  const noise = await flood(await insertConversation(database.db));
  await until("the flood is closed for the first time", () => noise.closings() > 0);
  for (let stroke = 0; stroke < STROKES; stroke++) {
    const before = noise.sent();
    const id = drawMark(anna.doc, item);
    await until("the stroke crosses", () => marks(bea.doc).has(id), WITHIN_MS);
    await until("the flood goes on", () => noise.sent() > before);
  }
  await until("all is stored", () => !anna.getSnapshot().unsaved);
  await noise.stop();
  expect(anna.getSnapshot()).toMatchObject({ connection: "online", docGeneration: 0 });
  expect(server.logged).toEqual([]);
  anna.close();
  bea.close();
});
