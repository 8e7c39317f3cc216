import { createHash } from "node:crypto";

const PERCENT = 100;
/** The first four bytes of the hash, as a share of all that they can be. */
const HASH_BYTES = 4;
const ALL = 2 ** (8 * HASH_BYTES);

/**
 * Whether somebody is held out: the same answer each time, by nothing but the shop's salt and her id, so that nobody can
 * choose her group and a page load does not change it. A higher share holds the same people out, and some more.
 * @param percent 0 to 100
 */
export function isHeldOut(salt: string, who: string, percent: number): boolean {
  const drawn = createHash("sha256").update(`${salt}:${who}`).digest().readUIntBE(0, HASH_BYTES);
  return drawn / ALL < percent / PERCENT;
}
