/**
 * Opens a picture that somebody sent as an upright sRGB pipeline of sharp, whatever is inside. For the threads of the
 * picture pool alone. Plain JavaScript on purpose: loaded by path, never bundled.
 */
import { readFile } from "node:fs/promises";
import decodeHeic from "heic-decode";
import sharp from "sharp";
import { rawTiff } from "./raw-tiff.mjs";

// Both hold for the whole process: one decoder a thread of ours is enough, and no two pictures are alike.
sharp.cache(false);
sharp.concurrency(1);

/** The format that libvips must see in a file of each kind: no other parser is let at what somebody sent. */
const formatOf = { jpeg: "jpeg", png: "png", webp: "webp", gif: "gif", avif: "heif", heif: "heif" };

class Refused extends Error {
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

/** What a worker answers when `work` fails: @type {(work: () => Promise<object>) => Promise<object>} */
export async function answered(work) {
  try {
    return { ok: true, ...(await work()) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, code: error.code, detail: error.message };
    return {
      ok: false,
      code: "broken_picture",
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}

/**
 * @param {import("./picture-task").PictureSource & import("./picture-task").DecodeLimits} task
 * @returns {Promise<{ image: sharp.Sharp, width: number, height: number }>} upright pixels, and how many
 */
export async function openPicture(task) {
  const source = await stilled(task);
  const header = await sharp(source, { limitInputPixels: false }).metadata();
  if (header.format !== formatOf[task.kind])
    throw new Refused("broken_picture", `the file is ${header.format} inside`);
  const isHevc = task.kind === "heif" && header.compression !== "av1";
  const limit = isHevc ? task.maxHeicPixels : task.maxPixels;
  if (header.width * header.height > limit)
    throw new Refused("too_many_pixels", `${header.width} x ${header.height} pixels`);
  if (task.kind === "heif") {
    const bytes = await bytesOf(source);
    requireWholeFile(bytes);
    if (isHevc) return openHeic(bytes, header, limit);
  }
  const image = sharp(source, { failOn: "error", limitInputPixels: task.maxPixels }).autoOrient();
  // Pictures of 16 bits are worked on in P3 by sharp, and would stay in it: paler than they are.
  if (header.space === "rgb16" && header.hasProfile) image.withIccProfile("srgb", { attach: false });
  const { width, height } = header.autoOrient;
  return { image, width, height };
}

const bytesOf = async (source) => (typeof source === "string" ? readFile(source) : source);

/** A moving AVIF has a still picture inside, which libvips finds only where that is the first thing the file says. */
async function stilled({ source, kind }) {
  if (kind !== "avif") return source;
  const bytes = Buffer.from(await bytesOf(source));
  const brandAt = 8;
  if (bytes.toString("latin1", brandAt, brandAt + 4) !== "avis") return source;
  bytes.write("avif", brandAt, "latin1");
  return bytes;
}

/** libheif paints what is missing of a cut-off file in plain green; the sizes of the outer boxes tell beforehand. */
function requireWholeFile(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 8 <= bytes.byteLength) {
    const short = view.getUint32(at);
    // 0: up to the end of the file. 1: the size follows in 64 bits.
    if (short === 0) return;
    const size = short === 1 && at + 16 <= bytes.byteLength ? Number(view.getBigUint64(at + 8)) : short;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    // Some phones append data of their own that is no box: only the boxes that hold the picture count.
    if (size < 8) return;
    if (at + size > bytes.byteLength && ["mdat", "meta", "moov"].includes(type)) {
      throw new Refused("broken_picture", "the file ends too early");
    }
    at += size;
  }
}

/** libheif has already turned the pixels as the file says; an EXIF orientation beside that must not turn them again. */
async function openHeic(bytes, header, limit) {
  const images = await decodeHeic.all({ buffer: bytes });
  try {
    // A file may hold several pictures; the header read above is that of the primary one.
    const main =
      images.find(({ width, height }) => width === header.width && height === header.height) ?? images[0];
    if (main.width * main.height > limit)
      throw new Refused("too_many_pixels", `${main.width} x ${main.height} pixels`);
    const { width, height, data } = await main.decode();
    const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const image = header.icc
      ? sharp(rawTiff({ width, height, data }, header.icc), { limitInputPixels: limit })
      : sharp(raw, { raw: { width, height, channels: 4 }, limitInputPixels: limit });
    return { image, width, height };
  } finally {
    images.dispose();
  }
}
