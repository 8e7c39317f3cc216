/** How far two pictures of one size lie apart, and where something was painted on one. */
import sharp from "sharp";
import type { Box } from "@/lib/panel/mark";

/** RGBA. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export async function readPixels(file: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Of 255: two rasterisers may disagree by so much about the edge of a line without either being wrong. */
const EDGE_DIFFERENCE = 80;
/** Of 255: what is painted differs from the bare picture by at least so much. */
const PAINTED_DIFFERENCE = 40;

function difference(a: Pixels, b: Pixels, at: number): number {
  let most = 0;
  for (let channel = 0; channel < 3; channel++) {
    most = Math.max(most, Math.abs((a.data[at + channel] ?? 0) - (b.data[at + channel] ?? 0)));
  }
  return most;
}

/** Share, 0 to 1, of the pixels that differ by more than edges may. */
export function differingShare(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) throw new Error("two sizes");
  let differing = 0;
  for (let at = 0; at < a.data.length; at += 4) if (difference(a, b, at) > EDGE_DIFFERENCE) differing++;
  return differing / (a.width * a.height);
}

/** The smallest box within `area` that holds every pixel which differs from the bare picture; null when none does. */
export function paintedWithin(painted: Pixels, bare: Pixels, area: Box): Box | null {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let y = Math.max(0, Math.floor(area.y)); y < Math.min(bare.height, area.y + area.h); y++) {
    for (let x = Math.max(0, Math.floor(area.x)); x < Math.min(bare.width, area.x + area.w); x++) {
      if (difference(painted, bare, (y * bare.width + x) * 4) <= PAINTED_DIFFERENCE) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < left ? null : { x: left, y: top, w: right - left + 1, h: bottom - top + 1 };
}

/** The largest distance, pixels, between one's edges and the other's. */
export function edgesApart(a: Box | null, b: Box | null): number {
  if (a === null || b === null) return a === b ? 0 : Number.POSITIVE_INFINITY;
  return Math.max(
    Math.abs(a.x - b.x),
    Math.abs(a.y - b.y),
    Math.abs(a.x + a.w - b.x - b.w),
    Math.abs(a.y + a.h - b.y - b.h),
  );
}
