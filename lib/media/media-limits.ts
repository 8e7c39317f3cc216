/** Limits of pictures that only the server needs to know. */

/** Longest sides of the stored sizes, pixels: strip, card, phone screen, large screen. The full picture comes on top. */
export const SIZE_RUNGS = [160, 640, 1_600, 3_200] as const;
/** With sizes up to this one a picture can be looked at and drawn on while the larger ones are made, pixels: a phone's stage. */
export const USABLE_LONGEST = 640;
/** A rung is skipped unless the picture is this much longer: two nearly equal files help nobody. */
export const RUNG_MARGIN = 1.2;
/**
 * Longest side of a picture that is kept whole, pixels: a 12-megapixel phone photo (4,032). What is larger is kept up to
 * the last rung, and in tiles: all at once it would take more memory than a phone's browser gives one page.
 */
export const MAX_WHOLE_LONGEST = 4_096;
/** Side of a tile, pixels: a phone's screen shows about a dozen, each 30 KB or so. */
export const TILE_SIZE = 512;
/** Milliseconds that cutting tiles may take, waiting for a free thread included. 100 megapixels: under a minute. */
export const TILES_TIMEOUT_MS = 300_000;
/** HEIC is decoded in WebAssembly, which needs about 12 bytes a pixel; 48 megapixels is the largest iPhone photo. */
export const MAX_HEIC_PIXELS = 50_000_000;
/** Milliseconds one picture may take, waiting for a free thread included. 48-megapixel HEIC: about 15 s, more on a busy machine. */
export const READ_TIMEOUT_MS = 120_000;
/** Pictures waiting for a thread, beyond which the server says it is busy: 24 x 25 MB is what we want to hold at most. */
export const MAX_WAITING_PICTURES = 24;
/** Gigabytes that videos of one shop's catalogue may take where nobody says otherwise: a thousand of twenty seconds in full HD. */
export const SHOP_VIDEO_GB = 20;
