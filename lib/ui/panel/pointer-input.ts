/**
 * Mouse, touch and pen on the stage. One finger does what the tool says, two always pinch and pan; the stage alone
 * takes touches, so the page around it scrolls as ever. States are a union: what a pointer does is decided when it
 * goes down and told apart from nothing else.
 */
import type { Point } from "@/lib/panel/mark";
import { type Camera, cameraWith, fitCamera, pinch, scaleOf, toPicture } from "@/lib/panel/view";
import type { Panel } from "./create-panel";
import type { Pane } from "./pane";
import type { LabelEdit } from "./pane-state";
import { type Tool, writes } from "./tools";

type Action =
  | { readonly kind: "none" }
  | { readonly kind: "pan"; readonly anchor: Point; last: Point; lastAt: number; velocity: Point }
  | { readonly kind: "grab" }
  | { readonly kind: "draw" }
  /** Started by a click; the next click ends it. */
  | { readonly kind: "draw-by-clicks" }
  | { readonly kind: "erase" }
  | { readonly kind: "laser" }
  | { readonly kind: "place" }
  | {
      readonly kind: "pinch";
      readonly start: { readonly camera: Camera; readonly a: Point; readonly b: Point };
    };

/** CSS pixels a pointer may wander and still have clicked. */
const CLICK_PX = 5;
const DOUBLE_TAP_MS = 320;
const DOUBLE_TAP_PX = 28;
/** CSS pixels around ink that still hit it. */
const MOUSE_REACH_PX = 6;
const TOUCH_REACH_PX = 18;
/** CSS pixels of the smallest box a handle can make. */
const LEAST_BOX_PX = 8;
const DOUBLE_TAP_ZOOM = 2;
/** Browsers send a tap's mouse events up to this long after the finger has left. */
const ECHO_MS = 700;
/** A finger that paused longer than this before lifting throws nothing. */
const THROW_PAUSE_MS = 60;

