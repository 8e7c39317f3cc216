/** Where the phone's chat sheet rests, and where it goes when it is let go. Pure; pixels in, rest out. */

export const rests = ["peek", "half", "full"] as const;
export type Rest = (typeof rests)[number];

/** CSS pixels: handle and composer. The panel's own tools end above it. */
export const PEEK_PX = 112;
/** CSS pixels left free above the full sheet: the frame's head, so that who is here and what they see stays readable. */
const FULL_GAP_PX = 80;
/** CSS pixels a millisecond from which a fling decides instead of the place. */
const FLING = 0.5;

/** Height of each rest in a frame `frameHeight` pixels high. */
export function restHeight(rest: Rest, frameHeight: number): number {
  const full = Math.max(PEEK_PX, frameHeight - FULL_GAP_PX);
  if (rest === "peek") return Math.min(PEEK_PX, full);
  return rest === "full" ? full : Math.min(full, Math.max(PEEK_PX, Math.round(frameHeight * 0.55)));
}

/** @param velocity CSS pixels a millisecond, up is positive. */
export function restAfterDrag(height: number, velocity: number, frameHeight: number): Rest {
  const heights = rests.map((rest) => restHeight(rest, frameHeight));
  if (velocity > FLING) return rests[heights.findIndex((one) => one > height)] ?? "full";
  if (velocity < -FLING) return rests[heights.findLastIndex((one) => one < height)] ?? "peek";
  const distances = heights.map((one) => Math.abs(one - height));
  return rests[distances.indexOf(Math.min(...distances))] ?? "half";
}

export function higher(rest: Rest): Rest {
  return rest === "peek" ? "half" : "full";
}

export function lower(rest: Rest): Rest {
  return rest === "full" ? "half" : "peek";
}
