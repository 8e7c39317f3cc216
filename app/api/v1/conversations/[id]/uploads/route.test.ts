import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import exifr from "exifr";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as getItem } from "@/app/api/v1/conversations/[id]/items/[source]/[sourceId]/route";
import { GET as getMedia } from "@/app/media/[assetId]/[...path]/route";
import { signVisitorToken } from "@/lib/auth/tokens";
import { openConversation } from "@/lib/conversations/open-conversation";
import { openUploadWork, uploadWorkSlot } from "@/lib/conversations/uploads/upload-work";
import { closePicturePool } from "@/lib/media/picture-pool";
import { createDiskUploadFiles } from "@/lib/media/uploads/disk-upload-files";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import { resolvedItemSchema, type UploadProgress, uploadProgressSchema } from "@/lib/protocol/http";
import { type ShopId, visitorIdSchema } from "@/lib/protocol/ids";
import { MAX_FILE_BYTES } from "@/lib/protocol/limits";
import { type Composition, compose } from "@/lib/runtime/compose";
import { createTestShop, provideTestStore, testPng } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { bytesWithin } from "@/tests/support/pictures";
import { itWithRealData, readRealFile } from "@/tests/support/real-data";
import { DELETE, GET, HEAD, PATCH } from "./[uploadId]/route";
import { POST } from "./route";

const ORIGIN = "http://127.0.0.1:3000";
let database: TestDatabase;
let composition: Composition;
let shopId: ShopId;

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
  uploadWorkSlot.provide(openUploadWork());
  shopId = await createTestShop();
});
afterAll(async () => {
  await uploadWorkSlot.get().close();
  await composition.close();
  await closePicturePool();
  await database.close();
});

async function openAsVisitor() {
  const visitorId = visitorIdSchema.parse((await database.db.visitor.create({ data: { shopId } })).id);
  const { conversationId } = await openConversation({ visitorId, shopId }, "en");
  return { conversationId, token: await signVisitorToken({ visitorId, shopId }) };
}
type Opened = Awaited<ReturnType<typeof openAsVisitor>>;

const offset = "application/offset+octet-stream";
const pathOf = ({ conversationId }: Opened) => `${ORIGIN}/api/v1/conversations/${conversationId}/uploads`;
const headersOf = ({ token }: Opened, more: Record<string, string> = {}) => ({
  authorization: `Bearer ${token}`,
  "tus-resumable": "1.0.0",
  ...more,
});

function begin(of: Opened, size: number, first?: Uint8Array, more: Record<string, string> = {}) {
  const headers = headersOf(of, {
    "upload-length": String(size),
    ...(first ? { "content-type": offset } : {}),
    ...more,
  });
  const request = new Request(pathOf(of), {
    method: "POST",
    headers,
    ...(first ? { body: Uint8Array.from(first) } : {}),
  });
  return POST(request, { params: Promise.resolve({ id: of.conversationId }) });
}

const idIn = (answer: Response) => answer.headers.get("location")?.split("/").at(-1) ?? "";
const route = (of: Opened, uploadId: string) => ({
  params: Promise.resolve({ id: of.conversationId, uploadId }),
});
const at = (of: Opened, uploadId: string, init: RequestInit = {}) =>
  new Request(`${pathOf(of)}/${uploadId}`, { headers: headersOf(of), ...init });

const patch = (of: Opened, uploadId: string, from: number, bytes: Uint8Array) =>
  PATCH(
    at(of, uploadId, {
      method: "PATCH",
      headers: headersOf(of, { "content-type": offset, "upload-offset": String(from) }),
      body: Uint8Array.from(bytes),
    }),
    route(of, uploadId),
  );

async function received(of: Opened, uploadId: string): Promise<number> {
  const answer = await HEAD(at(of, uploadId, { method: "HEAD" }), route(of, uploadId));
  return Number(answer.headers.get("upload-offset"));
}

async function progress(of: Opened, uploadId: string): Promise<UploadProgress> {
  return uploadProgressSchema.parse(await (await GET(at(of, uploadId), route(of, uploadId))).json());
}

/** What became of it in the end. */
async function outcome(of: Opened, uploadId: string): Promise<UploadProgress> {
  await expect
    .poll(async () => (await progress(of, uploadId)).state, { timeout: 30_000 })
    .toMatch(/shown|failed/);
  await expect
    .poll(async () => (await database.db.upload.findUnique({ where: { id: uploadId } }))?.state, {
      timeout: 30_000,
    })
    .toMatch(/done|failed/);
  return progress(of, uploadId);
}

