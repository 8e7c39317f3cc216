import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { itemIdSchema, markIdSchema } from "@/lib/protocol/ids";
import { addMark } from "./commands";
import { clockText, gatherDots, isSeenAt, MOMENT_WINDOW_MS, nextMoment } from "./moments";
import { sampleMark } from "./samples";
import { marksOf, readMark } from "./schema";

const marks = fc
  .array(fc.option(fc.integer({ min: 0, max: 60_000 })), { maxLength: 40 })
  .map((moments) =>
    moments.map((moment, index) =>
      sampleMark({ id: markIdSchema.parse(`mark-${String(index).padStart(6, "0")}`), moment }),
    ),
  );

describe("marks of a moment", () => {
  it("[PA42] are seen around it; those without one always", () => {
    const mark = sampleMark({ moment: 12_000 });
    expect(isSeenAt(mark, 12_000 - MOMENT_WINDOW_MS)).toBe(true);
    expect(isSeenAt(mark, 12_000 + MOMENT_WINDOW_MS)).toBe(true);
    expect(isSeenAt(mark, 12_001 + MOMENT_WINDOW_MS)).toBe(false);
    expect(isSeenAt(sampleMark(), 0)).toBe(true);
  });

  it("[PA42] keep it in the document; a hostile one reads as none", () => {
    const doc = new Y.Doc();
    addMark(doc, { name: "test" }, sampleMark({ moment: 0 }));
    const written = marksOf(doc).get("mark-0001");
    expect(readMark("mark-0001", written)?.moment).toBe(0);
    for (const moment of [-1, Number.NaN, "soon", 1e12, null]) {
      if (written instanceof Y.Map) written.set("moment", moment);
      expect(readMark("mark-0001", written)?.moment).toBeNull();
    }
  });
});

describe("dots on the timeline", () => {
  it("[PA43] every mark with a moment is behind one dot, and dots stand apart", () => {
    fc.assert(
      fc.property(marks, fc.integer({ min: 1, max: 20_000 }), (drawn, gap) => {
        const dots = gatherDots(drawn, gap);
        const behind = dots.flatMap((dot) => dot.marks.map((mark) => mark.id)).sort();
        expect(behind).toEqual(
          drawn
            .filter((mark) => mark.moment !== null)
            .map((mark) => mark.id)
            .sort(),
        );
        for (const [index, dot] of dots.entries()) {
          const before = dots[index - 1];
          if (before) expect(dot.moment - before.moment).toBeGreaterThanOrEqual(gap);
        }
      }),
    );
  });

  it("[PA43] pressing a shared dot again and again leads through its moments", () => {
    const of = (moment: number) => sampleMark({ moment, id: markIdSchema.parse(`mark-${moment}`) });
    const [dot, ...others] = gatherDots([of(12_300), of(12_000), of(12_000_000), of(12_900)], 1_000);
    if (!dot) throw new Error("no dot");
    expect(others).toHaveLength(1);
    expect(nextMoment(dot, 0)).toBe(12_000);
    expect(nextMoment(dot, 12_000)).toBe(12_300);
    expect(nextMoment(dot, 12_300)).toBe(12_900);
    expect(nextMoment(dot, 12_900)).toBe(12_000);
    expect(dot.marks.every((mark) => mark.item === itemIdSchema.parse("item-0001"))).toBe(true);
  });

  it("[PA43] times are read as clocks are", () => {
    expect([0, 12_999, 64_000, 3_723_000].map(clockText)).toEqual(["0:00", "0:12", "1:04", "1:02:03"]);
  });
});
