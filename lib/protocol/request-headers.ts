/**
 * Headers that our own server writes on a request before any route sees it; whatever a client sent under these names is
 * dropped.
 */

/** The client's address, for rate limits and for what only this machine may read. */
export const ADDRESS_HEADER = "x-vetrina-address";
/** The nonce of the answer's Content-Security-Policy. */
export const NONCE_HEADER = "x-nonce";
/** The language asked for by `?lang=`. */
export const LOCALE_HEADER = "x-vetrina-locale";
