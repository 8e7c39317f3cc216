import { describe, expect, it } from "vitest";
import { GRID_SIDE } from "@/lib/insights/heat/map/grid";
import { halfOutline } from "./half-outline";

const cell = (column: number, row: number, conversations: number) => ({
  cell: row * GRID_SIDE + column,
  conversations,
});

describe("the line around the most marked", () => {
  it("[IN167] goes around cells with at least half of the most, and not between them", () => {
    expect(halfOutline([cell(1, 1, 10), cell(2, 1, 5), cell(3, 1, 4)])).toBe(
      "M1 1h1M1 2h1M1 1v1M2 1h1M2 2h1M3 1v1",
    );
  });

  it("[IN167] cells at both ends of neighbouring rows do not touch", () => {
    const last = GRID_SIDE - 1;
    const path = halfOutline([cell(last, 0, 1), cell(0, 1, 1)]);
    expect(path).toContain(`M${GRID_SIDE} 0v1`);
    expect(path).toContain("M0 1v1");
  });

  it("[IN167] of nothing it is nothing", () => expect(halfOutline([])).toBe(""));
});
