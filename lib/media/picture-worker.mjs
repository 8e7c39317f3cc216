/**
 * Runs on a thread of the picture pool: decodes one picture, turns it upright, converts it to sRGB and encodes the
 * sizes. Plain JavaScript on purpose: it is loaded by path, never bundled. Types: PictureTask and PictureAnswer in
 * read-picture.ts.
 */
import decodeHeic from "heic-decode";
import sharp from "sharp";
import { rawTiff } from "./raw-tiff.mjs";

// Both hold for the whole process: one decoder a thread of ours is enough, and no two pictures are alike.
sharp.cache(false);
sharp.concurrency(1);

/** The format that libvips must see in a file of each kind: no other parser is let at what somebody sent. */
const formatOf = { jpeg: "jpeg", png: "png", webp: "webp", gif: "gif", avif: "heif", heif: "heif" };

/** From this side on the encoder's slower methods cost more time than they save bytes. */
const QUICK_FROM_LONGEST = 1_000;
/** From this side on a picture is looked at with a magnifying glass. */
const FINE_FROM_LONGEST = 2_000;

class Refused extends Error {
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

/** @param {import("./read-picture").PictureTask} task */
export default async function readPicture(task) {
  try {
    const upright = await decode(task);
    const longest = Math.max(upright.width, upright.height);
    const rungs = task.rungs.filter((rung) => rung * task.rungMargin < longest);
    const files = [];
    let source = upright;
    // Largest first: each size is made from the one above it, which is much less work than from the whole.
    for (const rung of [longest, ...rungs.reverse()]) {
      if (rung < longest) source = await shrink(source, rung);
      files.unshift({ longest: rung, bytes: await encode(source, rung) });
    }
    return { ok: true, width: upright.width, height: upright.height, files };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, code: error.code, detail: error.message };
    return {
      ok: false,
      code: "broken_picture",
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}

/** The whole picture as raw sRGB pixels, upright, no larger than we keep. */
async function decode(task) {
  const header = await sharp(task.bytes, { limitInputPixels: false }).metadata();
  if (header.format !== formatOf[task.kind])
    throw new Refused("broken_picture", `the file is ${header.format} inside`);
  if (task.kind === "heif") requireWholeFile(task.bytes);
  const isHevc = task.kind === "heif" && header.compression !== "av1";
  const pixels = header.width * header.height;
  const limit = isHevc ? task.maxHeicPixels : task.maxPixels;
  if (pixels > limit) throw new Refused("too_many_pixels", `${header.width} x ${header.height} pixels`);

  const image = isHevc
    ? await openHeic(task.bytes, header, limit)
    : sharp(task.bytes, { failOn: "error", limitInputPixels: task.maxPixels }).autoOrient();
  return raw(image.resize({ ...inside(task.maxLongest), kernel: "lanczos3" }));
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
    if (header.icc) {
      const file = rawTiff({ width, height, data }, header.icc);
      return sharp(file, { limitInputPixels: limit });
    }
    return sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
      raw: { width, height, channels: 4 },
      limitInputPixels: limit,
    });
  } finally {
    images.dispose();
  }
}

const inside = (longest) => ({ width: longest, height: longest, fit: "inside", withoutEnlargement: true });

async function raw(image) {
  const { data, info } = await image
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

const fromRaw = ({ data, width, height, channels }) =>
  sharp(data, { raw: { width, height, channels }, limitInputPixels: false });

const shrink = (source, longest) => raw(fromRaw(source).resize(inside(longest)));

async function encode(source, longest) {
  const quality = longest >= FINE_FROM_LONGEST ? 86 : 82;
  const effort = longest >= QUICK_FROM_LONGEST ? 2 : 4;
  return new Uint8Array(await fromRaw(source).webp({ quality, effort }).toBuffer());
}
