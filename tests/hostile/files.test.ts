/** Files that are broken, lie, or are two things at once, sent by the real routes: named, bounded, and nothing stays. */
import { readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { MAX_UPLOAD_PIXELS } from "@/lib/protocol/limits";
import { makeHeic } from "@/tests/support/heic";
import {
  bombedPng,
  gifBomb,
  gifOf,
  gifScript,
  moving,
  plain,
  webpBomb,
  withJpegComment,
  zipOf,
} from "@/tests/support/hostile-files";
import { makePaper, onePage, rawPaper, stream } from "@/tests/support/papers";
import { bytesWithin, pngBomb } from "@/tests/support/pictures";
import { itWithRealData, readRealFile } from "@/tests/support/real-data";
import { openUploads, type Sender, type Uploads } from "@/tests/support/uploads";
import { ffmpeg, makeVideo, VP9 } from "@/tests/support/videos";

/** Milliseconds: everything is read in the end, also on a busy machine. */
vi.setConfig({ testTimeout: 90_000 });

let uploads: Uploads;
let ours: Sender;
beforeAll(async () => {
  uploads = await openUploads();
});
afterAll(() => uploads.close());
beforeEach(async () => {
  ours = await uploads.newSender();
});

const inData = (name: string) => join(uploads.database.dataDir, name);

async function expectRefused(bytes: Uint8Array, code: string | RegExp, headers = {}): Promise<void> {
  const before = await uploads.traces();
  const outcome = await uploads.send(ours, bytes, headers);
  expect(outcome).toMatchObject({ state: "failed", error: expect.stringMatching(code) });
  expect(await uploads.traces()).toEqual(before);
}

/** Sends it, and gives back what was stored of it, largest last. */
async function expectShown(bytes: Uint8Array, headers = {}) {
  const before = await uploads.traces();
  expect(await uploads.send(ours, bytes, headers)).toMatchObject({ state: "shown" });
  const { stored, waiting, scratch } = await uploads.traces();
  expect([waiting, scratch]).toEqual([before.waiting, before.scratch]);
  const [asset] = await uploads.database.db.asset.findMany({
    where: { conversationId: ours.conversationId },
  });
  if (asset === undefined) throw new Error("nothing was stored");
  const paths = stored.filter((path) => !before.stored.includes(path));
  const longest = (path: string) => Number(/(\d+)\.webp$/.exec(path)?.[1] ?? 0);
  return { asset, paths: paths.sort((a, b) => longest(a) - longest(b)) };
}

const noise = (width = 300, height = 200) => {
  const grain = { type: "gaussian", mean: 128, sigma: 50 } as const;
  return sharp({ create: { width, height, channels: 3, background: "#336699", noise: grain } });
};

describe("files that end too early", () => {
  it.each<[string, () => Promise<Buffer>]>([
    ["JPEG", () => noise().jpeg().toBuffer()],
    ["PNG", () => noise().png().toBuffer()],
    ["WebP", () => noise().webp().toBuffer()],
    ["AVIF", () => noise().avif({ effort: 0 }).toBuffer()],
    ["PDF", () => makePaper({ size: "A6" }, (paper) => paper.text("A receipt"))],
    ["GIF", () => noise().gif().toBuffer()],
    ["HEIC", async () => makeHeic(await noise().jpeg().toBuffer())],
    ["MP4", async () => readFile(await makeVideo(inData("whole.mp4"), { sound: null }))],
    ["MOV", async () => readFile(await makeVideo(inData("whole.mov"), { sound: null }))],
    ["WebM", async () => readFile(await makeVideo(inData("whole.webm"), { sound: null, words: VP9 }))],
  ])("[ME56, ME66] a %s is refused wherever it was cut", async (_kind, make) => {
    const whole = await make();
    for (const share of [0.02, 0.3, 0.9]) {
      await expectRefused(whole.subarray(0, Math.ceil(whole.length * share)), /^(broken|unsupported)_/);
    }
  });

  itWithRealData("[ME66] so is an iPhone's HEIC", async () => {
    const whole = await readRealFile("photos/iphone_13_pro_max.HEIC");
    await expectRefused(whole.subarray(0, Math.ceil(whole.length * 0.9)), /^broken_picture$/);
  });

  it("[ME56] one byte is a file, and no picture", () =>
    expectRefused(Buffer.from([0xff]), "unsupported_picture"));
});

describe("files that are called what they are not", () => {
  const paper = () => makePaper({ size: "A6" }, (page) => page.text("A receipt"));
  const film = async () => readFile(await makeVideo(inData("called.mp4"), { sound: null }));
  const photo = () => noise().jpeg().toBuffer();

  it.each<[string, string, () => Promise<Buffer>, object]>([
    ["photo.jpg", "image/jpeg", paper, { page: 1, pages: 1 }],
    ["receipt.pdf", "application/pdf", photo, { width: 300, height: 200, pages: null }],
    ["clip.mp4", "video/mp4", photo, { width: 300, height: 200, videoType: null }],
    ["photo.png", "image/png", film, { width: 320, height: 180, videoType: "video/mp4" }],
    ["page.html", "text/html", photo, { width: 300, height: 200, videoType: null }],
  ])("[ME1] %s (%s) is what it is inside", async (name, type, make, facts) => {
    const { asset } = await expectShown(await make(), metadataOf(name, type));
    expect(asset).toMatchObject(facts);
  });

  it.each([
    ["photo.jpg", "<!doctype html><script>alert(4711)</script>", /^unsupported_picture$/],
    ["photo.heic", "MZ\u0090\0\u0003\0\0\0", /^unsupported_picture$/],
    ["receipt.pdf", "just some words", /^unsupported_/],
    ["clip.mp4", "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n", /^unsupported_/],
  ])("[ME2] %s that is none is refused, whatever it is called", (name, content, code) =>
    expectRefused(Buffer.from(content, "latin1"), code, metadataOf(name, "image/jpeg")),
  );

  const metadataOf = (name: string, type: string) => {
    const told = (text: string) => Buffer.from(text).toString("base64");
    return { "upload-metadata": `filename ${told(name)},filetype ${told(type)}` };
  };
});

/** A JPEG whose header says so; kinds that cameras for X-rays write, and no browser shows. */
async function deepJpeg(bits: number, marker: number): Promise<Buffer> {
  const jpeg = await noise().jpeg().toBuffer();
  const at = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  jpeg.writeUInt8(marker, at + 1);
  jpeg.writeUInt8(bits, at + 4);
  return jpeg;
}

it.each([
  ["extended", 12, 0xc1],
  ["lossless", 16, 0xc3],
])("[ME56] a JPEG that is %s, of %d bits a colour, is refused by its name", async (_kind, bits, marker) =>
  expectRefused(await deepJpeg(bits, marker), "broken_picture"),
);

/** How much memory this process took more than before while something was done, megabytes. */
async function growth(work: () => Promise<void>): Promise<number> {
  const read = (line: string) =>
    Number(new RegExp(`${line}:\\s+(\\d+)`).exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1_024;
  // Forgets the highest memory so far: proc(5).
  writeFileSync("/proc/self/clear_refs", "5");
  const before = read("VmRSS");
  await work();
  return read("VmHWM") - before;
}

describe("small files that unpack to much", () => {
  /** Megabytes that a bomb may cost: the largest picture that is taken costs about as much. */
  const MAX_GROWTH_MB = 500;

  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ["a PNG that claims 3.6 gigapixels", () => pngBomb(60_000, 60_000)],
    [
      "a PNG one pixel a side over the limit",
      () => pngBomb(10_489, Math.ceil(MAX_UPLOAD_PIXELS / 10_489) + 1),
    ],
    ["a WebP that claims 268 megapixels", webpBomb],
    ["a GIF that claims 4 gigapixels", gifBomb],
  ])("[ME67] %s is refused by its header", async (_name, make) => {
    const bytes = await make();
    expect(bytes.length).toBeLessThan(2_000);
    expect(await growth(() => expectRefused(bytes, "too_many_pixels"))).toBeLessThan(MAX_GROWTH_MB);
  });

  it.each(["zTXt", "iTXt", "iCCP"] as const)(
    "[ME67] what a PNG packed into its %s is not unpacked to 200 megabytes",
    async (what) => {
      const bomb = await bombedPng(what, 200_000_000);
      expect(bomb.length).toBeLessThan(300_000);
      const before = await uploads.traces();
      const grown = await growth(async () => {
        const { state } = await uploads.send(ours, bomb);
        if (state === "failed") expect(await uploads.traces()).toEqual(before);
        else expect(state).toBe("shown");
      });
      expect(grown).toBeLessThan(100);
    },
  );

  it("[ME67] a paper whose page unpacks to 200 megabytes costs no more than a large picture", async () => {
    const packed = deflateSync(Buffer.alloc(200_000_000, 0x20), { level: 1 });
    const head = Buffer.from(`<</Filter/FlateDecode/Length ${packed.length}>>\nstream\n`, "latin1");
    const content = Buffer.concat([head, packed, Buffer.from("\nendstream", "latin1")]);
    const grown = await growth(async () => {
      const { state } = await uploads.send(ours, onePage("/MediaBox[0 0 9 9]", content));
      expect(state).toMatch(/shown|failed/);
    });
    expect(grown).toBeLessThan(MAX_GROWTH_MB);
  });

  it("[ME67] of a GIF with 20,000 frames one is read", async () => {
    const gif = gifOf(20_000);
    const startedWith = await growth(async () => {
      const { asset } = await expectShown(gif);
      expect(asset).toMatchObject({ width: 200, height: 100, pages: null });
    });
    expect(startedWith).toBeLessThan(MAX_GROWTH_MB);
  });

  it.each([
    [1, 65_535],
    [65_535, 1],
  ])("[ME9] a picture of %d x %d is shown, with its tiles", async (width, height) => {
    const { asset } = await expectShown(await plain(width, height, "teal").png().toBuffer());
    expect(asset).toMatchObject({ width, height, tileSize: 512 });
  });
});

