/** What the media benchmark reads: a real phone's photo where there is one, else a made one; and a studio's 100 megapixels. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import decodeHeic from "heic-decode";
import sharp, { type Sharp } from "sharp";
import { realFilePath } from "@/tests/support/real-data";

/** A 12-megapixel phone photo, pixels. */
const PHOTO = { width: 4_032, height: 3_024 };
/** What the largest studio cameras write, pixels. */
const STUDIO = { width: 11_600, height: 8_700 };
const REAL_HEIC = "photos/iphone_13_pro_max.HEIC";

export interface Inputs {
  readonly jpeg: string;
  readonly webp: string;
  /** Null where there is no real one: nothing here can make HEIC. */
  readonly heic: string | null;
  readonly studio: string;
}

const megapixelsOf = ({ width, height }: { readonly width: number; readonly height: number }) =>
  (width * height) / 1_000_000;
export const PHOTO_MEGAPIXELS = megapixelsOf(PHOTO);
export const STUDIO_MEGAPIXELS = megapixelsOf(STUDIO);

/** Writes them into a folder. */
export async function makeInputs(folder: string): Promise<Inputs> {
  sharp.cache(false);
  const heic = existsSync(realFilePath(REAL_HEIC)) ? realFilePath(REAL_HEIC) : null;
  const photo = heic === null ? await madePhoto() : await realPhoto(heic);
  const inputs = {
    jpeg: join(folder, "photo.jpg"),
    webp: join(folder, "photo.webp"),
    heic,
    studio: join(folder, "studio.jpg"),
  };
  await writeFile(inputs.jpeg, await photo.clone().jpeg({ quality: 92 }).toBuffer());
  await writeFile(inputs.webp, await photo.clone().webp({ quality: 90, effort: 1 }).toBuffer());
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
