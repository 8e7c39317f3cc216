/** Whether a parsed payload has the shape that `wire/page-message.ts` tells. Small, total, and by hand. */
import type { PageCheck, PageCursor, PageDelta, PageFull } from "../wire/page-message";

const isIndex = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffffffff;

/** One letter for what an entry is: id, zero, other number, text, list of texts, null. */
function letterOf(value: unknown): string {
  if (typeof value === "string") return "s";
  if (value === null) return "z";
  if (isIndex(value)) return value > 0 ? "i" : "0";
  if (Number.isFinite(value)) return "d";
  return Array.isArray(value) && value.every((entry) => typeof entry === "string") ? "l" : "?";
}

/** Rows as text: the second entry (which tells kinds of rows apart), a colon, and the letters of all. */
const isRow = (value: unknown, shape: RegExp): boolean =>
  Array.isArray(value) && shape.test(`${value[1]}:${value.map(letterOf).join("")}`);
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const rows: ReadonlyMap<string, RegExp> = new Map([
  ["n", /^(1:iis[i0]l|2:iis[i0d]{2}ss?|3:iis|4:iis[i0]l|9:ii[i0]|11:ii)$/],
  ["k", /:i[i0]{2}i*$/],
  ["h", /:i[i0]$/],
  ["a", /:is[sz]$/],
  ["x", /:is$/],
  ["r", /:i[i0]{2}s*$/],
  ["m", /:is[i0]$/],
  ["d", /:i+$/],
  ["v", /^(t:iss|f:is[i0]|c:is[i0]{2}|o:is[i0]*)$/],
  ["s", /:i[i0d]{2}$/],
  ["p", /:iss$/],
  ["w", /:iss[i0d]s$/],
  ["t", /:i[i0]$/],
]);

function isPart([name, part]: readonly [string, unknown]): boolean {
  if (name === "f") return isRow(part, /:[i0]{3,4}$/);
  if (name === "e") return isRow(part, /:(i[i0]i[i0])?$/);
  if (name === "page")
    return (
      isObject(part) &&
      // A mode that is none is only not "too heavy".
      isRow([part.w, part.h, part.url, part.title, part.mode], /:[i0d]{2}s{3}$/)
    );
  const shape = rows.get(name);
  return shape !== undefined && Array.isArray(part) && part.every((row) => isRow(row, shape));
}

export const isDelta = (value: unknown): value is PageDelta =>
  isObject(value) && Object.entries(value).every(isPart);
export const isFull = (value: unknown): value is PageFull => isDelta(value) && value.page !== undefined;
export const isCursor = (value: unknown): value is PageCursor => isRow(value, /:[i0d]{2}[i0]{2}$/);
export const isCheck = (value: unknown): value is PageCheck =>
  isObject(value) && isRow([value.seq, value.nodes, value.slice, value.hash], /:[i0]{4}$/);
