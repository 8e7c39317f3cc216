/** What messages weigh, ours and theirs by one measure. */
import { deflateRawSync, gunzipSync, gzipSync } from "node:zlib";
import { decodeStreamFrame } from "@/lib/mirror/wire/stream-frame";
import type { Message } from "./relay";

const LEVEL = 6;

/** All but our files (fonts that a viewer asks for) and sums of checking: they come whatever the page does. */
export function isOfThePage({ bytes, isText }: Message): boolean {
  if (isText) return true;
  const kind = decodeStreamFrame(bytes)?.kind;
  return kind !== "asset" && kind !== "check";
}

export const isAsset = ({ bytes, isText }: Message): boolean =>
  !isText && decodeStreamFrame(bytes)?.kind === "asset";

/** Before anything was gzipped. */
function plain({ bytes, isText }: Message): Uint8Array {
  const frame = isText ? null : decodeStreamFrame(bytes);
  if (!frame) return bytes;
  return frame.gzipped ? gunzipSync(frame.payload) : frame.payload;
}

const sum = (messages: readonly Message[], of: (message: Message) => number) =>
  messages.reduce((total, message) => total + of(message), 0);

export const plainBytes = (messages: readonly Message[]) => sum(messages, (one) => plain(one).length);

export const gzippedBytes = (messages: readonly Message[]) =>
  sum(messages, (one) => gzipSync(plain(one), { level: LEVEL }).length);

export const sentBytes = (messages: readonly Message[]) => sum(messages, ({ bytes }) => bytes.length);

/** Each message as sent, deflated by itself. */
export const deflatedBytes = (messages: readonly Message[]) =>
  sum(messages, ({ bytes }) => deflateRawSync(bytes, { level: LEVEL }).length);

/** As sent, on a line that deflates and remembers what went before. */
export const streamedBytes = (messages: readonly Message[]) =>
  messages.length === 0
    ? 0
    : deflateRawSync(Buffer.concat(messages.map(({ bytes }) => bytes)), { level: LEVEL }).length;
