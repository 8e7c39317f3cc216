import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import exifr from "exifr";
import { pino } from "pino";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { GET as getItem } from "@/app/api/v1/conversations/[id]/items/[source]/[sourceId]/route";
import { acceptConversation } from "@/lib/conversations/accept";
import { requireConversationAccess } from "@/lib/conversations/access";
import { openConversation } from "@/lib/conversations/open-conversation";
import { readUpload } from "@/lib/conversations/uploads/read-upload";
import { findGarbage } from "@/lib/media/collect-garbage";
import { ORIGINAL_NAME } from "@/lib/media/file-name";
import { closePicturePool } from "@/lib/media/picture-pool";
import { getMediaStore } from "@/lib/media/store";
import { createDiskUploadFiles } from "@/lib/media/uploads/disk-upload-files";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import { resolvedItemSchema } from "@/lib/protocol/http";
import { assetIdSchema, type ConversationId, type ShopId } from "@/lib/protocol/ids";
import { type Composition, compose } from "@/lib/runtime/compose";
import { countOriginals } from "@/lib/shops/count-originals";
import { listSavedOriginals } from "@/lib/shops/list-saved-originals";
import { eraseCustomer } from "@/lib/visitors/erase";
import { provideTestStore } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makePaper } from "@/tests/support/papers";
import { createMember, createShop, createVisitor, type TestVisitor } from "@/tests/support/shop-people";
import { GET } from "./route";

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
  const off = { metricsToken: null, redisUrl: null, ffmpeg: "off", clamd: null };
  composition = await compose(pino({ level: "silent" }), off);
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
  await acceptConversation(await requireConversationAccess(agent, conversationId));
});

/** As a phone takes it: with the place and the device. */
const photo = () =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: { r: 9, g: 90, b: 200 } } })
    .withExif({
      IFD0: { Make: "Pocket" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "46/1 30/1 0/1", GPSLongitudeRef: "E" },
    })
    .jpeg()
    .toBuffer();

async function sendFile(bytes: Buffer, role: "customer" | "agent" = "customer"): Promise<string> {
  const where = { conversationId, role };
  const { id: participantId } = await database.db.participant.findFirstOrThrow({ where });
  const data = { conversationId, participantId, size: bytes.length, state: "reading" } as const;
  const { id } = await database.db.upload.create({ data });
  await writeFile(join(database.dataDir, "uploads", id), bytes);
  await readUpload(id, new AbortController().signal);
  const orderBy = { createdAt: "asc" } as const;
  return (await database.db.asset.findFirstOrThrow({ where: { conversationId }, orderBy })).id;
}

const ask = (keepOriginals: boolean, more: { readonly coverPhotos?: boolean } = {}) =>
  database.db.shop.update({ where: { id: shopId }, data: { keepOriginals, ...more } });

async function addressFor(headers: Headers, sourceId: string): Promise<string | undefined> {
  const params = Promise.resolve({ id: conversationId, source: "asset", sourceId });
  const answer = await getItem(new Request(`${ORIGIN}/items`, { headers }), { params });
  return resolvedItemSchema.parse(await answer.json()).original;
}

function open(address: string, headers: Record<string, string> = {}): Promise<Response> {
  const url = new URL(address, ORIGIN);
  const [, , assetId = "", ...path] = url.pathname.split("/");
  return GET(new Request(url, { headers }), { params: Promise.resolve({ assetId, path }) });
}

const isKept = async (assetId: string) =>
  (await getMediaStore().find({ shopId, assetId: assetIdSchema.parse(assetId) }, ORIGINAL_NAME)) !== null;

