/**
 * What the tables in the index of an MP4 or MOV claim, before a demuxer believes it: a few bytes can speak of four
 * billion samples, and a loop over them ends only with its thread, or with all the memory there is.
 */
import { Refused } from "./refused.mjs";

const CONTAINERS = new Set(["moov", "trak", "mdia", "minf", "stbl", "moof", "traf"]);
/** Bytes of an entry. A track has one of each table: a demuxer would take a second one for more of the first. */
const TABLES = new Map([
  ["stsz", 4],
  ["stz2", 0.5],
  ["stts", 8],
  ["ctts", 8],
  ["stsc", 12],
  ["stco", 4],
  ["co64", 8],
  ["stss", 4],
]);
/** Where a table counts its entries, after version and flags; before it `stsz` has the size that all samples share. */
const COUNT_AT = 4;
const SIZE_COUNT_AT = 8;
/** Boxes within boxes; the tables are at the fifth level. */
const MAX_DEPTH = 6;

/**
 * @param {Buffer} index the whole box, `moov` or `moof`
 * @throws Refused broken_video
 */
export function requireHonestTables(index, limits) {
  walk(index, 0, index.length, 0, foundIn(), limits);
}

/** What was found of one track, or of one fragment. */
const foundIn = () => ({ tables: new Map(), inRuns: 0 });

function walk(bytes, from, to, depth, found, limits) {
  for (let at = from; at + 8 <= to; ) {
    const short = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    const isLong = short === 1 && at + 16 <= to;
    const length = short === 0 ? to - at : isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    if (length < 8 || at + length > to) throw new Refused("broken_video", `${type} of ${length} bytes`);
    const content = at + (isLong ? 16 : 8);
    if (CONTAINERS.has(type) && depth < MAX_DEPTH) {
      const inside = type === "trak" ? foundIn() : found;
      walk(bytes, content, at + length, depth + 1, inside, limits);
      if (type === "trak") requireSums(inside.tables, limits);
    } else note(type, bytes.subarray(content, at + length), found, limits);
    at += length;
  }
}

function note(type, content, found, limits) {
  if (type === "trun" && content.length >= COUNT_AT + 4) {
    found.inRuns += content.readUInt32BE(COUNT_AT);
    if (found.inRuns > limits.packets) refuse("a fragment", found.inRuns);
  }
  if (!TABLES.has(type)) return;
  if (found.tables.has(type)) throw new Refused("broken_video", `${type} twice`);
  found.tables.set(type, content);
}

function requireSums(tables, limits) {
  const sizes = tables.get("stsz");
  const haveOneSize = sizes !== undefined && sizes.length >= 12 && sizes.readUInt32BE(COUNT_AT) !== 0;
  for (const [type, table] of tables) {
    const isSizes = type === "stsz" || type === "stz2";
    const countAt = isSizes ? SIZE_COUNT_AT : COUNT_AT;
    if (table.length < countAt + 4) throw new Refused("broken_video", `${type} is cut off`);
    const listed = table.readUInt32BE(countAt);
    const areClaimed = type === "stsz" && haveOneSize;
    if (listed > (areClaimed ? limits.claimedSamples : limits.packets)) refuse(type, listed);
    // A demuxer reads on, beyond the table, and takes what it finds there for counts.
    if (!areClaimed && countAt + 4 + listed * TABLES.get(type) > table.length) refuse(type, listed);
  }
  // Where samples are shown in another order than they are stored, a demuxer makes an object of each.
  const most = haveOneSize && !tables.has("ctts") ? limits.claimedSamples : limits.packets;
  for (const type of ["stts", "ctts"]) {
    let sum = 0;
    for (const [count] of entries(tables.get(type), TABLES.get(type))) sum += count;
    if (sum > most) refuse(type, sum);
  }
  const inChunk = haveOneSize ? limits.evenChunkSamples : limits.chunkSamples;
  for (const [, count] of entries(tables.get("stsc"), TABLES.get("stsc")))
    if (count > inChunk) refuse("stsc", count);
}

/** The first two numbers of each. */
function* entries(table, entryBytes) {
  if (table === undefined) return;
  const count = table.readUInt32BE(COUNT_AT);
  for (let index = 0; index < count; index++) {
    const at = 8 + index * entryBytes;
    yield [table.readUInt32BE(at), table.readUInt32BE(at + 4)];
  }
}

function refuse(what, count) {
  throw new Refused("broken_video", `${what} of ${count} samples`);
}
