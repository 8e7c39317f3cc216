/** Plays a film: one position, moved on with every frame while it plays, and the room that follows it. */
import type { FilmTimeline } from "@/lib/insights/replay/film/film-timeline";
import { advance, moveTo, type Playhead, type Rate, toggle } from "@/lib/insights/replay/film/playhead";
import { type Cell, cell } from "@/lib/ui/panel/cell";

export interface Player {
  readonly head: Cell<Playhead>;
  readonly timeline: Cell<FilmTimeline>;
  /** When what is seen now happened, milliseconds since 1970. */
  now(): number;
  /** How fast that clock runs: 0 while the film stands. */
  pace(): number;
  toggle(): void;
  setRate(rate: Rate): void;
  /** @param position milliseconds into the film */
  seek(position: number): void;
  /** Stays at what is seen, on another timeline. */
  retime(timeline: FilmTimeline): void;
  /** From here to there, then it stands. Milliseconds since 1970. */
  playPassage(from: number, to: number): void;
  close(): void;
}

/** Milliseconds of one frame at most: a page that slept does not jump. */
const LONGEST_FRAME_MS = 250;

/** @param onTime shows the moment; called at once and with every frame in which it changed */
export function createPlayer(first: FilmTimeline, onTime: (at: number) => void): Player {
  const timeline = cell(first);
  const head = cell<Playhead>({ position: 0, playing: false, rate: 1, stopAt: null });
  let frame = 0;
  let last = 0;
  let shown = Number.NaN;
  const now = () => timeline.get().toTime(head.get().position);

  function step(time: number): void {
    frame = 0;
    const elapsed = Math.min(LONGEST_FRAME_MS, Math.max(0, time - last));
    last = time;
    head.set(advance(head.get(), elapsed, timeline.get().length));
    show();
    if (head.get().playing) wake();
  }
  function wake(): void {
    if (frame !== 0) return;
    frame = requestAnimationFrame(step);
  }
  function show(): void {
    const at = now();
    if (at === shown) return;
    shown = at;
    onTime(at);
  }
  /** A pulled slider moves more often than a screen is painted. */
  function change(next: Playhead): void {
    if (!head.get().playing) last = performance.now();
    head.set(next);
    wake();
  }

  show();
  return {
    head,
    timeline,
    now,
    pace: () => (head.get().playing ? head.get().rate : 0),
    toggle: () => change(toggle(head.get(), timeline.get().length)),
    setRate: (rate) => change({ ...head.get(), rate }),
    seek: (position) => change(moveTo(head.get(), position, timeline.get().length)),
    retime(next) {
      const at = now();
      const { stopAt } = head.get();
      const stop = stopAt === null ? null : next.toFilm(timeline.get().toTime(stopAt));
      timeline.set(next);
      change({ ...head.get(), position: next.toFilm(at), stopAt: stop });
    },
    playPassage(from, to) {
      const { toFilm } = timeline.get();
      change({ ...head.get(), position: toFilm(from), stopAt: toFilm(to), playing: true });
    },
    close: () => cancelAnimationFrame(frame),
  };
}
