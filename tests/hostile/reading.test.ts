/** While a file is read its sender leaves, the conversation ends or is erased, the database or the store goes away. */
import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openUploadWork, uploadWorkSlot } from "@/lib/conversations/uploads/upload-work";
import { connect, provideDb } from "@/lib/db/client";
import { createS3Store } from "@/lib/media/s3-store";
import { type MediaStore, mediaStoreSlot } from "@/lib/media/store";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { roomsSlot } from "@/lib/protocol/rooms-port";
import { eraseCustomer } from "@/lib/visitors/erase";
import { testPng } from "@/tests/support/catalogue";
import { makePaper } from "@/tests/support/papers";
import { type S3Server, startS3 } from "@/tests/support/s3";
import { openTcpProxy } from "@/tests/support/tcp-proxy";
import {
  begun,
  giveUp,
  openUploads,
  progress,
  type Sender,
  type Traces,
  type Uploads,
} from "@/tests/support/uploads";

vi.setConfig({ testTimeout: 90_000 });

let uploads: Uploads;
let ours: Sender;
let before: Traces;
beforeAll(async () => {
  uploads = await openUploads();
});
afterAll(() => uploads.close());
beforeEach(async () => {
  ours = await uploads.newSender();
  before = await uploads.traces();
});

const PAGES = 5;
/** Read page by page, so that there is a while between the first and the last. */
const paper = (title: string) =>
  makePaper({ size: "A6", autoFirstPage: false }, (made) => {
    for (let page = 1; page <= PAGES; page++) made.addPage().text(`${title}, page ${page}`);
  });
const assets = () => uploads.database.db.asset.count({ where: { conversationId: ours.conversationId } });
const untilHalfRead = () => expect.poll(assets, { timeout: 30_000, interval: 10 }).toBeGreaterThan(0);
const untilAsBefore = () => expect.poll(uploads.traces, { timeout: 30_000 }).toEqual(before);

/** Grain, so that its larger sizes take a while. */
const grainy = (width: number, height: number) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();