async function send(of: Opened, bytes: Uint8Array): Promise<UploadProgress> {
  const answer = await begin(of, bytes.byteLength, bytes);
  expect(answer.status).toBe(201);
  return outcome(of, idIn(answer));
}

async function codeOf(answer: Response) {
  return { status: answer.status, code: (await answer.json()).error?.code };
}

const waitingFiles = () => readdir(join(database.dataDir, "uploads"));

let ours: Opened;
beforeEach(async () => {
  ours = await openAsVisitor();
});

describe("sending a file into a conversation", () => {
  it("[ME17] a picture is put on the panel, told in the chat and recorded once, however often it is sent", async () => {
    const bytes = await testPng("teal", 700, 500);
    const first = await send(ours, bytes);
    expect(first).toMatchObject({ state: "shown", itemIds: [expect.any(String)] });
    expect(await send(ours, bytes)).toEqual(first);

    const where = { conversationId: ours.conversationId };
    const messages = await database.db.message.findMany({ where });
    expect(messages.map((message) => message.body)).toMatchObject([
      { kind: "picture", itemId: "itemIds" in first ? first.itemIds[0] : "", width: 700, height: 500 },
    ]);
    expect(await database.db.event.count({ where: { ...where, type: "picture_uploaded" } })).toBe(1);
    expect(await database.db.asset.count({ where })).toBe(1);
  });

  it("[ME54] in parts: each continues where the last one ended, and no other is taken", async () => {
    const bytes = await testPng("maroon", 900, 700);
    const [a, b] = [Math.floor(bytes.length / 3), Math.floor(bytes.length / 2)];
    const id = idIn(await begin(ours, bytes.length, bytes.subarray(0, a)));
    expect(await received(ours, id)).toBe(a);
    expect(await progress(ours, id)).toEqual({ state: "receiving" });

    // Out of order, twice, and from before.
    for (const from of [b, 0]) {
      expect(await codeOf(await patch(ours, id, from, bytes.subarray(from)))).toEqual({
        status: 409,
        code: "conflict",
      });
    }
    expect((await patch(ours, id, a, bytes.subarray(a, b))).status).toBe(204);
    expect((await patch(ours, id, a, bytes.subarray(a, b))).status).toBe(409);
    expect(await received(ours, id)).toBe(b);
    expect((await patch(ours, id, b, bytes.subarray(b))).status).toBe(204);
    expect(await outcome(ours, id)).toMatchObject({ state: "shown" });
    expect((await patch(ours, id, bytes.length, new Uint8Array(1))).status).toBe(409);
  });

  it("[ME54] a part that was cut off is gone on with from what did arrive", async () => {
    const bytes = await testPng("gold", 1_200, 900);
    const id = idIn(await begin(ours, bytes.length));
    const half = Math.floor(bytes.length / 2);
    const cut = new ReadableStream<Uint8Array>({
      start(stream) {
        stream.enqueue(Uint8Array.from(bytes.subarray(0, half)));
      },
      pull(stream) {
        stream.error(new Error("the line is gone"));
      },
    });
    const request = at(ours, id, {
      method: "PATCH",
      headers: headersOf(ours, { "content-type": offset, "upload-offset": "0" }),
      body: cut,
      duplex: "half",
    } as RequestInit);
    expect((await PATCH(request, route(ours, id))).status).toBeGreaterThanOrEqual(400);
    const from = await received(ours, id);
    expect(from).toBeLessThanOrEqual(half);
    expect((await patch(ours, id, from, bytes.subarray(from))).status).toBe(204);
    expect(await outcome(ours, id)).toMatchObject({ state: "shown" });
  });

  it("[ME54] more bytes than were announced are refused, and what was announced is still taken", async () => {
    const bytes = await testPng("plum", 300, 200);
    const id = idIn(await begin(ours, bytes.length));
    const more = await patch(ours, id, 0, Buffer.concat([bytes, Buffer.alloc(50)]));
    expect(more.status).toBe(413);
    const from = await received(ours, id);
    expect(from).toBeLessThanOrEqual(bytes.length);
  });

  it("[ME55] what is given up is gone, row and file, and cannot be gone on with", async () => {
    const bytes = await testPng("coral", 300, 300);
    const id = idIn(await begin(ours, bytes.length, bytes.subarray(0, 100)));
    expect(await waitingFiles()).toContain(id);
    expect((await DELETE(at(ours, id, { method: "DELETE" }), route(ours, id))).status).toBe(204);
    expect((await waitingFiles()).filter((name) => name.startsWith(id))).toEqual([]);
    expect((await patch(ours, id, 100, bytes.subarray(100))).status).toBe(404);
    expect((await GET(at(ours, id), route(ours, id))).status).toBe(404);
    expect(await database.db.asset.count({ where: { conversationId: ours.conversationId } })).toBe(0);
  });

  it("[ME17] another's upload is nobody else's to see, to go on with or to cancel", async () => {
    const id = idIn(await begin(ours, 1_000, new Uint8Array(10)));
    const stranger = await openAsVisitor();
    for (const of of [stranger, { ...ours, token: stranger.token }]) {
      expect((await GET(at(of, id), route(of, id))).status).toBe(404);
      expect((await patch(of, id, 10, new Uint8Array(10))).status).toBe(404);
      expect((await DELETE(at(of, id, { method: "DELETE" }), route(of, id))).status).toBe(404);
    }
    for (const bad of ["..", "%2e%2e", "x", `${id}.json`, `${id}\0`]) {
      expect((await GET(at(ours, "x"), route(ours, bad))).status, bad).toBe(404);
    }
    expect(await received(ours, id)).toBe(10);
  });

  it("[ME17] is refused to strangers, to other sites and in closed conversations", async () => {
    const bytes = await testPng("olive");
    const stranger = await openAsVisitor();
    const refused = async (of: Opened, more = {}) => codeOf(await begin(of, bytes.length, bytes, more));
    expect(await refused({ ...ours, token: stranger.token })).toEqual({ status: 404, code: "not_found" });
    expect(await refused({ ...ours, token: "x.y.z" })).toEqual({ status: 401, code: "unauthorized" });
    expect(await refused(ours, { "sec-fetch-site": "cross-site" })).toEqual({
      status: 403,
      code: "forbidden",
    });
    await database.db.conversation.update({ where: { id: ours.conversationId }, data: { status: "closed" } });
    expect(await refused(ours)).toEqual({ status: 409, code: "conversation_closed" });
    expect(await database.db.upload.count({ where: { conversationId: ours.conversationId } })).toBe(0);
  });

  it("[ME17] a conversation that ends while a file is on its way takes it no more", async () => {
    const bytes = await testPng("black", 50, 50);
    const id = idIn(await begin(ours, bytes.length, bytes.subarray(0, 20)));
    await database.db.conversation.update({ where: { id: ours.conversationId }, data: { status: "closed" } });
    expect(await codeOf(await patch(ours, id, 20, bytes.subarray(20)))).toEqual({
      status: 409,
      code: "conversation_closed",
    });
  });

  it("[ME4] a length that is none, empty, too large or left open is refused before a byte is kept", async () => {
    const before = await waitingFiles();
    const refused = async (length: string, more: Record<string, string> = {}) =>
      (await codeOf(await begin(ours, 0, undefined, { "upload-length": length, ...more }))).code;
    expect(await refused("0")).toBe("unsupported_picture");
    expect(await refused(String(MAX_FILE_BYTES + 1))).toBe("too_large");
    for (const bad of ["-1", "1e3", "", "99999999999999999999", "many"]) {
      expect(await refused(bad), bad).toBe("bad_request");
    }
    expect(await refused("5", { "upload-defer-length": "1" })).toBe("bad_request");
    expect(await refused("5", { "upload-metadata": `filename ${"A".repeat(5_000)}` })).toBe("bad_request");
    expect(await refused("5", { "tus-resumable": "9" })).toBe("bad_request");
    expect(await waitingFiles()).toEqual(before);
  });

  it("[ME21] only so many files of one participant are under way at once", async () => {
    let answer = await begin(ours, 1_000);
    for (let sent = 1; sent < 30 && answer.status === 201; sent++) answer = await begin(ours, 1_000);
    expect(await codeOf(answer)).toEqual({ status: 429, code: "too_many" });
    expect((await begin(await openAsVisitor(), 1_000)).status).toBe(201);
    // What has stood still for a while counts no longer, and may be gone on with.
    const where = { conversationId: ours.conversationId };
    await database.db.upload.updateMany({ where, data: { workedAt: new Date(Date.now() - 3_600_000) } });
    expect((await begin(ours, 1_000)).status).toBe(201);
    for (const status of [201, 201, 429]) expect((await begin(ours, MAX_FILE_BYTES)).status).toBe(status);
  });
});

