/** What a page may cost the desk. A shop's page stays far below; a hostile stream is stopped here. */

/** Nodes of one page; capture calls a page with more "too heavy" itself. */
export const MAX_NODES = 50_000;
/** Generations from the document down; browsers lay out deeper trees by recursion. */
export const MAX_DEPTH = 1_000;
/** Characters of all rules of a page: a large shop's frameworks are 1-2 million. */
export const MAX_CSS_CHARS = 8_000_000;
/** Bytes of one payload after gunzip: 50,000 nodes with their texts are about 6 MB. */
export const MAX_PAYLOAD_BYTES = 25_165_824;
/** Bytes that wait to be applied; a viewer that is further behind begins anew. */
export const MAX_WAITING_BYTES = 33_554_432;
/** Bytes of pictures and fonts of one session. */
export const MAX_ASSETS_BYTES = 67_108_864;
/** Assets that are asked for in one epoch. */
export const MAX_ASSETS = 5_000;
/** Characters of an address or a title that is shown to the agent. */
export const MAX_SHOWN_CHARS = 2_000;

/** Milliseconds of one slice of work: what a desk's own clicks and keys may wait for. */
export const SLICE_MS = 10;
/** Milliseconds of work for one frame after which its page is too much: a full page of 16,000 nodes takes a second. */
export const MAX_WORK_MS = 8_000;
/** Milliseconds in which a second page that cannot be shown means that it will not get better. */
export const OVERLOAD_MS = 60_000;
/** Milliseconds between two requests to begin anew. */
export const RESYNC_MS = 2_000;
