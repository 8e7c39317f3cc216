/** Why the server closes a socket. 4000-4999 is the range RFC 6455 leaves to applications. */
export const closeCodes = {
  /** The token is missing, forged, expired or names another room: get a new one, then reconnect. */
  unauthorized: 4401,
  /** The participant may no longer be here. Do not reconnect. */
  forbidden: 4403,
  /** No such conversation. Do not reconnect. */
  notFound: 4404,
  /** A frame that no honest client sends. */
  malformed: 4400,
  /** A frame above MAX_FRAME_BYTES. */
  tooLarge: 4413,
  /** Too many frames or bytes for too long. */
  tooMany: 4429,
  /** The room is full. */
  full: 4409,
  /** The server is going away: reconnect at once. */
  restarting: 4503,
} as const;

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

/** After these the client asks for no new connection. */
export const finalCloseCodes: readonly number[] = [closeCodes.forbidden, closeCodes.notFound];
