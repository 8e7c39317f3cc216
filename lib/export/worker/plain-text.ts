/** Words that somebody chose, made fit to stand on paper: no control characters, no more lines than there is room for. */
import type { SKRSContext2D } from "@napi-rs/canvas";

type Measuring = Pick<SKRSContext2D, "measureText">;

/** Characters of one text that are looked at: more than fit, few enough to measure. */
const MAX_CHARS = 400;
const clusters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Without control characters, and without those that turn the direction of what follows. */
function plainText(text: string): string {
  return text
    .slice(0, MAX_CHARS)
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** One line of at most `width`, cut between whole characters as people see them. */
export function clipLine(context: Measuring, text: string, width: number): string {
  const plain = plainText(text);
  if (context.measureText(plain).width <= width) return plain;
  const parts = Array.from(clusters.segment(plain), ({ segment }) => segment);
  let fits = 0;
  let tooLong = parts.length;
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (context.measureText(`${parts.slice(0, middle).join("")}…`).width <= width) fits = middle;
    else tooLong = middle;
  }
  return `${parts.slice(0, fits).join("").trimEnd()}…`;
}

/** Lines of at most `width`; the last one is cut when there are more than `most`. */
export function wrapLines(context: Measuring, text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  const words = plainText(text).split(" ");
  for (const [index, word] of words.entries()) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || context.measureText(longer).width <= width) {
      line = longer;
      continue;
    }
    if (lines.length === most - 1) {
      line = [line, ...words.slice(index)].join(" ");
      break;
    }
    lines.push(line);
    line = word;
  }
  return [...lines, line].map((each) => clipLine(context, each, width));
}
