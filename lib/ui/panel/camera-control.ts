/** Moves the camera: gestures, throws, glides and following another's view. Knows when it rests. Pure rules are in lib/panel/view. */
import type { Point } from "@/lib/panel/mark";
import {
  between,
  type Camera,
  cameraWith,
  clampCamera,
  clampZoom,
  glide,
  panBy,
  type Size,
  sameCamera,
  toPicture,
  type Viewport,
  zoomAt,
} from "@/lib/panel/view";
import { type Cell, cell } from "./cell";

export interface CameraControl {
  readonly camera: Cell<Camera>;
  readonly viewport: Cell<Viewport>;
  /** True from the first change until the view has rested. */
  readonly moving: Cell<boolean>;
  /** The picture looked at; null while nothing is shown. */
  readonly picture: Cell<Size | null>;
  panBy(dx: number, dy: number): void;
  /** At once, for pinches. */
  set(camera: Camera): void;
  /** Eased, for wheels, buttons and double taps. */
  zoomBy(at: Point, factor: number): void;
  throwWith(velocity: Point): void;
  glideTo(camera: Camera): void;
  /** Stops a throw or glide, as a finger on a spinning globe does. */
  stop(): void;
  /** Somebody else's view: smoothed, and not reported as our own move. */
  follow(camera: Camera, atOnce: boolean): void;
  /** The stage has another size: stays where it is, or is at once where it was being led to. */
  refit(): void;
  /** As an input here: another pane's, that moves this one along. */
  take(): void;
  /** Moved along by another pane: our own move, without an input of its own. */
  carry(camera: Camera): void;
  /** Exactly there, past the bounds that hold elsewhere: this picture lies over another. */
  lay(camera: Camera): void;
  /** Before each of our own inputs, so that what we set going is ours from its first frame. @returns unsubscribe */
  onTaken(listener: () => void): () => void;
  /** Each change that comes of our own inputs. @returns unsubscribe */
  onMoved(listener: () => void): () => void;
  close(): void;
}

/** Milliseconds without a change after which the view rests. */
const REST_MS = 130;
const GLIDE_MS = 180;
/** Share of the way that an eased zoom and a followed view go each 16 ms. */
const EASE = 0.32;
const FRAME_MS = 16;

type Motion =
  | { readonly kind: "throw"; velocity: Point }
  | { readonly kind: "zoom"; readonly at: Point; readonly anchor: Point; readonly goal: number }
  | { readonly kind: "glide"; readonly from: Camera; readonly to: Camera; readonly since: number }
  | { readonly kind: "follow"; readonly to: Camera };

const emptyViewport: Viewport = { width: 1, height: 1, inset: { top: 0, right: 0, bottom: 0, left: 0 } };

