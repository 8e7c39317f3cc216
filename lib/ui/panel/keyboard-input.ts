/**
 * The panel by keyboard alone: letters choose tools, arrows move the view, the selected mark or the crosshair, Enter
 * starts and ends a mark at the crosshair, Page Up and Page Down walk through the marks. Acts only while the panel
 * has the focus, so that no letter is taken from the page.
 */
import type { Point } from "@/lib/panel/mark";
import { fitCamera, focus, scaleOf, toPicture } from "@/lib/panel/view";
import type { Panel } from "./create-panel";
import { kindOf, toolKeys, tools, writes } from "./tools";

/** CSS pixels of one arrow key; with Shift. */
const STEP_PX = 12;
const BIG_STEP_PX = 60;
const VIEW_STEP_PX = 60;
const ZOOM_STEP = 1.5;

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export interface KeyboardOptions {
  /** A mark was reached by keyboard: say which. */
  readonly onReached: (id: string) => void;
}

/** @returns true when the key was meant for the panel. */
export function handleKey(
  event: KeyboardEvent,
  panel: Panel,
  onStage: boolean,
  options: KeyboardOptions,
): boolean {
  if (event.target instanceof Element && event.target.closest("input,textarea,select,[contenteditable]"))
    return false;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (command) return handleCommand(key, event.shiftKey, panel);
  if (event.altKey) return false;
  const tool = tools.find((known) => toolKeys[known] === key);
  if (tool) {
    if (!writes(tool) || panel.canDraw()) panel.tool.set(tool);
    return true;
  }
  switch (key) {
    case "+":
    case "=":
      zoom(panel, ZOOM_STEP);
      return true;
    case "-":
      zoom(panel, 1 / ZOOM_STEP);
      return true;
    case "0": {
      const size = panel.camera.picture.get();
      if (size) panel.camera.glideTo(fitCamera(size));
      return true;
    }
    case "f":
      panel.follow.get().setTogether(!panel.follow.get().together.get());
      return true;
    case "Escape":
      return stepBack(panel);
    case "Delete":
    case "Backspace":
      if (!panel.selecting.selected()) return false;
      panel.selecting.remove();
      return true;
  }
  return onStage && handleStageKey(event, key, panel, options);
}

function handleStageKey(event: KeyboardEvent, key: string, panel: Panel, options: KeyboardOptions): boolean {
  const direction = arrows[key];
  if (direction) {
    move(panel, direction, event.shiftKey);
    return true;
  }
  if (key === "PageDown" || key === "PageUp") {
    panel.tool.set("pan");
    const reached = panel.selecting.step(key === "PageDown" ? 1 : -1);
    if (reached) options.onReached(reached.id);
    return true;
  }
  if (key === "Enter") {
    enter(panel);
    return true;
  }
  return false;
}

function handleCommand(key: string, shift: boolean, panel: Panel): boolean {
  const { undo } = panel.binding.get();
  if (!panel.canDraw()) return false;
  if (key === "z" && !shift) undo.undo();
  else if ((key === "z" && shift) || key === "y") undo.redo();
  else return false;
  return true;
}

function zoom(panel: Panel, factor: number): void {
  panel.camera.zoomBy(focus(panel.camera.viewport.get()), factor);
}

function stepBack(panel: Panel): boolean {
  if (panel.drawing.isDrawing()) {
    panel.drawing.cancel();
    return true;
  }
  if (panel.crosshair.get()) {
    panel.crosshair.set(null);
    return true;
  }
  if (panel.selecting.selected()) {
    panel.selecting.select(null);
    return true;
  }
  if (panel.tool.get() === "pan") return false;
  panel.tool.set("pan");
  return true;
}

function pixel(panel: Panel): number {
  const size = panel.camera.picture.get();
  return size ? 1 / scaleOf(panel.camera.camera.get(), size, panel.camera.viewport.get()) : 1;
}

function move(panel: Panel, direction: Point, big: boolean): void {
  const step = (big ? BIG_STEP_PX : STEP_PX) * pixel(panel);
  if (panel.tool.get() === "pan") {
    if (panel.selecting.selected()) panel.selecting.nudge(direction.x * step, direction.y * step);
    else panel.camera.panBy(-direction.x * VIEW_STEP_PX, -direction.y * VIEW_STEP_PX);
    return;
  }
  const from = panel.crosshair.get() ?? middle(panel);
  const size = panel.camera.picture.get();
  if (!from || !size) return;
  const at = {
    x: Math.min(size.width, Math.max(0, from.x + direction.x * step)),
    y: Math.min(size.height, Math.max(0, from.y + direction.y * step)),
  };
  panel.crosshair.set(at);
  panel.drawing.move(at, 0.5, false);
  const item = panel.follow.get().item.get();
  const mode = panel.tool.get() === "laser" ? "laser" : "cursor";
  if (item) panel.peers.get().tellPointer({ item: item.id, ...at, mode });
}

function middle(panel: Panel): Point | null {
  const size = panel.camera.picture.get();
  const viewport = panel.camera.viewport.get();
  return size ? toPicture(focus(viewport), panel.camera.camera.get(), size, viewport) : null;
}

function enter(panel: Panel): void {
  const tool = panel.tool.get();
  const selected = panel.selecting.selected();
  if (tool === "pan") {
    if (selected?.kind === "text" && panel.mayChange(selected))
      panel.label.set({ mark: selected, at: selected });
    return;
  }
  const at = panel.crosshair.get() ?? middle(panel);
  if (!at) return;
  panel.crosshair.set(at);
  if (!panel.canDraw()) return;
  if (panel.drawing.isDrawing()) panel.drawing.end();
  else if (tool === "text") panel.label.set({ mark: null, at });
  else if (tool === "pin") panel.drawing.placePin(at);
  else if (tool === "eraser") {
    panel.drawing.eraseAt(at, STEP_PX * pixel(panel));
    panel.drawing.endErasing();
  } else if (kindOf(tool)) panel.drawing.begin(at, 0.5);
}