describe("meanwhile", () => {
  it("[ME74] what is given up when some of its pages are read leaves none of them", async () => {
    const id = await begun(ours, await paper("Given up"));
    await untilHalfRead();
    expect((await giveUp(ours, id)).status).toBe(204);
    await untilAsBefore();
  });

  it("[ME75] a conversation that ends takes no more, and keeps nothing of what was read", async () => {
    const id = await begun(ours, await paper("Too late"));
    await untilHalfRead();
    const { conversationId } = ours;
    await uploads.database.db.conversation.update({
      where: { id: conversationId },
      data: { status: "closed" },
    });
    expect(await uploads.outcome(ours, id)).toEqual({ state: "failed", error: "conversation_closed" });
    await untilAsBefore();
    expect(await uploads.database.db.message.count({ where: { conversationId } })).toBe(0);
  });

  it("[ME75] one who is removed shows nothing any more", async () => {
    const id = await begun(ours, await paper("Removed"));
    await untilHalfRead();
    const { conversationId } = ours;
    await uploads.database.db.participant.updateMany({
      where: { conversationId },
      data: { leftAt: new Date() },
    });
    const state = async () => uploads.database.db.upload.findUniqueOrThrow({ where: { id } });
    await expect.poll(state, { timeout: 30_000 }).toMatchObject({ state: "failed", error: "forbidden" });
    await untilAsBefore();
  });

  it("[ME76] a conversation that is erased takes all of it along", async () => {
    const pages = await begun(ours, await paper("Erased"));
    const picture = await begun(ours, await testPng("teal", 2_400, 1_800));
    await untilHalfRead();
    await uploads.database.db.conversation.delete({ where: { id: ours.conversationId } });
    await untilAsBefore();
    const left = { where: { id: { in: [pages, picture] } } };
    expect(await uploads.database.db.upload.count(left)).toBe(0);
  });

  it("[ME55, ME83] what is given up in the instant in which it comes onto the panel stays, and gets sharp", async () => {
    const rooms = roomsSlot.get();
    let uploadId: Promise<string> = Promise.reject(new Error("not begun"));
    uploadId.catch(() => undefined);
    roomsSlot.provide({
      ...rooms,
      async putItem(...given) {
        const itemId = await rooms.putItem(...given);
        expect((await giveUp(ours, await uploadId)).status).toBe(204);
        return itemId;
      },
    });
    try {
      uploadId = grainy(4_000, 3_000).then((bytes) => begun(ours, bytes));
      expect(await uploads.outcome(ours, await uploadId)).toMatchObject({ state: "shown" });
    } finally {
      roomsSlot.provide(rooms);
    }
    const where = { conversationId: ours.conversationId };
    const asset = await uploads.database.db.asset.findFirstOrThrow({ where });
    expect(asset.sizes).toEqual([160, 640, 1_600, 3_200, 4_000]);
    expect(await uploads.database.db.message.count({ where })).toBe(1);
  });

  it("[ME83] of several photos all are shown before any gets its larger sizes", async () => {
    const photos = await Promise.all([1, 2, 3, 4].map(() => grainy(2_000, 1_500)));
    // Received, and nobody at work on them yet: all begin at once.
    const of = uploadWorkSlot.get();
    const ids: string[] = [];
    uploadWorkSlot.provide({ ...of, start: (id) => void ids.push(id) });
    for (const bytes of photos) await begun(ours, bytes);
    uploadWorkSlot.provide(of);
    for (const id of ids) of.start(id);
    const where = { conversationId: ours.conversationId };
    const sizes = async () =>
      (await uploads.database.db.asset.findMany({ where, select: { sizes: true } })).map(
        (each) => each.sizes,
      );
    /** How many were there whenever one had larger sizes. */
    const shown: number[] = [];
    const look = async () => {
      const seen = await sizes();
      if (seen.some((each) => each.length > 2)) shown.push(seen.length);
      return seen;
    };
    const all = photos.map(() => [160, 640, 1_600, 2_000]);
    await expect.poll(look, { timeout: 80_000, interval: 25 }).toEqual(all);
    expect(Math.min(...shown)).toBe(photos.length);
    for (const id of ids) expect(await uploads.outcome(ours, id)).toMatchObject({ state: "shown" });
  });

  it("[ME76, ME83] also what is on the panel while its larger sizes are made", async () => {
    const id = await begun(ours, await grainy(4_000, 3_000));
    const shown = async () => (await progress(ours, id)).state;
    await expect.poll(shown, { timeout: 30_000, interval: 10 }).toBe("shown");
    const conversation = await uploads.database.db.conversation.findUniqueOrThrow({
      where: { id: ours.conversationId },
      include: { assets: true },
    });
    expect(conversation.assets[0]?.sizes).toEqual([160, 640]);
    await eraseCustomer(uploads.shopId, conversation.visitorId, "Mia");
    await untilAsBefore();
  });
});

/** As after a crash: nobody has been at work on anything for long. */
async function takeOver(): Promise<void> {
  const longAgo = new Date(Date.now() - 3_600_000);
  await uploads.database.db.upload.updateMany({
    where: { state: { in: ["reading", "tiling"] } },
    data: { workedAt: longAgo },
  });
  await uploadWorkSlot.get().look();
}

it("[ME77] a database that goes away leaves the file waiting, which is read when it is back", async () => {
  const line = await openTcpProxy(Number(new URL(uploads.database.url).port));
  const url = new URL(uploads.database.url);
  url.port = String(line.port);
  const through = connect(url.href);
  provideDb(through.db);
  try {
    const id = await begun(ours, await paper("Unlucky"));
    await untilHalfRead();
    line.cut();
    await uploadWorkSlot.get().close();
    expect((await uploads.traces()).waiting).toContain(id);
    line.heal();
    uploadWorkSlot.provide(openUploadWork());
    await takeOver();
    expect(await uploads.outcome(ours, id)).toMatchObject({ state: "shown" });
    expect(await assets()).toBe(PAGES);
    const { stored, assets: rows } = await uploads.traces();
    expect(new Set(stored.map((path) => path.split("/").at(-2)))).toEqual(new Set(rows));
  } finally {
    provideDb(uploads.database.db);
    await through.close();
    await line.close();
  }
});

