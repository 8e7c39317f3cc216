import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, it } from "vitest";
import { CUT_MS, IDLE_MS, makeTimeline, SHORT_MS } from "./film-timeline";

const SEED = 20_260_510;

describe("a film's timeline", () => {
  it("[RE14] times in which nothing happened are short, when they are skipped; long ones for everybody", () => {
    const times = [0, 1_000, 61_000, 61_000 + CUT_MS + 1];
    const skipped = makeTimeline(times, 0, true);
    expect(times.map(skipped.toFilm)).toEqual([0, 1_000, 1_000 + SHORT_MS, 1_000 + 2 * SHORT_MS]);
    const whole = makeTimeline(times, 0, false);
    expect(times.map(whole.toFilm)).toEqual([0, 1_000, 61_000, 61_000 + SHORT_MS]);
    expect(whole.spans.map(({ short }) => short)).toEqual([false, true, false]);
  });

  it("[RE14] exactly as long as is idle runs as it ran", () => {
    expect(makeTimeline([0, IDLE_MS], 0, true).toFilm(IDLE_MS)).toBe(IDLE_MS);
    expect(makeTimeline([0, CUT_MS], 0, false).toFilm(CUT_MS)).toBe(CUT_MS);
  });

  it("[RE14] a film of nothing has a beginning and an end", () => {
    const timeline = makeTimeline([], 5_000, true);
    expect(timeline.from).toBe(5_000);
    expect(timeline.length).toBeGreaterThan(0);
    expect(timeline.toTime(0)).toBe(5_000);
  });

  it("[RE14] begins with what happened first, not with the conversation", () => {
    expect(makeTimeline([900_000, 1_000_000], 1_000_000, false).from).toBe(900_000);
  });

  it(`[RE15] the two clocks lead to each other and never go backwards (seed ${SEED})`, () => {
    const random = xoroshiro128plus(SEED);
    const below = (limit: number) => (random.next() >>> 0) % limit;
    for (let round = 0; round < 50; round += 1) {
      const times = Array.from({ length: 1 + below(60) }, () => below(below(2) === 0 ? 30_000 : 5_000_000));
      for (const skip of [true, false]) {
        const timeline = makeTimeline(times, 0, skip);
        let before = -1;
        for (const at of times.toSorted((a, b) => a - b)) {
          const position = timeline.toFilm(at);
          expect(position).toBeGreaterThanOrEqual(before);
          expect(timeline.toTime(position)).toBeCloseTo(at, 3);
          before = position;
        }
        expect(timeline.toFilm(-1)).toBe(0);
        expect(timeline.toFilm(timeline.to + 1)).toBe(timeline.length);
        expect(timeline.length).toBeLessThanOrEqual(Math.max(...times) + 2_000 + times.length * SHORT_MS);
      }
    }
  });
});
