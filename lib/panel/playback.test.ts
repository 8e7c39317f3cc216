import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { itemIdSchema } from "@/lib/protocol/ids";
import { play, putItem, removeItem } from "./commands";
import {
  atStart,
  isRunning,
  movedTo,
  type Playback,
  parsePlayback,
  pausedAt,
  playbackKey,
  playbackRates,
  playingFrom,
  positionAt,
  readPlayback,
  withRate,
} from "./playback";
import { sampleItem } from "./samples";
import { stageOf } from "./schema";

const DURATION = 10_000;
const NOW = 1_800_000_000_000;
const origin = { name: "test" };
const item = itemIdSchema.parse("item-0001");

const playbacks: fc.Arbitrary<Playback> = fc.record({
  playing: fc.boolean(),
  at: fc.integer({ min: 0, max: DURATION }),
  since: fc.integer({ min: NOW - 60_000, max: NOW + 60_000 }),
  rate: fc.constantFrom(...playbackRates),
});
const times = fc.integer({ min: NOW - 60_000, max: NOW + 60_000 });

describe("where a video is", () => {
  it("[PA40] it runs by the server's clock at its rate, not before it began, and stands at its end", () => {
    const playing = { playing: true, at: 1_000, since: NOW, rate: 1.5 } as const;
    expect(positionAt(playing, NOW - 500, DURATION)).toBe(1_000);
    expect(isRunning(playing, NOW - 500, DURATION)).toBe(false);
    expect(positionAt(playing, NOW + 2_000, DURATION)).toBe(4_000);
    expect(isRunning(playing, NOW + 2_000, DURATION)).toBe(true);
    expect(positionAt(playing, NOW + 60_000, DURATION)).toBe(DURATION);
    expect(isRunning(playing, NOW + 60_000, DURATION)).toBe(false);
    expect(positionAt({ ...playing, playing: false }, NOW + 2_000, DURATION)).toBe(1_000);
  });

  it("[PA40] it stays within the video and never runs back by itself", () => {
    fc.assert(
      fc.property(playbacks, times, times, (playback, one, other) => {
        const [early, late] = [one, other].sort((a, b) => a - b);
        const [from, to] = [early, late].map((now) => positionAt(playback, now ?? 0, DURATION));
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(DURATION);
        expect(to).toBeGreaterThanOrEqual(from ?? 0);
      }),
    );
  });

  it("[PA40] pausing, speeding up and seeking keep or set the place, and are values that may be written", () => {
    fc.assert(
      fc.property(playbacks, times, fc.integer({ min: -5_000, max: 20_000 }), (playback, now, to) => {
        const here = positionAt(playback, now, DURATION);
        for (const rate of playbackRates) {
          const faster = withRate(playback, rate, now, DURATION);
          expect(Math.abs(positionAt(faster, now, DURATION) - here)).toBeLessThanOrEqual(0.5);
          expect(parsePlayback(faster)).toEqual(faster);
        }
        const paused = pausedAt(playback, here);
        expect(Math.abs(positionAt(paused, now + 1_000, DURATION) - here)).toBeLessThanOrEqual(0.5);
        const moved = movedTo(playback, to, now, DURATION);
        expect(positionAt(moved, now, DURATION)).toBe(Math.min(DURATION, Math.max(0, to)));
        const begun = playingFrom(playback, here, now, DURATION);
        expect(begun.playing).toBe(true);
        for (const value of [paused, moved, begun]) expect(parsePlayback(value)).toEqual(value);
      }),
    );
  });

  it("[PA40] played at its end it begins anew", () => {
    expect(playingFrom(pausedAt(atStart, DURATION), DURATION, NOW, DURATION)).toMatchObject({
      playing: true,
      at: 0,
    });
  });
});

describe("in the document", () => {
  it("[PA1] what does not parse is as if nobody had played it", () => {
    const good = { playing: true, at: 5, since: 7, rate: 1 };
    expect(parsePlayback(good)).toEqual(good);
    const bad = [
      null,
      7,
      "now",
      {},
      { ...good, playing: 1 },
      { ...good, at: -1 },
      { ...good, at: 0.5 },
      { ...good, at: 1e12 },
      { ...good, since: Number.NaN },
      { ...good, since: -1 },
      { ...good, rate: 16 },
      { ...good, more: 1 },
    ];
    for (const value of bad) expect(parsePlayback(value)).toBeNull();
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const doc = new Y.Doc();
        const parsed = parsePlayback(value);
        expect(parsed === null || playbackRates.includes(parsed.rate)).toBe(true);
        expect(readPlayback(doc, item)).toEqual(atStart);
      }),
    );
  });

  it("[PA40] each video keeps its own place; the last one to press wins", () => {
    const doc = new Y.Doc();
    const other = itemIdSchema.parse("item-0002");
    play(doc, origin, item, pausedAt(atStart, 3_000));
    play(doc, origin, other, pausedAt(atStart, 7_000));
    play(doc, origin, item, pausedAt(atStart, 4_000));
    expect([readPlayback(doc, item).at, readPlayback(doc, other).at]).toEqual([4_000, 7_000]);
  });

  it("[PA16] a video taken off the panel leaves no playback behind", () => {
    const doc = new Y.Doc();
    putItem(doc, origin, sampleItem({ duration: DURATION }));
    play(doc, origin, item, pausedAt(atStart, 3_000));
    removeItem(doc, origin, item);
    expect(stageOf(doc).has(playbackKey(item))).toBe(false);
  });
});
