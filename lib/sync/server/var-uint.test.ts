import * as encoding from "lib0/encoding";
import { expect, it } from "vitest";
import { varUintSize, writeVarUint } from "./var-uint";

it("[SY1] numbers are written as y-protocols' own encoder writes them", () => {
  const edges = [0, 1, 127, 128, 255, 16_383, 16_384, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER];
  for (const value of edges) {
    const bytes = new Uint8Array(varUintSize(value));
    expect(writeVarUint(bytes, 0, value)).toBe(bytes.length);
    expect(bytes).toEqual(encoding.encode((encoder) => encoding.writeVarUint(encoder, value)));
  }
});
