/**
 * Reading the panel's document. Anybody in the room may have written anything: every read parses, never throws, and
 * gives no more than the limits allow. Who may write what is the server's business (lib/sync).
 */
import * as Y from "yjs";
import {
  type AssetId,
  assetIdSchema,
  type ItemId,
  itemIdSchema,
  type MarkId,
  markIdSchema,
  type ProductId,
  productIdSchema,
} from "@/lib/protocol/ids";
import { MAX_LABEL_CHARS, MAX_ZOOM, MIN_ZOOM } from "@/lib/protocol/limits";
import {
  MAX_COORDINATE,
  MAX_ITEMS,
  MAX_LABEL_LINES,
  MAX_MARKS_PER_ITEM,
  MAX_PAGES,
  MAX_PICTURE_SIDE,
  MAX_PIN_NUMBER,
  MAX_STROKE_WIDTH,
  MAX_TITLE_CHARS,
  MAX_VIDEO_MS,
  MIN_STROKE_WIDTH,
} from "./limits";
import { compareMarks, isStroke, type Mark, type MarkKind, markKinds } from "./mark";
import { areStrokePoints } from "./pen-points";

const itemSources = ["asset", "product"] as const;
type ItemSource = (typeof itemSources)[number];

export interface Item {
  readonly id: ItemId;
  readonly source: ItemSource;
  readonly assetId: AssetId;
  readonly productId: ProductId | null;
  /** Pixels of the upright picture. */
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** Of a video, milliseconds; null for a picture. */
  readonly duration: number | null;
  /** Of a page of a paper: its number from 1, and how many there are; null for everything else. */
  readonly page: { readonly number: number; readonly of: number } | null;
  /** Hidden from the shop's people, who have to ask for it. */
  readonly covered: boolean;
  /** A picture of the customer's page, as it was when it was made; `title` is the page's. Absent for everything else. */
  readonly frozen?: true;
  /** A participant's id, or empty. */
  readonly addedBy: string;
  readonly order: number;
}

/** Where the room looks while nobody moves. */
export interface RestingView {
  readonly item: ItemId;
  readonly cx: number;
  readonly cy: number;
  readonly zoom: number;
}

export const itemsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap("items");
export const marksOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap("marks");
export const stageOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap("stage");

const number = (value: unknown, min: number, max: number): number | null =>
  typeof value === "number" && Number.isFinite(value) && value >= min && value <= max ? value : null;
const coordinate = (value: unknown) => number(value, -MAX_COORDINATE, MAX_COORDINATE);
const string = (value: unknown, max: number): string =>
  typeof value === "string" ? value.slice(0, max) : "";
export const isColor = (value: unknown): value is string =>
  typeof value === "string" && /^#[0-9a-f]{6}$/.test(value);
const isMarkKind = (value: unknown): value is MarkKind => markKinds.some((kind) => kind === value);

/** A label as it may be shown: limited in characters and lines, without control characters. */
export function cleanLabel(value: unknown): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
  const plain = string(value, MAX_LABEL_CHARS).replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, "");
  return plain.split("\n").slice(0, MAX_LABEL_LINES).join("\n");
}

/** @param id the key under which the value stands; a mark that names another id is not a mark. */
export function readItem(id: string, value: unknown): Item | null {
  if (!(value instanceof Y.Map)) return null;
  const itemId = itemIdSchema.safeParse(id);
  const assetId = assetIdSchema.safeParse(value.get("assetId"));
  const productId = productIdSchema.safeParse(value.get("productId"));
  const source = itemSources.find((known) => known === value.get("source"));
  const width = number(value.get("width"), 1, MAX_PICTURE_SIDE);
  const height = number(value.get("height"), 1, MAX_PICTURE_SIDE);
  if (!itemId.success || !assetId.success || !source || width === null || height === null) return null;
  if (source === "product" && !productId.success) return null;
  return {
    id: itemId.data,
    source,
    assetId: assetId.data,
    productId: productId.success ? productId.data : null,
    width,
    height,
    title: string(value.get("title"), MAX_TITLE_CHARS),
    duration: number(value.get("duration"), 1, MAX_VIDEO_MS),
    page: readPage(value.get("page")),
    covered: value.get("covered") === true,
    ...(value.get("frozen") === true && ({ frozen: true } as const)),
    addedBy: string(value.get("addedBy"), 64),
    order: number(value.get("order"), 0, Number.MAX_SAFE_INTEGER) ?? 0,
  };
}