describe("pictures that move", () => {
  /** Half a second of red, then of blue. */
  async function byFfmpeg(name: string, ...words: readonly string[]): Promise<Buffer> {
    const colour = (which: string) => ["-f", "lavfi", "-i", `color=${which}:s=64x48:r=2:d=0.5`];
    await ffmpeg(
      ...colour("red"),
      ...colour("blue"),
      "-filter_complex",
      "[0][1]concat=n=2",
      ...words,
      inData(name),
    );
    return readFile(inData(name));
  }
  const avif = ["-c:v", "libaom-av1", "-cpu-used", "8", "-f", "avif"];

  it.each<[string, () => Promise<Buffer>]>([
    ["GIF", () => moving("gif")],
    ["WebP", () => moving("webp")],
    ["APNG", () => byFfmpeg("moving.png", "-plays", "0", "-f", "apng")],
    ["AVIF", () => byFfmpeg("moving.avif", ...avif)],
  ])("[ME68] a moving %s is stilled: its first picture is shown", async (_name, make) => {
    const { paths } = await expectShown(await make());
    const [r = 0, g = 0, b = 0] = await sharp(paths.at(-1)).raw().toBuffer();
    expect(await sharp(paths.at(-1)).metadata()).toMatchObject({ width: 64, height: 48 });
    expect(r).toBeGreaterThan(200);
    expect(Math.max(g, b)).toBeLessThan(60);
  });
});

