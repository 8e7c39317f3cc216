/** From a frame's bytes to a value of unknown shape; never more memory than a page may have. */

import type { PageAsset } from "../wire/page-message";
import { MAX_ASSET_BYTES } from "../wire/page-message";
import { fromRelativeIds } from "../wire/relative-ids";
import type { StreamFrame } from "../wire/stream-frame";
import { MAX_PAYLOAD_BYTES } from "./limits";

/** Undefined for what is no JSON, or too much of it. */
export async function readPayload({ gzipped, payload }: StreamFrame): Promise<unknown> {
  let length = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, controller) {
      length += part.byteLength;
      if (length > MAX_PAYLOAD_BYTES) controller.error();
      else controller.enqueue(part);
    },
  });
  try {
    const bytes = new Blob([payload.slice()]).stream();
    const plain = gzipped ? bytes.pipeThrough(new DecompressionStream("gzip")).pipeThrough(counted) : bytes;
    return fromRelativeIds(JSON.parse(await new Response(plain).text()));
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
