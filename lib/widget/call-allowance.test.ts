import { expect, it } from "vitest";
import { openCallAllowance } from "./call-allowance";

it("[WI15] of a flood of calls two hundred are carried out, then five a second", () => {
  let now = 0;
  const allow = openCallAllowance(() => now);
  const carriedOut = (calls: number) => Array.from({ length: calls }, allow).filter(Boolean).length;
  expect(carriedOut(100_000)).toBe(200);
  now = 1_000;
  expect(carriedOut(100)).toBe(5);
  now = 3_600_000;
  expect(carriedOut(100_000)).toBe(200);
});
