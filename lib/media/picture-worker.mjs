/**
 * Runs on a thread of the picture pool: decodes one picture, turns it upright, converts it to sRGB and encodes the
 * sizes. Plain JavaScript on purpose: it is loaded by path, never bundled. Types: picture-task.ts.
 */
import sharp from "sharp";
import { answered, openPicture } from "./open-picture.mjs";

/** From this side on the encoder's slower methods cost more time than they save bytes. */
const QUICK_FROM_LONGEST = 1_000;
/** From this side on a picture is looked at with a magnifying glass. */
const FINE_FROM_LONGEST = 2_000;

/** @param {import("./picture-task").PictureTask} task */
export default (task) =>
  answered(async () => {
    const { image, width, height } = await openPicture(task);
    const longest = Math.max(width, height);
    const rungs = task.rungs.filter((rung) => rung * task.rungMargin < longest);
    // What is larger is looked at in tiles: a phone shall never have to hold all of it.
    const wanted = longest > task.maxWholeLongest ? rungs : [...rungs, longest];
    const files = [];
    let source = null;
    // Largest first: each size is made from the one above it, which is much less work than from the whole.
    for (const size of wanted.reverse()) {
      const from = source === null ? image : fromRaw(source);
      source = await raw(size < longest ? from.resize({ ...inside(size), kernel: "lanczos3" }) : from);
      files.unshift({ longest: Math.max(source.width, source.height), bytes: await encode(source, size) });
    }
    return { width, height, files };
  });

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

async function encode(source, longest) {
  const quality = longest >= FINE_FROM_LONGEST ? 86 : 82;
  const effort = longest >= QUICK_FROM_LONGEST ? 2 : 4;
  return new Uint8Array(await fromRaw(source).webp({ quality, effort }).toBuffer());
}
