/**
 * The app's own font on the server's canvas. A browser picks one of Inter's files by a letter's range; here each file is
 * a family, named in the same order. What Inter has no letter for comes from the fonts of the system, as in a browser.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { GlobalFonts } from "@napi-rs/canvas";

/** Extensions first: a plain file would put ź together from z and an accent, where a browser takes the letter itself. */
const subsets = [
  "latin-ext",
  "vietnamese",
  "latin",
  "cyrillic-ext",
  "cyrillic",
  "greek-ext",
  "greek",
] as const;
const familyOf = (subset: (typeof subsets)[number]) => `Inter ${subset}`;

export const EXPORT_FONT = `${subsets.map((subset) => `"${familyOf(subset)}"`).join(", ")}, sans-serif`;

let registered = false;

/** The files that the pages load too (`standard.css`): weight and optical size vary, so widths are the same. */
export function registerFonts(): void {
  if (registered) return;
  registered = true;
  const require = createRequire(import.meta.url);
  for (const subset of subsets) {
    const file = require.resolve(`@fontsource-variable/inter/files/inter-${subset}-standard-normal.woff2`);
    GlobalFonts.register(readFileSync(file), familyOf(subset));
  }
}
