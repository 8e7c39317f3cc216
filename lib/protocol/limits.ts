/** Every limit that two processes must agree on: named, with its unit and its reason. */

/** Bytes of one websocket frame. A 4,000-point pen stroke is about 20 KB; a pasted document state may be larger. */
export const MAX_FRAME_BYTES = 1_048_576;
/** Frames a second one participant may send, averaged over ten: 20 strokes + 30 cursors + chat, with room to spare. */
export const MAX_FRAMES_PER_SECOND = 120;
/** Bytes a second one participant may send, averaged over twenty seconds. */
export const MAX_BYTES_PER_SECOND = 524_288;
/** Milliseconds a second that the server works for one participant: a tenth of a core, ten times what drawing takes. */
export const MAX_WORK_MS_PER_SECOND = 100;
/** The same for a whole room: half a core. Sixteen who all draw and point at once, on a slow machine, take less. */
export const MAX_ROOM_WORK_MS_PER_SECOND = 500;
/** Frames a second of a whole room: sixteen who all draw and point at once send 800. A tenth of a core, at most. */
export const MAX_ROOM_FRAMES_PER_SECOND = 1_000;
/** Bytes a second of a whole room, averaged over twenty seconds: four who each send as much as one may. */
export const MAX_ROOM_BYTES_PER_SECOND = 2_097_152;
/** Bytes of one participant's presence. A 512-point draft stroke is about 6 KB. */
export const MAX_PRESENCE_BYTES = 32_768;
/** Bytes of one panel's document; past it the panel takes no further marks. */
export const MAX_PANEL_BYTES = 16_777_216;
/** Characters of one chat message. */
export const MAX_MESSAGE_CHARS = 4_000;
/** Characters of a text mark. */
export const MAX_LABEL_CHARS = 500;
/** Participants in a room at once. */
export const MAX_PARTICIPANTS = 16;
/** Companions of a conversation at once: a family on a sofa; the agent still has to know who is who. */
export const MAX_COMPANIONS = 3;
/** Characters of the name that a companion gives herself. */
export const MAX_COMPANION_NAME_CHARS = 40;
/** Bytes of an uploaded picture: a 48-megapixel phone photo is 10-20 MB, a studio's 100-megapixel JPEG 30-60. */
export const MAX_UPLOAD_BYTES = 67_108_864;
/** Bytes of an uploaded paper (PDF): a scanned manual, not a catalogue. */
export const MAX_PAPER_BYTES = 26_214_400;
/** Bytes of any uploaded file: three minutes of a phone's video are about 190 MB. */
export const MAX_FILE_BYTES = 209_715_200;
/** Bytes that a browser sends at once, after which a lost line costs no more: S3 takes parts of 5 MiB and more. */
export const UPLOAD_PART_BYTES = 5_242_880;
/** Pixels of an uploaded picture, before decoding: the largest studio cameras have 102 million. Bounds the decoder's memory. */
export const MAX_UPLOAD_PIXELS = 110_000_000;
/** Lifetime of a room token, seconds: long enough to connect, short enough to be worthless when leaked. */
export const ROOM_TOKEN_SECONDS = 300;
/** Lifetime of a media address, seconds. */
export const MEDIA_TOKEN_SECONDS = 3_600;
/** Messages sent with the welcome; older ones are loaded on demand. */
export const WELCOME_MESSAGES = 200;
/** Events in one batch from the loader. */
export const MAX_EVENTS_PER_BATCH = 50;
/** Bytes of one JSON body from a browser, unless a route says otherwise. */
export const MAX_JSON_BYTES = 65_536;
/** Smallest and largest zoom, as a factor of "the whole picture fits". */
export const MIN_ZOOM = 1;
export const MAX_ZOOM = 16;
/** Days for which a closed conversation's drawing can be played stroke by stroke: a season and the same season a year later. */
export const PANEL_HISTORY_DAYS = 400;
