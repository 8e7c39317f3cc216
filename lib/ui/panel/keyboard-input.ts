/**
 * The panel by keyboard alone: letters choose tools, arrows move the view, the selected mark or the crosshair, Enter
 * starts and ends a mark at the crosshair, Page Up and Page Down walk through the marks. Acts only while the panel
 * has the focus, so that no letter is taken from the page.
 */
import type { Point } from "@/lib/panel/mark";
import { fitCamera, focus, scaleOf, toPicture } from "@/lib/panel/view";
import { type ItemId, itemIdSchema } from "@/lib/protocol/ids";
import type { Panel } from "./create-panel";
import type { Pane } from "./pane";
import { kindOf, toolKeys, tools, writes } from "./tools";

/** CSS pixels of one arrow key; with Shift. */
const STEP_PX = 12;
const BIG_STEP_PX = 60;
const VIEW_STEP_PX = 60;
const ZOOM_STEP = 1.5;
/** As event.key in lower case: on a thumbnail, compares it at once. */
const COMPARE_KEY = "c";

/** Plays and pauses, as in most players. */
const PLAY_KEY = "k";

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export interface KeyboardOptions {
  /** A mark was reached by keyboard: say which. */
  readonly onReached: (id: string) => void;
  /** Compare was asked for, and there is nothing to compare with. */
  readonly onNothingToCompare: () => void;
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
  const onStrip = event.target instanceof Element && event.target.closest("[data-strip]") !== null;
  if (command && onStrip && key === "z" && !event.shiftKey && panel.takingOff.undo()) return true;
  if (command) return handleCommand(key, event.shiftKey, panel);
  if (event.altKey) return false;
  // What a button on the stage does is the button's to do.
  const onButton = event.target instanceof Element && event.target.closest("button,a[href]") !== null;
  if (onButton && (key === "Enter" || key === " ")) return false;
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
      const { camera } = panel.movedWith(panel.active.get());
      const size = camera.picture.get();
      if (size) camera.glideTo(fitCamera(size));
      return true;
    }
    case COMPARE_KEY: {
      const id = thumbnailAt(event.target);
      if (id !== null) panel.comparing.compareWith(id);
      else if (!panel.comparing.choose()) options.onNothingToCompare();
      return true;
    }
    case PLAY_KEY:
      return toggleVideo(panel);
    case "f":
      panel.follow.get().setTogether(!panel.follow.get().together.get());
      return true;
    case "Escape":
      return stepBack(panel);
    case "Delete":
    case "Backspace": {
      const id = thumbnailAt(event.target);
      if (id !== null) return panel.takingOff.begin(id);
      if (!panel.active.get().selecting.selected()) return false;
      panel.active.get().selecting.remove();
      return true;
    }
  }
  return onStage && handleStageKey(event, key, panel, options);
}

/** The item whose thumbnail has the focus. */
function thumbnailAt(target: EventTarget | null): ItemId | null {
  const thumbnail = target instanceof Element ? target.closest("[data-strip-item]") : null;
  const id = itemIdSchema.safeParse(thumbnail?.getAttribute("data-strip-item"));
  return id.success ? id.data : null;
}

function handleStageKey(event: KeyboardEvent, key: string, panel: Panel, options: KeyboardOptions): boolean {
  const direction = arrows[key];
  if (direction) {
    move(panel, direction, event.shiftKey);
    return true;
  }
  if (key === "PageDown" || key === "PageUp") {
    panel.tool.set("pan");
    const reached = panel.active.get().selecting.step(key === "PageDown" ? 1 : -1);
    if (reached) options.onReached(reached.id);
    return true;
  }
  // With a drawing tool the space bar held moves the picture.
  if (key === " " && panel.tool.get() === "pan" && !event.repeat) return toggleVideo(panel);
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

function toggleVideo(panel: Panel): boolean {
  const { item, playing } = panel.active.get();
  if (item.get()?.duration == null) return false;
  playing.toggle();
  return true;
}

function zoom(panel: Panel, factor: number): void {
  const { camera } = panel.movedWith(panel.active.get());
  camera.zoomBy(focus(camera.viewport.get()), factor);
}

/** Takes back one thing: what is being chosen or drawn, what is selected, the tool, the comparison. */
function stepBack(panel: Panel): boolean {
  const { drawing, crosshair, selecting } = panel.active.get();
  if (panel.comparing.choosing.get()) panel.comparing.choosing.set(false);
  else if (drawing.isDrawing()) drawing.cancel();
  else if (crosshair.get()) crosshair.set(null);
  else if (selecting.selected()) selecting.select(null);
  else if (panel.tool.get() !== "pan") panel.tool.set("pan");
  else if (panel.follow.get().comparison.get()) panel.comparing.end();
  else return false;
  return true;
}

/** Picture pixels of one CSS pixel. */
function pixel({ camera }: Pane): number {
  const size = camera.picture.get();
  return size ? 1 / scaleOf(camera.camera.get(), size, camera.viewport.get()) : 1;
}

function move(panel: Panel, direction: Point, big: boolean): void {
  const pane = panel.active.get();
  const { selecting, camera } = pane;
  const step = (big ? BIG_STEP_PX : STEP_PX) * pixel(pane);
  if (panel.tool.get() === "pan") {
    if (selecting.selected()) selecting.nudge(direction.x * step, direction.y * step);
    else panel.movedWith(pane).camera.panBy(-direction.x * VIEW_STEP_PX, -direction.y * VIEW_STEP_PX);
    return;
  }
  const from = pane.crosshair.get() ?? middle(pane);
  const size = camera.picture.get();
  if (!from || !size) return;
  const at = {
    x: Math.min(size.width, Math.max(0, from.x + direction.x * step)),
    y: Math.min(size.height, Math.max(0, from.y + direction.y * step)),
  };
  pane.crosshair.set(at);
  pane.drawing.move(at, 0.5, false);
  const item = pane.item.get();
  const mode = panel.tool.get() === "laser" ? "laser" : "cursor";
  if (item) panel.peers.get().tellPointer({ item: item.id, ...at, mode });
}

function middle({ camera }: Pane): Point | null {
  const size = camera.picture.get();
  const viewport = camera.viewport.get();
  return size ? toPicture(focus(viewport), camera.camera.get(), size, viewport) : null;
}

function enter(panel: Panel): void {
  const pane = panel.active.get();
  const { drawing, label, crosshair } = pane;
  const tool = panel.tool.get();
  const selected = pane.selecting.selected();
  if (tool === "pan") {
    if (selected?.kind === "text" && panel.mayChange(selected)) label.set({ mark: selected, at: selected });
    return;
  }
  const at = crosshair.get() ?? middle(pane);
  if (!at) return;
  crosshair.set(at);
  if (!panel.canDraw()) return;
  if (drawing.isDrawing()) drawing.end();
  else if (tool === "text") label.set({ mark: null, at });
  else if (tool === "pin") drawing.placePin(at);
  else if (tool === "eraser") {
    drawing.eraseAt(at, STEP_PX * pixel(pane));
    drawing.endErasing();
  } else if (kindOf(tool)) drawing.begin(at, 0.5);
}
