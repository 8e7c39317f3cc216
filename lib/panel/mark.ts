/**
 * A mark: what somebody drew on an item. Plain immutable values in picture pixels; the box is (x, y) to (x + w, y + h).
 * An arrow points from (x, y) to (x + w, y + h) and its w and h are signed; every other kind has w, h >= 0.
 */
import type { ItemId, MarkId } from "@/lib/protocol/ids";

export const markKinds = ["arrow", "ellipse", "rect", "pen", "highlighter", "text", "pin"] as const;
export type MarkKind = (typeof markKinds)[number];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Mark extends Box {
  readonly id: MarkId;
  readonly item: ItemId;
  readonly kind: MarkKind;
  /** A participant's id as its writer claimed it: shown as a name, never trusted for rights. */
  readonly author: string;
  /** "#rrggbb", lower case. */
  readonly color: string;
  /** Stroke width in picture pixels. */
  readonly width: number;
  /** Pen and highlighter: Uint16 triplets (x, y, pressure), see pen-points. */
  readonly points: Uint8Array | null;
  readonly text: string;
  /** Pin only; 0 otherwise. */
  readonly number: number;
  /** Milliseconds into the video that it is drawn on; null on a picture. */
  readonly moment: number | null;
  /** Milliseconds since 1970 by its author's clock: orders marks, nothing else. */
  readonly createdAt: number;
}

export function isStroke(kind: MarkKind): boolean {
  return kind === "pen" || kind === "highlighter";
}

/** Later marks lie over earlier ones; equal times are ordered by id, so that everybody paints the same picture. */
export function compareMarks(a: Mark, b: Mark): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
