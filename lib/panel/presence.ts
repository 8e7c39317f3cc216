/**
 * Reading and writing what passes by: the others' views, pointers, laser trails and marks in the making. Every state is
 * parsed; one that does not fit is as if nobody were there.
 */

import { MAX_ZOOM, MIN_ZOOM } from "@/lib/protocol/limits";
import {
  type Draft,
  draftSchema,
  type Pointer,
  type Presence,
  pointerSchema,
  presenceSchema,
  type View,
  viewSchema,
} from "@/lib/protocol/presence";
import { MAX_COORDINATE, MAX_DRAFT_POINTS, MAX_STROKE_WIDTH, MIN_STROKE_WIDTH } from "./limits";
import { isStroke, type Mark, markKinds } from "./mark";
import { areStrokePoints, decodePoints, encodePoints, samplePoints } from "./pen-points";
import { cleanLabel, isColor } from "./schema";

/** Milliseconds between two presence messages of one kind: about 30 a second. */
export const PRESENCE_INTERVAL_MS = 33;
/** View clocks above this are not honest: nobody moves a view a billion times. */
const MAX_VIEW_CLOCK = 2 ** 40;

const near = (value: number) => Math.abs(value) <= MAX_COORDINATE;

/** Each field is parsed for itself: a broken draft does not hide its author's cursor. */
export function readPresence(state: unknown): Presence | null {
  if (typeof state !== "object" || state === null) return null;
  const fields = state as Readonly<Record<string, unknown>>;
  const base = presenceSchema.safeParse({ participantId: fields.participantId });
  if (!base.success) return null;
  const view = viewSchema.safeParse(fields.view);
  const beside = viewSchema.safeParse(fields.beside);
  const pointer = pointerSchema.safeParse(fields.pointer);
  const draft = draftSchema.safeParse(fields.draft);
  return {
    participantId: base.data.participantId,
    ...(view.success && isSaneView(view.data) ? { view: view.data } : {}),
    ...(beside.success && isSaneView(beside.data) ? { beside: beside.data } : {}),
    ...(pointer.success && near(pointer.data.x) && near(pointer.data.y) ? { pointer: pointer.data } : {}),
    ...(draft.success ? { draft: draft.data } : {}),
  };
}

function isSaneView(view: View): boolean {
  const { cx, cy, w, h, zoom, clock } = view;
  return (
    [cx, cy, w, h].every(near) &&
    zoom >= MIN_ZOOM &&
    zoom <= MAX_ZOOM &&
    clock >= 0 &&
    clock <= MAX_VIEW_CLOCK
  );
}

/** The view everybody who is together looks at: the highest clock; equal clocks are settled by the client's number. */
export function sharedView(views: Iterable<readonly [client: number, view: View]>): View | null {
  let best: readonly [number, View] | null = null;
  for (const entry of views) {
    const [client, view] = entry;
    if (!view.together) continue;
    if (!best || view.clock > best[1].clock || (view.clock === best[1].clock && client > best[0]))
      best = entry;
  }
  return best?.[1] ?? null;
}

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

function fromBase64(text: string): Uint8Array | null {
  if (text.length > MAX_DRAFT_POINTS * 8 + 8) return null;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** A mark in the making, thinned to what presence may carry. */
export function toDraft(mark: Mark): Draft {
  const { id, item, kind, color, width, x, y, w, h, text } = mark;
  const base = { id, item, kind, color, width, x, y, w, h };
  if (!mark.points) return text ? { ...base, text } : base;
  const points = samplePoints(decodePoints(mark.points, mark), MAX_DRAFT_POINTS);
  return { ...base, points: toBase64(encodePoints(points, mark)) };
}

/** The other way; null for a draft that could not be a mark. */
export function fromDraft(draft: Draft, author: string): Mark | null {
  const kind = markKinds.find((known) => known === draft.kind);
  const points = draft.points === undefined ? null : fromBase64(draft.points);
  const box = [draft.x, draft.y, draft.w, draft.h];
  if (!kind || !isColor(draft.color) || !box.every(near)) return null;
  if (kind !== "arrow" && (draft.w < 0 || draft.h < 0)) return null;
  if (draft.width < MIN_STROKE_WIDTH || draft.width > MAX_STROKE_WIDTH) return null;
  if (isStroke(kind) && !areStrokePoints(points)) return null;
  return {
    id: draft.id,
    item: draft.item,
    kind,
    author,
    color: draft.color,
    width: draft.width,
    x: draft.x,
    y: draft.y,
    w: draft.w,
    h: draft.h,
    points: isStroke(kind) && areStrokePoints(points) ? points : null,
    text: cleanLabel(draft.text ?? ""),
    number: 0,
    moment: null,
    createdAt: Number.MAX_SAFE_INTEGER,
  };
}

/** Milliseconds after which a laser's trail has faded. */
export const LASER_MS = 900;

export interface TrailPoint {
  readonly x: number;
  readonly y: number;
  /** Milliseconds of the reader's clock. */
  readonly at: number;
}

/** Adds where the laser is now and forgets what has faded. */
export function extendTrail(
  trail: readonly TrailPoint[],
  pointer: Pointer | null,
  now: number,
): TrailPoint[] {
  const kept = trail.filter((point) => now - point.at < LASER_MS);
  const last = kept.at(-1);
  if (pointer?.mode === "laser" && (last?.x !== pointer.x || last.y !== pointer.y)) {
    kept.push({ x: pointer.x, y: pointer.y, at: now });
  }
  return kept;
}
