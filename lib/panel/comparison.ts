/**
 * Two items compared: what the document says of it, and how two pictures lie to each other. The pair is unordered in
 * the document; the one that is shown is the first, so that swapping them is showing the other.
 */
import type * as Y from "yjs";
import { type ItemId, itemIdSchema } from "@/lib/protocol/ids";
import { itemsOf, readShown, stageOf } from "./schema";
import { type Camera, fitScale, type Size, scaleOf, type Viewport } from "./view";

const compareModes = ["beside", "over"] as const;
export type CompareMode = (typeof compareModes)[number];

export interface Comparison {
  /** Compared with the item that is shown; over it, when one lies over the other. */
  readonly with: ItemId;
  readonly mode: CompareMode;
  /** How much of the upper picture is seen, 0..1. */
  readonly opacity: number;
  /** Side by side: moving one moves the other. */
  readonly linked: boolean;
  /** Who wrote it last: a participant's id, or empty. */
  readonly by: string;
}

/** What `stage.compare` holds: a comparison with both items of its pair. */
export type StoredComparison = Comparison & { readonly item: ItemId };

/** Null for anything else; the server takes nothing else into the document. */
export function parseComparison(value: unknown): StoredComparison | null {
  if (typeof value !== "object" || value === null) return null;
  const fields = value as Readonly<Record<string, unknown>>;
  const { opacity, linked, by, ...rest } = fields;
  const item = itemIdSchema.safeParse(rest.item);
  const other = itemIdSchema.safeParse(rest.with);
  const mode = compareModes.find((known) => known === rest.mode);
  if (!item.success || !other.success || item.data === other.data || !mode) return null;
  if (typeof opacity !== "number" || !(opacity >= 0 && opacity <= 1)) return null;
  if (typeof linked !== "boolean" || typeof by !== "string" || by.length > 64) return null;
  if (Object.keys(rest).length > 3) return null;
  return { item: item.data, with: other.data, mode, opacity, linked, by };
}

/** The comparison that everybody is meant to see; null when its pair is not there, or something else is shown. */
export function readComparison(doc: Y.Doc): Comparison | null {
  const stored = parseComparison(stageOf(doc).get("compare"));
  const shown = readShown(doc);
  if (!stored || shown === null) return null;
  const { item, ...comparison } = stored;
  const other = shown === item ? stored.with : shown === stored.with ? item : null;
  return other !== null && itemsOf(doc).has(other) ? { ...comparison, with: other } : null;
}

export function sameComparison(a: Comparison | null, b: Comparison | null): boolean {
  if (a === null || b === null) return a === b;
  const same = (key: keyof Comparison) => a[key] === b[key];
  return same("with") && same("mode") && same("opacity") && same("linked") && same("by");
}

/** From here on the upper picture is seen better than the lower: what one draws belongs to it. */
export const UPPER_FROM = 0.5;

/** The same place on another picture, as a share of its width and height, at the same zoom. */
export function linkedCamera(camera: Camera, from: Size, to: Size): Camera {
  return {
    zoom: camera.zoom,
    cx: (camera.cx / from.width) * to.width,
    cy: (camera.cy / from.height) * to.height,
  };
}

/**
 * The camera of a picture that lies over another: as large as fits into the lower one's box, centred on it. Its zoom
 * may lie below 1, where the lower picture fills the stage better than the upper would.
 */
export function overCamera(camera: Camera, under: Size, over: Size, viewport: Viewport): Camera {
  const ratio = Math.min(under.width / over.width, under.height / over.height);
  return {
    zoom: (scaleOf(camera, under, viewport) * ratio) / fitScale(over, viewport),
    cx: over.width / 2 + (camera.cx - under.width / 2) / ratio,
    cy: over.height / 2 + (camera.cy - under.height / 2) / ratio,
  };
}
