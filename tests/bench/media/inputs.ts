/** What the media benchmark reads: a real phone's photo where there is one, else a made one; and a studio's 100 megapixels. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import decodeHeic from "heic-decode";
import sharp, { type Sharp } from "sharp";
import { makeHeic } from "@/tests/support/heic";
import { realFilePath } from "@/tests/support/real-data";

/** A 12-megapixel phone photo, pixels. */
const PHOTO = { width: 4_032, height: 3_024 };
/** What the largest studio cameras write, pixels; as the panel harness' sixth picture. */
const STUDIO = { width: 11_648, height: 8_736 };
/** Pixels. */
const SMALL_WIDTH = 800;
const REAL_HEIC = "photos/iphone_13_pro_max.HEIC";

export const photoKinds = ["jpeg", "webp", "heic"] as const;
type PhotoKind = (typeof photoKinds)[number];

export interface Inputs {
  readonly jpeg: string;
  readonly webp: string;
  /** A phone's own, or else made by Debian's encoder. */
  readonly heic: string;
  /** Little ones of each kind, to warm up with. */
  readonly small: Readonly<Record<PhotoKind, string>>;
  readonly studio: string;
}

const megapixelsOf = ({ width, height }: { readonly width: number; readonly height: number }) =>
  (width * height) / 1_000_000;
export const PHOTO_MEGAPIXELS = megapixelsOf(PHOTO);
export const STUDIO_MEGAPIXELS = megapixelsOf(STUDIO);

/** Writes them into a folder. */
export async function makeInputs(folder: string): Promise<Inputs> {
  sharp.cache(false);
  const real = existsSync(realFilePath(REAL_HEIC)) ? realFilePath(REAL_HEIC) : null;
  const photo = real === null ? await madePhoto() : await realPhoto(real);
  const inputs: Inputs = {
    jpeg: join(folder, "photo.jpg"),
    webp: join(folder, "photo.webp"),
    heic: real ?? join(folder, "photo.heic"),
    small: {
      jpeg: join(folder, "small.jpg"),
      webp: join(folder, "small.webp"),
      heic: join(folder, "small.heic"),
    },
    studio: join(folder, "studio.jpg"),
  };
  const jpeg = await photo.clone().jpeg({ quality: 92 }).toBuffer();
  await writeFile(inputs.jpeg, jpeg);
  await writeFile(inputs.webp, await photo.clone().webp({ quality: 90, effort: 1 }).toBuffer());
  if (real === null) await writeFile(inputs.heic, await makeHeic(jpeg));
  const small = await photo.clone().resize(SMALL_WIDTH).jpeg().toBuffer();
  await writeFile(inputs.small.jpeg, small);
  await writeFile(inputs.small.webp, await sharp(small).webp().toBuffer());
  await writeFile(inputs.small.heic, await makeHeic(small));
  await photo
    .clone()
    .resize({ ...STUDIO, fit: "fill" })
    .jpeg({ quality: 88 })
    .toFile(inputs.studio);
  return inputs;
}

async function realPhoto(path: string): Promise<Sharp> {
  const { width, height, data } = await decodeHeic({ buffer: await readFile(path) });
  const pixels = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const upright = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .resize({ ...PHOTO, fit: "fill" })
    .raw()
    .toBuffer();
  return sharp(upright, { raw: { ...PHOTO, channels: 3 } });
}

/** Clouds with a little grain: neither flat, nor the noise that no camera writes. */
async function madePhoto(): Promise<Sharp> {
  const noise = (width: number, height: number, sigma: number) =>
    sharp({
      create: {
        ...{ width, height, channels: 3, background: "#808080" },
        noise: { type: "gaussian", mean: 128, sigma },
      },
    });
  const clouds = await noise(64, 48, 60)
    .resize({ ...PHOTO, kernel: "cubic" })
    .png()
    .toBuffer();
  const grain = await noise(PHOTO.width, PHOTO.height, 6).png().toBuffer();
  const pixels = await sharp(clouds)
    .composite([{ input: grain, blend: "soft-light" }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return sharp(pixels, { raw: { ...PHOTO, channels: 3 } });
}
