/**
 * What may be written into the panel's document, field by field: the bounds that readers keep (schema.ts), and no mark
 * far outside of its picture. The server holds every update to this before anybody else sees it.
 */
import { itemIdSchema, markIdSchema } from "@/lib/protocol/ids";
import { MAX_LABEL_CHARS, MAX_ZOOM, MIN_ZOOM } from "@/lib/protocol/limits";
import { MAX_PIN_NUMBER, MAX_STROKE_WIDTH, MIN_STROKE_WIDTH } from "./limits";
import { markKinds } from "./mark";
import { areStrokePoints } from "./pen-points";
import { isColor } from "./schema";
import type { Size } from "./view";

const within = (value: unknown, min: number, max: number): boolean =>
  typeof value === "number" && value >= min && value <= max;

/** A very wide stage shows a tall picture with several times its width beside it, and one may draw there. */
const MARGIN_SIDES = 4;
const margin = (picture: Size): number => MARGIN_SIDES * Math.max(picture.width, picture.height);

/** Where a mark that is moved may go: the nearest place that may be written. */
export function keepNear<Change extends { readonly x?: number; readonly y?: number }>(
  change: Change,
  picture: Size,
): Change {
  const clamp = (value: number, length: number) =>
    Math.min(length + margin(picture), Math.max(-margin(picture), value));
  const { x, y } = change;
  return {
    ...change,
    ...(x === undefined ? {} : { x: clamp(x, picture.width) }),
    ...(y === undefined ? {} : { y: clamp(y, picture.height) }),
  };
}

type Rule = (value: unknown, picture: Size) => boolean;

const extent: Rule = (value, picture) => {
  const most = Math.max(picture.width, picture.height) + 2 * margin(picture);
  return within(value, -most, most);
};

/** Fields of a mark besides `id`, `item` and `author`, which say what it belongs to. */
const markFields: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["kind", (value) => markKinds.some((kind) => kind === value)],
  ["color", isColor],
  ["width", (value) => within(value, MIN_STROKE_WIDTH, MAX_STROKE_WIDTH)],
  ["x", (value, picture) => within(value, -margin(picture), picture.width + margin(picture))],
  ["y", (value, picture) => within(value, -margin(picture), picture.height + margin(picture))],
  ["w", extent],
  ["h", extent],
  ["points", areStrokePoints],
  ["text", (value) => typeof value === "string" && value.length <= MAX_LABEL_CHARS],
  ["number", (value) => Number.isInteger(value) && within(value, 1, MAX_PIN_NUMBER)],
  ["createdAt", (value) => within(value, 0, Number.MAX_SAFE_INTEGER)],
]);

export function isMarkField(field: string, value: unknown, picture: Size): boolean {
  return markFields.get(field)?.(value, picture) ?? false;
}

export const isMarkId = (value: unknown): boolean => markIdSchema.safeParse(value).success;

/** The resting view that `stage.view` may hold; answers the item it names, or null. */
export function itemOfView(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  const { item, cx, cy, zoom, ...rest } = value as Readonly<Record<string, unknown>>;
  const known = itemIdSchema.safeParse(item);
  const finite = [cx, cy].every((number) => typeof number === "number" && Number.isFinite(number));
  return known.success && finite && within(zoom, MIN_ZOOM, MAX_ZOOM) && Object.keys(rest).length === 0
    ? known.data
    : null;
}
