/** Whether a parsed payload has the shape that `wire/page-message.ts` tells. Small, total, and by hand: no package here. */
import type { PageCheck, PageCursor, PageDelta, PageFull } from "../wire/page-message";

type Check = (value: unknown) => boolean;

const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isText: Check = (value) => typeof value === "string";
const isIndex: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffffffff;
const isId: Check = (value) => isIndex(value) && value !== 0;
const one =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
/** @param rest what may follow; without it nothing does */
const row =
  (checks: readonly Check[], rest?: Check): Check =>
  (value) =>
    Array.isArray(value) &&
    value.length >= checks.length &&
    (rest !== undefined || value.length === checks.length) &&
    value.every((entry, index) => (checks[index] ?? rest)?.(entry) ?? false);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const bit = one(0, 1);
const nodeRow = either(
  row([isId, one(1), isText, one(0, 1, 2), list(isText)]),
  row([isId, one(3), isText]),
  row([isId, one(2), isText, isNumber, isNumber, isText], isText),
  row([isId, one(4), isText, bit, list(isText)]),
  row([isId, one(9), bit]),
  row([isId, one(11)]),
);
const fieldRow = either(
  row([isId, one("t"), isText]),
  row([isId, one("f"), bit]),
  row([isId, one("c"), bit, bit]),
  row([isId, one("o")], isIndex),
);
const facts: Check = (value) =>
  isObject(value) &&
  isNumber(value.w) &&
  isNumber(value.h) &&
  isText(value.url) &&
  isText(value.title) &&
  one("default", "allow-list", "too-heavy")(value.mode);

const parts: ReadonlyMap<string, Check> = new Map([
  ["n", list(nodeRow)],
  ["k", list(row([isId, isIndex, isIndex], isId))],
  ["h", list(row([isId, isIndex]))],
  ["a", list(row([isId, isText, either(isText, one(null))]))],
  ["x", list(row([isId, isText]))],
  ["r", list(row([isId, isIndex, isIndex], isText))],
  ["m", list(row([isId, isText, bit]))],
  ["d", list(row([isId], isId))],
  ["v", list(fieldRow)],
  ["s", list(row([isId, isNumber, isNumber]))],
  ["p", list(row([isId, isText, isText]))],
  ["w", list(row([isId, isText, isText, isNumber, one("running", "paused", "finished")]))],
  ["t", list(row([isId, bit]))],
  ["f", row([isIndex, isIndex, isIndex], bit)],
  ["e", either(row([]), row([isId, isIndex, isId, isIndex]))],
  ["page", facts],
]);

export const isDelta = (value: unknown): value is PageDelta =>
  isObject(value) && Object.entries(value).every(([name, part]) => parts.get(name)?.(part) ?? false);
export const isFull = (value: unknown): value is PageFull => isDelta(value) && value.page !== undefined;
export const isCursor = (value: unknown): value is PageCursor =>
  row([isNumber, isNumber, isIndex, isIndex])(value);
export const isCheck = (value: unknown): value is PageCheck =>
  isObject(value) && ["seq", "nodes", "slice", "hash"].every((name) => isIndex(value[name]));
