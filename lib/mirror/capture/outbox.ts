/**
 * Frames on their way: numbered, gzipped when that pays, and sent in the order in which they were made. What was made
 * before the rules became stricter, or before a pause, and has not left yet, never does.
 */
import {
  encodeStreamFrame,
  GZIP_FROM_BYTES,
  HEADER_BYTES,
  MAX_STREAM_FRAME_BYTES,
  type StreamKind,
} from "../wire/stream-frame";

export interface Outbox {
  /** @param seq of a `full`: the newest delta that it holds */
  post(kind: StreamKind, epoch: number, seq: number, body: string | Uint8Array): void;
  /** Whatever still waits is thrown away. */
  discard(): void;
}

interface Waiting {
  readonly kind: StreamKind;
  readonly epoch: number;
  readonly seq: number;
  readonly body: string | Uint8Array;
}

const EMPTY = "{}";

export function openOutbox(send: (frame: Uint8Array) => void): Outbox {
  const encoder = new TextEncoder();
  let waiting: Waiting[] = [];
  let isPumping = false;
  let generation = 0;

  const pump = async () => {
    isPumping = true;
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { kind, epoch, seq, body } = next;
        const made = generation;
        let payload: Uint8Array = typeof body === "string" ? encoder.encode(body) : body;
        const gzipped = kind !== "asset" && payload.byteLength > GZIP_FROM_BYTES;
        if (gzipped) payload = await gzip(payload);
        // A hole in the numbers would only make everybody ask for everything again.
        if (payload.byteLength + HEADER_BYTES > MAX_STREAM_FRAME_BYTES) {
          if (kind === "delta") waiting.unshift({ kind, epoch, seq, body: EMPTY });
          continue;
        }
        if (made === generation) send(encodeStreamFrame({ kind, gzipped, epoch, seq, payload }));
      }
    } catch {
      waiting = [];
    }
    isPumping = false;
  };

  return {
    post(kind, epoch, seq, body) {
      waiting.push({ kind, epoch, seq, body });
      if (!isPumping) void pump();
    },
    discard() {
      generation++;
      waiting = [];
    },
  };
}

async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
