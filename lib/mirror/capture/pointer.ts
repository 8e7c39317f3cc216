/** Her pointer: 30 times a second at most, and always where it came to rest. */
import type { PageCursor } from "../wire/page-message";
import { isNode, type PageDom, type View } from "./page-dom";

export interface Pointer {
  /** @returns whether it is another node, or pressed otherwise, than before */
  take(event: MouseEvent): boolean;
  readonly hovered: Node | null;
  readonly pressed: Node | null;
  close(): void;
}

/** Milliseconds between two samples. */
const SAMPLE_MS = 33;
/** Frames in one another. */
const MAX_FRAMES = 20;

/** @param tell x, y in the page's window, the node below, buttons */
export function openPointer(
  dom: PageDom,
  view: View,
  now: () => number,
  tell: (x: number, y: number, over: Node | null, buttons: number) => void,
): Pointer {
  let over: WeakRef<Node> | null = null;
  let pressed: WeakRef<Node> | null = null;
  let x = 0;
  let y = 0;
  let buttons: PageCursor[3] = 0;
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | 0 = 0;
  const { setTimeout, clearTimeout } = view;
  const sample = () => {
    timer = 0;
    last = now();
    tell(x, y, over?.deref() ?? null, buttons);
  };
  return {
    get hovered() {
      return over?.deref() ?? null;
    },
    get pressed() {
      return pressed?.deref() ?? null;
    },
    take(event) {
      const target = event.composedPath()[0];
      const node = isNode(target) ? target : null;
      const isGone = event.type === "pointerout";
      if (isGone && event.relatedTarget) return false;
      const [dx, dy] = offsetOf(dom, event.view, view);
      x = Math.round(event.clientX + dx);
      y = Math.round(event.clientY + dy);
      const wasOver = over?.deref() ?? null;
      const wereButtons = buttons;
      buttons = event.buttons;
      const isOver = isGone ? null : node;
      over = isOver && new WeakRef(isOver);
      pressed = buttons && isOver ? (pressed ?? new WeakRef(isOver)) : null;
      if (!timer) timer = setTimeout.call(view, sample, Math.max(0, last + SAMPLE_MS - now()));
      return wasOver !== isOver || (wereButtons === 0) !== (buttons === 0);
    },
    close() {
      if (timer) clearTimeout.call(view, timer);
    },
  };
}

/** Where a frame's window stands in the page's. */
function offsetOf(dom: PageDom, inner: Window | null, page: View): readonly [number, number] {
  let x = 0;
  let y = 0;
  let at = inner;
  for (let depth = 0; at && at !== page && depth < MAX_FRAMES; depth++) {
    const { frameElement } = at;
    if (!frameElement) break;
    const { left, top } = dom.rect(frameElement);
    x += left + frameElement.clientLeft;
    y += top + frameElement.clientTop;
    at = at.parent;
  }
  return [x, y];
}
