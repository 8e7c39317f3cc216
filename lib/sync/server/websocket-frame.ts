/**
 * A binary message as a websocket carries it from a server (RFC 6455, 5.2: one frame, not masked). Made by us, once, for
 * all who receive it: the same bytes go to everybody in the room, and as one piece.
 */
const FINAL_BINARY = 0x82;
/** Lengths up to here stand in the second byte; then come two bytes, then eight. */
const MAX_SHORT = 125;
const MAX_MEDIUM = 0xffff;
const MEDIUM = 126;
const LONG = 127;

export function websocketFrame(payload: Uint8Array): Buffer {
  const { length } = payload;
  const head = length <= MAX_SHORT ? 2 : length <= MAX_MEDIUM ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = FINAL_BINARY;
  if (length <= MAX_SHORT) frame[1] = length;
  else if (length <= MAX_MEDIUM) {
    frame[1] = MEDIUM;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = LONG;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(payload, head);
  return frame;
}
