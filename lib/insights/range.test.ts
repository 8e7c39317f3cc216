import { describe, expect, it } from "vitest";
import { parseRangeChoice, rangeOf, rangeQuery } from "./range";

const NOW = new Date("2026-05-10T12:00:00Z");

describe("ranges", () => {
  it("[IN31] presets end now and go back whole days", () => {
    const range = rangeOf(parseRangeChoice({ days: "7" }), NOW);
    expect(range).toEqual({ from: new Date("2026-05-03T12:00:00Z"), to: NOW });
  });

  it("[IN31] a custom range holds its last day and survives a round trip", () => {
    const choice = parseRangeChoice({ from: "2026-04-01", to: "2026-04-30" });
    expect(rangeOf(choice, NOW)).toEqual({
      from: new Date("2026-04-01T00:00Z"),
      to: new Date("2026-05-01T00:00Z"),
    });
    expect(parseRangeChoice(rangeQuery(choice))).toEqual(choice);
  });

  it.each([
    { days: "8" },
    { from: "2026-02-30", to: "2026-03-01" },
    { from: "2026-05-02", to: "2026-05-01" },
    { from: "2020-01-01", to: "2026-01-01" },
    { from: "'; drop", to: "2026-01-01" },
    {},
  ])("[IN31] nonsense %j shows the last 30 days", (parameters) => {
    expect(parseRangeChoice(parameters)).toEqual({ kind: "preset", days: 30 });
  });
});
