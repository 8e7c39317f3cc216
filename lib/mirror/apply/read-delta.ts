/** Whether a parsed payload has the shape that `wire/page-message.ts` tells. Small, total, and by hand: no package here. */
import type { PageCheck, PageCursor, PageDelta, PageFull } from "../wire/page-message";

type Check = (value: unknown) => boolean;

const isIndex = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffffffff;

/** One letter for each kind of entry; l: a list of texts. */
const kinds: Readonly<Record<string, Check>> = {
  /** Id, or index. */
  i: (value) => isIndex(value) && value > 0,
  n: isIndex,
  /** Any number. */
  d: (value) => typeof value === "number" && Number.isFinite(value),
  b: (value) => value === 0 || value === 1,
  /** Text, or text that may be missing. */
  s: (value) => typeof value === "string",
  z: (value) => value === null || typeof value === "string",
  l: (value) => Array.isArray(value) && value.every((entry) => typeof entry === "string"),
};
/** What is none of these says itself: digits (and ! for 11) numbers, capital letters the small ones. */
const literal = (letter: string): unknown =>
  letter === "!" ? 11 : letter > "9" ? letter.toLowerCase() : Number(letter);
const checkOf = (letter: string): Check => kinds[letter] ?? ((value) => value === literal(letter));

/** Rows by letters; of the shapes that are divided by "|" one must fit. "*": as many of the last as there are. */
const row = (shapes: string): Check => {
  const all = shapes.split("|").map((shape) => {
    const isOpen = shape.endsWith("*");
    const checks = [...shape.replace("*", "")].map(checkOf);
    return { isOpen, checks, needed: checks.length - (isOpen ? 1 : 0) };
  });
  return (value) =>
    Array.isArray(value) &&
    all.some(
      ({ isOpen, checks, needed }) =>
        (isOpen ? value.length >= needed : value.length === needed) &&
        value.every((entry, index) => (checks[index] ?? checks[needed])?.(entry)),
    );
};
const rows = (shapes: string): Check => {
  const one = row(shapes);
  return (value) => Array.isArray(value) && value.every(one);
};
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const parts = new Map<string, Check>([
  ["n", rows("i1snl|i3s|i2sdds|i2sddss|i4sbl|i9b|i!")],
  ["k", rows("inni*")],
  ["h", rows("in")],
  ["a", rows("isz")],
  ["x", rows("is")],
  ["r", rows("inns*")],
  ["m", rows("isb")],
  ["d", rows("ii*")],
  ["v", rows("iTs|iFb|iCbb|iOn*")],
  ["s", rows("idd")],
  ["p", rows("iss")],
  ["w", rows("issds")],
  ["t", rows("ib")],
  ["f", row("nnn|nnnb")],
  ["e", row("|inin")],
  [
    "page",
    (value) =>
      isObject(value) &&
      row("ddsss")([value.w, value.h, value.url, value.title, value.mode]) &&
      ["default", "allow-list", "too-heavy"].includes(String(value.mode)),
  ],
]);

export const isDelta = (value: unknown): value is PageDelta =>
  isObject(value) && Object.entries(value).every(([name, part]) => parts.get(name)?.(part) ?? false);
export const isFull = (value: unknown): value is PageFull => isDelta(value) && value.page !== undefined;
export const isCursor = (value: unknown): value is PageCursor => row("ddnn")(value);
export const isCheck = (value: unknown): value is PageCheck =>
  isObject(value) && ["seq", "nodes", "slice", "hash"].every((name) => isIndex(value[name]));
