/**
 * What the tables in the index of an MP4 or MOV claim, before a demuxer believes it: a few bytes can speak of four
 * billion samples, and a loop over them ends only with its thread.
 */
import { Refused } from "./refused.mjs";

const CONTAINERS = new Set(["moov", "trak", "mdia", "minf", "stbl"]);
/** Boxes within boxes; the tables are at the fifth level. */
const MAX_DEPTH = 6;

/** @param {Buffer} index the whole box */
export function requireHonestTables(index, limits) {
  walk(index, 0, index.length, 0, limits);
}

function walk(bytes, from, to, depth, limits) {
  const tables = new Map();
  for (let at = from; at + 8 <= to; ) {
    const short = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    const isLong = short === 1 && at + 16 <= to;
    const length = short === 0 ? to - at : isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    if (length < 8 || at + length > to) break;
    const content = at + (isLong ? 16 : 8);
    if (CONTAINERS.has(type) && depth < MAX_DEPTH) walk(bytes, content, at + length, depth + 1, limits);
    else tables.set(type, bytes.subarray(content, at + length));
    at += length;
  }
  requireSums(tables, limits);
}

/** Version and flags, 4 bytes, come first in each. */
function requireSums(tables, limits) {
  const sizes = tables.get("stsz");
  const haveOneSize = sizes !== undefined && sizes.length >= 12 && sizes.readUInt32BE(4) !== 0;
  const listed = sizes !== undefined && sizes.length >= 12 ? sizes.readUInt32BE(8) : 0;
  if (listed > (haveOneSize ? limits.claimedSamples : limits.packets)) refuse("sizes", listed);
  for (const type of ["stts", "ctts"]) {
    let sum = 0;
    for (const [count] of entries(tables.get(type), 8)) sum += count;
    if (sum > limits.claimedSamples) refuse(type, sum);
  }
  const inChunk = haveOneSize ? limits.evenChunkSamples : limits.chunkSamples;
  for (const [, count] of entries(tables.get("stsc"), 12)) if (count > inChunk) refuse("stsc", count);
}

/** The first two numbers of each entry that is really there. */
function* entries(table, entryBytes) {
  if (table === undefined || table.length < 8) return;
  const there = Math.min(table.readUInt32BE(4), Math.floor((table.length - 8) / entryBytes));
  for (let index = 0; index < there; index++) {
    const at = 8 + index * entryBytes;
    yield [table.readUInt32BE(at), table.readUInt32BE(at + 4)];
  }
}

function refuse(what, count) {
  throw new Refused("broken_video", `${what} of ${count} samples`);
}
