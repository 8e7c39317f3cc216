/**
 * The outermost structure of a container, read before any demuxer does: is the file as long as it says, and is its
 * index of a size that may be held in memory? Reads headers, and the
 * index's tables.
 */
import { Refused } from "./refused.mjs";
import { requireHonestTables } from "./sample-tables.mjs";

/** ISO base media: MP4 and MOV. @param {import("node:fs/promises").FileHandle} file */
export async function requireWholeMp4(file, size, limits) {
  const header = Buffer.alloc(16);
  let at = 0;
  for (let boxes = 0; at + 8 <= size; boxes++) {
    if (boxes > limits.boxes) throw new Refused("broken_video", "too many boxes");
    await file.read(header, 0, 16, at);
    const short = header.readUInt32BE(0);
    const type = header.toString("latin1", 4, 8);
    // 0: up to the end of the file. 1: the size follows in 64 bits.
    const length =
      short === 0 ? size - at : short === 1 && at + 16 <= size ? Number(header.readBigUInt64BE(8)) : short;
    // Some cameras append data of their own that is no box: only what is needed to play counts.
    if (length < 8) return;
    const needed = ["moov", "moof", "mdat"].includes(type);
    if (needed && at + length > size) throw new Refused("broken_video", `the file ends inside its ${type}`);
    if (type === "moov" || type === "moof") {
      if (length > limits.indexBytes) throw new Refused("broken_video", `an index of ${length} bytes`);
      const index = Buffer.alloc(length);
      await file.read(index, 0, length, at);
      requireHonestTables(index, limits);
    }
    at += length;
  }
}

/** Bytes of an EBML size whose value is not known yet: all ones. Browsers record such files. */
const UNKNOWN = -1;

/** Matroska and WebM: the header, then one segment. */
export async function requireWholeWebm(file, size) {
  const head = Buffer.alloc(4_096);
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  const header = readElement(head.subarray(0, bytesRead), 0);
  const segment = header && readElement(head.subarray(0, bytesRead), header.end);
  if (!segment) throw new Refused("broken_video", "no segment");
  if (segment.end > size) throw new Refused("broken_video", "the file ends inside its segment");
}

function readElement(bytes, at) {
  const id = readVint(bytes, at, false);
  const length = id && readVint(bytes, id.next, true);
  if (!length) return null;
  return { end: length.value === UNKNOWN ? 0 : length.next + length.value };
}

/** A number whose leading zeros tell its length. */
function readVint(bytes, at, isSize) {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return null;
  let value = isSize ? first & (0xff >> length) : first;
  let ones = value === 0xff >> length;
  for (let index = 1; index < length; index++) {
    value = value * 256 + bytes[at + index];
    ones &&= bytes[at + index] === 0xff;
  }
  return { value: isSize && ones ? UNKNOWN : value, next: at + length };
}
