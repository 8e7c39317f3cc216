/** Limits of papers (PDF). */

/** Bytes: a scanned floor plan of some pages. */
export const MAX_PAPER_BYTES = 26_214_400;
/** Pages: each becomes an item on the panel; a manual is better sent as the pages that matter. */
export const MAX_PAPER_PAGES = 20;
/** Longest side of a page, pixels: small print on A4 stays readable (about 205 dots an inch). */
export const PAGE_LONGEST = 2_400;
/** Pixels a point (1/72 inch) at most: nobody needs a stamp at more than 430 dots an inch. */
export const MAX_PAGE_SCALE = 6;
/** Bytes of WebAssembly memory: a 25 MB file, its largest picture decoded, and a page of 23 MB. */
export const MAX_PAPER_MEMORY_BYTES = 536_870_912;
/** Milliseconds one page may take, waiting for a free thread included. A heavy plan takes about 3 s. */
export const PAGE_TIMEOUT_MS = 60_000;
/** Milliseconds all pages may take. */
export const PAPER_TIMEOUT_MS = 300_000;
