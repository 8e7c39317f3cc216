/** Pictures that hold their colours in other ways than most: what comes out looks like what went in. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closePicturePool } from "@/lib/media/picture-pool";
import { readPicture } from "@/lib/media/read-picture";
import { adobeRgbProfile } from "@/tests/support/colour-profile";

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let adobeRgb: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vetrina-colours-"));
  adobeRgb = join(folder, "adobe-rgb.icc");
  await writeFile(adobeRgb, adobeRgbProfile());
});
afterAll(async () => {
  await closePicturePool();
  await rm(folder, { recursive: true });
});

/** Four fields that every kind of colour here can hold, in sRGB. */
const FIELDS = [
  [180, 60, 50],
  [70, 150, 80],
  [60, 80, 160],
  [200, 190, 170],
] as const;
const SIDE = 64;

/** The fields side by side. */
function chart(): Sharp {
  const pixels = Buffer.alloc(SIDE * FIELDS.length * SIDE * 3);
  for (let at = 0; at < pixels.length; at++) {
    const column = Math.floor(at / 3) % (SIDE * FIELDS.length);
    pixels[at] = FIELDS[Math.floor(column / SIDE)]?.[at % 3] ?? 0;
  }
  return sharp(pixels, { raw: { width: SIDE * FIELDS.length, height: SIDE, channels: 3 } });
}

/** The middle of each field, as numbers stand in the file, whatever they mean. */
async function middles(bytes: Uint8Array, options = {}): Promise<number[][]> {
  const { data, info } = await sharp(bytes, options).raw().toBuffer({ resolveWithObject: true });
  return FIELDS.map((_, field) => {
    const at = ((SIDE / 2) * info.width + field * SIDE + SIDE / 2) * info.channels;
    return [...data.subarray(at, at + info.channels)];
  });
}

async function stored(bytes: Uint8Array): Promise<Buffer> {
  const { files } = await readPicture(bytes);
  return Buffer.from(files.at(-1)?.bytes ?? []);
}

const distance = (some: readonly number[], other: readonly number[]) =>
  Math.max(...some.slice(0, 3).map((value, index) => Math.abs(value - (other[index] ?? 0))));

/** Of 255: what a lossy encoder and two conversions may take. */
const CLOSE = 8;
/** The same for ink, which cannot do all that light can; taken for light, or upside down, it is off by 100 and more. */
const CLOSE_IN_INK = 30;

async function expectTrueColours(bytes: Uint8Array, within = CLOSE): Promise<void> {
  const made = await stored(bytes);
  const { space, hasProfile, channels } = await sharp(made).metadata();
  expect({ space, hasProfile, channels }).toEqual({ space: "srgb", hasProfile: false, channels: 3 });
  for (const [field, colour] of (await middles(made)).entries()) {
    expect(distance(colour, FIELDS[field] ?? []), `field ${field}: ${colour}`).toBeLessThanOrEqual(within);
  }
}

describe("colours", () => {
  it.each<[string, () => Promise<Buffer>]>([
    [
      "a P3 JPEG",
      () => chart().withIccProfile("p3").jpeg({ quality: 98, chromaSubsampling: "4:4:4" }).toBuffer(),
    ],
    ["a P3 PNG", () => chart().withIccProfile("p3").png().toBuffer()],
    [
      "an Adobe RGB JPEG",
      () => chart().withIccProfile(adobeRgb).jpeg({ quality: 98, chromaSubsampling: "4:4:4" }).toBuffer(),
    ],
    [
      "an Adobe RGB PNG of 16 bits",
      () => chart().toColourspace("rgb16").withIccProfile(adobeRgb).png().toBuffer(),
    ],
    ["a PNG of 16 bits", () => chart().toColourspace("rgb16").png().toBuffer()],
    ["a P3 WebP", () => chart().withIccProfile("p3").webp({ lossless: true }).toBuffer()],
  ])("[ME8, ME70] %s comes out in the colours that it shows", async (_name, make) => {
    await expectTrueColours(await make());
  });

  it("[ME8, ME70] a JPEG in ink comes out as it is printed, with its profile and without", async () => {
    const ink = () => chart().toColourspace("cmyk");
    await expectTrueColours(
      await ink().withIccProfile("cmyk").jpeg({ quality: 98 }).toBuffer(),
      CLOSE_IN_INK,
    );
    const bare = await ink().jpeg({ quality: 98 }).toBuffer();
    expect(await sharp(bare).metadata()).toMatchObject({ space: "cmyk", channels: 4 });
    await expectTrueColours(bare, CLOSE_IN_INK);
  });

  it("[ME70] which is more than passing on the numbers", async () => {
    const wide = await chart().withIccProfile(adobeRgb).png().toBuffer();
    const numbers = await middles(wide, { ignoreIcc: true });
    expect(
      Math.max(...numbers.map((colour, field) => distance(colour, FIELDS[field] ?? []))),
    ).toBeGreaterThan(CLOSE * 2);
  });

  it.each<[string, () => Promise<Buffer>]>([
    ["grey", () => chart().greyscale().png().toBuffer()],
    ["grey of 16 bits", () => chart().toColourspace("grey16").png().toBuffer()],
  ])("[ME70] %s stays grey, and as bright", async (_name, make) => {
    const bytes = await make();
    const shown = await sharp(bytes).toColourspace("srgb").png().toBuffer();
    const [before, after] = [await middles(shown), await middles(await stored(bytes))];
    for (const [field, [r = 0, g = 0, b = 0]] of after.entries()) {
      expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThanOrEqual(2);
      expect(Math.abs(r - (before[field]?.[0] ?? 0))).toBeLessThanOrEqual(CLOSE);
    }
  });

  it("[ME70] grey with transparency keeps both", async () => {
    const [width, height] = [80, 40];
    const pixels = Buffer.alloc(width * height * 2);
    // Left: opaque and dark. Right: hardly there, and light.
    for (let at = 0; at < width * height; at++) {
      pixels.set(at % width < width / 2 ? [60, 255] : [200, 40], at * 2);
    }
    const png = await sharp(pixels, { raw: { width, height, channels: 2 } })
      .toColourspace("b-w")
      .png()
      .toBuffer();
    expect((await sharp(png).metadata()).channels).toBe(2);
    const { data, info } = await sharp(await stored(png))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(4);
    const at = (x: number) => [
      ...data.subarray(((height / 2) * width + x) * 4, ((height / 2) * width + x) * 4 + 4),
    ];
    expect(distance(at(10), [60, 60, 60])).toBeLessThanOrEqual(CLOSE);
    expect(at(10)[3]).toBe(255);
    expect(distance(at(70), [200, 200, 200])).toBeLessThanOrEqual(CLOSE * 2);
    expect(Math.abs((at(70)[3] ?? 0) - 40)).toBeLessThanOrEqual(2);
  });
});
