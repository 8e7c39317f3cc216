/** Pictures of a customer's page on their way to the panel: from the agent's browser to the item, the chat and the receipt. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import WebSocket from "ws";
import { acceptConversation } from "@/lib/conversations/accept";
import { requireConversationAccess, requireParticipantAccess } from "@/lib/conversations/access";
import { openConversation } from "@/lib/conversations/open-conversation";
import { createRoomToken } from "@/lib/conversations/room-token";
import { beginUpload, continueUpload } from "@/lib/conversations/uploads/receive";
import { openUploadWork, uploadWorkSlot } from "@/lib/conversations/uploads/upload-work";
import { closePicturePool } from "@/lib/media/picture-pool";
import { createDiskUploadFiles } from "@/lib/media/uploads/disk-upload-files";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import { readItems } from "@/lib/panel/schema";
import type { ConversationId, ShopId } from "@/lib/protocol/ids";
import { MIRROR_PATH } from "@/lib/protocol/mirror";
import { openRoom } from "@/lib/sync/client/open-room";
import { provideTestStore, testPng } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { MirrorClient } from "@/tests/support/mirror/mirror-client";
import { createMember, createShop, createVisitor, type TestVisitor } from "@/tests/support/shop-people";
import { until } from "@/tests/support/sync/until";
import { type Composition, compose } from "./compose";

let database: TestDatabase;
let composition: Composition;
let http: Server;
let baseUrl: string;
let shopId: ShopId;
let agent: Headers;
let visitor: TestVisitor;
let conversationId: ConversationId;

beforeAll(async () => {
  database = await openTestDatabase();
  await provideTestStore(database.dataDir);
  uploadFilesSlot.provide(await createDiskUploadFiles(join(database.dataDir, "uploads")));
  const env = { metricsToken: null, redisUrl: null, ffmpeg: "off", clamd: null } as const;
  composition = await compose(pino({ level: "silent" }), env);
  uploadWorkSlot.provide(openUploadWork());
  http = createServer();
  http.on("upgrade", (request, socket, head) => {
    const isMirror = request.url?.startsWith(MIRROR_PATH);
    (isMirror ? composition.handleMirrorUpgrade : composition.handleUpgrade)(request, socket, head);
  });
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  baseUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await uploadWorkSlot.get().close();
  await composition.close();
  await closePicturePool();
  await new Promise((closed) => http.close(closed));
  await database.close();
});

beforeEach(async () => {
  shopId = await createShop();
  await database.db.shop.update({ where: { id: shopId }, data: { mirrorMode: "on" } });
  agent = await createMember(shopId, "agent", "Marco");
  visitor = await createVisitor(shopId);
  ({ conversationId } = await openConversation(visitor, "en"));
  await acceptConversation(await requireConversationAccess(agent, conversationId));
});

const tokenOf = async (headers: Headers) =>
  createRoomToken(await requireParticipantAccess(headers, conversationId));

async function openMirror(headers: Headers): Promise<MirrorClient> {
  const token = encodeURIComponent(await tokenOf(headers));
  return MirrorClient.open(`${baseUrl.replace("http", "ws")}${MIRROR_PATH}/${conversationId}?token=${token}`);
}

/** The customer shows her page, and the database knows it. */
async function sharePage(): Promise<MirrorClient> {
  const customer = await openMirror(visitor.headers);
  await customer.asked({ type: "share", resume: null });
  await expect.poll(phase).toBe("live");
  await expect.poll(async () => JSON.stringify(await bodies())).toContain("mirror_started");
  return customer;
}

const phase = async () => (await database.db.mirrorSession.findFirst({ where: { conversationId } }))?.phase;

/** @param metadata as tus has it @param held how many of the bytes come with the request; all without it */
async function send(headers: Headers, metadata: string, color: string, held?: number): Promise<string> {
  const bytes = await testPng(color, 640, 480);
  const request = new Request(`${baseUrl}/api/v1/conversations/${conversationId}/uploads`, {
    method: "POST",
    headers: {
      "tus-resumable": "1.0.0",
      "upload-length": `${bytes.byteLength}`,
      "upload-metadata": metadata,
      "content-type": "application/offset+octet-stream",
    },
    body: Uint8Array.from(bytes.subarray(0, held ?? bytes.byteLength)),
  });
  const answer = await beginUpload(await requireParticipantAccess(headers, conversationId), request);
  return answer.headers.get("location")?.split("/").at(-1) ?? "";
}

