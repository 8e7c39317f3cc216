/** The machine fails: its disk is full, or a process is killed in the middle of a file. */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openUploadWork, uploadWorkSlot } from "@/lib/conversations/uploads/upload-work";
import { createDiskStore } from "@/lib/media/disk-store";
import { sizeName } from "@/lib/media/file-name";
import { createDiskUploadFiles } from "@/lib/media/uploads/disk-upload-files";
import { assetIdSchema, shopIdSchema } from "@/lib/protocol/ids";
import { makePaper } from "@/tests/support/papers";
import { runFile } from "@/tests/support/server";
import {
  begin,
  begun,
  goOn,
  idIn,
  openUploads,
  received,
  refusalOf,
  type Sender,
  type Traces,
  type Uploads,
} from "@/tests/support/uploads";

/** Milliseconds: two of these start a process of their own, which takes a while on a busy machine. */
vi.setConfig({ testTimeout: 180_000 });

const run = promisify(execFile);
const ignore = () => undefined;
let uploads: Uploads;
let ours: Sender;
let before: Traces;
beforeAll(async () => {
  // Told that a file may not grow any more: without somebody who listens it would end us.
  process.on("SIGXFSZ", ignore);
  uploads = await openUploads();
});
afterAll(async () => {
  await uploads.close();
  process.off("SIGXFSZ", ignore);
});
beforeEach(async () => {
  ours = await uploads.newSender();
  before = await uploads.traces();
});
afterEach(() => limitFiles("unlimited"));

/** No file of this process may become longer: to whoever writes, a disk that is full. */
const limitFiles = (bytes: number | "unlimited") =>
  run("prlimit", ["--pid", String(process.pid), `--fsize=${bytes}:`]);

/** As after a crash: nobody is at work, nor has been for long. */
async function leave(): Promise<void> {
  const data = { workedAt: new Date(Date.now() - 3_600_000) };
  await uploads.database.db.upload.updateMany({ where: { state: { in: ["reading", "tiling"] } }, data });
}

async function takeOver(): Promise<void> {
  await leave();
  const work = openUploadWork();
  uploadWorkSlot.provide(work);
  await work.look();
}

/** Detail that takes bytes. */
const grained = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "gray",
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  });

describe("a disk that is full", () => {
  it("[ME73] while a file comes in is unavailable, and the file is gone on with when there is room", async () => {
    const bytes = await grained(400, 300).png().toBuffer();
    const id = idIn(await begin(ours, bytes.length));
    await limitFiles(20_000);
    expect(await refusalOf(await goOn(ours, id, 0, bytes))).toEqual({ status: 503, code: "unavailable" });
    expect(await refusalOf(await begin(ours, bytes.length, bytes))).toEqual({
      status: 503,
      code: "unavailable",
    });
    await limitFiles("unlimited");
    const from = await received(ours, id);
    expect(from).toBeLessThanOrEqual(20_000);
    expect((await goOn(ours, id, from, bytes.subarray(from))).status).toBe(204);
    expect(await uploads.outcome(ours, id)).toMatchObject({ state: "shown" });
    // Of the one that could not even begin nothing is left.
    expect((await uploads.traces()).waiting).toEqual(before.waiting);
    const where = { conversationId: ours.conversationId };
    expect(await uploads.database.db.upload.count({ where })).toBe(1);
  });

  it("[ME73] while it is kept is unavailable, and keeps no half of it", async () => {
    await uploadWorkSlot.get().close();
    const id = await begun(ours, await grained(500, 400).png().toBuffer());
    await limitFiles(10_000);
    await takeOver();
    expect(await uploads.outcome(ours, id)).toEqual({ state: "failed", error: "unavailable" });
    expect(await uploads.traces()).toEqual(before);
  });

  it("[ME60, ME73] while tiles are cut costs the tiles: the picture is on the panel", async () => {
    await uploadWorkSlot.get().close();
    const clouds = await grained(150, 50).png().toBuffer();
    const whole = await sharp(clouds).resize(4_800, 1_600).jpeg({ quality: 80 }).toBuffer();
    const id = await begun(ours, whole);
    // More than its largest size takes, and less than all tiles.
    await limitFiles(300_000);
    await takeOver();
    expect(await uploads.outcome(ours, id)).toMatchObject({ state: "shown" });
    const [asset] = await uploads.database.db.asset.findMany({
      where: { conversationId: ours.conversationId },
    });
    expect(asset).toMatchObject({ tileSize: null, sizes: [160, 640, 1_600, 3_200] });
    const { scratch, stored } = await uploads.traces();
    expect(scratch).toEqual([]);
    expect(stored.filter((path) => path.includes(String(asset?.id)))).toHaveLength(4);
    expect(stored.filter((path) => path.includes("/writing/"))).toEqual([]);
  });

  /** Only root may; the tests above hold for everybody. */
  it.skipIf(process.getuid?.() !== 0)("[ME73] to the last byte keeps whole assets only", async ({ skip }) => {
    const folder = await mkdtemp(join(tmpdir(), "vetrina-full-"));
    const mounted = await run("mount", ["-t", "tmpfs", "-o", "size=600k", "none", folder]).catch(() => null);
    if (mounted === null) {
      await rm(folder, { recursive: true });
      return skip("no file system can be mounted here");
    }
    try {
      const store = await createDiskStore(join(folder, "media"));
      const put = (bytes: number) => {
        const [shopId, assetId] = [shopIdSchema.parse(randomUUID()), assetIdSchema.parse(randomUUID())];
        return store.put(
          { shopId, assetId },
          [160, 640].map((size) => ({ name: sizeName(size), bytes: new Uint8Array(bytes) })),
        );
      };
      await put(100_000);
      await expect(put(300_000)).rejects.toMatchObject({ code: "unavailable" });
      await expect(put(290_000)).rejects.toMatchObject({ code: "unavailable" });
      expect(await readdir(join(folder, "media", "writing"))).toEqual([]);
      await put(100_000);
      let kept = 0;
      for await (const { names } of store.list()) kept += names.length;
      expect(kept).toBe(4);
      const files = await createDiskUploadFiles(join(folder, "uploads"));
      expect(await files.hasRoomFor(1)).toBe(false);
    } finally {
      await run("umount", [folder]);
      await rm(folder, { recursive: true });
    }
  });
});

