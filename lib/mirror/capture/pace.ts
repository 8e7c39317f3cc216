/** How often changes are told, by how far behind the viewers are and how much waits on the line. */

export interface Pace {
  /** Milliseconds from a change until it is told. */
  readonly interval: number;
  /** Too much waits: tell nothing. */
  readonly isHeld: boolean;
  sent(seq: number): void;
  lag(seq: number | null): void;
  /** @returns whether everybody has to be given everything again: so much or so long was held */
  backlog(bytes: number): boolean;
}

/** Milliseconds between messages, the slower the further behind. */
const INTERVALS: readonly number[] = [25, 50, 100, 250];
/** Age in milliseconds of the oldest change that nobody has applied, above which the next interval holds. */
const AGES: readonly number[] = [150, 400, 1_000];
/** Bytes waiting above which nothing more is told. */
const HOLD_BYTES = 262_144;
/** Bytes waiting, and milliseconds held, after which what waits is no longer worth applying. */
const GIVE_UP_BYTES = 2_097_152;
const GIVE_UP_MS = 5_000;
/** Messages whose time is remembered. */
const MAX_REMEMBERED = 256;

export function openPace(now: () => number): Pace {
  let at = 0;
  let heldSince = 0;
  let gaveUp = false;
  let times: { readonly seq: number; readonly at: number }[] = [];
  return {
    get interval() {
      return INTERVALS[at] ?? 0;
    },
    get isHeld() {
      return heldSince > 0;
    },
    sent(seq) {
      times.push({ seq, at: now() });
      if (times.length > MAX_REMEMBERED) times.shift();
    },
    lag(seq) {
      if (seq === null) {
        at = INTERVALS.length - 1;
        return;
      }
      times = times.filter((one) => one.seq > seq);
      const age = times[0] ? now() - times[0].at : 0;
      const wanted = AGES.filter((limit) => age > limit).length;
      // Slower at once, faster one step at a time.
      at = wanted >= at ? wanted : at - 1;
    },
    backlog(bytes) {
      if (bytes > HOLD_BYTES) {
        heldSince ||= now();
        if (bytes > GIVE_UP_BYTES || now() - heldSince > GIVE_UP_MS) gaveUp = true;
        return false;
      }
      const isDue = gaveUp;
      heldSince = 0;
      gaveUp = false;
      return isDue;
    },
  };
}
