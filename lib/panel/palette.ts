/** The colours of marks and participants: Okabe and Ito's colour-blind-safe set, with a dash pattern for those who see none. */

/** Okabe, Ito (2008), "Color Universal Design"; black is replaced by white, which reads on dark photographs too. */
export const palette = [
  { key: "vermillion", color: "#d55e00", dash: [] },
  { key: "sky", color: "#56b4e9", dash: [10, 6] },
  { key: "green", color: "#009e73", dash: [2, 6] },
  { key: "yellow", color: "#f0e442", dash: [14, 5, 2, 5] },
  { key: "blue", color: "#0072b2", dash: [6, 4] },
  { key: "purple", color: "#cc79a7", dash: [16, 6] },
  { key: "orange", color: "#e69f00", dash: [2, 3, 10, 3] },
  { key: "white", color: "#ffffff", dash: [4, 8] },
] as const;

export type PaletteEntry = (typeof palette)[number];

/** A participant's default colour and pattern; any index is answered. */
export function paletteEntry(index: number): PaletteEntry {
  const count = palette.length - 1;
  const whole = Number.isFinite(index) ? Math.trunc(index) : 0;
  return palette[((whole % count) + count) % count] ?? palette[0];
}

/** Black or white, whichever reads better on `color` (WCAG relative luminance). */
export function inkOn(color: string): "#111318" | "#ffffff" {
  const channel = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return luminance > 0.2 ? "#111318" : "#ffffff";
}

/** Stroke widths on offer: thousandths of the picture's longest side at zoom 1, thinner the closer one looks. */
export const strokeWidths = { fine: 3.5, medium: 6, bold: 11 } as const;
export type StrokeWidth = keyof typeof strokeWidths;

/** Picture pixels of a stroke drawn at `zoom` on a picture of this longest side. */
export function strokeWidth(setting: StrokeWidth, longestSide: number, zoom: number): number {
  return (strokeWidths[setting] * longestSide) / 1_000 / zoom ** 0.85;
}
