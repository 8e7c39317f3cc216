/** Limits of the panel's document: what a reader accepts from a document that anybody in the room may have written. */

/** Marks painted on one item; later ones (by creation) are not read. 2,000 is what the speed target is held at. */
export const MAX_MARKS_PER_ITEM = 5_000;
/** Items on one panel: an hour of a new picture every seven seconds, and a strip that still scrolls. */
export const MAX_ITEMS = 500;
/**
 * Bytes of the document that an erased mark leaves behind: its id stays, so that its deletion can be undone. 100,000 of
 * them are a quarter of MAX_PANEL_BYTES.
 */
export const ERASED_MARK_BYTES = 40;
/** Points of one stroke: about a minute of steady drawing after thinning. */
export const MAX_STROKE_POINTS = 4_000;
/** Points of a stroke shown while it is drawn: bounds presence to about 4 KB a frame. */
export const MAX_DRAFT_POINTS = 480;
/** Picture pixels a coordinate may lie away from the origin: far outside any picture, near enough for exact floats. */
export const MAX_COORDINATE = 1_000_000;
/** Picture pixels of a stroke's width. */
export const MIN_STROKE_WIDTH = 0.05;
export const MAX_STROKE_WIDTH = 20_000;
/** Pixels of a picture's side. */
export const MAX_PICTURE_SIDE = 100_000;
/** Characters of an item's title. */
export const MAX_TITLE_CHARS = 300;
/** Lines of a text mark. */
export const MAX_LABEL_LINES = 20;
/** Largest number on a pin. */
export const MAX_PIN_NUMBER = 9_999;
/** Milliseconds of a video that may lie on a panel: more than any that is taken in. */
export const MAX_VIDEO_MS = 3_600_000;
/** Pages of a paper: more than any that is taken in. */
export const MAX_PAGES = 500;
