import { describe, expect, it } from "vitest";
import { advance, moveTo, nextMarker, type Playhead, rates, toggle } from "./playhead";

const LENGTH = 60_000;
const start: Playhead = { position: 0, playing: false, rate: 1, stopAt: null };

describe("playing a film", () => {
  it.each(rates)("[RE16] at %i times its speed", (rate) => {
    expect(advance({ ...start, playing: true, rate }, 1_000, LENGTH).position).toBe(rate * 1_000);
  });

  it("[RE16] a film that was not begun does not begin, and stands at its end", () => {
    expect(advance(start, 1_000, LENGTH)).toBe(start);
    const end = advance({ ...start, playing: true, position: LENGTH - 1 }, 1_000, LENGTH);
    expect(end).toMatchObject({ position: LENGTH, playing: false });
    expect(toggle(end, LENGTH)).toMatchObject({ position: 0, playing: true });
    expect(toggle({ ...start, playing: true }, LENGTH).playing).toBe(false);
  });

  it("[RE16] stands at the end of a passage, but not when one has gone elsewhere", () => {
    const passage: Playhead = { ...start, playing: true, position: 10_000, stopAt: 12_000 };
    expect(advance(passage, 5_000, LENGTH)).toEqual({ ...start, position: 12_000 });
    const elsewhere = moveTo(passage, 11_000, LENGTH);
    expect(advance(elsewhere, 5_000, LENGTH)).toMatchObject({ position: 16_000, playing: true });
  });

  it("[RE16] nobody goes past either end", () => {
    expect(moveTo(start, -1, LENGTH).position).toBe(0);
    expect(moveTo(start, LENGTH + 1, LENGTH).position).toBe(LENGTH);
  });

  it("[RE9] goes to the next moment, and pressed twice to the one before the last", () => {
    const markers = [1_000, 20_000, 40_000];
    expect(nextMarker(markers, 0, 1)).toBe(1_000);
    expect(nextMarker(markers, 1_000, 1)).toBe(20_000);
    expect(nextMarker(markers, 40_000, 1)).toBeNull();
    expect(nextMarker(markers, 20_500, -1)).toBe(1_000);
    expect(nextMarker(markers, 25_000, -1)).toBe(20_000);
    expect(nextMarker(markers, 500, -1)).toBeNull();
  });
});
