/**
 * The two clocks of a film: when something happened, and how far into the film that is. They run alike while something
 * happens; a time in which nothing is recorded is made short. Pure: times in, times out.
 */

/** Milliseconds without anything recorded after which a viewer who skips idle times is taken on. */
export const IDLE_MS = 6_000;
/** How long such a time lasts in the film: enough to read the last message, too short to wonder. */
export const SHORT_MS = 2_500;
/** A time longer than this is made short for everybody: the day until she came back to order is nobody's to sit through. */
export const CUT_MS = 600_000;
/** The film goes on this long after the last thing that happened, so that it can be seen. */
const REST_MS = 2_000;

/** A stretch in which both clocks run evenly. */
interface Span {
  readonly from: number;
  readonly to: number;
  /** Milliseconds into the film. */
  readonly filmFrom: number;
  readonly filmTo: number;
  /** Nothing happened in it, and the film passes over it. */
  readonly short: boolean;
}

export interface FilmTimeline {
  readonly spans: readonly Span[];
  /** When the film begins and ends, on the clock of what happened. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds that the film lasts. */
  readonly length: number;
  /** How far into the film a time is; what lies outside is at its beginning or end. */
  toFilm(at: number): number;
  toTime(position: number): number;
  spanAt(position: number): Span;
}

/**
 * @param moments when anything happened, milliseconds since 1970, in any order
 * @param begin when the film begins where nothing happened earlier
 */
export function makeTimeline(moments: readonly number[], begin: number, skipIdle: boolean): FilmTimeline {
  const times = [...new Set([begin, ...moments])].sort((a, b) => a - b);
  const spans: Span[] = [];
  let filmFrom = 0;
  let from = times[0] ?? begin;
  const add = (to: number, short: boolean) => {
    const filmTo = filmFrom + (short ? SHORT_MS : to - from);
    const last = spans.at(-1);
    // What runs evenly is one stretch.
    if (last && !last.short && !short) spans[spans.length - 1] = { ...last, to, filmTo };
    else spans.push({ from, to, filmFrom, filmTo, short });
    from = to;
    filmFrom = filmTo;
  };
  for (const at of times.slice(1)) add(at, at - from > (skipIdle ? IDLE_MS : CUT_MS));
  add(from + REST_MS, false);

  /** The last stretch that has begun, by whichever clock. */
  const find = (value: number, start: (span: Span) => number): Span => {
    let low = 0;
    let high = spans.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const span = spans[middle];
      if (span && start(span) <= value) low = middle;
      else high = middle - 1;
    }
    // There is always the stretch after the last moment.
    return spans[low] ?? { from, to: from, filmFrom, filmTo: filmFrom, short: false };
  };
  const spanAt = (position: number) => find(position, (span) => span.filmFrom);
  return {
    spans,
    from: times[0] ?? begin,
    to: from,
    length: filmFrom,
    spanAt,
    toFilm(at) {
      const span = find(at, ({ from }) => from);
      return span.filmFrom + share(at, span.from, span.to) * (span.filmTo - span.filmFrom);
    },
    toTime(position) {
      const span = spanAt(position);
      return span.from + share(position, span.filmFrom, span.filmTo) * (span.to - span.from);
    },
  };
}

function share(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
