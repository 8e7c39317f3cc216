/**
 * PostgreSQL's wire protocol, only as far as the gateway needs it: where a message ends, which messages close a unit
 * that must run undivided, and the transaction state a reply ends in.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

/** Request codes a client sends instead of a start-up message. */
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
/** A start-up packet is small; anything above is not PostgreSQL talking. */
const MAX_STARTUP_BYTES = 10_000;
/** PostgreSQL's own limit for one message is 1 GB; ours guards this process' memory. */
const MAX_MESSAGE_BYTES = 268_435_456;

/**
 * Takes the first complete packet off `buffer`; null when more bytes are needed.
 * @param {Buffer} buffer
 * @param {boolean} started false until the start-up message has been seen
 * @returns {{ kind: "ssl" | "cancel" | "startup" | "message", bytes: Buffer, rest: Buffer } | null}
 */
export function takePacket(buffer, started) {
  if (!started) {
    if (buffer.length < 8) return null;
    const length = buffer.readInt32BE(0);
    if (length < 8 || length > MAX_STARTUP_BYTES) throw new Error("not a PostgreSQL start-up packet");
    if (buffer.length < length) return null;
    const code = buffer.readInt32BE(4);
    const kind =
      code === SSL_REQUEST || code === GSS_REQUEST ? "ssl" : code === CANCEL_REQUEST ? "cancel" : "startup";
    return { kind, bytes: buffer.subarray(0, length), rest: buffer.subarray(length) };
  }
  if (buffer.length < 5) return null;
  const length = 1 + buffer.readInt32BE(1);
  if (length < 5 || length > MAX_MESSAGE_BYTES) throw new Error("not a PostgreSQL message");
  if (buffer.length < length) return null;
  return { kind: "message", bytes: buffer.subarray(0, length), rest: buffer.subarray(length) };
}

/** @param {Buffer} message */
export function typeOf(message) {
  return String.fromCharCode(message[0]);
}

/** Simple query, function call, Sync and Flush: the client now waits for an answer. */
export const unitEnds = new Set(["Q", "F", "S", "H"]);

/**
 * State in the ReadyForQuery that ends a reply: "I" idle, "T" in a transaction, "E" in a failed one; null without one.
 * @param {Uint8Array} reply
 * @returns {"I" | "T" | "E" | null}
 */
export function readyState(reply) {
  const at = reply.length - 6;
  if (at < 0 || reply[at] !== 0x5a || reply[at + 4] !== 5) return null;
  const state = String.fromCharCode(reply[at + 5]);
  return state === "I" || state === "T" || state === "E" ? state : null;
}

/**
 * @param {string} message
 * @returns {Buffer} a FATAL ErrorResponse
 */
export function fatal(message) {
  const body = Buffer.from(`SFATAL\0VFATAL\0C08006\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
