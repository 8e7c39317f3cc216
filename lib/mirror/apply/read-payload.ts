/** From a frame's bytes to a value of unknown shape; never more memory than a page may have. */

import type { PageAsset } from "../wire/page-message";
import { MAX_ASSET_BYTES } from "../wire/page-message";
import type { StreamFrame } from "../wire/stream-frame";
import { MAX_PAYLOAD_BYTES } from "./limits";

/** @throws when it is no gzip, or too much */
async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > MAX_PAYLOAD_BYTES) {
      void reader.cancel();
      throw new RangeError("payload too large");
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

export const readJson = (bytes: Uint8Array): unknown =>
  JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));

/** Undefined for what is no JSON. */
export async function readPayload({ gzipped, payload }: StreamFrame): Promise<unknown> {
  try {
    return readJson(gzipped ? await gunzip(payload) : payload);
  } catch {
    return undefined;
  }
}

export function readAsset(payload: Uint8Array): PageAsset | null {
  const keyEnd = 1 + (payload[0] ?? 0);
  const typeEnd = keyEnd + 1 + (payload[keyEnd] ?? 0);
  if (typeEnd > payload.byteLength || payload.byteLength - typeEnd > MAX_ASSET_BYTES) return null;
  const text = (from: number, to: number) => new TextDecoder().decode(payload.subarray(from, to));
  return { key: text(1, keyEnd), type: text(keyEnd + 1, typeEnd), bytes: payload.subarray(typeEnd) };
}
