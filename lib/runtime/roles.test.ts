import { rmSync } from "node:fs";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { signRoomToken } from "@/lib/auth/tokens";
import { onDeskChange } from "@/lib/conversations/desk-feed";
import { createDiskStore } from "@/lib/media/disk-store";
import { mediaStoreSlot } from "@/lib/media/store";
import { readItems, readShown } from "@/lib/panel/schema";
import { configSlot } from "@/lib/protocol/config-slot";
import { assetIdSchema, memberIdSchema } from "@/lib/protocol/ids";
import { MIRROR_PATH } from "@/lib/protocol/mirror";
import { roomsSlot } from "@/lib/protocol/rooms-port";
import { openRoom } from "@/lib/sync/client/open-room";
import type { Room } from "@/lib/sync/client/room";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { MirrorClient } from "@/tests/support/mirror/mirror-client";
import { type RedisServer, startRedis } from "@/tests/support/redis";
import { runFile, type ServerProcess, temporaryDataDir } from "@/tests/support/server";
import { insertConversation } from "@/tests/support/sync/conversation-row";
import { until } from "@/tests/support/sync/until";
import { type Composition, compose } from "./compose";

/** A process with live rooms only; this test itself is the one that has everything else. */
let database: TestDatabase;
let redis: RedisServer;
let rooms: ServerProcess;
let address: string;
let web: Composition;
let here: Awaited<ReturnType<typeof insertConversation>>;
const folder = temporaryDataDir();

const settings = () => ({
  PORT: "0",
  DATA_DIR: folder.path,
  DATABASE_URL: database.url,
  REDIS_URL: redis.url,
  VETRINA_SECRET: configSlot.get().secret,
  ROLES: "sync",
});

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  redis = await startRedis();
  mediaStoreSlot.provide(await createDiskStore(`${database.dataDir}/media`));
  rooms = runFile("tests/support/serve-process.ts", settings());
  address = /serving (\S+)/.exec(await rooms.until("serving "))?.[1] ?? "";
  web = await compose(pino({ level: "silent" }), {
    metricsToken: null,
    redisUrl: redis.url,
    clamd: null,
    ffmpeg: "off",
  });
  here = await insertConversation(database.db);
});
afterAll(async () => {
  await web.close();
  await rooms.kill("SIGKILL");
  await redis.close();
  await database.close();
  rmSync(folder.path, { recursive: true, force: true });
});

function openAsCustomer(): Room {
  const { conversationId, shopId, customer } = here;
  return openRoom({
    baseUrl: address,
    conversationId,
    getToken: () =>
      signRoomToken({
        conversationId,
        shopId,
        participantId: customer,
        role: "customer",
        name: "Bea",
        color: 0,
      }),
    createWebSocket: (url) => new WebSocket(url) as unknown as globalThis.WebSocket,
  });
}

describe("a process with ROLES=sync", () => {
  it("[RU12] carries rooms, answers for its health and its figures, and for nothing else", async () => {
    const health = await fetch(`${address}/api/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: "ok", checks: { nodes: "ok" } });
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toContain("vetrina_sync_nodes_connected 1");
    expect((await fetch(`${address}/desk`)).status).toBe(404);
  });

  it("[RU12, SY29] what a process with pages puts on the panel and writes in the chat arrives in its rooms", async () => {
    const room = openAsCustomer();
    await until("in", () => room.getSnapshot().synced);
    const item = {
      source: "asset",
      assetId: assetIdSchema.parse("00000000-0000-4000-8000-000000000001"),
      productId: null,
      width: 800,
      height: 600,
      title: "",
    } as const;
    const itemId = await roomsSlot.get().putItem(here.conversationId, item, here.agent);
    await roomsSlot.get().postMessage(here.conversationId, { kind: "text", text: "Look!" }, here.agent);
    const changed: string[] = [];
    const stop = onDeskChange({
      shopId: here.shopId,
      memberId: memberIdSchema.parse("00000000-0000-4000-8000-000000000002"),
      name: "Anna",
      onChange: (conversationIds) => changed.push(...conversationIds),
    });
    room.sendText("Do you have it in blue?");
    await until("the desk here heard what was written there", () => changed.includes(here.conversationId));
    stop();
    await until("shown", () => readShown(room.doc) === itemId);
    await until("written", () => room.getSnapshot().messages.length === 2);
    expect(readItems(room.doc).map(({ id }) => id)).toEqual([itemId]);
    await database.db.conversation.update({
      where: { id: here.conversationId },
      data: { drawingLocked: true },
    });
    await roomsSlot.get().roomChanged(here.conversationId);
    await until("locked", () => !room.getSnapshot().rights.draw, 1_000);
    roomsSlot.get().disconnect(here.customer);
    await until("out", () => room.getSnapshot().connection === "ended", 1_000);
    expect(room.getSnapshot().connection).toBe("ended");
    room.close();
  });

  it("[RU12, MI118] carries mirrors, and ends one that a process with pages has ended", async () => {
    const { conversationId, shopId, customer } = here;
    await database.db.shop.update({ where: { id: shopId }, data: { mirrorMode: "on" } });
    const who = { participantId: customer, role: "customer", name: "Bea", color: 0 } as const;
    const token = await signRoomToken({ conversationId, shopId, ...who });
    const client = await MirrorClient.open(
      `${address.replace("http", "ws")}${MIRROR_PATH}/${conversationId}?token=${encodeURIComponent(token)}`,
    );
    await client.asked({ type: "share", resume: null });
    expect(client.state.state.phase).toBe("live");
    await database.db.conversation.update({ where: { id: conversationId }, data: { status: "closed" } });
    await roomsSlot.get().roomChanged(conversationId);
    await until("over", () => client.closeCode !== null);
    expect(client.of("ended")).toEqual([{ type: "ended", reason: "conversation-ended" }]);
    await database.db.conversation.update({ where: { id: conversationId }, data: { status: "open" } });
  });

  it("[RU3, RU12] does not start without its Redis, and says so in one sentence", async () => {
    const start = runFile("tests/support/serve-process.ts", {
      ...settings(),
      REDIS_URL: "redis://127.0.0.1:1",
    });
    expect(await start.ended).toBe(1);
    expect(start.output()).toMatch(
      /\nRedis cannot be reached \(.*\): check REDIS_URL, or leave it out for one process\.\n$/,
    );
  });

  it("[RU13] told to end, it sends everybody elsewhere and ends with 0", async () => {
    const room = openAsCustomer();
    await until("in", () => room.getSnapshot().synced);
    const ended = rooms.kill("SIGTERM").then(() => rooms.ended);
    await until("sent away", () => room.getSnapshot().connection === "offline");
    expect(await ended).toBe(0);
    room.close();
  });
});
