/** The hand that draws over a page, by mouse, pen or finger: takes presses on its surface, and tells marks as they grow. */
import type { MirrorMark } from "@/lib/protocol/mirror";
import type { PageMarkKind } from "@/lib/protocol/page-marks";
import { type Ground, openSketch, type Sketch, type Spot } from "./sketch";

export interface PenOptions {
  readonly surface: HTMLElement;
  /** Null while it rests. */
  readonly kind: () => PageMarkKind | null;
  readonly ground: Ground;
  readonly spotOf: (event: PointerEvent) => Spot;
  /** With every movement: what she draws herself is seen at once. */
  readonly onDrawn: (mark: MirrorMark) => void;
  /** Now and then while it grows, and once when it is done. */
  readonly onTold: (mark: MirrorMark) => void;
}

/** Milliseconds between two steps of a mark that are told: twelve a second. */
const TELL_MS = 80;

/** @returns stop */
export function openPen({ surface, kind, ground, spotOf, onDrawn, onTold }: PenOptions): () => void {
  let sketch: Sketch | null = null;
  let pointer = -1;
  let toldAt = 0;
  let count = 0;

  const tell = (isDone: boolean) => {
    const mark = sketch?.mark(isDone) ?? null;
    if (mark === null) return;
    onDrawn(mark);
    const now = performance.now();
    if (!isDone && now - toldAt < TELL_MS) return;
    toldAt = now;
    onTold(mark);
  };
  const onDown = (event: PointerEvent) => {
    const drawn = kind();
    // A script of the page may send presses; none of them is a hand's.
    if (!event.isTrusted || event.button !== 0 || drawn === null || sketch !== null) return;
    sketch = openSketch(`${Date.now().toString(36)}-${++count}`, drawn, spotOf(event), ground);
    if (sketch === null) return;
    pointer = event.pointerId;
    surface.setPointerCapture(pointer);
  };
  const onMove = (event: PointerEvent) => {
    if (!event.isTrusted || event.pointerId !== pointer) return;
    sketch?.add(spotOf(event));
    tell(false);
  };
  const onUp = (event: PointerEvent) => {
    if (!event.isTrusted || event.pointerId !== pointer) return;
    tell(true);
    sketch = null;
    pointer = -1;
  };
  surface.addEventListener("pointerdown", onDown);
  surface.addEventListener("pointermove", onMove);
  surface.addEventListener("pointerup", onUp);
  surface.addEventListener("pointercancel", onUp);
  return () => {
    surface.removeEventListener("pointerdown", onDown);
    surface.removeEventListener("pointermove", onMove);
    surface.removeEventListener("pointerup", onUp);
    surface.removeEventListener("pointercancel", onUp);
  };
}
