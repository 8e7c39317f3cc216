/**
 * Which ids a feed has used, and in which line, in a few bytes each: a million of them must not be held as texts. Ids are
 * told apart by 53 bits of their SHA-1; two of a million share them once in eighteen thousand feeds.
 */
import { createHash } from "node:crypto";

/** A power of two; doubled whenever more than half is taken. */
const FIRST_SLOTS = 4_096;

export class SeenIds {
  #hashes = new Float64Array(FIRST_SLOTS);
  #lines = new Uint32Array(FIRST_SLOTS);
  #count = 0;

  /** @returns the line of its first use, or null when this is it */
  add(id: string, line: number): number | null {
    if (this.#count * 2 >= this.#hashes.length) this.#grow();
    const before = this.#put(hashOf(id), line);
    if (before === null) this.#count += 1;
    return before;
  }

  #put(hash: number, line: number): number | null {
    const slots = this.#hashes.length;
    for (let at = hash % slots; ; at = (at + 1) % slots) {
      if (this.#hashes[at] === 0) {
        this.#hashes[at] = hash;
        this.#lines[at] = line;
        return null;
      }
      if (this.#hashes[at] === hash) return this.#lines[at] ?? 0;
    }
  }

  #grow(): void {
    const [hashes, lines] = [this.#hashes, this.#lines];
    this.#hashes = new Float64Array(hashes.length * 2);
    this.#lines = new Uint32Array(hashes.length * 2);
    for (const [at, hash] of hashes.entries()) if (hash !== 0) this.#put(hash, lines[at] ?? 0);
  }
}

/** 1 to 2^53: exact as a number, and never 0, which marks an empty slot. */
function hashOf(id: string): number {
  const digest = createHash("sha1").update(id).digest();
  return (digest.readUInt32LE(0) & 0x1f_ffff) * 2 ** 32 + digest.readUInt32LE(4) + 1;
}