it("[ME81] a file stays as it was sent only where the shop asks, and only a customer's", async () => {
  const without = await sendFile(await photo());
  expect([await isKept(without), await addressFor(agent, without)]).toEqual([false, undefined]);
  expect(await countOriginals(shopId)).toEqual({ files: 0, bytes: 0 });

  await ask(true);
  const own = await sharp(await photo())
    .negate()
    .jpeg()
    .toBuffer();
  const count = () => database.db.asset.count({ where: { conversationId, originalType: { not: null } } });
  await sendFile(own, "agent");
  expect(await count()).toBe(0);
  const bytes = await photo();
  // The same photo again: it was there, and is kept from now on.
  await sendFile(bytes);
  expect(await count()).toBe(1);
  expect(await countOriginals(shopId)).toEqual({ files: 1, bytes: bytes.length });
  const answer = await open((await addressFor(agent, without)) ?? "");
  expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), bytes)).toBe(0);
  expect(await exifr.parse(bytes)).toMatchObject({ Make: "Pocket" });

  await ask(false);
  expect(await isKept(without)).toBe(true);
});

it("[ME82] it is saved and never shown, whatever it is, and no browser keeps it", async () => {
  await ask(true);
  const address = (await addressFor(agent, await sendFile(await photo()))) ?? "";
  const answer = await open(address);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": expect.stringMatching(/^attachment; filename="vetrina-[0-9a-f]{8}\.jpg"$/),
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
    "content-security-policy": expect.stringContaining("sandbox"),
  });
  const part = await open(address, { range: "bytes=0-2" });
  expect([part.status, Buffer.from(await part.arrayBuffer()).toString("hex")]).toEqual([206, "ffd8ff"]);
});

it("[ME82] for the agents of the conversation, for managers and admins; for no customer and no other agent", async () => {
  await ask(true);
  const assetId = await sendFile(await photo());
  const manager = await createMember(shopId, "manager", "Mina");
  const other = await createMember(shopId, "agent", "Otto");
  const mine = (await addressFor(agent, assetId)) ?? "";
  expect((await open((await addressFor(manager, assetId)) ?? "")).status).toBe(200);
  expect(await addressFor(other, assetId)).toBeUndefined();
  expect(await addressFor(visitor.headers, assetId)).toBeUndefined();

  // The token of a size does not open the file, nor the other way round, nor that of another asset.
  const params = Promise.resolve({ id: conversationId, source: "asset", sourceId: assetId });
  const item = await (await getItem(new Request(`${ORIGIN}/items`, { headers: agent }), { params })).json();
  const token = new URL(resolvedItemSchema.parse(item).sizes[0]?.url ?? "", ORIGIN).search;
  expect((await open(`/media/${assetId}/original${token}`)).status).toBe(401);
  expect((await open(`/media/${assetId}/160${new URL(mine, ORIGIN).search}`)).status).toBe(401);
  expect((await open(mine.replace(assetId, randomUUID()))).status).toBe(401);
  expect((await open(`/media/${assetId}/original`)).status).toBe(401);
  expect((await open(`/media/${assetId}/original.bin${token}`)).status).toBe(404);

  // An address does not outlive the right.
  await database.db.participant.updateMany({
    where: { conversationId, role: "agent" },
    data: { leftAt: new Date() },
  });
  expect((await open(mine)).status).toBe(401);
});

it("[ME65, ME82] what is covered has to be uncovered first", async () => {
  await ask(true);
  const assetId = await sendFile(await photo());
  const before = (await addressFor(agent, assetId)) ?? "";
  await database.db.asset.update({ where: { id: assetId }, data: { covered: true } });
  expect(await addressFor(agent, assetId)).toBeUndefined();
  expect((await open(before)).status).toBe(401);
});

it("[ME65, ME82] a paper has no address for its file while any of its pages is covered", async () => {
  await ask(true);
  const paper = await makePaper({ size: [200, 100] }, (pages) => pages.text("one").addPage().text("two"));
  const first = await sendFile(paper);
  const before = (await addressFor(agent, first)) ?? "";
  expect((await open(before)).status).toBe(200);
  const cover = (covered: boolean) =>
    database.db.asset.updateMany({ where: { conversationId, page: 2 }, data: { covered } });
  await cover(true);
  expect(await addressFor(agent, first)).toBeUndefined();
  expect((await open(before)).status).toBe(401);
  await cover(false);
  expect((await open((await addressFor(agent, first)) ?? "")).status).toBe(200);
});

