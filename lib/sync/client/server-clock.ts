/**
 * The server's clock, as near as round trips tell: the quickest of several bounds the error by half its length. Counted
 * on by a clock that nobody sets, since a browser's date may be hours off. Asked again after every reconnect.
 */

export interface ServerClock {
  /** Milliseconds since 1970; null until the server has answered. */
  now(): number | null;
  /** Called when the clock was set, the first time or better. @returns unsubscribe */
  onSet(listener: () => void): () => void;
  close(): void;
}

export interface ServerClockOptions {
  /** @throws when there is no line */
  readonly ask: () => Promise<number>;
  /** Milliseconds of a clock that only goes forward. */
  readonly steady: () => number;
  readonly isOnline: () => boolean;
  /** Called after each change of `isOnline`. @returns unsubscribe */
  readonly onLine: (listener: () => void) => () => void;
  readonly later: (run: () => void, milliseconds: number) => () => void;
}

/** Round trips of one series: the median of lines has one among five that waited for nothing. */
const SERIES = 5;
/** Milliseconds between two of them, so that one burst of traffic does not slow down all. */
const APART_MS = 80;
/** Clocks of computers part by some milliseconds in a minute at worst; a sleeping one stops altogether. */
const AGAIN_MS = 60_000;
/** Milliseconds by which two clocks may part in a millisecond: 100 parts in a million, twice what quartz does. */
const PARTING = 0.0001;

interface Sample {
  /** The server's time less ours. */
  readonly offset: number;
  /** Half of the round trip: how wrong it may be. */
  readonly error: number;
  readonly at: number;
}

export function openServerClock(options: ServerClockOptions): ServerClock {
  const { ask, steady, isOnline, onLine, later } = options;
  const listeners = new Set<() => void>();
  let best: Sample | null = null;
  let cancel = () => {};
  let closed = false;
  let online = isOnline();

  function take(sample: Sample): void {
    const aged = best === null ? Number.POSITIVE_INFINITY : best.error + (sample.at - best.at) * PARTING;
    if (sample.error >= aged) return;
    best = sample;
    for (const listener of [...listeners]) listener();
  }

  function start(left: number): void {
    cancel();
    if (!online) return;
    const sent = steady();
    ask().then(
      (server) => {
        const at = steady();
        const error = (at - sent) / 2;
        if (!closed) take({ offset: server - (sent + error), error, at });
      },
      // No line: asked again when it is back.
      () => undefined,
    );
    cancel = left > 1 ? later(() => start(left - 1), APART_MS) : later(() => start(SERIES), AGAIN_MS);
  }

  const stop = onLine(() => {
    if (isOnline() === online) return;
    online = isOnline();
    // The machine may have slept: what was measured before no longer counts as good.
    if (online && best) best = { ...best, error: Number.POSITIVE_INFINITY };
    start(SERIES);
  });
  start(SERIES);

  return {
    now: () => (best === null ? null : steady() + best.offset),
    onSet(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      closed = true;
      cancel();
      stop();
      listeners.clear();
    },
  };
}
