/**
 * A small single-stroke alphabet of our own. Pictures must look the same on a machine without a single font, and engraved
 * or embossed letters are strokes anyway. One unit is a sixth of a capital's height; y grows downwards.
 */
const glyphs: Record<string, readonly [width: number, path: string]> = {
  A: [4.4, "M0 6L2.2 0 4.4 6M.75 4H3.65"],
  B: [3.6, "M0 0V6H2C4.2 6 4.2 2.9 2 2.9H0M0 0H1.8C3.7 0 3.7 2.9 1.8 2.9"],
  C: [4, "M4 1C3.5.3 2.9 0 2.2 0 .8 0 0 1.3 0 3S.8 6 2.2 6C2.9 6 3.5 5.7 4 5"],
  D: [4, "M0 0V6H1.5C5 6 5 0 1.5 0Z"],
  E: [3.2, "M3.2 0H0V6H3.2M0 2.9H2.7"],
  F: [3, "M3 0H0V6M0 2.9H2.5"],
  G: [4.2, "M4 1C3.5.3 2.9 0 2.2 0 .8 0 0 1.3 0 3S.8 6 2.2 6C3.2 6 4.1 5.5 4.2 3.2H2.6"],
  H: [4, "M0 0V6M4 0V6M0 2.9H4"],
  I: [0, "M0 0V6"],
  J: [2.4, "M2.4 0V4.3C2.4 6.5 0 6.5 0 4.6"],
  K: [3.6, "M0 0V6M3.5 0L0 3.4M1.3 2.3L3.6 6"],
  L: [3, "M0 0V6H3"],
  M: [5, "M0 6V0L2.5 4 5 0V6"],
  N: [4, "M0 6V0L4 6V0"],
  O: [4.6, "M2.3 0C.9 0 0 1.3 0 3S.9 6 2.3 6 4.6 4.7 4.6 3 3.7 0 2.3 0Z"],
  P: [3.4, "M0 6V0H1.8C3.9 0 3.9 3.3 1.8 3.3H0"],
  Q: [4.6, "M2.3 0C.9 0 0 1.3 0 3S.9 6 2.3 6 4.6 4.7 4.6 3 3.7 0 2.3 0ZM2.9 4.5L4.6 6.3"],
  R: [3.6, "M0 6V0H1.8C3.9 0 3.9 3.1 1.8 3.1H0M1.7 3.1L3.6 6"],
  S: [3.4, "M3.2.9C2.5-.3.2-.3.2 1.5.2 3.4 3.4 2.6 3.4 4.5 3.4 6.4.7 6.4 0 5"],
  T: [3.8, "M0 0H3.8M1.9 0V6"],
  U: [4, "M0 0V3.9C0 6.7 4 6.7 4 3.9V0"],
  V: [4.2, "M0 0L2.1 6 4.2 0"],
  W: [6, "M0 0L1.5 6 3 1.2 4.5 6 6 0"],
  X: [4, "M0 0L4 6M4 0L0 6"],
  Y: [4, "M0 0L2 3 4 0M2 3V6"],
  Z: [3.8, "M0 0H3.8L0 6H3.8"],
  0: [3.6, "M1.8 0C.6 0 0 1.3 0 3S.6 6 1.8 6 3.6 4.7 3.6 3 3 0 1.8 0Z"],
  1: [1.4, "M0 1.2L1.4 0V6"],
  2: [3.4, "M.1 1.5C.2-.5 3.3-.5 3.3 1.6 3.3 3.2.2 4.5 0 6H3.4"],
  3: [3.3, "M.2.9C1-.4 3.2-.2 3.1 1.4 3 2.7 1.9 2.9 1.3 2.9 3.9 2.9 3.9 6 1.6 6 .8 6 .2 5.6 0 5"],
  4: [3.8, "M2.9 6V0L0 4.3H3.8"],
  6: [3.4, "M2.9.3C1 .3 0 2 0 4 0 6.7 3.4 6.7 3.4 4.1 3.4 1.9.6 1.8 0 3.8"],
  7: [3.4, "M0 0H3.4L1.2 6"],
  8: [3.4, "M1.7 2.8C0 2.8 0 0 1.7 0S3.4 2.8 1.7 2.8C-.5 2.8-.5 6 1.7 6S3.9 2.8 1.7 2.8Z"],
  9: [3.4, "M.5 5.7C2.4 5.7 3.4 4 3.4 2 3.4-.7 0-.7 0 1.9 0 4.1 2.8 4.2 3.4 2.2"],
  ".": [0, "M0 5.8V6"],
  "-": [1.8, "M0 3H1.8"],
  "/": [2.4, "M0 6.5L2.4-.5"],
  " ": [2, ""],
};
const five = "M3 0H.5L.2 2.7C1.5 1.8 3.4 2.3 3.3 4.1 3.2 6.4.8 6.5 0 5.1";

const glyphOf = (letter: string): readonly [number, string] =>
  letter === "5" ? [3.3, five] : (glyphs[letter] ?? [2, ""]);

/** Units between letters. */
const SPACING = 1.7;

function textWidth(text: string, height: number): number {
  let units = -SPACING;
  for (const letter of text) units += glyphOf(letter)[0] + SPACING;
  return (units * height) / 6;
}

/** Stroked letters centred on (x, y); stroke colour and width come from the group around them. */
export function lettering(text: string, x: number, y: number, height: number): string {
  const scale = height / 6;
  let at = x - textWidth(text, height) / 2;
  let out = "";
  for (const letter of text) {
    const [width, path] = glyphOf(letter);
    if (path)
      out += `<path transform="translate(${at.toFixed(1)} ${(y - height / 2).toFixed(1)}) scale(${scale.toFixed(3)})" d="${path}"/>`;
    at += (width + SPACING) * scale;
  }
  return out;
}

/** Letters around a circle, centred at the top (or the bottom, readable from outside there too). */
export function circularLettering(
  text: string,
  cx: number,
  cy: number,
  radius: number,
  height: number,
  bottom = false,
): string {
  const total = textWidth(text, height) / radius;
  const scale = height / 6;
  let angle = -total / 2;
  let out = "";
  for (const letter of text) {
    const [width, path] = glyphOf(letter);
    const half = (width * scale) / 2 / radius;
    const degrees = ((bottom ? -(angle + half) : angle + half) * 180) / Math.PI;
    const shift = bottom ? radius - height / 2 : -radius - height / 2;
    if (path)
      out += `<path transform="translate(${cx} ${cy}) rotate(${degrees.toFixed(2)}) translate(${((-width * scale) / 2).toFixed(2)} ${shift}) scale(${scale.toFixed(3)})" d="${path}"/>`;
    angle += ((width + SPACING) * scale) / radius;
  }
  return out;
}

/** Pressed into leather: a dark upper edge and a light lower one. `width` is in pixels of the picture. */
export function embossed(
  letters: (dy: number) => string,
  height: number,
  dark: string,
  light: string,
): string {
  const stroke = (color: string, opacity: number, units: number) =>
    `fill="none" stroke="${color}" stroke-opacity="${opacity}" stroke-width="${units}" stroke-linecap="round" stroke-linejoin="round"`;
  const step = Math.max(1.2, height / 26);
  return `<g ${stroke(light, 0.55, 0.75)}>${letters(step)}</g><g ${stroke(dark, 0.75, 0.7)}>${letters(0)}</g>`;
}
