/** Which colour of the palette a participant gets (CO8). The colours themselves are the panel's. */
import { palette } from "@/lib/panel/palette";

/** Default colours in lib/panel/palette; its last entry, white, is never given to anybody. */
const PALETTE_SIZE = palette.length - 1;
/** The customer's, in every conversation. */
export const CUSTOMER_COLOR = 0;

/** The first colour nobody has yet; when all are used, the one used least. */
export function freeColor(used: readonly number[]): number {
  const counts = Array.from({ length: PALETTE_SIZE }, (_, color) => used.filter((u) => u === color).length);
  return counts.indexOf(Math.min(...counts));
}
