/** Limits of exports, and what they look like. */

/** Longest side of an exported picture, pixels: a large screen's worth, and what the media store keeps a size of. */
export const MAX_EXPORT_LONGEST = 3_200;
/** Items of a paper up to which each gets so many pixels: 3,200 is 290 dots an inch on A4; a file stays below some 60 MB. */
export const PAPER_RUNGS = [
  { items: 20, longest: 3_200 },
  { items: 150, longest: 1_600 },
  { items: Number.POSITIVE_INFINITY, longest: 640 },
] as const;
/** JPEG quality of a paper's pictures: no artefacts to be seen in print. */
export const PAPER_JPEG_QUALITY = 88;
/** Width of the stage, CSS pixels, as if which an export is painted: rims of marks are as thick as on a laptop. */
export const EXPORT_STAGE_PX = 1_000;
/** Longest side of a tile that stands for a missing picture, pixels. */
export const TILE_LONGEST = 1_200;

/** Milliseconds one export may take, waiting for a free thread included. A full panel of 500 items takes some 15 s on a busy core. */
export const EXPORT_TIMEOUT_MS = 120_000;
/** Exports painted at once: each holds a decoded picture of 41 MB and a paper in the making. */
export const MAX_EXPORT_THREADS = 2;
/** Exports waiting for a thread, beyond which the server says it is busy. */
export const MAX_WAITING_EXPORTS = 16;
/** Heap of one thread, megabytes: a panel at its size limit, read. Pixels lie outside it. */
export const MAX_EXPORT_HEAP_MB = 384;
