/** What a picture of a page may cost: the desk while it is made, and everybody who looks at it. */

/** Nodes of the page with all that its shadow roots and frames hold; more is called too large. */
export const MAX_FLAT_NODES = 60_000;
/** Milliseconds of work, as for one frame of the stream: past that the agent has long turned to something else. */
export const MAX_WORK_MS = 8_000;
/** Milliseconds that pictures are waited for which only the customer's browser can read; then they are grey boxes. */
export const PATIENCE_MS = 4_000;
/** Milliseconds between two looks whether they have come. */
export const LOOK_MS = 80;
/** Bytes of pictures and typefaces in one picture; what comes after that is a grey box. */
export const MAX_INNER_BYTES = 25_165_824;
/** Pixels of the picture: twice the page's size up to some 1,900 x 1,000 pixels of hers. */
export const MAX_PIXELS = 8_000_000;
/** Pixels of ours for one of the page's: twice, so that a look from near finds letters, and never so few that they are lost. */
export const MAX_SCALE = 2;
export const MIN_SCALE = 0.5;
/** Bytes of the picture as it is sent. */
export const MAX_PICTURE_BYTES = 16_777_216;