const called = (title: string) => `frozen ${Buffer.from(title).toString("base64")}`.trim();
const upload = (id: string) => database.db.upload.findUniqueOrThrow({ where: { id } });
const isOver = async (id: string) => /done|failed/.test((await upload(id)).state);
/** What the chat says of the mirror, and what was sent. */
const bodies = async () =>
  (await database.db.message.findMany({ where: { conversationId }, orderBy: { seq: "asc" } }))
    .map(({ body }) => body)
    .filter((body) => /"mirror_|"picture"/.test(JSON.stringify(body)));

it("[MI194] it is an item, a message and a line of the receipt, each by the page's title", async () => {
  const customer = await sharePage();
  const id = await send(agent, called("Your account \u202eevil"), "teal");
  await expect.poll(() => isOver(id), { timeout: 30_000 }).toBe(true);
  const room = openRoom({
    baseUrl,
    conversationId,
    getToken: () => tokenOf(visitor.headers),
    createWebSocket: (url) => new WebSocket(url) as unknown as globalThis.WebSocket,
  });
  await until("shown", () => readItems(room.doc).length === 1);
  expect(readItems(room.doc)).toMatchObject([{ title: "Your account evil", frozen: true, source: "asset" }]);
  room.close();
  await customer.asked({ type: "stop" });
  await expect.poll(async () => JSON.stringify(await bodies())).toContain("mirror_ended");
  expect(await bodies()).toMatchObject([
    { code: "mirror_started" },
    { kind: "picture", what: "page", title: "Your account evil" },
    { code: "mirror_ended", frozen: 1 },
  ]);
  customer.socket.terminate();
});

it("[MI194] a page without a title is one all the same, and another picture is none", async () => {
  const customer = await sharePage();
  const nameless = await send(agent, called(""), "gold");
  const photo = await send(agent, "filename eA==", "navy");
  for (const id of [nameless, photo]) await expect.poll(() => isOver(id), { timeout: 30_000 }).toBe(true);
  expect([(await upload(nameless)).frozenTitle, (await upload(photo)).frozenTitle]).toEqual(["", null]);
  const pictures = (await bodies()).filter((body) => JSON.stringify(body).includes('"picture"'));
  const pages = pictures.filter((body) => JSON.stringify(body).includes('"page"'));
  expect([pictures.length, pages.length]).toEqual([2, 1]);
  customer.socket.terminate();
});

it("[MI195] while no page is shown nobody sends a picture of one, and a customer never does", async () => {
  await expect(send(agent, called("Cart"), "red")).rejects.toMatchObject({ code: "forbidden" });
  const customer = await sharePage();
  await expect(send(visitor.headers, called("Cart"), "red")).rejects.toMatchObject({ code: "forbidden" });
  await customer.asked({ type: "pause", reason: "customer" });
  await expect.poll(phase).toBe("paused");
  await expect(send(agent, called("Cart"), "red")).rejects.toMatchObject({ code: "forbidden" });
  await customer.asked({ type: "unpause" });
  await expect.poll(phase).toBe("live");
  await expect(send(agent, called("Cart"), "red")).resolves.not.toBe("");
  expect(await database.db.upload.count({ where: { conversationId } })).toBe(1);
  customer.socket.terminate();
});

it("[MI195] what was on its way when she stopped is not put on the panel", async () => {
  const customer = await sharePage();
  const id = await send(agent, called("Cart"), "purple", 20);
  expect((await upload(id)).state).toBe("receiving");
  await customer.asked({ type: "stop" });
  await expect.poll(phase).toBe("ended");
  const bytes = await testPng("purple", 640, 480);
  const rest = new Request(`${baseUrl}/api/v1/conversations/${conversationId}/uploads/${id}`, {
    method: "PATCH",
    headers: {
      "tus-resumable": "1.0.0",
      "upload-offset": "20",
      "content-type": "application/offset+octet-stream",
    },
    body: Uint8Array.from(bytes.subarray(20)),
  });
  await continueUpload(await requireParticipantAccess(agent, conversationId), id, rest);
  await expect.poll(() => isOver(id), { timeout: 30_000 }).toBe(true);
  expect(await upload(id)).toMatchObject({ state: "failed", error: "forbidden", itemIds: [] });
  expect(await database.db.asset.count({ where: { conversationId } })).toBe(0);
  customer.socket.terminate();
});
