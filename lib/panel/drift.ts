/**
 * Keeping one person's video where the shared playback is. Measures in, one order out: small drifts are let be, larger
 * ones are made up for by running a little faster or slower, great ones by seeking. A seek aims ahead by what seeks have
 * cost here and waits there, so that a newcomer joins at the right moment. Who stalls waits for nobody but herself.
 */

interface Measured {
  /** Any steady clock, milliseconds. */
  readonly now: number;
  /** Where the shared playback is, milliseconds into the video. */
  readonly goal: number;
  /** It moves, at this rate. */
  readonly running: boolean;
  readonly rate: number;
  /** The browser's video. */
  readonly position: number;
  readonly paused: boolean;
  readonly seeking: boolean;
  /** It has data to play on. */
  readonly ready: boolean;
}

export type Order =
  | { readonly kind: "leave" }
  | { readonly kind: "stop" }
  | { readonly kind: "run"; readonly rate: number }
  /** Stop, and go there. */
  | { readonly kind: "seek"; readonly to: number };

/** Milliseconds below which nobody notices: a picture or two. */
const NOTICED_MS = 60;
/** A correction goes on until this near. */
const SETTLED_MS = 15;
/** Above this a correction by speed would take too long. */
const SEEK_MS = 500;
/** From here on the stronger correction. */
const STRONG_MS = 200;
const GENTLE = 0.05;
const STRONG = 0.1;
/** Two people who are paused see the same picture: a tenth of one at 30 a second. */
const STILL_MS = 3;
/** How far ahead the first seek aims, and the farthest. */
const FIRST_LEAD_MS = 250;
const LONGEST_LEAD_MS = 4_000;
/** Share by which the next seek aims farther than the last one cost. */
const LEAD_SHARE = 1.25;
/** On a line that cannot keep up something is seen for as long as this between two seeks. */
const BETWEEN_SEEKS_MS = 2_000;
/** Some phones load nothing before they are told to play. */
const READY_WITHIN_MS = 1_000;

export interface DriftCorrector {
  next(measured: Measured): Order;
}

export function createDriftCorrector(): DriftCorrector {
  let lead = FIRST_LEAD_MS;
  /** Begun while it ran, and not yet arrived. */
  let sought: { readonly since: number; readonly lead: number } | null = null;
  let lastSeek = Number.NEGATIVE_INFINITY;
  let unreadySince: number | null = null;
  let nudging = false;

  function seekAhead({ now, goal, rate }: Measured): Order {
    sought = { since: now, lead };
    lastSeek = now;
    nudging = false;
    return { kind: "seek", to: goal + lead * rate };
  }

  function stand({ paused, seeking, goal, position }: Measured): Order {
    sought = null;
    nudging = false;
    unreadySince = null;
    if (!paused) return { kind: "stop" };
    if (seeking || Math.abs(goal - position) <= STILL_MS) return { kind: "leave" };
    return { kind: "seek", to: goal };
  }

  /** Not moving yet: on the way to where the others are, or there and waiting for them. */
  function start(measured: Measured, drift: number): Order {
    const { now, rate, ready } = measured;
    if (!ready) {
      unreadySince ??= now;
      return now - unreadySince < READY_WITHIN_MS ? { kind: "leave" } : { kind: "run", rate };
    }
    unreadySince = null;
    if (sought) {
      lead = Math.min(LONGEST_LEAD_MS, Math.max(FIRST_LEAD_MS, (now - sought.since) * LEAD_SHARE));
      sought = null;
    }
    const far = drift < -SEEK_MS || drift > LONGEST_LEAD_MS * rate;
    if (far && now - lastSeek >= BETWEEN_SEEKS_MS) return seekAhead(measured);
    return drift > 0 && !far ? { kind: "leave" } : { kind: "run", rate };
  }

  function keep(measured: Measured, drift: number): Order {
    const { now, rate, ready } = measured;
    if (!ready) return { kind: "leave" };
    const away = Math.abs(drift);
    if (away > SEEK_MS && now - lastSeek >= BETWEEN_SEEKS_MS) return seekAhead(measured);
    nudging = away >= NOTICED_MS || (nudging && away > SETTLED_MS);
    if (!nudging) return { kind: "run", rate };
    const share = away >= STRONG_MS ? STRONG : GENTLE;
    return { kind: "run", rate: rate * (drift < 0 ? 1 + share : 1 - share) };
  }

  return {
    next(measured) {
      if (!measured.running) return stand(measured);
      if (measured.seeking) return { kind: "leave" };
      const drift = measured.position - measured.goal;
      return measured.paused ? start(measured, drift) : keep(measured, drift);
    },
  };
}