it("[ME85] who saved it, and when, is recorded before she has it; who may not is not", async () => {
  await ask(true);
  const assetId = await sendFile(await photo());
  const address = (await addressFor(agent, assetId)) ?? "";
  const saved = () =>
    database.db.event.findMany({ where: { shopId, type: "original_saved" }, orderBy: { occurredAt: "asc" } });
  await GET(new Request(new URL("/media/x/original?t=none", ORIGIN)), {
    params: Promise.resolve({ assetId, path: ["original"] }),
  });
  expect(await saved()).toEqual([]);
  const before = Date.now();
  expect((await open(address)).status).toBe(200);
  const member = await database.db.member.findFirstOrThrow({ where: { shopId } });
  const [event, ...more] = await saved();
  expect(event).toMatchObject({ memberId: member.id, conversationId, data: { assetId }, source: "server" });
  expect(event?.occurredAt.getTime()).toBeGreaterThanOrEqual(before - 1_000);
  expect(more).toEqual([]);
  expect(await listSavedOriginals(shopId)).toEqual([{ id: event?.id, name: "Marco", at: event?.occurredAt }]);
  expect(await listSavedOriginals(await createShop())).toEqual([]);
});

it("[ME85] a download in parts is one, also of parts asked for at once; another file, person or day is another", async () => {
  await ask(true);
  const assetId = await sendFile(await photo());
  const address = (await addressFor(agent, assetId)) ?? "";
  const count = () => database.db.event.count({ where: { shopId, type: "original_saved" } });
  const parts = ["bytes=0-2", "bytes=3-9", "bytes=10-"].map((range) => open(address, { range }));
  expect((await Promise.all(parts)).map(({ status }) => status)).toEqual([206, 206, 206]);
  expect((await open(address)).status).toBe(200);
  expect(await count()).toBe(1);

  const manager = await createMember(shopId, "manager", "Mina");
  await open((await addressFor(manager, assetId)) ?? "");
  expect(await count()).toBe(2);

  const other = await sharp(await photo())
    .negate()
    .jpeg()
    .toBuffer();
  await sendFile(other);
  const { id } = await database.db.asset.findFirstOrThrow({
    where: { conversationId, id: { not: assetId } },
  });
  await open((await addressFor(agent, id)) ?? "");
  expect(await count()).toBe(3);

  await database.db
    .$executeRaw`UPDATE "Event" SET "occurredAt" = "occurredAt" - interval '11 minutes' WHERE "shopId" = ${shopId}`;
  await open(address);
  expect(await count()).toBe(4);
});

it("[ME24, ME81] it is known to gc, and goes with its conversation", async () => {
  await ask(true);
  const assetId = await sendFile(await photo());
  const address = (await addressFor(agent, assetId)) ?? "";
  const garbage = await findGarbage(new Date());
  expect(garbage.missing).not.toContain(assetId);
  await eraseCustomer(shopId, visitor.visitorId, "Anna");
  expect(await isKept(assetId)).toBe(false);
  expect((await open(address)).status).toBe(401);
  expect(await countOriginals(shopId)).toEqual({ files: 0, bytes: 0 });
});

it("[ME81] a paper is kept once, with its first page; what is refused is not kept", async () => {
  await ask(true);
  const pdf = await makePaper({ size: [200, 100] }, (pages) => {
    pages.text("one").addPage().text("two").addPage().text("three");
  });
  const first = await sendFile(pdf);
  expect(await countOriginals(shopId)).toEqual({ files: 1, bytes: pdf.length });
  expect((await open((await addressFor(agent, first)) ?? "")).headers.get("content-disposition")).toContain(
    ".pdf",
  );
  await sendFile((await photo()).subarray(0, 900));
  expect((await countOriginals(shopId)).files).toBe(1);
});
