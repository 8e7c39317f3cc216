import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import * as Y from "yjs";
import { GET as getItem } from "@/app/api/v1/conversations/[id]/items/[source]/[sourceId]/route";
import { GET as getMedia } from "@/app/media/[assetId]/[...path]/route";
import { openConversation } from "@/lib/conversations/open-conversation";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { readUpload } from "@/lib/conversations/uploads/read-upload";
import { closePicturePool } from "@/lib/media/picture-pool";
import { createDiskUploadFiles } from "@/lib/media/uploads/disk-upload-files";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import { readItems } from "@/lib/panel/schema";
import { resolvedItemSchema } from "@/lib/protocol/http";
import type { ConversationId, ShopId } from "@/lib/protocol/ids";
import { type Composition, compose } from "@/lib/runtime/compose";
import { provideTestStore, testPng } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { createMember, createShop, createVisitor, type TestVisitor } from "@/tests/support/shop-people";
import { POST } from "./route";

const ORIGIN = "http://127.0.0.1:3000";
let database: TestDatabase;
let composition: Composition;
let shopId: ShopId;
let agent: Headers;
let visitor: TestVisitor;
let conversationId: ConversationId;

beforeAll(async () => {
  database = await openTestDatabase();
  await provideTestStore(database.dataDir);
  uploadFilesSlot.provide(await createDiskUploadFiles(join(database.dataDir, "uploads")));
  composition = await compose(pino({ level: "silent" }), {
    metricsToken: null,
    redisUrl: null,
    ffmpeg: "off",
    clamd: null,
  });
});
afterAll(async () => {
  await composition.close();
  await closePicturePool();
  await database.close();
});

beforeEach(async () => {
  shopId = await createShop();
  agent = await createMember(shopId, "agent", "Marco");
  visitor = await createVisitor(shopId);
  ({ conversationId } = await openConversation(visitor, "en"));
});

/** A picture as it comes in from the customer. */
async function sendPicture(coverPhotos: boolean): Promise<string> {
  await database.db.shop.update({ where: { id: shopId }, data: { coverPhotos } });
  const { id: participantId } = await database.db.participant.findFirstOrThrow({ where: { conversationId } });
  const bytes = await testPng("salmon", 400, 300);
  const data = { conversationId, participantId, size: bytes.length, state: "reading" } as const;
  const { id } = await database.db.upload.create({ data });
  await writeFile(join(database.dataDir, "uploads", id), bytes);
  await readUpload(id, new AbortController().signal);
  return (await database.db.asset.findFirstOrThrow({ where: { conversationId } })).id;
}

async function resolved(headers: Headers, sourceId: string) {
  const params = Promise.resolve({ id: conversationId, source: "asset", sourceId });
  const answer = await getItem(new Request(`${ORIGIN}/items`, { headers }), { params });
  return resolvedItemSchema.parse(await answer.json());
}

function open(address: string): Promise<Response> {
  const url = new URL(address, ORIGIN);
  const [, , assetId = "", ...path] = url.pathname.split("/");
  return getMedia(new Request(url), { params: Promise.resolve({ assetId, path }) });
}

const ask = (headers: Headers, assetId: string, id: string = conversationId) =>
  POST(new Request(`${ORIGIN}/uncover`, { method: "POST", headers }), {
    params: Promise.resolve({ id, assetId }),
  });

async function coveredOnPanel(): Promise<boolean[]> {
  const doc = new Y.Doc();
  const stored = await createPanelJournal().load(conversationId);
  if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot.state);
  for (const { update } of stored.updates) Y.applyUpdate(doc, update);
  return readItems(doc).map((item) => item.covered);
}

it("[ME65] what a customer sends is covered where the shop wants it: no address, until one of the people asks", async () => {
  const assetId = await sendPicture(true);
  expect(await resolved(agent, assetId)).toMatchObject({
    covered: true,
    sizes: [],
    tiles: null,
    video: null,
  });
  const own = await resolved(visitor.headers, assetId);
  expect(own).toMatchObject({ covered: false });
  expect(own.sizes.length).toBeGreaterThan(0);
  expect(await coveredOnPanel()).toEqual([true]);

  expect((await ask(agent, assetId)).status).toBe(204);
  const item = await resolved(agent, assetId);
  expect(item.covered).toBe(false);
  expect((await open(item.sizes[0]?.url ?? "")).status).toBe(200);
  expect(await coveredOnPanel()).toEqual([false]);
});

it("[ME65] who asked is recorded and said in the chat, once", async () => {
  const assetId = await sendPicture(true);
  expect((await ask(agent, assetId)).status).toBe(204);
  expect((await ask(agent, assetId)).status).toBe(204);
  const where = { conversationId };
  const events = await database.db.event.findMany({ where: { ...where, type: "picture_uncovered" } });
  const member = await database.db.member.findFirstOrThrow({ where: { shopId } });
  expect(events).toMatchObject([{ memberId: member.id, data: { assetId }, source: "server" }]);
  const bodies = (await database.db.message.findMany({ where })).map(({ body }) => body);
  expect(bodies).toContainEqual({ kind: "notice", code: "uncovered", name: "Marco" });
  expect(bodies).toHaveLength(2);
});

it("[ME65] an address that one of the people had before it was covered is worth nothing", async () => {
  const assetId = await sendPicture(false);
  const item = await resolved(agent, assetId);
  expect(item.covered).toBe(false);
  await database.db.asset.update({ where: { id: assetId }, data: { covered: true } });
  expect((await open(item.sizes.at(-1)?.url ?? "")).status).toBe(401);
  expect((await open((await resolved(visitor.headers, assetId)).sizes[0]?.url ?? "")).status).toBe(200);
});

it("[ME65] is nobody's to uncover but the shop's people's, and only what this conversation has", async () => {
  const assetId = await sendPicture(true);
  const stranger = await createMember(await createShop(), "admin", "Stranger");
  expect((await ask(visitor.headers, assetId)).status).toBe(403);
  expect((await ask(stranger, assetId)).status).toBe(404);
  expect((await ask(new Headers(), assetId)).status).toBe(401);
  for (const bad of [randomUUID(), "x", ".."]) expect((await ask(agent, bad)).status, bad).toBe(404);
  const other = await openConversation(await createVisitor(shopId), "en");
  expect((await ask(agent, assetId, other.conversationId)).status).toBe(404);
  expect(await resolved(agent, assetId)).toMatchObject({ covered: true });
});
