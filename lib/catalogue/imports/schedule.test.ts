import { describe, expect, it } from "vitest";
import { nextRun } from "./schedule";

const next = (dailyAt: number, zone: string, after: string) =>
  nextRun({ kind: "daily", dailyAt }, zone, new Date(after))?.toISOString();
const SIX = 6 * 60;

describe("a schedule", () => {
  it("[CA73] every so many hours counts from the last time", () => {
    const after = new Date("2026-11-22T10:15:30.500Z");
    expect(nextRun({ kind: "hours", everyHours: 4 }, "Europe/Rome", after)?.toISOString()).toBe(
      "2026-11-22T14:15:30.500Z",
    );
    expect(nextRun({ kind: "never" }, "UTC", after)).toBeNull();
  });

  it.each([
    ["later today", "Europe/Berlin", "2026-11-22T04:59:00Z", "2026-11-22T05:00:00.000Z"],
    ["tomorrow, once it has come", "Europe/Berlin", "2026-11-22T05:00:00Z", "2026-11-23T05:00:00.000Z"],
    ["where it is another day already", "Asia/Tokyo", "2026-11-22T20:00:00Z", "2026-11-22T21:00:00.000Z"],
    ["where it is still yesterday", "America/New_York", "2026-11-22T03:00:00Z", "2026-11-22T11:00:00.000Z"],
    ["half an hour off", "Asia/Kolkata", "2026-11-22T00:00:00Z", "2026-11-22T00:30:00.000Z"],
    ["in summer time", "Europe/Berlin", "2026-07-01T12:00:00Z", "2026-07-02T04:00:00.000Z"],
    [
      "over the night of the change to winter",
      "Europe/Berlin",
      "2026-10-24T12:00:00Z",
      "2026-10-25T05:00:00.000Z",
    ],
    [
      "over the night of the change to summer",
      "Europe/Berlin",
      "2026-03-28T12:00:00Z",
      "2026-03-29T04:00:00.000Z",
    ],
  ])("[CA73] daily at six in the shop's zone: %s", (_name, zone, after, expected) => {
    expect(next(SIX, zone, after)).toBe(expected);
  });

  it("[CA73] a time that a change of clocks leaves out comes as much later, one that comes twice comes once", () => {
    const twoThirty = 2 * 60 + 30;
    expect(next(twoThirty, "Europe/Berlin", "2026-03-28T22:00:00Z")).toBe("2026-03-29T01:30:00.000Z");
    const first = next(twoThirty, "Europe/Berlin", "2026-10-24T22:00:00Z");
    expect(["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"]).toContain(first);
    expect(next(twoThirty, "Europe/Berlin", first ?? "")).toBe("2026-10-26T01:30:00.000Z");
  });
});