function readPage(value: unknown): Item["page"] {
  if (typeof value !== "object" || value === null) return null;
  const page = value as Readonly<Record<string, unknown>>;
  const of = number(page.of, 1, MAX_PAGES);
  const own = of === null ? null : number(page.number, 1, of);
  return of === null || own === null ? null : { number: Math.trunc(own), of: Math.trunc(of) };
}

export function readItems(doc: Y.Doc): Item[] {
  const items: Item[] = [];
  for (const [id, value] of itemsOf(doc)) {
    const item = readItem(id, value);
    if (item && items.length < MAX_ITEMS) items.push(item);
  }
  return items.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

export function readMark(id: string, value: unknown): Mark | null {
  return value instanceof Y.Map ? readMarkFields(id, value) : null;
}

/** The same from a mark's fields, wherever they stand. */
export function readMarkFields(id: string, value: Pick<ReadonlyMap<string, unknown>, "get">): Mark | null {
  const markId = markIdSchema.safeParse(id);
  const item = itemIdSchema.safeParse(value.get("item"));
  const kind = value.get("kind");
  const color = value.get("color");
  const x = coordinate(value.get("x"));
  const y = coordinate(value.get("y"));
  const w = coordinate(value.get("w"));
  const h = coordinate(value.get("h"));
  const width = number(value.get("width"), MIN_STROKE_WIDTH, MAX_STROKE_WIDTH);
  if (!markId.success || !item.success || !isMarkKind(kind) || !isColor(color)) return null;
  if (x === null || y === null || w === null || h === null || width === null) return null;
  if (kind !== "arrow" && (w < 0 || h < 0)) return null;
  const points = value.get("points");
  if (isStroke(kind) && !areStrokePoints(points)) return null;
  const text = kind === "text" ? cleanLabel(value.get("text")) : "";
  if (kind === "text" && text.trim() === "") return null;
  return {
    id: markId.data,
    item: item.data,
    kind,
    author: string(value.get("author"), 64),
    color,
    width,
    x,
    y,
    w,
    h,
    points: isStroke(kind) && areStrokePoints(points) ? points : null,
    text,
    number: kind === "pin" ? Math.trunc(number(value.get("number"), 1, MAX_PIN_NUMBER) ?? 1) : 0,
    moment: readMoment(value.get("moment")),
    createdAt: number(value.get("createdAt"), 0, Number.MAX_SAFE_INTEGER) ?? 0,
  };
}

function readMoment(value: unknown): number | null {
  const moment = number(value, 0, MAX_VIDEO_MS);
  return moment === null ? null : Math.trunc(moment);
}

/** The marks of one item, in painting order. */
export function readMarks(doc: Y.Doc, item: ItemId): Mark[] {
  const marks: Mark[] = [];
  for (const [id, value] of marksOf(doc)) {
    const mark = readMark(id, value);
    if (mark && mark.item === item) marks.push(mark);
  }
  return marks.sort(compareMarks).slice(0, MAX_MARKS_PER_ITEM);
}

/** What everybody is meant to look at; null when it names no item that is there. */
export function readShown(doc: Y.Doc): ItemId | null {
  const shown = itemIdSchema.safeParse(stageOf(doc).get("shown"));
  return shown.success && itemsOf(doc).has(shown.data) ? shown.data : null;
}

export function readRestingView(doc: Y.Doc): RestingView | null {
  const value = stageOf(doc).get("view");
  if (typeof value !== "object" || value === null) return null;
  const { item, cx, cy, zoom } = value as Readonly<Record<string, unknown>>;
  const itemId = itemIdSchema.safeParse(item);
  const x = coordinate(cx);
  const y = coordinate(cy);
  const factor = number(zoom, MIN_ZOOM, MAX_ZOOM);
  if (!itemId.success || x === null || y === null || factor === null) return null;
  return { item: itemId.data, cx: x, cy: y, zoom: factor };
}

/** A fresh id for a mark: 96 random bits, URL-safe. */
export function newMarkId(random: (bytes: Uint8Array) => Uint8Array): MarkId {
  const bytes = random(new Uint8Array(12));
  return markIdSchema.parse(Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));
}
