/** Two screenshots, pixel by pixel. */
import sharp from "sharp";

/** Difference of one channel, of 255, that nobody sees. */
const UNSEEN = 24;

export async function differingShare(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((png) => sharp(png).removeAlpha().raw().toBuffer()));
  if (!a || !b || a.length !== b.length) return 1;
  let differing = 0;
  for (let at = 0; at < a.length; at += 3) {
    const differs = [0, 1, 2].some(
      (channel) => Math.abs((a[at + channel] ?? 0) - (b[at + channel] ?? 0)) > UNSEEN,
    );
    if (differs) differing++;
  }
  return differing / (a.length / 3);
}
