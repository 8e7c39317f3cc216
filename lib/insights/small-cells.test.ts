import { expect, it } from "vitest";
import { LEAST_SHOWN } from "./people-league";
import { shareOf } from "./small-cells";

it("[IN179] a rate of fewer than five is none", () => {
  expect(shareOf(1, LEAST_SHOWN - 1)).toBeNull();
  expect(shareOf(0, 0)).toBeNull();
  expect(shareOf(1, LEAST_SHOWN)).toBe(0.2);
});
