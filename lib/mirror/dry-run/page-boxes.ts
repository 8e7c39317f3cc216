/** Where things stand in the window, through frames of the same origin, cut to what is in sight. Runs in the page. */
import type { Box } from "./dry-run-port";
import type { SeenPage } from "./see-page";

/** Boxes drawn over one picture. A page with more in one window is none that we can draw: all of it is covered. */
const MAX_BOXES = 4_000;

export interface PageMasks {
  /** Where agents have dots. */
  readonly dots: readonly Box[];
  /** Where they have a grey box. */
  readonly boxes: readonly Box[];
}

const wholeWindow = (): Box => ({ x: 0, y: 0, width: innerWidth, height: innerHeight });

export function masksOf({ sights, maskedTexts }: SeenPage): PageMasks {
  const dots: Box[] = [];
  const boxes: Box[] = [];
  for (const text of maskedTexts) for (const box of boxesOfText(text)) dots.push(box);
  for (const [element, sight] of sights) {
    if (sight === "shown") continue;
    // Masked words stand in their lines; what else is masked is a field.
    const isField = /^(input|textarea|select)$/.test(element.localName);
    if (sight === "masked" && !isField) continue;
    const box = boxOf(element);
    if (box) (sight === "boxed" ? boxes : dots).push(box);
  }
  return dots.length + boxes.length > MAX_BOXES ? { dots: [], boxes: [wholeWindow()] } : { dots, boxes };
}

export function boxOf(element: Element): Box | null {
  return inSight(element.getBoundingClientRect(), element.ownerDocument);
}

function boxesOfText(text: Node): Box[] {
  const document = text.ownerDocument;
  if (document === null) return [];
  const range = document.createRange();
  range.selectNodeContents(text);
  return Array.from(range.getClientRects()).flatMap((rect) => inSight(rect, document) ?? []);
}

function inSight({ x, y, width, height }: Box, document: Document): Box | null {
  let here: Box | null = { x, y, width, height };
  let frame = document.defaultView?.frameElement ?? null;
  while (frame && here) {
    here = throughFrame(here, frame);
    frame = frame.ownerDocument.defaultView?.frameElement ?? null;
  }
  return here && overlap(here, wholeWindow());
}

function throughFrame(within: Box, frame: Element): Box | null {
  const { x, y, width, height } = frame.getBoundingClientRect();
  // Of a frame that is scaled or turned we know where it stands, and not where in it: all of it is covered.
  // (No instanceof: a frame's elements are of that frame's classes.)
  const asLaidOut = "offsetWidth" in frame ? Number(frame.offsetWidth) : width;
  if (!isAbout(width, asLaidOut)) return { x, y, width, height };
  const { paddingLeft, paddingTop, paddingRight, paddingBottom } = getComputedStyle(frame);
  const pixels = Number.parseFloat;
  const inner = {
    x: x + frame.clientLeft + pixels(paddingLeft),
    y: y + frame.clientTop + pixels(paddingTop),
    width: frame.clientWidth - pixels(paddingLeft) - pixels(paddingRight),
    height: frame.clientHeight - pixels(paddingTop) - pixels(paddingBottom),
  };
  return overlap({ ...within, x: within.x + inner.x, y: within.y + inner.y }, inner);
}

/** Whole pixels and their parts are told by different properties. */
const isAbout = (one: number, other: number) => Math.abs(one - other) < 1;

function overlap(one: Box, other: Box): Box | null {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  const width = Math.min(one.x + one.width, other.x + other.width) - x;
  const height = Math.min(one.y + one.height, other.y + other.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}