/** @param calm true when the reader asked for reduced motion: everything is at once. */
export function createCameraControl(calm: () => boolean): CameraControl {
  const camera = cell<Camera>({ cx: 0, cy: 0, zoom: 1 });
  const viewport = cell<Viewport>(emptyViewport);
  const moving = cell(false);
  const picture = cell<Size | null>(null);
  const takers = new Set<() => void>();
  const movers = new Set<() => void>();
  let motion: Motion | null = null;
  let frame = 0;
  let lastFrame = 0;
  let restTimer: ReturnType<typeof setTimeout> | undefined;

  function change(next: Camera, own: boolean): void {
    const size = picture.get();
    if (!size) return;
    if (put(clampCamera(next, size, viewport.get())) && own) for (const listener of [...movers]) listener();
  }

  /** @returns false when it is there already */
  function put(next: Camera): boolean {
    if (sameCamera(next, camera.get())) return false;
    moving.set(true);
    clearTimeout(restTimer);
    restTimer = setTimeout(() => moving.set(false), REST_MS);
    camera.set(next);
    return true;
  }

  function take(): void {
    for (const listener of [...takers]) listener();
  }

  function start(next: Motion): void {
    motion = next;
    if (frame !== 0) return;
    lastFrame = performance.now();
    frame = requestAnimationFrame(step);
  }

  function step(now: number): void {
    frame = 0;
    const elapsed = Math.min(64, Math.max(1, now - lastFrame));
    lastFrame = now;
    const size = picture.get();
    if (!motion || !size) return;
    if (!advance(motion, size, elapsed, now)) motion = null;
    if (motion) frame = requestAnimationFrame(step);
  }

  /** The zoom that the eye is being led to: a press in the middle of an eased zoom counts from its goal. */
  function zoomAhead(): number {
    if (motion?.kind === "zoom") return motion.goal;
    return motion?.kind === "follow" ? motion.to.zoom : camera.get().zoom;
  }

  /** @returns false when it has arrived. */
  function advance(current: Motion, size: Size, elapsed: number, now: number): boolean {
    const share = 1 - (1 - EASE) ** (elapsed / FRAME_MS);
    const here = camera.get();
    switch (current.kind) {
      case "throw": {
        const moved = glide(current.velocity, elapsed);
        if (!moved) return false;
        current.velocity = moved.velocity;
        const next = panBy(here, moved.move.x, moved.move.y, size, viewport.get());
        if (sameCamera(next, here)) return false;
        change(next, true);
        return true;
      }
      case "zoom": {
        const left = Math.log(current.goal / here.zoom);
        const arrived = Math.abs(left) < 0.002;
        const zoom = arrived ? current.goal : here.zoom * Math.exp(left * share);
        change(cameraWith(current.anchor, current.at, zoom, size, viewport.get()), true);
        return !arrived;
      }
      case "glide": {
        const t = Math.min(1, (now - current.since) / GLIDE_MS);
        change(between(current.from, current.to, t), true);
        return t < 1;
      }
      case "follow": {
        const arrived = sameCamera(here, current.to);
        const next = {
          zoom: here.zoom * (current.to.zoom / here.zoom) ** share,
          cx: here.cx + (current.to.cx - here.cx) * share,
          cy: here.cy + (current.to.cy - here.cy) * share,
        };
        const near = Math.abs(next.zoom / current.to.zoom - 1) < 0.002;
        change(near && isWithinPixel(next, current.to, size, viewport.get()) ? current.to : next, false);
        return !arrived;
      }
    }
  }

  return {
    camera,
    viewport,
    moving,
    picture,
    panBy(dx, dy) {
      motion = null;
      take();
      const size = picture.get();
      if (size) change(panBy(camera.get(), dx, dy, size, viewport.get()), true);
    },
    set(next) {
      motion = null;
      take();
      change(next, true);
    },
    zoomBy(at, factor) {
      const size = picture.get();
      if (!size) return;
      take();
      if (calm()) return change(zoomAt(camera.get(), at, factor, size, viewport.get()), true);
      const from = zoomAhead();
      const anchor = toPicture(at, camera.get(), size, viewport.get());
      start({ kind: "zoom", at, anchor, goal: clampZoom(from * factor) });
    },
    throwWith(velocity) {
      if (calm()) return;
      take();
      start({ kind: "throw", velocity });
    },
    glideTo(to) {
      const size = picture.get();
      if (!size) return;
      take();
      const goal = clampCamera(to, size, viewport.get());
      if (calm()) change(goal, true);
      else start({ kind: "glide", from: camera.get(), to: goal, since: performance.now() });
    },
    stop() {
      motion = null;
    },
    follow(to, atOnce) {
      const size = picture.get();
      if (!size) return;
      const goal = clampCamera(to, size, viewport.get());
      if (!atOnce && !calm()) return start({ kind: "follow", to: goal });
      motion = null;
      change(goal, false);
    },
    refit() {
      const size = picture.get();
      if (!size) return;
      // Whoever led us there will not say so again.
      const goal = motion?.kind === "follow" ? motion.to : camera.get();
      motion = null;
      change(clampCamera(goal, size, viewport.get()), false);
    },
    take,
    carry(next) {
      motion = null;
      change(next, true);
    },
    lay(next) {
      motion = null;
      put(next);
    },
    onTaken(listener) {
      takers.add(listener);
      return () => void takers.delete(listener);
    },
    onMoved(listener) {
      movers.add(listener);
      return () => void movers.delete(listener);
    },
    close() {
      cancelAnimationFrame(frame);
      clearTimeout(restTimer);
      takers.clear();
      movers.clear();
    },
  };
}

function isWithinPixel(a: Camera, b: Camera, size: Size, viewport: Viewport): boolean {
  const at = { x: 0, y: 0 };
  const p = toPicture(at, a, size, viewport);
  const q = toPicture(at, b, size, viewport);
  const reach =
    (0.5 * (Math.max(size.width, size.height) / Math.max(viewport.width, viewport.height))) / b.zoom;
  return Math.abs(p.x - q.x) < reach && Math.abs(p.y - q.y) < reach;
}
