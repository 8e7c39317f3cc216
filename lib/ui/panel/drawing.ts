/** From pointer or keyboard to a mark: begin, move, end. The draft is live for us and presence for the others. */
import { addMark, nextPinNumber, removeMarks } from "@/lib/panel/commands";
import { boxBetween, markAt } from "@/lib/panel/geometry";
import { PIN_WIDTHS } from "@/lib/panel/label";
import { MAX_STROKE_POINTS } from "@/lib/panel/limits";
import { isStroke, type Mark, type MarkKind, type Point } from "@/lib/panel/mark";
import { strokeWidth } from "@/lib/panel/palette";
import { boxOfPoints, encodePoints, type StrokePoint, thinPoints } from "@/lib/panel/pen-points";
import { toDraft } from "@/lib/panel/presence";
import { newMarkId } from "@/lib/panel/schema";
import { scaleOf } from "@/lib/panel/view";
import type { MarkId } from "@/lib/protocol/ids";
import { nothingLive, type PaneState } from "./pane-state";
import type { PanelContext } from "./panel-context";
import { kindOf } from "./tools";

export interface Drawing {
  /** @param pressure 0..1 */
  begin(at: Point, pressure: number): void;
  /** @param even squares and circles; arrows in steps of 15 degrees. */
  move(at: Point, pressure: number, even: boolean): void;
  /** Writes the mark. False when it was too small to be meant. */
  end(): boolean;
  cancel(): void;
  placePin(at: Point): void;
  eraseAt(at: Point, tolerance: number): void;
  endErasing(): void;
  isDrawing(): boolean;
}

/** CSS pixels below which a box or arrow is a slip of the finger. */
const LEAST_PX = 4;
/** CSS pixels by which thinning may move a stroke. */
const THIN_PX = 0.35;
const ANGLE_STEP = Math.PI / 12;

/** @param momentToDraw pauses a video; the moment that a mark drawn now belongs to. */
export function createDrawing(
  context: PanelContext,
  pane: PaneState,
  marks: () => readonly Mark[],
  momentToDraw: () => number | null,
): Drawing {
  let start: Point | null = null;
  let points: StrokePoint[] = [];
  let id: MarkId | null = null;

  const scale = () => {
    const picture = pane.camera.picture.get();
    return picture ? scaleOf(pane.camera.camera.get(), picture, pane.camera.viewport.get()) : 1;
  };

  function base(kind: MarkKind, markId: MarkId): Mark | null {
    const item = pane.item.get();
    const you = context.you();
    if (!item || you === null) return null;
    const { color, width } = context.style.get();
    return {
      id: markId,
      item: item.id,
      kind,
      author: you,
      color,
      width: strokeWidth(width, Math.max(item.width, item.height), pane.camera.camera.get().zoom),
      x: 0,
      y: 0,
      w: 0,
      h: 0,
      points: null,
      text: "",
      number: 0,
      moment: momentToDraw(),
      createdAt: Date.now(),
    };
  }

  function show(mark: Mark): void {
    pane.live.set({ ...nothingLive, draft: mark });
    context.peers.get().tellDraft(() => toDraft(mark));
  }

  function clear(): void {
    start = null;
    points = [];
    id = null;
    pane.live.set(nothingLive);
    context.peers.get().tellDraft(null);
  }

  function stroke(mark: Mark, of: readonly StrokePoint[]): Mark {
    const box = boxOfPoints(of);
    return { ...mark, ...box, points: encodePoints(of, box) };
  }

  function shape(mark: Mark, from: Point, to: Point, even: boolean): Mark {
    if (mark.kind === "arrow") {
      const end = even ? steppedAngle(from, to) : to;
      return { ...mark, x: from.x, y: from.y, w: end.x - from.x, h: end.y - from.y };
    }
    return { ...mark, ...boxBetween(from, even ? squared(from, to) : to) };
  }

  return {
    begin(at, pressure) {
      const kind = kindOf(context.tool.get());
      if (!kind || !context.canDraw()) return;
      id = newMarkId((bytes) => crypto.getRandomValues(bytes));
      start = at;
      const mark = base(kind, id);
      if (!mark) return;
      points = [{ ...at, pressure }];
      show(isStroke(kind) ? stroke(mark, points) : { ...mark, x: at.x, y: at.y });
    },
    move(at, pressure, even) {
      const draft = pane.live.get().draft;
      if (!draft || !start) return;
      if (!isStroke(draft.kind)) return show(shape(draft, start, at, even));
      points.push({ ...at, pressure });
      // A very long stroke is thinned as it grows, so that it never outgrows its limit.
      if (points.length >= MAX_STROKE_POINTS) points = thinPoints(points, (2 * THIN_PX) / scale());
      show(stroke(draft, points));
    },
    end() {
      const draft = pane.live.get().draft;
      if (!draft) return false;
      const meant = isStroke(draft.kind) || Math.hypot(draft.w, draft.h) * scale() >= LEAST_PX;
      if (meant && context.canDraw()) {
        const mark = isStroke(draft.kind) ? stroke(draft, thinPoints(points, THIN_PX / scale())) : draft;
        const { doc, origin } = context.binding.get();
        addMark(doc, origin, { ...mark, createdAt: Date.now() });
      }
      clear();
      return meant;
    },
    cancel: clear,
    placePin(at) {
      const mark = context.canDraw()
        ? base(
            "pin",
            newMarkId((bytes) => crypto.getRandomValues(bytes)),
          )
        : null;
      if (!mark) return;
      const side = mark.width * PIN_WIDTHS;
      const { doc, origin } = context.binding.get();
      const number = nextPinNumber(doc, mark.item);
      addMark(doc, origin, { ...mark, x: at.x - side / 2, y: at.y - side / 2, w: side, h: side, number });
    },
    eraseAt(at, tolerance) {
      if (!context.canDraw()) return;
      momentToDraw();
      const { erased } = pane.live.get();
      const found = markAt(
        marks().filter((mark) => !erased.has(mark.id) && context.mayChange(mark)),
        at,
        tolerance,
      );
      if (found) pane.live.set({ ...nothingLive, erased: new Set([...erased, found.id]) });
    },
    endErasing() {
      const { erased } = pane.live.get();
      const { doc, origin } = context.binding.get();
      if (erased.size > 0 && context.canDraw()) removeMarks(doc, origin, erased);
      pane.live.set(nothingLive);
    },
    isDrawing: () => pane.live.get().draft !== null,
  };
}

function squared(from: Point, to: Point): Point {
  const side = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  return {
    x: from.x + Math.sign(to.x - from.x || 1) * side,
    y: from.y + Math.sign(to.y - from.y || 1) * side,
  };
}

function steppedAngle(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / ANGLE_STEP) * ANGLE_STEP;
  return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
}
