/** Selecting a mark, moving, resizing and deleting it. Shown live, written once at the end. */
import { changeMarks, type MarkChange, removeMarks } from "@/lib/panel/commands";
import { markAt } from "@/lib/panel/geometry";
import { type HandleName, handleAt, resize } from "@/lib/panel/handles";
import type { Mark, Point } from "@/lib/panel/mark";
import { toDraft } from "@/lib/panel/presence";
import { keepNear } from "@/lib/panel/writable";
import type { MarkId } from "@/lib/protocol/ids";
import { nothingLive, type PaneState } from "./pane-state";
import type { PanelContext } from "./panel-context";

export interface Selecting {
  selected(): Mark | null;
  select(id: MarkId | null): void;
  /** The topmost mark under a point. */
  at(point: Point, tolerance: number): Mark | null;
  /** Starts pulling a handle of the selected mark, or moving it. False when the point is on neither. */
  grab(point: Point, tolerance: number): boolean;
  drag(point: Point, least: number): void;
  drop(): void;
  cancel(): void;
  nudge(dx: number, dy: number): void;
  remove(): void;
  change(change: MarkChange): void;
  /** Selects the next or previous mark in painting order. @returns it */
  step(by: 1 | -1): Mark | null;
}

export function createSelecting(
  context: PanelContext,
  pane: PaneState,
  all: () => readonly Mark[],
  momentToDraw: () => number | null,
): Selecting {
  let grip: { readonly mark: Mark; readonly from: Point; readonly handle: HandleName | null } | null = null;

  const selected = () => pane.live.get().selected;

  function show(mark: Mark | null): void {
    pane.live.set(mark ? { ...nothingLive, selected: mark } : nothingLive);
  }

  function write(mark: Mark, change: MarkChange): void {
    const item = pane.item.get();
    if (!context.mayChange(mark) || !item) return;
    const { doc, origin } = context.binding.get();
    changeMarks(doc, origin, new Map([[mark.id, keepNear(change, item)]]));
  }

  function select(id: MarkId | null): void {
    show(id === null ? null : (context.binding.get().marks.get(id) ?? null));
  }

  return {
    selected,
    select,
    at: (point, tolerance) => markAt(all(), point, tolerance),
    grab(point, tolerance) {
      const mark = selected();
      if (!mark || !context.mayChange(mark)) return false;
      const handle = handleAt(mark, point, tolerance);
      if (handle === null && markAt([mark], point, tolerance) === null) return false;
      grip = { mark, from: point, handle };
      // It would pass by in the hand.
      momentToDraw();
      return true;
    },
    drag(point, least) {
      if (!grip) return;
      const { mark, from, handle } = grip;
      const box = handle
        ? resize(mark, handle, point, least)
        : { x: mark.x + point.x - from.x, y: mark.y + point.y - from.y };
      const moved = { ...mark, ...box };
      show(moved);
      context.peers.get().tellDraft(() => toDraft(moved));
    },
    drop() {
      const mark = selected();
      if (grip && mark && mark !== grip.mark) {
        const { x, y, w, h } = mark;
        write(mark, { x, y, w, h });
      }
      grip = null;
      context.peers.get().tellDraft(null);
    },
    cancel() {
      if (grip) show(grip.mark);
      grip = null;
      context.peers.get().tellDraft(null);
    },
    nudge(dx, dy) {
      const mark = selected();
      if (mark) write(mark, { x: mark.x + dx, y: mark.y + dy });
    },
    remove() {
      const mark = selected();
      if (!mark || !context.mayChange(mark)) return;
      const { doc, origin } = context.binding.get();
      show(null);
      removeMarks(doc, origin, [mark.id]);
    },
    change(change) {
      const mark = selected();
      if (mark) write(mark, change);
    },
    step(by) {
      const marks = all();
      const current = selected();
      const index = current ? marks.findIndex((mark) => mark.id === current.id) : by === 1 ? -1 : 0;
      const next = marks.length === 0 ? null : (marks[(index + by + marks.length) % marks.length] ?? null);
      select(next?.id ?? null);
      return next;
    },
  };
}
