/**
 * What a mark is, in terms that a message catalogue can say aloud: "Anna drew a circle at the top right, note: zip".
 * No words here; the reader's language is chosen on display.
 */
import { centreOf, contains, grow, upright } from "./geometry";
import type { Mark, MarkKind } from "./mark";
import type { Size } from "./view";

const places = [
  "topLeft",
  "top",
  "topRight",
  "left",
  "centre",
  "right",
  "bottomLeft",
  "bottom",
  "bottomRight",
] as const;
export type Place = (typeof places)[number];

/** Which ninth of the picture the middle of a mark lies in (an arrow: its point). */
export function placeOf(mark: Pick<Mark, "kind" | "x" | "y" | "w" | "h">, picture: Size): Place {
  const at = mark.kind === "arrow" ? { x: mark.x + mark.w, y: mark.y + mark.h } : centreOf(upright(mark));
  const third = (value: number, length: number) => Math.min(2, Math.max(0, Math.floor((value / length) * 3)));
  return places[third(at.y, picture.height) * 3 + third(at.x, picture.width)] ?? "centre";
}

export interface Spoken {
  readonly author: string;
  readonly kind: MarkKind;
  readonly place: Place;
  /** A text mark's words, or those of the label nearest to the mark; empty when there is none. */
  readonly note: string;
  readonly number: number;
}

/** Characters of a note that are read out. */
const NOTE_CHARS = 120;

export function describe(mark: Mark, marks: readonly Mark[], picture: Size): Spoken {
  const own = mark.kind === "text" ? mark.text : noteAt(mark, marks);
  return {
    author: mark.author,
    kind: mark.kind,
    place: placeOf(mark, picture),
    note: own.replace(/\s+/g, " ").trim().slice(0, NOTE_CHARS),
    number: mark.number,
  };
}

/** The words of a label by the same author that touches the mark. */
function noteAt(mark: Mark, marks: readonly Mark[]): string {
  const box = upright(mark);
  const around = grow(box, Math.max(mark.width * 6, Math.max(box.w, box.h) * 0.15));
  const label = marks.find(
    (other) =>
      other.kind === "text" && other.author === mark.author && contains(around, centreOf(upright(other))),
  );
  return label?.text ?? "";
}

/** Numbers as shown: unique, though two people may have placed the same number at once. */
export function pinNumbers(marks: readonly Mark[]): ReadonlyMap<string, number> {
  const pins = marks.filter((mark) => mark.kind === "pin");
  const inOrder = [...pins].sort(
    (a, b) => a.number - b.number || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
  );
  const shown = new Map<string, number>();
  let last = 0;
  for (const pin of inOrder) {
    last = Math.max(last + 1, pin.number);
    shown.set(pin.id, last);
  }
  return shown;
}
