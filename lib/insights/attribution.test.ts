import { describe, expect, it } from "vitest";
import { ATTRIBUTION_HOURS, attributeLines } from "./attribution";

const HOUR_MS = 3_600_000;
const recommendation = (id: string, hours: number, more = {}) => ({
  id,
  visitorId: "v",
  productId: "p",
  atMs: hours * HOUR_MS,
  ...more,
});
const line = (hours: number, more = {}) => ({
  id: "l",
  visitorId: "v",
  productId: "p",
  placedAtMs: hours * HOUR_MS,
  ...more,
});
const credit = (recommendations: Parameters<typeof attributeLines>[0], bought: ReturnType<typeof line>) =>
  attributeLines(recommendations, [bought]).get("l");

describe("attributeLines", () => {
  it("[AT1] the window is 30 days, both ends included", () => {
    expect(ATTRIBUTION_HOURS).toBe(30 * 24);
    const recommended = [recommendation("r", 0)];
    expect(credit(recommended, line(0))).toBe("r");
    expect(credit(recommended, line(ATTRIBUTION_HOURS))).toBe("r");
    expect(credit(recommended, line(0, { placedAtMs: ATTRIBUTION_HOURS * HOUR_MS + 1 }))).toBeUndefined();
    expect(credit(recommended, line(0, { placedAtMs: -1 }))).toBeUndefined();
  });

  it("[AT3] the last recommendation takes the line, whatever the order of the list", () => {
    const [early, late] = [recommendation("early", 1), recommendation("late", 2)];
    expect(credit([early, late], line(3))).toBe("late");
    expect(credit([late, early], line(3))).toBe("late");
    expect(credit([early, late], line(1.5))).toBe("early");
    expect(credit([recommendation("a", 1), recommendation("b", 1)], line(3))).toBe("b");
  });

  it("[AT7] another visitor, another product and an unknown product count nothing", () => {
    const recommended = [recommendation("r", 0)];
    expect(credit(recommended, line(1, { visitorId: "other" }))).toBeUndefined();
    expect(credit(recommended, line(1, { productId: "other" }))).toBeUndefined();
    expect(credit(recommended, line(1, { productId: null }))).toBeUndefined();
    expect(credit(recommended, line(1, { visitorId: null }))).toBeUndefined();
  });
});
