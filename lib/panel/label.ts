/** How a text mark is laid out: its font follows from its box, so that resizing the box resizes the words. */
import type { Box } from "./mark";

/** Line height and padding, as shares of the font size. */
export const LABEL = { line: 1.3, padX: 0.5, padY: 0.28 } as const;
/** A label's font size in stroke widths. */
export const LABEL_FONT_WIDTHS = 5;
export const LABEL_FONT = '"Inter Variable", Inter, system-ui, sans-serif';

export const linesOf = (text: string): string[] => text.split("\n");

/** Picture pixels of the font in a box of this height. */
export function labelFontSize(boxHeight: number, lines: number): number {
  return boxHeight / (Math.max(1, lines) * LABEL.line + 2 * LABEL.padY);
}

/** @param measure width of a line at font size 1. */
export function labelBox(
  text: string,
  fontSize: number,
  measure: (line: string) => number,
): Pick<Box, "w" | "h"> {
  const lines = linesOf(text);
  const widest = Math.max(0.6, ...lines.map(measure));
  return {
    w: (widest + 2 * LABEL.padX) * fontSize,
    h: (lines.length * LABEL.line + 2 * LABEL.padY) * fontSize,
  };
}

/** A pin's diameter in stroke widths. */
export const PIN_WIDTHS = 8;
