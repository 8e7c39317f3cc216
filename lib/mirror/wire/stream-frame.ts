/**
 * The frames in which a mirrored page travels: a header that the relay reads, and a payload that it never does. Written by
 * the capture, read by the viewer; what stands in the payload is `page-message.ts`.
 */

const STREAM_VERSION = 1;
/** Bytes before the payload: version, kind, flags, nothing yet, epoch (u32), seq (u32), payload length (u32), big-endian. */
export const HEADER_BYTES = 16;
/** Bytes of one frame with its header: a page of 16,000 nodes is 70 KB gzipped; more than this is no shop's page. */
export const MAX_STREAM_FRAME_BYTES = 4_194_304;
/** Bytes above which a payload is worth gzipping. */
export const GZIP_FROM_BYTES = 1_024;

/** `full` and `delta` are counted by `seq`; the others only belong to an epoch. */
const streamKinds = ["full", "delta", "cursor", "asset", "check"] as const;
export type StreamKind = (typeof streamKinds)[number];

const GZIPPED = 1;

export interface StreamHeader {
  readonly kind: StreamKind;
  readonly gzipped: boolean;
  /** One life of a document: raised by every page load, and by whatever makes what was sent before invalid. */
  readonly epoch: number;
  /** Gapless within an epoch: a `full` is 0 or more, each `delta` one more than what came before it. */
  readonly seq: number;
}

export interface StreamFrame extends StreamHeader {
  readonly payload: Uint8Array;
}

export function encodeStreamFrame({ kind, gzipped, epoch, seq, payload }: StreamFrame): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + payload.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, STREAM_VERSION);
  view.setUint8(1, streamKinds.indexOf(kind));
  view.setUint8(2, gzipped ? GZIPPED : 0);
  view.setUint32(4, epoch);
  view.setUint32(8, seq);
  view.setUint32(12, payload.byteLength);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Null for anything that no capture of this version writes. The payload is a view into `bytes`. */
export function decodeStreamFrame(bytes: Uint8Array): StreamFrame | null {
  if (bytes.byteLength < HEADER_BYTES || bytes.byteLength > MAX_STREAM_FRAME_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = streamKinds[view.getUint8(1)];
  const flags = view.getUint8(2);
  const payload = bytes.subarray(HEADER_BYTES);
  const wrong = view.getUint8(0) !== STREAM_VERSION || flags > GZIPPED || view.getUint8(3) !== 0;
  if (kind === undefined || wrong || view.getUint32(12) !== payload.byteLength) return null;
  return { kind, gzipped: flags === GZIPPED, epoch: view.getUint32(4), seq: view.getUint32(8), payload };
}
