/** Real frames to frames that nobody honest sends: damaged, cut, glued, lying about lengths, of the wrong types. */
import * as encoding from "lib0/encoding";
import { wire } from "@/lib/protocol/wire";
import { mutateJson } from "./mutate-json";

/** A mutation of a mutation: as many, at most. */
const MAX_STEPS = 3;
/** Bytes of one frame; frames above the server's own limit have tests of their own. */
const MAX_BYTES = 65_536;
const MAX_REPEATS = 60;
/** Sizes at which variable-length integers, and what is counted by them, change their ways. */
const numbers = [
  0,
  1,
  2,
  63,
  127,
  128,
  255,
  16_383,
  16_384,
  2 ** 21,
  2 ** 28,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53 - 1,
];
/** Integers that never end, are longer than need be, or exceed what a number can hold. */
const endless = [
  new Uint8Array(12).fill(0x80),
  new Uint8Array(12).fill(0xff),
  new Uint8Array([0x80, 0x80, 0x80, 0x00]),
];

type Next = () => number;
type Mutation = (frame: Uint8Array, next: Next, all: readonly Uint8Array[]) => Uint8Array;

const below = (next: Next, end: number) => Math.floor(next() * end);
const glue = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const varint = (value: number) => encoding.encode((encoder) => encoding.writeVarUint(encoder, value));

function pick<T>(next: Next, values: readonly T[]): T {
  const value = values[below(next, values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}

const someInteger = (next: Next) => (next() < 0.1 ? pick(next, endless) : varint(pick(next, numbers)));

const mutations: readonly Mutation[] = [
  function bitFlips(frame, next) {
    const copy = frame.slice();
    for (let count = 1 + below(next, 8); count > 0; count--) {
      const at = below(next, copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << below(next, 8));
    }
    return copy;
  },
  function oneByte(frame, next) {
    const copy = frame.slice();
    copy[below(next, copy.length)] = below(next, 256);
    return copy;
  },
  function truncation(frame, next) {
    return frame.slice(0, below(next, frame.length));
  },
  function growth(frame, next) {
    return glue(
      frame,
      Uint8Array.from({ length: 1 + below(next, 40) }, () => below(next, 256)),
    );
  },
  function splice(frame, next, all) {
    const other = pick(next, all);
    return glue(frame.subarray(0, below(next, frame.length)), other.subarray(below(next, other.length)));
  },
  function hole(frame, next) {
    const from = below(next, frame.length);
    return glue(frame.subarray(0, from), frame.subarray(from + 1 + below(next, 20)));
  },
  function repetition(frame, next) {
    const from = below(next, frame.length);
    const to = from + 1 + below(next, frame.length - from);
    const times = 1 + below(next, MAX_REPEATS);
    return glue(
      frame.subarray(0, to),
      ...Array.from({ length: times }, () => frame.subarray(from, to)),
      frame.subarray(to),
    );
  },
  /** A length, a count, a client id, a clock: whatever number stands there. */
  function otherNumber(frame, next) {
    const at = below(next, Math.min(frame.length, next() < 0.5 ? 12 : frame.length));
    return glue(frame.subarray(0, at), someInteger(next), frame.subarray(at + 1));
  },
  function moreNumbers(frame, next) {
    const at = below(next, frame.length + 1);
    return glue(frame.subarray(0, at), someInteger(next), frame.subarray(at));
  },
  function otherType(frame, next) {
    return glue(varint(pick(next, [...Object.values(wire), 4, 15, 18, 200])), frame.subarray(1));
  },
  function otherSyncKind(frame, next) {
    return glue(new Uint8Array([wire.sync, below(next, 4)]), frame.subarray(2));
  },
  /** The frame as it is, inside a length that fits: what is inside is damaged, what is around is not. */
  function damageInside(frame, next) {
    if (frame[0] !== wire.sync) return noise(next);
    const at = 3 + (frame.length > 130 ? 1 : 0);
    const body = glue(frame.subarray(at));
    for (let count = 1 + below(next, 3); count > 0 && body.length > 0; count--)
      body[below(next, body.length)] = below(next, 256);
    return glue(frame.subarray(0, 2), varint(body.length), body);
  },
  mutateJson,
  mutateJson,
  (_frame, next) => noise(next),
];

function noise(next: Next): Uint8Array {
  return Uint8Array.from({ length: below(next, 60) }, () => below(next, 256));
}

/** One frame made from `all`, never one of them as it is. */
export function mutated(next: Next, all: readonly Uint8Array[]): Uint8Array {
  let frame = pick(next, all);
  for (let steps = 1 + below(next, MAX_STEPS); steps > 0; steps--) {
    frame = frame.length === 0 ? noise(next) : pick(next, mutations)(frame, next, all);
  }
  return frame.length > MAX_BYTES ? frame.slice(0, MAX_BYTES) : frame;
}
