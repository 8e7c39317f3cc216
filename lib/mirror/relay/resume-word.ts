/** What lets a customer's tab go on after a page load: made anew each time, and kept by us only as a hash. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 128 bits: nobody guesses it within the two minutes that it is worth something. */
const WORD_BYTES = 16;

export interface ResumeWord {
  readonly word: string;
  readonly hash: string;
}

export function newResumeWord(): ResumeWord {
  const word = randomBytes(WORD_BYTES).toString("base64url");
  return { word, hash: hashOf(word).toString("hex") };
}

/** Takes equally long whatever is shown. */
export function isResumeWord(shown: string, hash: string | null): boolean {
  return timingSafeEqual(hashOf(shown), Buffer.from(hash ?? NO_HASH, "hex"));
}

const hashOf = (word: string): Buffer => createHash("sha256").update(word).digest();
/** Of no word that anybody knows. */
const NO_HASH = "00".repeat(32);
