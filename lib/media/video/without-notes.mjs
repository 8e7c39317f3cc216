/**
 * Removes the notes that recorders write between the pictures of H.264 and H.265 (position, device, time, captions):
 * SEI messages with user data. Everything that a decoder needs stays.
 */

/** "User data registered" (captions and makers' data) and "user data unregistered" (free text). */
const NOTES = new Set([4, 5]);

/**
 * @param {Uint8Array} packet NAL units, each behind its length
 * @param {number} lengthBytes of that length, 1 to 4
 * @param {"avc" | "hevc"} codec
 */
export function withoutNotes(packet, lengthBytes, codec) {
  const kept = [];
  let keptBytes = 0;
  for (let at = 0; at + lengthBytes < packet.length; ) {
    let length = 0;
    for (let index = 0; index < lengthBytes; index++) length = length * 256 + packet[at + index];
    const end = at + lengthBytes + length;
    // Not what it should be: the decoder has to cope with it as it is.
    if (length === 0 || end > packet.length) return packet;
    if (!hasNotes(packet.subarray(at + lengthBytes, end), codec)) {
      kept.push(packet.subarray(at, end));
      keptBytes += end - at;
    }
    at = end;
  }
  return keptBytes === packet.length || keptBytes === 0 ? packet : Buffer.concat(kept, keptBytes);
}

function hasNotes(unit, codec) {
  const isSei = codec === "avc" ? (unit[0] & 0x1f) === 6 : [39, 40].includes((unit[0] >> 1) & 0x3f);
  if (!isSei) return false;
  let at = codec === "avc" ? 1 : 2;
  // A message: its type and its size, each as bytes that are added up to the first that is not 255. Ends with 0x80.
  while (at + 2 < unit.length) {
    const type = readSum(unit, at);
    const size = readSum(unit, type.next);
    if (NOTES.has(type.value)) return true;
    at = size.next + size.value;
  }
  return false;
}

function readSum(unit, start) {
  let at = start;
  let value = 0;
  while (unit[at] === 255) {
    value += 255;
    at++;
  }
  return { value: value + (unit[at] ?? 0), next: at + 1 };
}

const asBytes = (source) =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);

/** hvcC without its SEI: 22 bytes, a count of arrays, then arrays of NAL units of one type. */
export function setUpWithoutNotes(description) {
  const bytes = asBytes(description);
  const kept = [];
  let at = 23;
  for (let arrays = bytes[22] ?? 0; arrays > 0; arrays--) {
    const start = at;
    if (at + 3 > bytes.length) return bytes;
    let units = bytes[at + 1] * 256 + bytes[at + 2];
    for (at += 3; units > 0; units--) {
      if (at + 2 > bytes.length) return bytes;
      at += 2 + bytes[at] * 256 + bytes[at + 1];
    }
    if (![39, 40].includes(bytes[start] & 0x3f)) kept.push(bytes.subarray(start, at));
  }
  return Uint8Array.from(Buffer.concat([bytes.subarray(0, 22), Buffer.of(kept.length), ...kept]));
}

/** Bytes of the length before each NAL unit, from avcC or hvcC; null when they are separated otherwise. */
export function lengthBytesOf(codec, description) {
  if (!description) return null;
  const bytes = asBytes(description);
  const flags = codec === "avc" ? bytes[4] : codec === "hevc" ? bytes[21] : undefined;
  return flags === undefined ? null : (flags & 3) + 1;
}
