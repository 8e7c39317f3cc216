/** Under each picture: who drew on it, and in which colours. */
import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Mark } from "@/lib/panel/mark";
import type { ExportPerson, PaperWords } from "../export-job";
import { EXPORT_FONT } from "./fonts";
import { clipLine } from "./plain-text";

interface Entry {
  readonly name: string;
  readonly colors: readonly string[];
}
export interface Legend {
  readonly label: string;
  readonly entries: readonly Entry[];
}

/** Colours shown of one person: as many as there are to choose from. */
const MAX_COLORS = 8;
/** Lines of a legend; who no longer fits is left out. */
const MAX_LINES = 2;
const SIZE = 10;
const LINE = 16;
/** Points that a name may be wide. */
const MAX_NAME = 180;

/** In order of their first marks. A mark names its author itself; who took no part is not named (`somebody`). */
export function legendOf(
  marks: readonly Mark[],
  people: readonly ExportPerson[],
  words: Pick<PaperWords, "drawnBy" | "somebody">,
): Legend {
  const names = new Map(people.map((person) => [person.id, person.name]));
  const colors = new Map<string, Set<string>>();
  for (const { author, color } of marks) {
    const name = names.get(author) ?? words.somebody;
    const known = colors.get(name) ?? new Set();
    colors.set(name, known);
    if (known.size < MAX_COLORS) known.add(color);
  }
  const entries = Array.from(colors, ([name, used]) => ({ name, colors: [...used] }));
  return { label: words.drawnBy, entries };
}

/** @param at top left, and the points that there are; two lines at most. */
export function paintLegend(
  context: SKRSContext2D,
  { label, entries }: Legend,
  at: { readonly x: number; readonly y: number; readonly width: number },
): void {
  if (entries.length === 0) return;
  context.font = `400 ${SIZE}px ${EXPORT_FONT}`;
  let x = at.x;
  let y = at.y + SIZE;
  let lines = 1;
  context.fillStyle = "#5b5f68";
  context.fillText(label, x, y);
  x += context.measureText(label).width + 12;
  for (const entry of entries) {
    const name = clipLine(context, entry.name, MAX_NAME);
    const width = entry.colors.length * 11 + 4 + context.measureText(name).width;
    if (x + width > at.x + at.width) {
      lines += 1;
      if (lines > MAX_LINES) return;
      x = at.x;
      y += LINE;
    }
    for (const color of entry.colors) {
      context.beginPath();
      context.roundRect(x, y - 8, 9, 9, 2);
      context.fillStyle = color;
      context.fill();
      context.strokeStyle = "rgb(12 13 16 / 45%)";
      context.lineWidth = 0.5;
      context.stroke();
      x += 11;
    }
    context.fillStyle = "#16181d";
    context.fillText(name, x + 4, y);
    x += 4 + context.measureText(name).width + 16;
  }
}
