/**
 * What one participant may send, in all her windows and through reconnects: connections, requests of every kind, and the
 * page itself.
 */
import { RateBudget } from "@/lib/sockets/rate-budget";

/** Rates are averages over this many seconds. */
const WINDOW_SECONDS = 10;
/** Frames of text a second: 40 acknowledgements, 30 moves of a pointer, what else a hand can do, and room to spare. */
const MAX_TEXTS_PER_SECOND = 120;
/** Acts a second: nobody types faster. Two seconds' worth at once. */
const MAX_ACTS_PER_SECOND = 20;
const ACTS_BURST_SECONDS = 2;
/** Moves, rings, highlights and steps of marks a second: a pointer moves 30 times. */
const MAX_POINTS_PER_SECOND = 60;
/** Points of marks a second: one that is being drawn is told whole, twelve times a second, while it grows. */
const MAX_MARK_POINTS_PER_SECOND = 2_000;
/** Assets that one viewer wants: a page of a hundred pictures at once, then what scrolls into view. */
const MAX_WANTS_PER_SECOND = 20;
/** Connections a second, averaged over half a minute. */
const MAX_ENTRIES_PER_SECOND = 1;
const ENTRIES_WINDOW_SECONDS = 30;
/** Frames of the page a second: 40 deltas, 30 cursors, pictures. */
const MAX_STREAM_FRAMES_PER_SECOND = 200;
/** Bytes of the page a second: changes are some 11 KB, pictures behind a login come on top. */
const MAX_STREAM_BYTES_PER_SECOND = 2_097_152;
/** 64 MB at once: all pictures of a long page of photos. */
const STREAM_BURST_SECONDS = 32;

/** Each `take` is false when too much was taken. */
export class RequestRates {
  private readonly entries: RateBudget;
  private readonly texts: RateBudget;
  private readonly acts: RateBudget;
  private readonly points: RateBudget;
  private readonly markPoints: RateBudget;
  private readonly wants: RateBudget;
  private readonly frames: RateBudget;
  private readonly bytes: RateBudget;

  constructor(now: number) {
    this.entries = new RateBudget(MAX_ENTRIES_PER_SECOND, ENTRIES_WINDOW_SECONDS, now);
    this.texts = new RateBudget(MAX_TEXTS_PER_SECOND, WINDOW_SECONDS, now);
    this.acts = new RateBudget(MAX_ACTS_PER_SECOND, ACTS_BURST_SECONDS, now);
    this.points = new RateBudget(MAX_POINTS_PER_SECOND, WINDOW_SECONDS, now);
    this.markPoints = new RateBudget(MAX_MARK_POINTS_PER_SECOND, WINDOW_SECONDS, now);
    this.wants = new RateBudget(MAX_WANTS_PER_SECOND, WINDOW_SECONDS, now);
    this.frames = new RateBudget(MAX_STREAM_FRAMES_PER_SECOND, WINDOW_SECONDS, now);
    this.bytes = new RateBudget(MAX_STREAM_BYTES_PER_SECOND, STREAM_BURST_SECONDS, now);
  }

  takeEntry(now: number): boolean {
    return this.entries.take(1, now);
  }

  takeText(now: number): boolean {
    return this.texts.take(1, now);
  }

  takeAct(now: number): boolean {
    return this.acts.take(1, now);
  }

  takePoint(now: number): boolean {
    return this.points.take(1, now);
  }

  /** @param count points of the mark, besides its being a point */
  takeMark(count: number, now: number): boolean {
    return this.markPoints.take(count, now);
  }

  takeWant(now: number): boolean {
    return this.wants.take(1, now);
  }

  takeFrame(bytes: number, now: number): boolean {
    return this.frames.take(1, now) && this.bytes.take(bytes, now);
  }
}
