import { describe, expect, it } from "vitest";
import { passageQuery, readPassage } from "./passage-link";

describe("a passage in an address", () => {
  it("[RE3] is two times in seconds from the conversation's beginning, and comes back as it was", () => {
    const query = passageQuery({ from: -30_500, to: 61_200 });
    expect(query).toBe("from=-30.5&to=61.2");
    expect(readPassage(Object.fromEntries(new URLSearchParams(query)))).toEqual({
      from: -30_500,
      to: 61_200,
    });
  });

  it.each([
    {},
    { from: "1" },
    { from: "2", to: "1" },
    { from: "1", to: "1" },
    { from: "NaN", to: "Infinity" },
    { from: "1e3", to: "2e3" },
    { from: ["1", "2"], to: "3" },
    { from: "0", to: "999999999" },
    { from: "1'--", to: "2" },
  ])("[RE22] %j is none", (query) => {
    expect(readPassage(query)).toBeNull();
  });
});
