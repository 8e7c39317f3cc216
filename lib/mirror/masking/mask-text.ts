/** How masked text looks: dots that keep the page's shape and tell nothing else. */

const DOT = "•";
/** Lengths are rounded up to whole groups: lines break about where they did, and a word's length is not told. */
const GROUP = 4;
/** Longest row of dots: what has no spaces, in Chinese or in a token, may be long. */
const MAX_DOTS = 32;

export function maskText(text: string): string {
  return text.replace(/\S+/g, (word) =>
    DOT.repeat(Math.min(Math.ceil(word.length / GROUP) * GROUP, MAX_DOTS)),
  );
}

/** For what was typed: the same whatever it is, so that neither length nor rhythm is told. */
export const FILLED = DOT.repeat(GROUP);
