import { expect, it } from "vitest";
import { steadyStream } from "./steady-stream";

/** Sends so many bytes each second of a clock of its own. */
function sender(bytesEachSecond: number, seconds: number) {
  let now = 0;
  async function* stream() {
    for (let second = 0; second < seconds; second++) {
      now += 1_000;
      yield new Uint8Array(bytesEachSecond);
    }
  }
  return steadyStream(stream(), () => now);
}

async function received(stream: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of stream) bytes += chunk.byteLength;
  return bytes;
}

it("[CA71] an address that trickles is given up after two minutes, and a slow line is not", async () => {
  expect(await received(sender(4_096, 600))).toBe(4_096 * 600);
  // Slower still, but short: over before anybody looks.
  expect(await received(sender(10, 100))).toBe(1_000);
  await expect(received(sender(4_000, 200))).rejects.toMatchObject({ code: "unavailable" });
});