describe("files that are two things", () => {
  const SCRIPT = "alert(4711)";
  const jpeg = () => noise().jpeg().toBuffer();

  it.each<[string, () => Promise<Buffer>]>([
    ["a JPEG with an archive behind it", async () => Buffer.concat([await jpeg(), zipOf("a.html", SCRIPT)])],
    [
      "a JPEG with a page in its comment",
      async () => withJpegComment(await jpeg(), Buffer.from(`<script>${SCRIPT}</script>`)),
    ],
    [
      "a JPEG with a paper in its comment",
      async () => withJpegComment(await jpeg(), onePage(`/MediaBox[0 0 9 9]/X(${SCRIPT})`, "")),
    ],
    ["a GIF that is a script", () => gifScript(SCRIPT)],
    [
      "a PNG with a page behind it",
      async () => Buffer.concat([await noise().png().toBuffer(), Buffer.from(`<script>${SCRIPT}</script>`)]),
    ],
  ])("[ME69] of %s only the picture is kept", async (_name, make) => {
    const bytes = await make();
    expect(bytesWithin(bytes, SCRIPT)).toBe(true);
    const { paths } = await expectShown(bytes);
    for (const path of paths) {
      expect(path).toMatch(/\/(\d+\.webp|tiles\.pack)$/);
      expect(bytesWithin(await readFile(path), SCRIPT), path).toBe(false);
    }
  });

  it("[ME84] a paper with a broken later page shows the others, says how many, and keeps no more", async () => {
    const page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 20 10]/Contents 4 0 R>>";
    const paper = rawPaper(
      "<</Type/Catalog/Pages 2 0 R>>",
      "<</Type/Pages/Kids[3 0 R 5 0 R 6 0 R]/Count 3>>",
      ...[page, stream("", "1 0 0 rg 0 0 9 9 re f"), "(not a page at all)", page],
    );
    expect(await uploads.send(ours, paper)).toMatchObject({ state: "shown" });
    const where = { conversationId: ours.conversationId };
    const [message] = await uploads.database.db.message.findMany({ where });
    expect(message?.body).toMatchObject({ kind: "picture", what: "paper", pages: 2, of: 3 });
    const kept = await uploads.database.db.asset.findMany({ where, orderBy: { page: "asc" } });
    expect(kept.map((asset) => [asset.page, asset.pages])).toEqual([
      [1, 3],
      [3, 3],
    ]);
    expect((await uploads.traces()).assets).toHaveLength(
      new Set((await uploads.traces()).stored.map((path) => path.split("/").at(-2))).size,
    );
  });

  it("[ME69] a paper with a picture behind it is a paper of one page", async () => {
    const paper = await makePaper({ size: "A6" }, (page) => page.text("A receipt"));
    const { asset, paths } = await expectShown(Buffer.concat([paper, await jpeg()]));
    expect(asset).toMatchObject({ page: 1, pages: 1 });
    expect(await uploads.database.db.asset.count({ where: { conversationId: ours.conversationId } })).toBe(1);
    for (const path of paths) expect(path).toMatch(/\/\d+\.webp$/);
  });

  it("[ME69] a picture before a paper makes it a picture, an archive before a picture nothing", async () => {
    const paper = onePage("/MediaBox[0 0 9 9]", "");
    const { asset } = await expectShown(Buffer.concat([await jpeg(), paper]));
    expect(asset.pages).toBeNull();
    await expectRefused(Buffer.concat([zipOf("a.txt", SCRIPT), await jpeg()]), "unsupported_picture");
    await expectRefused(Buffer.concat([Buffer.from(" \n"), paper]), /^unsupported_/);
  });
});
