/**
 * Settled marks as one bitmap of the view and a margin. A gesture only moves the bitmap; it is painted again when the
 * view rests, or in slices while a long gesture outruns it. A changed mark repaints its own area at once.
 */
import { overlaps, paintedBox, union } from "@/lib/panel/geometry";
import type { Box, Mark } from "@/lib/panel/mark";
import { paintMark } from "./paint-on-canvas";

/** How the plane lies on the stage: CSS pixels = picture pixels * scale + (x, y). */
export interface Placement {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly density: number;
}

export interface SettledSource {
  readonly marks: readonly Mark[];
  readonly pins: ReadonlyMap<string, number>;
  /** Marks that are live nodes now. */
  readonly hidden: ReadonlySet<string>;
}

export interface SettledLayer {
  /** Moves what is painted; cheap, once a frame. @param moving true while a gesture or animation lasts. */
  place(placement: Placement, moving: boolean): void;
  /** Paints areas again, now. */
  repaint(areas: readonly Box[]): void;
  /** Everything changed: another item, another document. */
  reset(): void;
  close(): void;
}

/** Share of the view's width and height painted beyond each edge. */
const MARGIN = 0.25;
/** Device pixels of one bitmap: two of them stay under 130 MB. */
const MAX_BITMAP_PIXELS = 16_000_000;
/**
 * Marks painted a frame. Browsers record canvas calls and paint them at the frame's end, so a clock around our calls
 * sees little: while the picture moves, the number follows the frames' lengths instead.
 */
const RESTING_SLICE_MARKS = 400;
const FIRST_MOVING_SLICE_MARKS = 32;
const LEAST_SLICE_MARKS = 8;
const MOST_SLICE_MARKS = 128;
/** Milliseconds of a frame above which a slice was too much. */
const LONG_FRAME_MS = 19;
/** A moving bitmap is painted again when it is magnified or shrunk past this. */
const MAX_STRETCH = 2.5;

interface Bitmap {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  /** Where and how it was painted; null while empty. */
  painted: Coverage | null;
  /** No mark lies there: no pixels are held, and nothing is drawn over the picture in each frame. */
  isBare: boolean;
}

interface Coverage {
  readonly scale: number;
  readonly density: number;
  /** Picture pixels. */
  readonly box: Box;
}

export function openSettledLayer(host: HTMLElement, source: () => SettledSource): SettledLayer {
  let front = createBitmap(host);
  let back = createBitmap(host);
  let latest: Placement | null = null;
  let moving = false;
  let job: { readonly queue: readonly Mark[]; next: number; readonly coverage: Coverage } | null = null;
  let frame = 0;
  let lastFrame = 0;
  let movingSlice = FIRST_MOVING_SLICE_MARKS;

  function schedule(): void {
    if (frame === 0) frame = requestAnimationFrame(step);
  }

  function step(now: number): void {
    frame = 0;
    if (!latest) return;
    if (moving && job) adapt(now - lastFrame);
    lastFrame = now;
    if (!job && !isGood(front.painted, latest, moving)) startJob(latest);
    if (job) runSlice(moving ? movingSlice : RESTING_SLICE_MARKS);
    if (job) schedule();
  }

  function adapt(frameMs: number): void {
    const next = frameMs > LONG_FRAME_MS ? movingSlice / 2 : movingSlice + 4;
    movingSlice = Math.round(Math.min(MOST_SLICE_MARKS, Math.max(LEAST_SLICE_MARKS, next)));
  }

  function startJob(placement: Placement): void {
    const coverage = coverageFor(placement);
    const { marks, hidden } = source();
    const queue = marks.filter((mark) => !hidden.has(mark.id) && overlaps(paintedBox(mark), coverage.box));
    if (queue.length > 0) prepare(back, coverage);
    else bare(back);
    job = { queue, next: 0, coverage };
  }

  function runSlice(count: number): void {
    if (!job) return;
    const { queue, coverage } = job;
    const { pins } = source();
    const pixel = 1 / coverage.scale;
    const end = Math.min(queue.length, job.next + count);
    while (job.next < end) {
      const mark = queue[job.next++];
      if (mark) paintMark(back.context, mark, pixel, pins.get(mark.id));
    }
    if (job.next < queue.length) return;
    job = null;
    back.painted = coverage;
    [front, back] = [back, front];
    if (latest) transform(front, latest);
    if (front.isBare) bare(back);
    else front.canvas.style.visibility = "visible";
    back.canvas.style.visibility = "hidden";
    if (latest && !isGood(front.painted, latest, moving)) schedule();
  }

  return {
    place(placement, isMoving) {
      latest = placement;
      moving = isMoving;
      transform(front, placement);
      if (job && !isMoving && !isGood(job.coverage, placement, false)) job = null;
      if (job) return schedule();
      if (isGood(front.painted, placement, isMoving)) return;
      // Few marks are painted in this very frame; many continue in slices.
      startJob(placement);
      runSlice(isMoving ? movingSlice : RESTING_SLICE_MARKS);
      if (job) schedule();
    },
    repaint(areas) {
      const first = areas[0];
      if (job) {
        job = null;
        schedule();
      }
      if (!front.painted || !first) return schedule();
      if (!front.isBare) return patch(front, areas.slice(1).reduce(union, first), source());
      // The first marks of all: few, and seen in this very frame.
      front.painted = null;
      if (!latest) return;
      startJob(latest);
      runSlice(RESTING_SLICE_MARKS);
      if (job) schedule();
    },
    reset() {
      front.painted = null;
      job = null;
      bare(front);
      schedule();
    },
    close() {
      cancelAnimationFrame(frame);
      front.canvas.remove();
      back.canvas.remove();
    },
  };
}

