import { expect, it } from "vitest";
import { streamText } from "./stream-text";

function counted() {
  const made: number[] = [];
  const ended = { value: false };
  async function* pieces() {
    try {
      for (let i = 0; i < 100; i++) {
        made.push(i);
        yield `ü${i} `;
      }
    } finally {
      ended.value = true;
    }
  }
  return { made, ended, stream: streamText(pieces()) };
}

it("[IN180] pieces are made as they are taken, and no more once nobody takes them", async () => {
  const { made, ended, stream } = counted();
  const reader = stream.getReader();
  const first = await reader.read();
  expect(new TextDecoder().decode(first.value)).toBe("ü0 ");
  expect(made.length).toBeLessThanOrEqual(3);
  await reader.cancel();
  expect(ended.value).toBe(true);
  expect(made.length).toBeLessThanOrEqual(3);
});

it("[IN180] the whole arrives in order", async () => {
  const text = await new Response(counted().stream).text();
  expect(text.trim().split(" ")).toEqual(Array.from({ length: 100 }, (_, i) => `ü${i}`));
});
