/** An error on the console that a test did not ask for fails the test. Expecting one: `vi.spyOn(console, "error")`. */
import { afterEach, beforeEach, expect } from "vitest";

let seen: string[] = [];
const original = console.error;

beforeEach(() => {
  seen = [];
  console.error = (...words: unknown[]) => {
    seen.push(words.map(String).join(" "));
    original(...words);
  };
});

afterEach(() => {
  console.error = original;
  expect(seen, "unexpected console.error").toEqual([]);
});
