import { describe, expect, it } from "vitest";
import { shopIdSchema } from "@/lib/protocol/ids";
import { parseQuestion, questionQuery } from "./question";
import { rangeBefore } from "./range";

const ROME = { shopId: shopIdSchema.parse("01900000-0000-7000-8000-000000000000"), timeZone: "Europe/Rome" };
const NOW = new Date("2026-05-10T12:00:00Z");
const days = ({ from, to }: { readonly from: Date; readonly to: Date }) =>
  (to.getTime() - from.getTime()) / 86_400_000;

describe("what a report is asked", () => {
  it("[IN31] presets end now and begin at the midnight of the shop's clocks", () => {
    const { range } = parseQuestion({ days: "7" }, ROME, NOW);
    expect(range).toEqual({ from: new Date("2026-05-03T22:00:00Z"), to: NOW });
  });

  it("[IN31] a day on which clocks are put forward or back is one day", () => {
    const forward = parseQuestion({ from: "2026-03-29", to: "2026-03-29" }, ROME, NOW).range;
    expect(forward).toEqual({ from: new Date("2026-03-28T23:00Z"), to: new Date("2026-03-29T22:00Z") });
    const back = parseQuestion({ from: "2026-10-25", to: "2026-10-25" }, ROME, NOW).range;
    expect(days(back) * 24).toBe(25);
  });

  it("[IN31] a day whose midnight the clocks leave out begins at one", () => {
    const beirut = { ...ROME, timeZone: "Asia/Beirut" };
    const { range } = parseQuestion({ from: "2026-03-29", to: "2026-03-29" }, beirut, NOW);
    expect(range.from).toEqual(new Date("2026-03-28T22:00Z"));
    expect(range.to).toEqual(new Date("2026-03-29T21:00Z"));
    expect(rangeBefore(range, beirut.timeZone).to).toEqual(range.from);
  });

  it("[IN31] a custom range holds its last day, has no longest length and survives a round trip", () => {
    const asked = parseQuestion({ from: "2020-01-01", to: "2026-04-30", device: "phone" }, ROME, NOW);
    expect(asked.range.to).toEqual(new Date("2026-04-30T22:00Z"));
    expect(parseQuestion(questionQuery(asked), ROME, NOW)).toEqual(asked);
    const takenBy = "0198c5a0-0000-7000-8000-000000000001";
    const more = {
      category: "Women > Dresses",
      takenBy,
      teamId: takenBy,
      channel: "message",
      startedOn: "https://a.b/c",
    } as const;
    const preset = parseQuestion({ days: "365", ...more }, ROME, NOW);
    expect(preset.filters).toEqual(more);
    expect(parseQuestion(questionQuery(preset), ROME, NOW)).toEqual(preset);
  });

  it.each([
    { days: "8" },
    { from: "2026-02-30", to: "2026-03-01" },
    { from: "2026-05-02", to: "2026-05-01" },
    { from: "'; drop", to: "2026-01-01" },
    {
      from: ["2026-05-02", "x"],
      device: "toaster",
      memberId: "me",
      takenBy: "me",
      teamId: "x",
      channel: "fax",
      category: "\0",
      startedOn: "",
    },
    {},
  ])("[IN31] nonsense %j shows the last 30 days without filters", (parameters) => {
    const asked = parseQuestion(parameters, ROME, NOW);
    expect(asked).toEqual(parseQuestion({ days: "30" }, ROME, NOW));
    expect(questionQuery(asked)).toEqual({ days: "30" });
  });

  it("[IN170] the period before has as many days, also over a change of clocks, and ends by the same clock", () => {
    const week = parseQuestion({ from: "2026-03-28", to: "2026-04-03" }, ROME, NOW).range;
    expect(rangeBefore(week, ROME.timeZone)).toEqual({ from: new Date("2026-03-20T23:00Z"), to: week.from });
    const sofar = parseQuestion({ days: "30" }, ROME, new Date("2026-04-05T12:00Z")).range;
    const before = rangeBefore(sofar, ROME.timeZone);
    expect(before.to).toEqual(new Date("2026-03-06T13:00Z"));
    expect(before.from).toEqual(new Date("2026-02-04T23:00Z"));
  });
});
