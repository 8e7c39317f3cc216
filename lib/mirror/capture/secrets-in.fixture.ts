/** Which secrets of the page of `masking/leak-sinks.fixture.ts` stand in what left it. */
import { SINKS } from "../masking/leak-sinks.fixture";
import type { ReadFrame } from "./replica.fixture";

/** As it stands, decoded, and without what masks and pages put between letters. */
export function secretsIn(frames: readonly ReadFrame[]): string[] {
  const told = frames.map(({ bytes }) => bytes.toString("latin1")).join("\n");
  const plain = told.replaceAll(/%[0-9a-f]{2}/gi, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
  const texts = [told, plain, plain.replace(/[\s-]/g, "")].map((text) => text.toLowerCase());
  return SINKS.filter(({ secret }) => texts.some((text) => text.includes(secret))).map(({ id }) => id);
}