describe("a bucket that", () => {
  let s3: S3Server;
  let onDisk: MediaStore;
  beforeAll(async () => {
    onDisk = mediaStoreSlot.get();
    s3 = await startS3();
  }, 180_000);
  afterEach(() => mediaStoreSlot.provide(onDisk));
  afterAll(() => s3?.stop());

  async function keptIn(store: MediaStore): Promise<string[]> {
    const ids: string[] = [];
    for await (const { assetId } of store.list()) ids.push(assetId);
    return ids.sort();
  }

  async function expectUnavailable(colour: string): Promise<void> {
    const kept = await keptIn(createS3Store(s3.settings));
    expect(await uploads.send(ours, await testPng(colour, 900, 700))).toEqual({
      state: "failed",
      error: "unavailable",
    });
    expect(await uploads.traces()).toEqual(before);
    await expect.poll(() => keptIn(createS3Store(s3.settings)), { timeout: 20_000 }).toEqual(kept);
  }

  it("[ME79] denies is unavailable, and nothing stays", async () => {
    const credentials = { accessKeyId: s3.settings.credentials?.accessKeyId ?? "", secretAccessKey: "wrong" };
    mediaStoreSlot.provide(createS3Store({ ...s3.settings, credentials }));
    await expectUnavailable("red");
  });

  it("[ME79] vanishes half-way is unavailable; when it is back the same file is shown", async () => {
    const line = await openTcpProxy(s3.port);
    const store = createS3Store({ ...s3.settings, endpoint: `http://127.0.0.1:${line.port}` });
    mediaStoreSlot.provide(store);
    // In the middle of the first file, or of the answer to it.
    line.cutAfter(900);
    await expectUnavailable("green");
    line.heal();
    expect(await uploads.send(ours, await testPng("green", 900, 700))).toMatchObject({ state: "shown" });
    const [asset] = await uploads.database.db.asset.findMany({
      where: { conversationId: ours.conversationId },
    });
    expect(await keptIn(store)).toContain(asset?.id);
    await line.close();
  });

  it("[ME79, ME83] is away once a picture is on the panel: it gets sharp when the bucket is back", async () => {
    const line = await openTcpProxy(s3.port);
    const endpoint = `http://127.0.0.1:${line.port}`;
    mediaStoreSlot.provide(createS3Store({ ...s3.settings, endpoint, silentForMs: 400 }));
    const id = await begun(ours, await grainy(4_000, 3_000));
    const shown = async () => (await progress(ours, id)).state;
    await expect.poll(shown, { timeout: 30_000, interval: 10 }).toBe("shown");
    line.cut();
    const faults: unknown[] = [];
    const report = faultsSlot.find();
    faultsSlot.provide((fault) => faults.push(fault));
    await expect.poll(() => faults.length, { timeout: 30_000 }).toBe(1);
    if (report) faultsSlot.provide(report);
    line.heal();
    await takeOver();
    const where = { conversationId: ours.conversationId };
    const sizes = async () => (await uploads.database.db.asset.findFirstOrThrow({ where })).sizes.length;
    await expect.poll(sizes, { timeout: 30_000 }).toBeGreaterThan(2);
    await line.close();
  });

  it("[ME79] stands still is given up after a while", async () => {
    const line = await openTcpProxy(s3.port);
    const endpoint = `http://127.0.0.1:${line.port}`;
    mediaStoreSlot.provide(createS3Store({ ...s3.settings, endpoint, silentForMs: 400 }));
    line.freeze();
    await expectUnavailable("blue");
    await line.close();
  });

  it("[ME79] stands still for a moment is waited for", async () => {
    const line = await openTcpProxy(s3.port);
    mediaStoreSlot.provide(createS3Store({ ...s3.settings, endpoint: `http://127.0.0.1:${line.port}` }));
    line.freeze();
    const id = await begun(ours, await testPng("gray", 500, 400));
    await expect.poll(async () => (await progress(ours, id)).state, { timeout: 20_000 }).toBe("reading");
    line.heal();
    expect(await uploads.outcome(ours, id)).toMatchObject({ state: "shown" });
    await line.close();
  });
});
