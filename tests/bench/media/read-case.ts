/**
 * One case of the media benchmark, in a process of its own so that its memory is nobody else's: reads one picture, by us
 * or by plain sharp, or cuts tiles. Says on standard output what it took.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import decodeHeic from "heic-decode";
import sharp from "sharp";
import { closePicturePool } from "@/lib/media/picture-pool";
import { cutTiles, readPicture } from "@/lib/media/read-picture";
import { writeTilePack } from "@/lib/media/tile-pack";

export interface Taken {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of the whole process, at most, megabytes. */
  readonly peakMb: number;
  /** How much more than before the picture came. */
  readonly grownMb: number;
}

/** The same sizes and encodings as lib/media/picture-worker.mjs makes of 12 megapixels. */
const SIZES = [
  { longest: 160, quality: 82, effort: 4 },
  { longest: 640, quality: 82, effort: 4 },
  { longest: 1_600, quality: 82, effort: 2 },
  { longest: 3_200, quality: 86, effort: 2 },
  { longest: 4_032, quality: 86, effort: 2 },
];

const cases: Readonly<Record<string, (path: string) => Promise<void>>> = {
  async ours(path) {
    await readPicture(path);
  },
  async sharp(path) {
    sharp.cache(false);
    sharp.concurrency(1);
    for (const { longest, quality, effort } of SIZES) {
      const size = { width: longest, height: longest, fit: "inside", withoutEnlargement: true } as const;
      await sharp(path).autoOrient().resize(size).webp({ quality, effort }).toBuffer();
    }
  },
  async "heic-decode and sharp"(path) {
    sharp.cache(false);
    sharp.concurrency(1);
    const { width, height, data } = await decodeHeic({ buffer: await readFile(path) });
    const pixels = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    for (const { longest, quality, effort } of SIZES) {
      const size = { width: longest, height: longest, fit: "inside", withoutEnlargement: true } as const;
      const image = sharp(pixels, { raw: { width, height, channels: 4 } });
      await image.resize(size).webp({ quality, effort }).toBuffer();
    }
  },
  async tiles(path) {
    const folder = await mkdtemp(join(tmpdir(), "vetrina-bench-"));
    try {
      await mkdir(join(folder, "tiles"));
      await writeTilePack(await cutTiles(path, join(folder, "tiles")), join(folder, "pack"));
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** Megabytes of a line in /proc/self/status. */
function memory(line: "VmHWM" | "VmRSS"): number {
  const kilobytes = new RegExp(`${line}:\\s+(\\d+)`).exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return Number(kilobytes) / 1_024;
}

const [name = "", path = "", warmUp = ""] = process.argv.slice(2);
const run = cases[name];
if (run === undefined) throw new Error(`no case ${name}`);
// Threads, modules and decoders are there when the first real picture comes.
await run(warmUp);
// Forgets the highest memory so far: proc(5), clear_refs.
writeFileSync("/proc/self/clear_refs", "5");
const [before, startedAt, cpuBefore] = [memory("VmRSS"), performance.now(), process.cpuUsage()];
await run(path);
const { user, system } = process.cpuUsage(cpuBefore);
const peakMb = memory("VmHWM");
process.stdout.write(
  JSON.stringify({
    seconds: (performance.now() - startedAt) / 1_000,
    cpuSeconds: (user + system) / 1_000_000,
    peakMb,
    grownMb: peakMb - before,
  } satisfies Taken),
);
await closePicturePool();
