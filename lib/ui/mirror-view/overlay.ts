/** The agent's pointer and keys over the replica, told as places of the customer's page. Nothing reaches the replica itself. */
import type { Viewer } from "@/lib/mirror/apply/open-viewer";
import type { MirrorAct } from "@/lib/protocol/mirror";
import { isPageMarkKind } from "@/lib/protocol/page-marks";
import type { EditedField } from "./field-editor";
import type { FromView, ViewTool } from "./view-message";

export interface Overlay {
  close(): void;
}

interface OverlayOptions {
  readonly surface: HTMLElement;
  readonly viewer: Viewer;
  readonly scale: number;
  readonly tool: ViewTool;
  readonly tell: (message: FromView) => void;
  readonly edit: (field: EditedField | null) => void;
}

type Place = NonNullable<ReturnType<Viewer["placeAt"]>>;
type Key = Extract<MirrorAct, { type: "key" }>["key"];

/** Milliseconds between two told movements: 25 a second look smooth with the transition on the other side. */
const MOVE_MS = 40;
/** The document's node. */
const DOCUMENT = 1;
const keys: readonly string[] = [
  "Enter",
  "Escape",
  "Tab",
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
] satisfies readonly Key[];
const isKey = (key: string): key is Key => keys.includes(key);

export function openOverlay({ surface, viewer, scale, tool, tell, edit }: OverlayOptions): Overlay {
  let toldAt = 0;
  let last: Place | null = null;
  /** What was clicked last: keys go there. */
  let chosen: Place | null = null;

  const placeOf = ({ clientX, clientY }: MouseEvent): Place | null => {
    const box = surface.getBoundingClientRect();
    return viewer.placeAt((clientX - box.left) / scale, (clientY - box.top) / scale);
  };

  const onMove = (event: PointerEvent) => {
    last = placeOf(event);
    const now = performance.now();
    if (last === null || now - toldAt < MOVE_MS) return;
    toldAt = now;
    tell({ type: "point", point: { as: "move", ...last } });
  };

  const onClick = (event: MouseEvent) => {
    surface.focus({ preventScroll: true });
    // What was drawn is no click.
    if (isPageMarkKind(tool)) return;
    const place = placeOf(event);
    if (place === null) return;
    chosen = place;
    if (tool !== "act") {
      tell({ type: "point", point: { as: tool === "highlight" ? "highlight" : "ring", ...place } });
      return;
    }
    const { epoch, node, fx, fy } = place;
    const field = viewer.fieldAt(node);
    if (field?.masked && field.kind !== "none") {
      tell({ type: "masked" });
      return;
    }
    if (field?.kind === "text" || field?.kind === "select") edit({ epoch, node, ...field, kind: field.kind });
    else edit(null);
    // A list's own window opens for no script; its options are offered here.
    if (field?.kind !== "select") tell({ type: "act", epoch, act: { type: "click", node, fx, fy } });
  };

  const onWheel = (event: WheelEvent) => {
    if (tool !== "act") return;
    event.preventDefault();
    const { x, y } = viewer.scrollOf();
    const place = viewer.placeAt(1, 1);
    if (place === null) return;
    const act: MirrorAct = { type: "scroll", node: DOCUMENT, x: x + event.deltaX, y: y + event.deltaY };
    tell({ type: "act", epoch: place.epoch, act: { ...act, x: Math.max(0, act.x), y: Math.max(0, act.y) } });
  };

  const onKey = (event: KeyboardEvent) => {
    if (tool === "highlight" && event.key === "Escape" && (last ?? chosen) !== null) {
      const place = chosen ?? last;
      if (place !== null) tell({ type: "point", point: { as: "clear", ...place } });
      return;
    }
    // Tab leaves the page for the desk's own controls.
    if (tool !== "act" || chosen === null || event.key === "Tab" || !isKey(event.key)) return;
    event.preventDefault();
    tell({ type: "act", epoch: chosen.epoch, act: { type: "key", node: chosen.node, key: event.key } });
  };

  surface.addEventListener("pointermove", onMove);
  surface.addEventListener("click", onClick);
  surface.addEventListener("wheel", onWheel, { passive: false });
  surface.addEventListener("keydown", onKey);
  return {
    close() {
      surface.removeEventListener("pointermove", onMove);
      surface.removeEventListener("click", onClick);
      surface.removeEventListener("wheel", onWheel);
      surface.removeEventListener("keydown", onKey);
    },
  };
}
