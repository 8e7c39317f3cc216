import { describe, expect, it } from "vitest";
import { dayLabel } from "./day-label";
import { groupMessages } from "./group-messages";
import { aMessage, anna, maria } from "./messages.fixture";

const noon = new Date(2026, 10, 21, 12, 0, 0).getTime();
const minutes = (n: number) => noon + n * 60_000;
const shape = (messages: Parameters<typeof groupMessages>[0]) =>
  groupMessages(messages).map((day) =>
    day.rows.map((row) => (row.kind === "group" ? row.messages.length : "notice")),
  );

describe("grouping", () => {
  it("[CH6] one author within five minutes is one group; another author or a longer pause begins the next", () => {
    const messages = [
      aMessage({ seq: 1, participantId: maria, at: minutes(0) }),
      aMessage({ seq: 2, participantId: maria, at: minutes(4) }),
      aMessage({ seq: 3, participantId: anna, at: minutes(4) }),
      aMessage({ seq: 4, participantId: anna, at: minutes(9) }),
    ];
    expect(shape(messages)).toEqual([[2, 1, 1]]);
  });

  it("[CH6] a notice and a new day part what one author wrote", () => {
    const midnight = new Date(2026, 10, 22, 0, 0, 30).getTime();
    const messages = [
      aMessage({ seq: 1, participantId: maria, at: midnight - 120_000 }),
      aMessage({ seq: 2, body: { kind: "notice", code: "joined", name: "Anna" }, at: midnight - 110_000 }),
      aMessage({ seq: 3, participantId: maria, at: midnight - 100_000 }),
      aMessage({ seq: 4, participantId: maria, at: midnight }),
    ];
    expect(shape(messages)).toEqual([[1, "notice", 1], [1]]);
  });

  it("[CH7] days read as people say them", () => {
    const words = { today: "Today", yesterday: "Yesterday" };
    expect(dayLabel(minutes(-10), noon, "en", words)).toBe("Today");
    expect(dayLabel(minutes(-60 * 24), noon, "en", words)).toBe("Yesterday");
    expect(dayLabel(new Date(2026, 10, 3).getTime(), noon, "de", words)).toBe("Dienstag, 3. November");
    expect(dayLabel(new Date(2025, 10, 3).getTime(), noon, "en", words)).toContain("2025");
  });
});
