/**
 * The camera, as pure functions. A camera is a centre in picture pixels and a zoom, where zoom 1 shows the whole
 * picture; a viewport is CSS pixels of the stage with insets that chrome covers. So one camera means the same detail on
 * every screen.
 */
import { MAX_ZOOM, MIN_ZOOM } from "@/lib/protocol/limits";
import type { Box, Point } from "./mark";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Viewport extends Size {
  /** CSS pixels at each edge that the fitted picture leaves free. */
  readonly inset: {
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly left: number;
  };
}

export interface Camera {
  readonly cx: number;
  readonly cy: number;
  readonly zoom: number;
}

export const clampZoom = (zoom: number): number => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));

/** The whole picture, centred. */
export function fitCamera(picture: Size): Camera {
  return { cx: picture.width / 2, cy: picture.height / 2, zoom: MIN_ZOOM };
}

/** CSS pixels per picture pixel at zoom 1. */
export function fitScale(picture: Size, viewport: Viewport): number {
  const { inset } = viewport;
  const width = Math.max(16, viewport.width - inset.left - inset.right);
  const height = Math.max(16, viewport.height - inset.top - inset.bottom);
  return Math.min(width / picture.width, height / picture.height);
}

export function scaleOf(camera: Camera, picture: Size, viewport: Viewport): number {
  return fitScale(picture, viewport) * camera.zoom;
}

/** Where the camera's centre lies on the stage, CSS pixels. */
export function focus(viewport: Viewport): Point {
  const { inset } = viewport;
  return {
    x: inset.left + (viewport.width - inset.left - inset.right) / 2,
    y: inset.top + (viewport.height - inset.top - inset.bottom) / 2,
  };
}

export function toScreen(point: Point, camera: Camera, picture: Size, viewport: Viewport): Point {
  const scale = scaleOf(camera, picture, viewport);
  const centre = focus(viewport);
  return { x: centre.x + (point.x - camera.cx) * scale, y: centre.y + (point.y - camera.cy) * scale };
}

export function toPicture(point: Point, camera: Camera, picture: Size, viewport: Viewport): Point {
  const scale = scaleOf(camera, picture, viewport);
  const centre = focus(viewport);
  return { x: camera.cx + (point.x - centre.x) / scale, y: camera.cy + (point.y - centre.y) / scale };
}

/** The part of the plane that the stage shows, in picture pixels; may reach beyond the picture. */
export function visibleBox(camera: Camera, picture: Size, viewport: Viewport): Box {
  const corner = toPicture({ x: 0, y: 0 }, camera, picture, viewport);
  const scale = scaleOf(camera, picture, viewport);
  return { x: corner.x, y: corner.y, w: viewport.width / scale, h: viewport.height / scale };
}

/** Keeps the picture in sight: centred along an axis where it fits, its edges never past the free area otherwise. */
export function clampCamera(camera: Camera, picture: Size, viewport: Viewport): Camera {
  const zoom = clampZoom(camera.zoom);
  const scale = fitScale(picture, viewport) * zoom;
  const { inset } = viewport;
  return {
    zoom,
    cx: clampCentre(camera.cx, picture.width, (viewport.width - inset.left - inset.right) / scale),
    cy: clampCentre(camera.cy, picture.height, (viewport.height - inset.top - inset.bottom) / scale),
  };
}

function clampCentre(centre: number, length: number, visible: number): number {
  if (visible >= length) return length / 2;
  return Math.min(length - visible / 2, Math.max(visible / 2, centre));
}

/** The camera under which `anchor` (picture pixels) lies at `at` (stage, CSS pixels). */
export function cameraWith(
  anchor: Point,
  at: Point,
  zoom: number,
  picture: Size,
  viewport: Viewport,
): Camera {
  const scale = fitScale(picture, viewport) * zoom;
  const centre = focus(viewport);
  return { zoom, cx: anchor.x - (at.x - centre.x) / scale, cy: anchor.y - (at.y - centre.y) / scale };
}

/** Zooms so that the picture's point under `at` stays there. */
export function zoomAt(camera: Camera, at: Point, factor: number, picture: Size, viewport: Viewport): Camera {
  const anchor = toPicture(at, camera, picture, viewport);
  const zoom = clampZoom(camera.zoom * factor);
  return clampCamera(cameraWith(anchor, at, zoom, picture, viewport), picture, viewport);
}

/** Moves the picture by CSS pixels. */
export function panBy(camera: Camera, dx: number, dy: number, picture: Size, viewport: Viewport): Camera {
  const scale = scaleOf(camera, picture, viewport);
  return clampCamera(
    { ...camera, cx: camera.cx - dx / scale, cy: camera.cy - dy / scale },
    picture,
    viewport,
  );
}

/** Two fingers: the picture's points under both stay under both (as far as zoom and clamping allow). */
export function pinch(
  start: { readonly camera: Camera; readonly a: Point; readonly b: Point },
  a: Point,
  b: Point,
  picture: Size,
  viewport: Viewport,
): Camera {
  const middle = (p: Point, q: Point): Point => ({ x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 });
  const apart = (p: Point, q: Point) => Math.max(1, Math.hypot(p.x - q.x, p.y - q.y));
  const anchor = toPicture(middle(start.a, start.b), start.camera, picture, viewport);
  const zoom = clampZoom((start.camera.zoom * apart(a, b)) / apart(start.a, start.b));
  return clampCamera(cameraWith(anchor, middle(a, b), zoom, picture, viewport), picture, viewport);
}

/** Share of its speed that a thrown picture keeps after one millisecond. */
const GLIDE_PER_MS = 0.995;
/** CSS pixels per millisecond below which it rests. */
const REST_SPEED = 0.02;

/** @param velocity CSS pixels per millisecond. Null when it has come to rest. */
export function glide(
  velocity: Point,
  elapsedMs: number,
): { readonly move: Point; readonly velocity: Point } | null {
  if (Math.hypot(velocity.x, velocity.y) < REST_SPEED) return null;
  const kept = GLIDE_PER_MS ** elapsedMs;
  // The integral of v * k^t over the elapsed time.
  const distance = (kept - 1) / Math.log(GLIDE_PER_MS);
  return {
    move: { x: velocity.x * distance, y: velocity.y * distance },
    velocity: { x: velocity.x * kept, y: velocity.y * kept },
  };
}

/** Between two cameras: zoom goes by ratio, so that the eye sees an even motion. @param t 0..1 */
export function between(from: Camera, to: Camera, t: number): Camera {
  if (t >= 1) return to;
  const eased = 1 - (1 - t) ** 3;
  const zoom = from.zoom * (to.zoom / from.zoom) ** eased;
  // The centre moves in step with the inverse zoom, so that a zoom at a point keeps that point still.
  const span = 1 / to.zoom - 1 / from.zoom;
  const share = Math.abs(span) < 1e-9 ? eased : (1 / zoom - 1 / from.zoom) / span;
  return { zoom, cx: from.cx + (to.cx - from.cx) * share, cy: from.cy + (to.cy - from.cy) * share };
}

export function sameCamera(a: Camera, b: Camera): boolean {
  const near = (p: number, q: number, by: number) => Math.abs(p - q) < by;
  return near(a.zoom, b.zoom, 1e-4) && near(a.cx, b.cx, 0.01) && near(a.cy, b.cy, 0.01);
}
