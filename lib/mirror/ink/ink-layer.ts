/**
 * Marks over a page, on both sides of the mirror: each stands at the element that it is about wherever that goes, fades by
 * itself, and is gone with the page. Knows no wire and no hand.
 */
import type { MirrorMark } from "@/lib/protocol/mirror";
import { lineWidths, markPath } from "./mark-path";

export interface InkLayer {
  /** @param from who draws @param color CSS */
  show(from: string, color: string, mark: MirrorMark): void;
  erase(): void;
  close(): void;
}

type Box = Pick<DOMRectReadOnly, "x" | "y" | "width" | "height">;

export interface InkOptions {
  /** Filled by the marks. */
  readonly parent: Element;
  /** Finds a node now; what it returns says where that stands later, in the parent's CSS pixels, null while nowhere. */
  readonly hold: (node: number) => (() => Box | null) | null;
  /** The parent's CSS pixels for one of the page's. */
  readonly scale: () => number;
  /** There are marks, or there are none any more. */
  readonly onAny: (any: boolean) => void;
}

/** Milliseconds after which a mark that nobody draws any further fades, and how long that takes. */
const MARK_LASTS_MS = 45_000;
const FADE_MS = 600;
/** More than anybody reads; the oldest goes. */
const MAX_MARKS = 60;
/** How much narrower or wider its element may become before a mark no longer follows: a word that was replaced. */
const MAX_GROWTH = 2;
/** CSS pixels of our screen below which a line is hard to see; its white edge on each side. */
const THINNEST = 2.5;
const EDGE = 2;
const SVG = "http://www.w3.org/2000/svg";

interface Shown {
  readonly group: SVGGElement;
  readonly lines: readonly [edge: SVGPathElement | null, line: SVGPathElement];
  mark: MirrorMark;
  box: () => Box | null;
  timer: ReturnType<typeof setTimeout>;
}

export function openInkLayer({ parent, hold, scale, onAny }: InkOptions): InkLayer {
  const document = parent.ownerDocument;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  // By script: the shop's policy allows no style attributes.
  Object.assign(svg.style, {
    position: "absolute",
    inset: "0",
    width: "100%",
    height: "100%",
    overflow: "visible",
  });
  svg.style.pointerEvents = "none";
  parent.appendChild(svg);
  const shown = new Map<string, Shown>();
  let frame = 0;

  function make({ kind }: MirrorMark, color: string): Pick<Shown, "group" | "lines"> {
    const group = document.createElementNS(SVG, "g");
    const path = (stroke: string) => {
      const made = document.createElementNS(SVG, "path");
      const looks = { fill: "none", stroke, "stroke-linecap": "round", "stroke-linejoin": "round" };
      for (const [name, value] of Object.entries(looks)) made.setAttribute(name, value);
      return group.appendChild(made);
    };
    group.dataset.kind = kind;
    const edge = kind === "highlighter" ? null : path("#fff");
    const line = path(color);
    // What is marked stays readable under it.
    if (edge === null) line.setAttribute("stroke-opacity", "0.4");
    return { group: svg.appendChild(group), lines: [edge, line] };
  }

  function lay({ group, lines: [edge, line], mark, box }: Shown): void {
    const at = box();
    const isSomewhere = at !== null && at.width > 0;
    group.style.display = isSomewhere ? "" : "none";
    if (!isSomewhere) return;
    const zoom = scale();
    const growth = at.width / (mark.width * zoom);
    const factor = zoom * Math.min(MAX_GROWTH, Math.max(1 / MAX_GROWTH, growth));
    const place = `translate(${at.x + mark.fx * at.width} ${at.y + mark.fy * at.height}) scale(${factor})`;
    if (group.getAttribute("transform") === place) return;
    group.setAttribute("transform", place);
    const width = Math.max(lineWidths[mark.kind], THINNEST / factor);
    line.setAttribute("stroke-width", String(width));
    edge?.setAttribute("stroke-width", String(width + (2 * EDGE) / factor));
  }

  /** While there are marks, every frame: pages move what they stand in without telling. */
  function follow(): void {
    frame = 0;
    for (const one of shown.values()) lay(one);
    if (shown.size > 0) frame = requestAnimationFrame(follow);
  }

  function remove(key: string): void {
    const one = shown.get(key);
    if (one === undefined) return;
    clearTimeout(one.timer);
    one.group.remove();
    shown.delete(key);
    if (shown.size === 0) onAny(false);
  }

  function fade(key: string): void {
    const one = shown.get(key);
    if (one === undefined) return;
    one.group.style.transition = `opacity ${FADE_MS}ms`;
    one.group.style.opacity = "0";
    one.timer = setTimeout(remove, FADE_MS, key);
  }

  function erase(): void {
    for (const key of [...shown.keys()]) remove(key);
  }

  return {
    show(from, color, mark) {
      const key = `${from} ${mark.id}`;
      const before = shown.get(key);
      const box = before?.mark.node === mark.node ? before.box : hold(mark.node);
      if (box === null) return;
      clearTimeout(before?.timer);
      const one: Shown = {
        ...(before ?? make(mark, color)),
        mark,
        box,
        timer: setTimeout(fade, MARK_LASTS_MS, key),
      };
      shown.set(key, one);
      const path = markPath(mark);
      for (const line of one.lines) line?.setAttribute("d", path);
      lay(one);
      if (before !== undefined) return;
      if (shown.size === 1) onAny(true);
      if (shown.size > MAX_MARKS) remove(shown.keys().next().value ?? "");
      if (frame === 0) frame = requestAnimationFrame(follow);
    },
    erase,
    close() {
      erase();
      cancelAnimationFrame(frame);
      svg.remove();
    },
  };
}
