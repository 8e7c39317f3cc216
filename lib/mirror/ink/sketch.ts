/**
 * A mark while the hand draws it. It counts from where the hand began, wherever the page has scrolled that meanwhile, and
 * stands in what it is about: an arrow at its tip, an ellipse at its middle, a stroke where it begins.
 */
import type { MirrorMark } from "@/lib/protocol/mirror";
import { MAX_PAGE_MARK_POINTS, type PageMarkKind } from "@/lib/protocol/page-marks";

/** What a mark stands on; `width` as in the wire's mark. */
type Stand = Pick<MirrorMark, "epoch" | "node" | "fx" | "fy" | "width">;

/** CSS pixels of the page's viewport. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Ground {
  /** What is there in the page; null: nothing that both sides know. */
  standAt(at: Spot): Stand | null;
  /** Where that is by now; null: it is gone. */
  spotOf(stand: Stand): Spot | null;
}

export interface Sketch {
  add(at: Spot): void;
  /** Null while it is too small to be meant. */
  mark(done: boolean): MirrorMark | null;
}

/** CSS pixels between two points of a stroke, and of a mark that is no slip of the hand. */
const STEP = 3;
const LEAST = 8;

/** Null where no mark can stand. */
export function openSketch(id: string, kind: PageMarkKind, at: Spot, ground: Ground): Sketch | null {
  const start = ground.standAt(at);
  const began = start && fromStart(start, at);
  if (start === null || began === null) return null;
  const isStroke = kind === "pen" || kind === "highlighter";
  let points: Offset[] = [began];
  let last: Offset = began;

  /** From where the start stands by now: a place outside its element's box is told as the nearest one in it. */
  function fromStart(stand: Stand, { x, y }: Spot): Offset | null {
    const origin = ground.spotOf(stand);
    return origin && [Math.round(x - origin.x), Math.round(y - origin.y)];
  }
  /** What it stands in, and where that is from the start; null: in its start. */
  function about(of: Stand, first: Offset): { readonly stand: Stand; readonly from: Offset } | null {
    const origin = isStroke ? null : ground.spotOf(of);
    if (origin === null) return null;
    const share = kind === "arrow" ? 1 : 0.5;
    const x = first[0] + (last[0] - first[0]) * share;
    const y = first[1] + (last[1] - first[1]) * share;
    const stand = ground.standAt({ x: origin.x + x, y: origin.y + y });
    const spot = stand && ground.spotOf(stand);
    return spot && { stand, from: [Math.round(spot.x - origin.x), Math.round(spot.y - origin.y)] };
  }

  return {
    add(spot) {
      const next = fromStart(start, spot);
      if (next === null) return;
      last = next;
      if (!isStroke || distance(next, points.at(-1) ?? began) < STEP) return;
      points.push(next);
      // Every second one goes: a long stroke gets coarser, not shorter.
      if (points.length >= MAX_PAGE_MARK_POINTS) points = points.filter((_, index) => index % 2 === 0);
    },
    mark(done) {
      const drawn = isStroke && points.length > 1 ? points : [began, last];
      if (!drawn.some((point) => distance(point, began) >= LEAST)) return null;
      const { stand, from } = about(start, began) ?? { stand: start, from: [0, 0] as const };
      const told = drawn.map(([x, y]): [number, number] => [x - from[0], y - from[1]]);
      return { as: "mark", id, kind, done, ...stand, points: told };
    },
  };
}

type Offset = readonly [x: number, y: number];

const distance = (a: Offset, b: Offset) => Math.hypot(a[0] - b[0], a[1] - b[1]);
