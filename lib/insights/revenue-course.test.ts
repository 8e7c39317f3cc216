import { expect, it } from "vitest";
import { shopIdSchema } from "@/lib/protocol/ids";
import { parseQuestion } from "./question";
import { addedUp, courseOf, revenueOf } from "./revenue-course";

const ROME = { shopId: shopIdSchema.parse("01900000-0000-7000-8000-000000000000"), timeZone: "Europe/Rome" };
const NOW = new Date("2026-05-10T12:00:00Z");
const row = { kind: "recommended", currency: "EUR", gained: 0, taken: 0, claimed: 0 } as const;

it("[IN178] revenue has a point for every day, falls on the day of a refund, and adds up to the whole", () => {
  const days = [
    { ...row, day: "2026-05-04", gained: 500 },
    { ...row, day: "2026-05-04", gained: 900, currency: "CHF" },
    { ...row, day: "2026-05-04", gained: 70, kind: "shown" as const },
    { ...row, day: "2026-05-06", gained: 300, taken: 400 },
  ];
  const course = courseOf({ days }, parseQuestion({ days: "7" }, ROME, NOW), "EUR");
  expect(course).toEqual([500, 0, -100, 0, 0, 0, 0]);
  expect(addedUp(course)).toEqual([500, 500, 400, 400, 400, 400, 400]);
});

it("[IN178] long ranges are drawn by weeks and months", () => {
  const days = [
    { ...row, day: "2026-01-01", gained: 1 },
    { ...row, day: "2026-01-04", gained: 2 },
    { ...row, day: "2026-01-05", gained: 4 },
  ];
  const weeks = parseQuestion({ from: "2026-01-01", to: "2026-05-10" }, ROME, NOW);
  expect(courseOf({ days }, weeks, "EUR").slice(0, 3)).toEqual([3, 4, 0]);
  const months = parseQuestion({ from: "2022-01-01", to: "2026-05-10" }, ROME, NOW);
  expect(courseOf({ days }, months, "EUR")).toHaveLength(53);
  expect(courseOf({ days }, months, "EUR")[48]).toBe(7);
});

it("[IN178][AT26] currencies stand apart, the largest first, each with what only browsers claim", () => {
  const kind = { kind: "recommended", claimed: 0, lines: 1, pieces: 1 } as const;
  const kinds = [
    { ...kind, currency: "CHF", gained: 100, taken: 0 },
    { ...kind, currency: "EUR", gained: 500, taken: 200, claimed: 40 },
    { ...kind, kind: "shown" as const, currency: "EUR", gained: 900, taken: 0 },
  ];
  expect(revenueOf({ kinds })).toEqual([
    { currency: "EUR", minor: 300, claimed: 40 },
    { currency: "CHF", minor: 100, claimed: 0 },
  ]);
});
