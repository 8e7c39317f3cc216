import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import exifr from "exifr";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as getItem } from "@/app/api/v1/conversations/[id]/items/[source]/[sourceId]/route";
import { GET as getPicture } from "@/app/media/[assetId]/[longest]/route";
import { signVisitorToken } from "@/lib/auth/tokens";
import { openConversation } from "@/lib/conversations/open-conversation";
import { closePicturePool } from "@/lib/media/picture-pool";
import { pictureUploadedSchema, resolvedItemSchema } from "@/lib/protocol/http";
import { type ShopId, visitorIdSchema } from "@/lib/protocol/ids";
import { type Composition, compose } from "@/lib/runtime/compose";
import { createTestShop, provideTestStore, testPng } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { bytesWithin } from "@/tests/support/pictures";
import { itWithRealData, readRealFile } from "@/tests/support/real-data";
import { POST } from "./route";

const ORIGIN = "http://127.0.0.1:3000";
let database: TestDatabase;
let composition: Composition;
let shopId: ShopId;

beforeAll(async () => {
  database = await openTestDatabase();
  await provideTestStore(database.dataDir);
  composition = await compose(pino({ level: "silent" }), { metricsToken: null, redisUrl: null });
  shopId = await createTestShop();
});
afterAll(async () => {
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

function send(
  { conversationId, token }: Opened,
  bytes: Uint8Array,
  name = "photo.jpg",
  headers: HeadersInit = {},
) {
  const form = new FormData();
  form.set("file", new File([Uint8Array.from(bytes)], name));
  const request = new Request(`${ORIGIN}/api/v1/conversations/${conversationId}/pictures`, {
    method: "POST",
    body: form,
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  return POST(request, { params: Promise.resolve({ id: conversationId }) });
}

async function codeOf(answer: Response) {
  return { status: answer.status, code: (await answer.json()).error?.code };
}

let ours: Opened;
beforeEach(async () => {
  ours = await openAsVisitor();
});

describe("sending a picture into a conversation", () => {
  it("[ME17] stores it, puts it on the panel, says so in the chat and records it once", async () => {
    const bytes = await testPng("teal", 700, 500);
    const answer = await send(ours, bytes);
    expect(answer.status).toBe(200);
    const uploaded = pictureUploadedSchema.parse(await answer.json());
    expect(uploaded).toMatchObject({ width: 700, height: 500 });
    // A repeat, as after a lost answer.
    expect(pictureUploadedSchema.parse(await (await send(ours, bytes, "again.png")).json())).toEqual(
      uploaded,
    );

    const where = { conversationId: ours.conversationId };
    const messages = await database.db.message.findMany({ where });
    expect(messages.map((message) => message.body)).toEqual([{ kind: "picture", ...uploaded }]);
    const events = await database.db.event.findMany({ where: { ...where, type: "picture_uploaded" } });
    expect(events).toMatchObject([{ itemId: uploaded.itemId, source: "server" }]);
    expect(await database.db.panelUpdate.count({ where })).toBeGreaterThan(0);
  });

  it("[ME18] its address comes with the item, and opens the stored picture", async () => {
    const uploaded = pictureUploadedSchema.parse(
      await (await send(ours, await testPng("navy", 300, 200))).json(),
    );
    const resolve = (of: Opened) =>
      getItem(new Request(`${ORIGIN}/items`, { headers: { authorization: `Bearer ${of.token}` } }), {
        params: Promise.resolve({ id: of.conversationId, source: "asset", sourceId: uploaded.assetId }),
      });
    const item = resolvedItemSchema.parse(await (await resolve(ours)).json());
    const address = new URL(item.sizes.at(-1)?.url ?? "", ORIGIN);
    const [, , assetId = "", longest = ""] = address.pathname.split("/");
    const open = (url: URL) =>
      getPicture(new Request(url), { params: Promise.resolve({ assetId, longest }) });
    expect((await open(address)).headers.get("content-type")).toBe("image/webp");
    address.search = "";
    expect(await codeOf(await open(address))).toEqual({ status: 401, code: "unauthorized" });
    expect(await codeOf(await resolve(await openAsVisitor()))).toEqual({ status: 404, code: "not_found" });
  });

  it("[ME17] is refused to strangers, to other sites and in closed conversations", async () => {
    const bytes = await testPng("olive");
    const stranger = await openAsVisitor();
    expect(await codeOf(await send({ ...ours, token: stranger.token }, bytes))).toEqual({
      status: 404,
      code: "not_found",
    });
    expect(await codeOf(await send({ ...ours, token: "x.y.z" }, bytes))).toEqual({
      status: 401,
      code: "unauthorized",
    });
    expect((await send(ours, bytes, "a.png", { "sec-fetch-site": "cross-site" })).status).toBe(403);
    await database.db.conversation.update({ where: { id: ours.conversationId }, data: { status: "closed" } });
    expect(await codeOf(await send(ours, bytes))).toEqual({ status: 409, code: "conversation_closed" });
    expect(await database.db.asset.count({ where: { conversationId: ours.conversationId } })).toBe(0);
  });

  it("[ME17] is refused after too many in a while", async () => {
    let refused: Response | null = null;
    for (let sent = 0; sent < 60 && refused === null; sent++) {
      const answer = await send(ours, new TextEncoder().encode("no picture"));
      if (answer.status === 429) refused = answer;
      else expect(await codeOf(answer)).toEqual({ status: 415, code: "unsupported_picture" });
    }
    expect(refused && (await codeOf(refused))).toEqual({ status: 429, code: "too_many" });
  });

  it("[ME12] what is refused leaves no file and no row", async () => {
    const before = await storedFiles();
    const cut = (await testPng("red", 900, 900)).subarray(0, 2_000);
    expect(await codeOf(await send(ours, cut))).toEqual({ status: 422, code: "broken_picture" });
    expect(await codeOf(await send(ours, new Uint8Array(0)))).toEqual({
      status: 415,
      code: "unsupported_picture",
    });
    expect(await storedFiles()).toEqual(before);
    expect(await database.db.asset.count({ where: { conversationId: ours.conversationId } })).toBe(0);
  });

  itWithRealData(
    "[ME7] a photo with its position leaves no trace of it in any file of the data folder",
    async () => {
      const bytes = await readRealFile("photos/DSCN0010.jpg");
      expect(await exifr.gps(bytes)).toBeDefined();
      expect((await send(ours, bytes, "../../evil<img>.html")).status).toBe(200);
      const files = await storedFiles();
      expect(files.length).toBeGreaterThan(0);
      for (const path of files) {
        const stored = await readFile(path);
        for (const word of ["Exif", "GPS", "NIKON", "evil"])
          expect(bytesWithin(stored, word), `${word} in ${path}`).toBe(false);
        expect(path).toMatch(/[0-9a-f-]{36}\/\d+\.webp$/);
      }
    },
  );
});

async function storedFiles(): Promise<string[]> {
  const all = await readdir(database.dataDir, { recursive: true, withFileTypes: true });
  return all
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .sort();
}
