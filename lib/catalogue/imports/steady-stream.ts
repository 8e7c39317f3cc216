/** A stream that must not trickle: whoever sends a byte now and then would hold its place for as long as it likes. */
import { AppError } from "@/lib/protocol/errors";

/** Bytes a second, on average since the beginning; a slow line of a small shop has ten times as much. */
const LEAST_RATE = 4_096;
/** Milliseconds before the rate is looked at: a shop may write its feed while it sends it. */
const GRACE_MS = 120_000;

/**
 * @param clock milliseconds, of any beginning
 * @throws AppError unavailable when the sender is too slow; whatever the stream throws
 */
export async function* steadyStream(
  stream: AsyncIterable<Uint8Array>,
  clock: () => number,
): AsyncGenerator<Uint8Array> {
  const begun = clock();
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    const elapsed = clock() - begun;
    if (elapsed > GRACE_MS && bytes < (LEAST_RATE * elapsed) / 1_000)
      throw new AppError("unavailable", `less than ${LEAST_RATE / 1_024} KB a second`);
    yield chunk;
  }
}
