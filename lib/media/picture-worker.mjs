/**
 * Runs on a thread of the picture pool: decodes one picture, turns it upright, converts it to sRGB and encodes the
 * sizes. Plain JavaScript on purpose: it is loaded by path, never bundled. Types: picture-task.ts.
 */
import sharp from "sharp";
import { giveBack } from "./give-back.mjs";
import { answered, openPicture } from "./open-picture.mjs";

/** From this side on the encoder's slower methods cost more time than they save bytes. */
const QUICK_FROM_LONGEST = 1_000;
/** From this side on a picture is looked at with a magnifying glass. */
const FINE_FROM_LONGEST = 2_000;

/**
 * Where the task has a port, the sizes that make a picture usable are said there as soon as they are made: by then all of
 * the file has been decoded, so nothing is shown that is broken further down.
 * @param {import("./picture-task").PictureTask} task
 */
export default (task) =>
  answered(async () => {
    const opened = await openPicture(task);
    const { width, height } = opened;
    const longest = longestOf(opened);
    const rungs = task.rungs.filter((rung) => rung * task.rungMargin < longest);
    // What is larger is looked at in tiles: a phone shall never have to hold all of it.
    const wanted = longest > task.maxWholeLongest ? rungs : [...rungs, longest];
    giveBack();
    const held = { pixels: await scaled(opened.image, wanted.at(-1), longest) };
    opened.image = null;
    // A little picture is all there as soon as it is usable.
    const inSteps = task.port !== null && wanted.includes(task.usableLongest);
    const first = inSteps ? wanted.filter((size) => size <= task.usableLongest) : [];
    const usable = await encodeAll({ ...held }, first);
    const goesOn = !inSteps || (await saidTo(task.port, { width, height, files: usable }));
    if (!goesOn) return { width, height, files: usable };
    const others = await encodeAll(held, wanted.slice(first.length));
    return { width, height, files: [...usable, ...others] };
  });

/**
 * Waits for an answer: whoever shows the picture shall not have to share the processor with what nobody needs yet.
 * @returns {Promise<boolean>} false when the thread is needed for others' first pixels
 */
const saidTo = (port, picture) =>
  new Promise((resolve) => {
    port.once("message", resolve).once("close", () => resolve(false));
    port.postMessage(picture);
  });

/**
 * Largest first: each size is made from the one above it, which is much less work than from the whole.
 * @param held the pixels of the largest; afterwards those of the smallest: no two sizes shall be held longer than it takes
 */
async function encodeAll(held, sizes) {
  const files = [];
  for (const size of sizes.toReversed()) {
    const longest = longestOf(held.pixels);
    if (size < longest) held.pixels = await scaled(fromRaw(held.pixels), size, longest);
    giveBack();
    files.unshift({ longest: longestOf(held.pixels), bytes: await encode(held.pixels, size) });
  }
  return files;
}

const longestOf = ({ width, height }) => Math.max(width, height);

const scaled = (image, size, longest) =>
  raw(size < longest ? image.resize({ ...inside(size), kernel: "lanczos3" }) : image);

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