describe("reading what was sent", () => {
  it.each([
    [
      "a picture that was cut off",
      async () => (await testPng("red", 900, 900)).subarray(0, 2_000),
      "broken_picture",
    ],
    ["words", async () => Buffer.from("just some words"), "unsupported_picture"],
    ["a page", async () => Buffer.from("<!doctype html><script>alert(1)</script>"), "unsupported_picture"],
    ["an SVG", async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), "unsupported_picture"],
    ["a PDF without pages", async () => Buffer.from("%PDF-1.7\nnothing"), "broken_paper"],
  ])("[ME56] %s is refused by its name, and leaves no file and no row", async (_name, make, code) => {
    const [stored, waiting] = [await storedFiles(), await waitingFiles()];
    expect(await send(ours, await make())).toEqual({ state: "failed", error: code });
    expect(await storedFiles()).toEqual(stored);
    expect(await waitingFiles()).toEqual(waiting);
    expect(await database.db.asset.count({ where: { conversationId: ours.conversationId } })).toBe(0);
  });

  it("[ME57] what a process left behind is read by the next one that looks", async () => {
    const bytes = await testPng("indigo", 400, 300);
    const id = idIn(await begin(ours, bytes.length, bytes.subarray(0, 50)));
    // As after a crash between the last byte and the reading: all bytes there, nobody at work.
    await uploadWorkSlot.get().close();
    expect((await patch(ours, id, 50, bytes.subarray(50))).status).toBe(204);
    expect(await progress(ours, id)).toMatchObject({ state: "reading" });
    const longAgo = new Date(Date.now() - 3_600_000);
    await database.db.upload.update({ where: { id }, data: { workedAt: longAgo } });
    const work = openUploadWork();
    uploadWorkSlot.provide(work);
    await work.look();
    expect(await outcome(ours, id)).toMatchObject({ state: "shown" });
    expect((await waitingFiles()).filter((name) => name.startsWith(id))).toEqual([]);
  });

  it("[ME18] its address comes with the item, and opens the stored picture for whom it was made", async () => {
    await send(ours, await testPng("navy", 300, 200));
    const asset = await database.db.asset.findFirstOrThrow({
      where: { conversationId: ours.conversationId },
    });
    const resolve = (of: Opened) =>
      getItem(new Request(`${ORIGIN}/items`, { headers: { authorization: `Bearer ${of.token}` } }), {
        params: Promise.resolve({ id: of.conversationId, source: "asset", sourceId: asset.id }),
      });
    const item = resolvedItemSchema.parse(await (await resolve(ours)).json());
    const address = new URL(item.sizes.at(-1)?.url ?? "", ORIGIN);
    const [, , assetId = "", ...path] = address.pathname.split("/");
    const open = (url: URL) => getMedia(new Request(url), { params: Promise.resolve({ assetId, path }) });
    expect((await open(address)).headers.get("content-type")).toBe("image/webp");
    address.search = "";
    expect(await codeOf(await open(address))).toEqual({ status: 401, code: "unauthorized" });
    expect(await codeOf(await resolve(await openAsVisitor()))).toEqual({ status: 404, code: "not_found" });
  });

  itWithRealData(
    "[ME7] a photo with its position leaves no trace of it in any file of the data folder",
    async () => {
      const bytes = await readRealFile("photos/DSCN0010.jpg");
      expect(await exifr.gps(bytes)).toBeDefined();
      expect(await send(ours, bytes)).toMatchObject({ state: "shown" });
      const files = await storedFiles();
      expect(files.length).toBeGreaterThan(0);
      for (const path of files) {
        const stored = await readFile(path);
        for (const word of ["Exif", "GPS", "NIKON"])
          expect(bytesWithin(stored, word), `${word} in ${path}`).toBe(false);
        expect(path).toMatch(/[0-9a-f-]{36}\/\d+\.webp$/);
      }
    },
  );
});

async function storedFiles(): Promise<string[]> {
  const all = await readdir(database.dataDir, { recursive: true, withFileTypes: true });
  return all
    .filter((each) => each.isFile() && !each.parentPath.endsWith("uploads"))
    .map((each) => join(each.parentPath, each.name))
    .sort();
}