/** @param pane whose view the stage shows; one may draw on another, that lies over it. */
export function attachPointerInput(stage: HTMLElement, panel: Panel, pane: Pane): () => void {
  const { camera } = pane;
  /** The pane on which a mark was begun; it ends there, whatever is on top by then. */
  let held: Pane | null = null;
  const drawn = () => held ?? panel.drawnIn(pane);
  const down = new Map<number, Point>();
  let action: Action = { kind: "none" };
  let downAt: Point = { x: 0, y: 0 };
  let touch = false;
  let spaceHeld = false;
  let labelOpenedAt = 0;
  let lastTap: { readonly at: Point; readonly time: number } | null = null;

  const place = (event: MouseEvent): Point => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const pointOn = (on: Pane, at: Point): Point | null => {
    const size = on.camera.picture.get();
    return size ? toPicture(at, on.camera.camera.get(), size, on.camera.viewport.get()) : null;
  };
  const pixels = (css: number): number => {
    const { picture, viewport, camera: view } = drawn().camera;
    const size = picture.get();
    return size ? css / scaleOf(view.get(), size, viewport.get()) : css;
  };
  const reach = () => pixels(touch ? TOUCH_REACH_PX : MOUSE_REACH_PX);
  const pressureOf = (event: PointerEvent) => (event.pointerType === "pen" ? event.pressure : 0.5);

  function tellPointer(at: Point | null, laser: boolean): void {
    const on = drawn();
    const item = on.item.get();
    const point = at && pointOn(on, at);
    panel.peers
      .get()
      .tellPointer(item && point ? { item: item.id, ...point, mode: laser ? "laser" : "cursor" } : null);
  }

  /** Ends what one pointer was doing, without a mark. */
  function abandon(): void {
    const { drawing, selecting } = drawn();
    if (action.kind === "draw" || action.kind === "draw-by-clicks") drawing.cancel();
    if (action.kind === "grab") selecting.cancel();
    if (action.kind === "erase") drawing.endErasing();
    action = { kind: "none" };
    held = null;
  }

  function startPan(at: Point): void {
    const anchor = pointOn(pane, at);
    if (anchor)
      action = { kind: "pan", anchor, last: at, lastAt: performance.now(), velocity: { x: 0, y: 0 } };
  }

  function startPinch(): void {
    const [a, b] = [...down.values()];
    if (a && b) action = { kind: "pinch", start: { camera: camera.camera.get(), a, b } };
  }

  /** Tools, keys and buttons act on the pane that was touched last. */
  function activate(): void {
    if (panel.movedWith(panel.active.get()) !== pane) panel.active.set(pane);
  }

  function onDown(event: PointerEvent): void {
    if (event.target instanceof Element && event.target.closest("[data-panel-chrome]")) return;
    const at = place(event);
    touch = event.pointerType === "touch";
    camera.stop();
    activate();
    drawn().crosshair.set(null);
    down.set(event.pointerId, at);
    stage.setPointerCapture(event.pointerId);
    if (down.size === 2) {
      abandon();
      startPinch();
      return;
    }
    if (down.size > 2) return;
    downAt = at;
    const on = drawn();
    const point = pointOn(on, at);
    if (!point || on.label.get()) return;
    if (event.button === 1 || spaceHeld) {
      startPan(at);
      return;
    }
    if (event.button !== 0) return;
    if (action.kind === "draw-by-clicks") {
      on.drawing.move(point, pressureOf(event), event.shiftKey);
      return;
    }
    held = on;
    press(panel.tool.get(), at, point, event);
  }

  function press(tool: Tool, at: Point, point: Point, event: PointerEvent): void {
    const { drawing } = drawn();
    if (writes(tool) && !panel.canDraw()) {
      startPan(at);
      return;
    }
    if (tool === "pan") {
      pressToPan(at, point);
      return;
    }
    if (tool === "laser") {
      action = { kind: "laser" };
      tellPointer(at, true);
      return;
    }
    if (tool === "eraser") {
      action = { kind: "erase" };
      drawing.eraseAt(point, reach());
      return;
    }
    if (tool === "text" || tool === "pin") {
      action = { kind: "place" };
      return;
    }
    action = { kind: "draw" };
    drawing.begin(point, pressureOf(event));
  }

  function pressToPan(at: Point, point: Point): void {
    const { selecting } = drawn();
    if (selecting.grab(point, reach())) {
      action = { kind: "grab" };
      return;
    }
    const mark = panel.canDraw() ? selecting.at(point, reach()) : null;
    // A finger pans over marks; only what it has selected by a tap moves with it.
    if (mark && !touch) {
      selecting.select(mark.id);
      if (selecting.grab(point, reach())) action = { kind: "grab" };
      return;
    }
    startPan(at);
  }

  function onMove(event: PointerEvent): void {
    const at = place(event);
    if (down.has(event.pointerId)) down.set(event.pointerId, at);
    const laser = panel.tool.get() === "laser";
    if (!touch || down.size > 0) tellPointer(at, laser);
    // Fast pens report several points an event; all of them are ink.
    const events = action.kind === "draw" ? event.getCoalescedEvents?.() : undefined;
    for (const each of events && events.length > 0 ? events : [event]) step(place(each), each);
  }

  function step(at: Point, event: PointerEvent): void {
    const size = camera.picture.get();
    const point = pointOn(drawn(), at);
    const { drawing, selecting } = drawn();
    if (!size || !point) return;
    switch (action.kind) {
      case "pan": {
        const now = performance.now();
        const elapsed = Math.max(1, now - action.lastAt);
        const speed = { x: (at.x - action.last.x) / elapsed, y: (at.y - action.last.y) / elapsed };
        const keep = Math.exp(-elapsed / 40);
        action.velocity = {
          x: action.velocity.x * keep + speed.x * (1 - keep),
          y: action.velocity.y * keep + speed.y * (1 - keep),
        };
        action.last = at;
        action.lastAt = now;
        camera.set(cameraWith(action.anchor, at, camera.camera.get().zoom, size, camera.viewport.get()));
        return;
      }
      case "pinch": {
        const [a, b] = [...down.values()];
        if (a && b) camera.set(pinch(action.start, a, b, size, camera.viewport.get()));
        return;
      }
      case "grab":
        selecting.drag(point, pixels(LEAST_BOX_PX));
        return;
      case "draw":
      case "draw-by-clicks":
        drawing.move(point, pressureOf(event), event.shiftKey);
        return;
      case "erase":
        drawing.eraseAt(point, reach());
        return;
      case "laser":
      case "place":
      case "none":
        return;
    }
  }

  function onUp(event: PointerEvent): void {
    if (!down.delete(event.pointerId)) return;
    const at = place(event);
    const cancelled = event.type === "pointercancel";
    if (action.kind === "pinch") {
      const [left] = [...down.values()];
      // The finger that stays pans on from here: nothing jumps.
      if (left && down.size === 1) startPan(left);
      else if (down.size >= 2) startPinch();
      else abandon();
      lastTap = null;
      return;
    }
    if (cancelled) {
      abandon();
      return;
    }
    const clicked = Math.hypot(at.x - downAt.x, at.y - downAt.y) <= CLICK_PX;
    const point = pointOn(drawn(), at);
    if (point) release(at, point, clicked);
    if (action.kind === "none") held = null;
  }

  function release(at: Point, point: Point, clicked: boolean): void {
    const done = action;
    const { drawing, selecting } = drawn();
    action = { kind: "none" };
    switch (done.kind) {
      case "pan":
        if (clicked) {
          click(at, point);
          return;
        }
        if (performance.now() - done.lastAt < THROW_PAUSE_MS) camera.throwWith(done.velocity);
        return;
      case "grab":
        selecting.drop();
        if (clicked && isDoubleTap(at)) editLabel();
        return;
      case "draw": {
        const tool = panel.tool.get();
        if (clicked && tool !== "pen" && tool !== "highlighter") action = { kind: "draw-by-clicks" };
        else drawing.end();
        return;
      }
      case "draw-by-clicks":
        drawing.end();
        return;
      case "erase":
        drawing.endErasing();
        return;
      case "place":
        if (panel.tool.get() === "pin") drawing.placePin(point);
        else openLabel({ mark: null, at: point });
        return;
      case "laser":
        tellPointer(touch ? null : at, false);
        return;
      case "pinch":
      case "none":
        return;
    }
  }

  function click(at: Point, point: Point): void {
    const { selecting } = drawn();
    const mark = panel.canDraw() && panel.tool.get() === "pan" ? selecting.at(point, reach()) : null;
    selecting.select(mark?.id ?? null);
    if (!isDoubleTap(at)) return;
    if (mark) {
      editLabel();
      return;
    }
    const size = camera.picture.get();
    const anchor = pointOn(pane, at);
    if (!size || !anchor) return;
    const here = camera.camera.get();
    if (here.zoom > 1.05) camera.glideTo(fitCamera(size));
    else camera.glideTo(cameraWith(anchor, at, DOUBLE_TAP_ZOOM, size, camera.viewport.get()));
  }

  function isDoubleTap(at: Point): boolean {
    const time = performance.now();
    const double =
      lastTap !== null &&
      time - lastTap.time < DOUBLE_TAP_MS &&
      Math.hypot(at.x - lastTap.at.x, at.y - lastTap.at.y) < DOUBLE_TAP_PX;
    lastTap = double ? null : { at, time };
    return double;
  }

  function editLabel(): void {
    const mark = drawn().selecting.selected();
    if (mark?.kind === "text" && panel.canDraw()) openLabel({ mark, at: mark });
  }

  function openLabel(edit: LabelEdit): void {
    labelOpenedAt = performance.now();
    drawn().label.set(edit);
  }

  /** The mouse event that echoes the tap would take the focus from the label the tap has just opened, and close it. */
  function onMouseDown(event: MouseEvent): void {
    if (touch && drawn().label.get() && performance.now() - labelOpenedAt < ECHO_MS) event.preventDefault();
  }

  function onWheel(event: WheelEvent): void {
    if (event.target instanceof Element && event.target.closest("[data-panel-chrome]")) return;
    event.preventDefault();
    activate();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.shiftKey) {
      camera.panBy(-(event.deltaX || event.deltaY) * unit, 0);
      return;
    }
    // A trackpad's pinch arrives as ctrl+wheel with small steps.
    const rate = event.ctrlKey && Math.abs(event.deltaY) < 40 ? 0.01 : 0.0022;
    camera.zoomBy(place(event), Math.exp(-event.deltaY * unit * rate));
  }

  const onLeave = () => down.size === 0 && tellPointer(null, false);
  const onSpace = (event: KeyboardEvent) => {
    if (event.key === " ") spaceHeld = event.type === "keydown";
  };
  const stopTool = panel.tool.subscribe(() => {
    if (action.kind !== "draw-by-clicks") return;
    action = { kind: "none" };
    held = null;
  });

  stage.addEventListener("pointerdown", onDown);
  stage.addEventListener("mousedown", onMouseDown);
  stage.addEventListener("pointermove", onMove);
  stage.addEventListener("pointerup", onUp);
  stage.addEventListener("pointercancel", onUp);
  stage.addEventListener("pointerleave", onLeave);
  stage.addEventListener("wheel", onWheel, { passive: false });
  stage.addEventListener("keydown", onSpace);
  stage.addEventListener("keyup", onSpace);
  return () => {
    stopTool();
    stage.removeEventListener("pointerdown", onDown);
    stage.removeEventListener("mousedown", onMouseDown);
    stage.removeEventListener("pointermove", onMove);
    stage.removeEventListener("pointerup", onUp);
    stage.removeEventListener("pointercancel", onUp);
    stage.removeEventListener("pointerleave", onLeave);
    stage.removeEventListener("wheel", onWheel);
    stage.removeEventListener("keydown", onSpace);
    stage.removeEventListener("keyup", onSpace);
  };
}