function createBitmap(host: HTMLElement): Bitmap {
  const canvas = host.ownerDocument.createElement("canvas");
  canvas.style.cssText = "position:absolute;left:0;top:0;transform-origin:0 0;will-change:transform";
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser gives no 2D canvas");
  host.append(canvas);
  const bitmap = { canvas, context, painted: null, isBare: true };
  bare(bitmap);
  return bitmap;
}

function bare(bitmap: Bitmap): void {
  const { canvas } = bitmap;
  if (canvas.width !== 1) canvas.width = canvas.height = 1;
  canvas.style.visibility = "hidden";
  bitmap.isBare = true;
}

function coverageFor(placement: Placement): Coverage {
  const { scale, x, y, width, height, density } = placement;
  const roomy = width * height * density * density * (1 + 2 * MARGIN) ** 2 <= MAX_BITMAP_PIXELS;
  const margin = roomy ? MARGIN : MARGIN / 4;
  // Whole pixels, so that the resting bitmap lies on the screen's pixel grid.
  const left = Math.round(margin * width);
  const top = Math.round(margin * height);
  const w = width + 2 * left;
  const h = height + 2 * top;
  return {
    scale,
    density: Math.min(density, Math.sqrt(MAX_BITMAP_PIXELS / (w * h))),
    box: { x: (-left - x) / scale, y: (-top - y) / scale, w: w / scale, h: h / scale },
  };
}

function prepare(bitmap: Bitmap, coverage: Coverage): void {
  const { scale, density, box } = coverage;
  const width = Math.max(1, Math.round(box.w * scale * density));
  const height = Math.max(1, Math.round(box.h * scale * density));
  const { canvas, context } = bitmap;
  bitmap.isBare = false;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${width / density}px`;
    canvas.style.height = `${height / density}px`;
  } else {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
  }
  toPicturePixels(context, coverage);
}

function toPicturePixels(context: CanvasRenderingContext2D, { scale, density, box }: Coverage): void {
  const k = scale * density;
  context.setTransform(k, 0, 0, k, -box.x * k, -box.y * k);
}

function transform({ canvas, painted, isBare }: Bitmap, placement: Placement): void {
  if (!painted || isBare) return;
  const k = placement.scale / painted.scale;
  const x = placement.x + painted.box.x * placement.scale;
  const y = placement.y + painted.box.y * placement.scale;
  canvas.style.transform = `matrix(${k},0,0,${k},${x},${y})`;
}

/** Whether what was painted still does for this placement. */
function isGood(painted: Coverage | null, placement: Placement, moving: boolean): boolean {
  if (!painted) return false;
  const stretch = placement.scale / painted.scale;
  if (moving ? stretch > MAX_STRETCH : Math.abs(stretch - 1) > 1e-4) return false;
  const left = -placement.x / placement.scale;
  const top = -placement.y / placement.scale;
  const right = left + placement.width / placement.scale;
  const bottom = top + placement.height / placement.scale;
  const { x, y, w, h } = painted.box;
  const slack = 2 / painted.scale;
  return x <= left + slack && y <= top + slack && x + w >= right - slack && y + h >= bottom - slack;
}

function patch(bitmap: Bitmap, area: Box, { marks, pins, hidden }: SettledSource): void {
  const { context, painted } = bitmap;
  if (!painted || !overlaps(area, painted.box)) return;
  const pixel = 1 / painted.scale;
  // Halo and anti-aliasing reach past the box by a few device pixels.
  const reach = 4 * pixel;
  const box = { x: area.x - reach, y: area.y - reach, w: area.w + 2 * reach, h: area.h + 2 * reach };
  context.save();
  toPicturePixels(context, painted);
  context.beginPath();
  context.rect(box.x, box.y, box.w, box.h);
  context.clip();
  context.clearRect(box.x, box.y, box.w, box.h);
  for (const mark of marks) {
    if (!hidden.has(mark.id) && overlaps(paintedBox(mark), box))
      paintMark(context, mark, pixel, pins.get(mark.id));
  }
  context.restore();
}