describe("a process that is killed", () => {
  const PAGES = 5;
  const pages = () =>
    makePaper({ size: "A4", autoFirstPage: false }, (paper) => {
      for (let page = 1; page <= PAGES; page++) paper.addPage().text(`Page ${page}`);
    });
  const large = () => grained(1_300, 1_000).resize(5_200, 4_000).jpeg({ quality: 80 }).toBuffer();
  const where = () => ({ where: { conversationId: ours.conversationId } });

  async function mediaFolder(): Promise<string> {
    const name = (await readdir(uploads.database.dataDir)).find((each) => each.startsWith("media-"));
    return join(uploads.database.dataDir, name ?? "");
  }

  /** Has another process read it, which is killed when `isHalfWay`. */
  async function killedWhile(isHalfWay: () => Promise<boolean>): Promise<void> {
    await leave();
    const child = runFile("tests/support/upload-process.ts", {
      DATABASE_URL: uploads.database.url,
      MEDIA: await mediaFolder(),
      UPLOADS: join(uploads.database.dataDir, "uploads"),
      TMPDIR: process.env.TMPDIR ?? "",
    });
    await child.until("reading");
    await expect.poll(isHalfWay, { timeout: 60_000, interval: 5 }).toBe(true);
    await child.kill("SIGKILL");
  }

  it("[ME57, ME78] in the middle of a paper: the next one reads all of it, once", async () => {
    await uploadWorkSlot.get().close();
    const id = await begun(ours, await pages());
    await killedWhile(async () => (await uploads.database.db.asset.count(where())) > 0);
    expect((await uploads.traces()).waiting).toContain(id);
    await takeOver();
    expect(await uploads.outcome(ours, id)).toMatchObject({ state: "shown" });
    expect(await uploads.database.db.asset.count(where())).toBe(PAGES);
    expect(await uploads.database.db.message.count(where())).toBe(1);
  });

  it("[ME57, ME78] in the middle of tiles: they are cut by the next one, and what it left is removed", async () => {
    await uploadWorkSlot.get().close();
    const id = await begun(ours, await large());
    await killedWhile(async () => (await uploads.traces()).scratch.length > 0);
    const [left] = (await uploads.traces()).scratch;
    expect(left).toBeDefined();
    expect(await uploads.database.db.message.count(where())).toBe(1);
    await takeOver();
    await uploads.outcome(ours, id);
    const [asset] = await uploads.database.db.asset.findMany(where());
    expect(asset).toMatchObject({ tileSize: 512, width: 5_200 });
    // Not shown a second time: somebody may have gone on to another picture.
    expect(await uploads.database.db.message.count(where())).toBe(1);
    const longAgo = new Date(Date.now() - 86_400_000);
    await utimes(join(process.env.TMPDIR ?? "", left ?? ""), longAgo, longAgo);
    await uploadWorkSlot.get().look();
    expect((await uploads.traces()).scratch).toEqual([]);
  });

  it("[ME78] a folder that somebody is at work in is left alone", async () => {
    const young = join(process.env.TMPDIR ?? "", "vetrina-scratch-young");
    await mkdir(young);
    await uploadWorkSlot.get().look();
    expect((await uploads.traces()).scratch).toEqual(["vetrina-scratch-young"]);
    await rm(young, { recursive: true });
  });
});
