/** Limits of videos, all but the bytes checked before anything is decoded. */

/** Bytes: three minutes of a phone's 1080p are about 190 MB. */
export const MAX_VIDEO_BYTES = 209_715_200;
/** Seconds: a look around a room, not a film. */
export const MAX_VIDEO_SECONDS = 180;
/** Pixels of a frame: phones' 4K and a little more. Bounds a decoder's memory to about 30 MB a reference frame. */
export const MAX_VIDEO_PIXELS = 9_437_184;
/** Packets of one track: three minutes at 240 frames a second are 43,200. */
export const MAX_VIDEO_PACKETS = 60_000;
/** Bytes of one packet: a key frame of 4K at a high rate is 2 MB. */
export const MAX_PACKET_BYTES = 16_777_216;
/** Bytes of a container's index, which is read as a whole: that of three minutes is under 2 MB. */
export const MAX_INDEX_BYTES = 16_777_216;
/** Samples that a table may claim without listing each: three minutes of uncompressed sound at 96 kHz. */
export const MAX_CLAIMED_SAMPLES = 17_280_000;
/** Samples of one chunk: recorders write a second or so together, and a demuxer walks through all of them for each. */
export const MAX_CHUNK_SAMPLES = 10_000;
/** The same where all samples have one size, as in uncompressed sound: nothing is walked through. */
export const MAX_EVEN_CHUNK_SAMPLES = 200_000;
/** Boxes on the outermost level: a fragment a frame, 60 frames a second, is the worst that makes sense. */
export const MAX_OUTER_BOXES = 30_000;

/** Longest side after normalising, pixels: full HD, more than a panel shows. */
export const NORMAL_LONGEST = 1_920;
/** Frames a second after normalising. */
export const NORMAL_FPS = 30;
/** A video that is hardly faster (phones write 30.02) is left as it is. */
export const FPS_MARGIN = 1.05;

/** Seconds of a core for checking and repacking. 200 MB take about 2 s. */
export const REPACK_CPU_SECONDS = 30;
/** Milliseconds for the same by the clock, waiting for a turn included. */
export const REPACK_TIMEOUT_MS = 90_000;
/** Milliseconds for normalising once it is our turn: three minutes of 4K HEVC take about five minutes on two busy cores. */
export const NORMALISE_TIMEOUT_MS = 900_000;
/** Milliseconds for one still. */
export const STILL_TIMEOUT_MS = 30_000;
