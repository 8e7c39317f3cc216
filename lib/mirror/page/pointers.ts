/**
 * The pointers of the shop's people over the shop's page: a cursor with a name, a ring for a click, a frame around a whole
 * element. Places are nodes and fractions of their boxes, so what is pointed at stays pointed at when the page scrolls.
 */
import type { MirrorPointing } from "@/lib/protocol/mirror";
import { viewportBox } from "./viewport-box";

export interface Pointers {
  show(
    from: { readonly id: string; readonly name: string; readonly color: string },
    point: MirrorPointing,
  ): void;
  /** The page scrolled or changed its form. */
  follow(): void;
  clear(): void;
}

/** Milliseconds after which a cursor that rests is taken away. */
const CURSOR_RESTS_MS = 8_000;
const RING_MS = 1_200;
/** CSS pixels between an element and the frame around it. */
const FRAME_GAP = 4;

interface Shown {
  readonly element: HTMLElement;
  readonly target: Element;
  readonly fx: number;
  readonly fy: number;
  readonly whole: boolean;
}

export function openPointers(
  layer: ShadowRoot,
  elementOf: (node: number) => Element | null,
  onHighlight: (target: Element, name: string) => void,
): Pointers {
  /** By participant and kind. */
  const shown = new Map<string, Shown>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function remove(key: string) {
    clearTimeout(timers.get(key));
    shown.get(key)?.element.remove();
    shown.delete(key);
  }

  function put(
    key: string,
    element: HTMLElement,
    target: Element,
    point: MirrorPointing,
    lastsMs: number | null,
  ) {
    const before = shown.get(key);
    if (before !== undefined && before.element !== element) before.element.remove();
    const whole = point.as === "highlight";
    const entry = { element, target, fx: point.fx, fy: point.fy, whole };
    shown.set(key, entry);
    if (!element.isConnected) layer.appendChild(element);
    lay(entry);
    clearTimeout(timers.get(key));
    if (lastsMs !== null) timers.set(key, setTimeout(remove, lastsMs, key));
  }

  function make(className: string, color: string, name: string): HTMLElement {
    const element = document.createElement("div");
    element.className = className;
    element.style.setProperty("--c", color);
    if (className === "who") {
      element.appendChild(document.createElement("i"));
      element.appendChild(document.createElement("b")).textContent = name;
    }
    element.setAttribute("aria-hidden", "true");
    return element;
  }

  return {
    show({ id, name, color }, point) {
      if (point.as === "clear") {
        remove(`${id} highlight`);
        return;
      }
      const target = elementOf(point.node);
      if (target === null) return;
      const key = `${id} ${point.as}`;
      if (point.as === "move") {
        const cursor = shown.get(key)?.element ?? make("who", color, name);
        put(key, cursor, target, point, CURSOR_RESTS_MS);
      } else if (point.as === "ring") put(key, make("ring", color, name), target, point, RING_MS);
      else {
        put(key, make("frame", color, name), target, point, null);
        onHighlight(target, name);
      }
    },
    follow() {
      for (const [key, entry] of shown) {
        if (entry.target.isConnected) lay(entry);
        else remove(key);
      }
    },
    clear() {
      for (const key of [...shown.keys()]) remove(key);
    },
  };
}

function lay({ element, target, fx, fy, whole }: Shown): void {
  const box = viewportBox(target);
  const { style } = element;
  if (whole) {
    style.left = `${box.left - FRAME_GAP}px`;
    style.top = `${box.top - FRAME_GAP}px`;
    style.width = `${box.width + 2 * FRAME_GAP}px`;
    style.height = `${box.height + 2 * FRAME_GAP}px`;
    return;
  }
  const x = box.left + fx * box.width;
  const y = box.top + fy * box.height;
  if (element.className === "ring") {
    style.left = `${x}px`;
    style.top = `${y}px`;
  } else style.transform = `translate(${x}px,${y}px)`;
}
