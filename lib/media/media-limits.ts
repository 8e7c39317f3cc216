/** Limits of pictures that only the server needs to know. */

/** Longest sides of the stored sizes, pixels: strip, card, phone screen, large screen. The full picture comes on top. */
export const SIZE_RUNGS = [160, 640, 1_600, 3_200] as const;
/** A rung is skipped unless the picture is this much longer: two nearly equal files help nobody. */
export const RUNG_MARGIN = 1.2;
/** Longest side kept, pixels. A 48-megapixel phone photo is 8064; WebP ends at 16383, common GPUs' textures at 8192. */
export const MAX_STORED_LONGEST = 8_192;
/** HEIC is decoded in WebAssembly, which needs about 12 bytes a pixel; 48 megapixels is the largest iPhone photo. */
export const MAX_HEIC_PIXELS = 50_000_000;
/** Milliseconds one picture may take, waiting for a free thread included. 48-megapixel HEIC: about 15 s, more on a busy machine. */
export const READ_TIMEOUT_MS = 120_000;
/** Pictures waiting for a thread, beyond which the server says it is busy: 24 x 25 MB is what we want to hold at most. */
export const MAX_WAITING_PICTURES = 24;
