/** What a person set last, kept on this device where that is allowed: inside a stranger's page storage may throw. */
import { type StrokeWidth, strokeWidths } from "@/lib/panel/palette";

const KEY = "vetrina.panel.width";

export function rememberedWidth(): StrokeWidth {
  try {
    const found = localStorage.getItem(KEY);
    return found !== null && found in strokeWidths ? (found as StrokeWidth) : "medium";
  } catch {
    return "medium";
  }
}

export function rememberWidth(width: StrokeWidth): void {
  try {
    localStorage.setItem(KEY, width);
  } catch {
    // No storage here: it is remembered as long as the panel is open.
  }
}
