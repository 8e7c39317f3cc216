/**
 * One pane's video: where it is, who says so, and what presses do to it. Together, the document says it, for everybody;
 * alone, we play for ourselves and move nobody. Whoever may not write looks alone as soon as she plays by herself.
 */
import { play as playForAll } from "@/lib/panel/commands";
import {
  movedTo,
  type Playback,
  type PlaybackRate,
  pausedAt,
  playbackKey,
  playingFrom,
  positionAt,
  readPlayback,
  withRate,
} from "@/lib/panel/playback";
import { type Item, stageOf } from "@/lib/panel/schema";
import type { ItemId } from "@/lib/protocol/ids";
import { type Cell, cell } from "../cell";
import type { PaneState } from "../pane-state";
import type { PanelContext } from "../panel-context";

/** blocked: this browser wants a touch before it plays. unplayable: it never will. */
type MediaState = "none" | "loading" | "ready" | "stalled" | "blocked" | "failed" | "unplayable";

export interface Playing {
  /** As it holds here now. */
  readonly playback: Cell<Playback>;
  /** It plays, or would if the line let it: not at its end. */
  readonly running: Cell<boolean>;
  readonly media: Cell<MediaState>;
  /** One's own, never shared. */
  readonly muted: Cell<boolean>;
  /** The browser did not let it start with sound. */
  readonly hushed: Cell<boolean>;
  /** The server's clock; null while it is not known. */
  now(): number | null;
  /** How fast that clock runs: 1, but in a film. */
  pace(): number;
  toggle(): void;
  seek(to: number): void;
  /** Where it stands for all, paused. */
  pauseAt(moment: number): void;
  setRate(rate: PlaybackRate): void;
  /** As a slider is pulled: everybody sees the pictures pass; `endScrub` plays on if it played before. */
  scrub(to: number): void;
  endScrub(): void;
  /** Pauses what plays. @returns the moment that a mark drawn now belongs to; null on a picture */
  momentToDraw(): number | null;
  close(): void;
}

/** Milliseconds between two writes of a pulled slider: faster than that nobody's video can seek. */
const SCRUB_MS = 150;

export interface PlayingOptions {
  readonly context: PanelContext;
  readonly pane: PaneState;
  readonly now: () => number | null;
  readonly pace: () => number;
  /** Whether any pane shows this item. */
  readonly isShown: (id: ItemId) => boolean;
}

export function createPlaying({ context, pane, now, pace, isShown }: PlayingOptions): Playing {
  const playback = cell<Playback>(stored());
  const running = cell(false);
  const media = cell<MediaState>("none");
  const muted = cell(false);
  const hushed = cell(false);
  /** What we play alone. */
  const own = new Map<ItemId, Playback>();
  let scrubbing: { readonly wasPlaying: boolean; timer: ReturnType<typeof setTimeout> | null } | null = null;
  let item = pane.item.get();

  function video(): (Item & { readonly duration: number }) | null {
    const here = pane.item.get();
    return here && here.duration !== null ? { ...here, duration: here.duration } : null;
  }

  const isTogether = () => context.follow.get().together.get();
  const mayLead = () => {
    const { draw, show } = context.snapshot.get().rights;
    return isTogether() && draw && show;
  };

  function stored(): Playback {
    const { doc } = context.binding.get();
    const id = pane.item.get()?.id;
    return id === undefined
      ? pausedAt({ playing: false, at: 0, since: 0, rate: 1 }, 0)
      : readPlayback(doc, id);
  }

  function refresh(): void {
    const here = video();
    if (!here || scrubbing) return;
    const next = isTogether() ? stored() : (own.get(here.id) ?? stored());
    if (!isTogether()) own.set(here.id, next);
    if (!samePlayback(next, playback.get())) playback.set(next);
  }

  function change(next: Playback): void {
    const here = video();
    if (!here) return;
    if (mayLead()) {
      const { doc, stageOrigin } = context.binding.get();
      playForAll(doc, stageOrigin, here.id, next);
      return;
    }
    if (isTogether()) context.follow.get().setTogether(false);
    own.set(here.id, next);
    refresh();
  }

  /** With the time it is, and only when it is known. */
  function act(next: (current: Playback, time: number, duration: number) => Playback): void {
    const here = video();
    const time = now();
    if (here && time !== null) change(next(playback.get(), time, here.duration));
  }

  function pause(): void {
    // What is seen here, rather than what should be: the picture that was meant.
    act((current) => pausedAt(current, pane.position.get()));
  }

  /** What nobody sees any more does not run on unseen. */
  function leave(before: Item | null): void {
    const time = now();
    if (!before || before.duration === null || time === null || isShown(before.id) || !mayLead()) return;
    const { doc, stageOrigin } = context.binding.get();
    const left = readPlayback(doc, before.id);
    if (left.playing)
      playForAll(doc, stageOrigin, before.id, pausedAt(left, positionAt(left, time, before.duration)));
  }

  function onItem(): void {
    const before = item;
    item = pane.item.get();
    if (before?.id === item?.id) return;
    endScrub();
    // A swap moves a video from one pane to the other: seen by the end of it.
    queueMicrotask(() => leave(before));
    pane.position.set(0);
    playback.set(stored());
    refresh();
  }

  function onTogether(): void {
    const here = video();
    own.clear();
    if (here && !isTogether()) own.set(here.id, playback.get());
    refresh();
  }

  function endScrub(): void {
    if (!scrubbing) return;
    if (scrubbing.timer) clearTimeout(scrubbing.timer);
    const { wasPlaying } = scrubbing;
    scrubbing = null;
    act((current, time, duration) =>
      wasPlaying && current.at < duration
        ? playingFrom(current, current.at, time, duration)
        : pausedAt(current, current.at),
    );
  }

  let stopDocument = watchDocument();
  function watchDocument(): () => void {
    const stage = stageOf(context.binding.get().doc);
    const onStage = (event: { readonly keysChanged: Set<unknown> }) => {
      const here = pane.item.get();
      if (here && event.keysChanged.has(playbackKey(here.id))) refresh();
    };
    stage.observe(onStage);
    return () => stage.unobserve(onStage);
  }
  let stopTogether = context.follow.get().together.subscribe(onTogether);
  const stops = [
    pane.item.subscribe(onItem),
    context.binding.subscribe(() => {
      stopDocument();
      stopDocument = watchDocument();
      refresh();
    }),
    context.follow.subscribe(() => {
      stopTogether();
      stopTogether = context.follow.get().together.subscribe(onTogether);
    }),
  ];
  refresh();

  return {
    playback,
    running,
    media,
    muted,
    hushed,
    now,
    pace,
    toggle() {
      if (running.get()) return pause();
      act((current, time, duration) =>
        playingFrom(current, positionAt(current, time, duration), time, duration),
      );
    },
    seek: (to) => act((current, time, duration) => movedTo(current, to, time, duration)),
    pauseAt: (moment) => act((current) => pausedAt(current, moment)),
    setRate: (rate) => act((current, time, duration) => withRate(current, rate, time, duration)),
    scrub(to) {
      scrubbing ??= { wasPlaying: running.get(), timer: null };
      const state = scrubbing;
      playback.set(pausedAt(playback.get(), to));
      state.timer ??= setTimeout(() => {
        state.timer = null;
        change(playback.get());
      }, SCRUB_MS);
    },
    endScrub,
    momentToDraw() {
      const here = video();
      if (!here) return null;
      if (running.get()) pause();
      return Math.min(Math.ceil(here.duration), Math.max(0, Math.round(pane.position.get())));
    },
    close() {
      if (scrubbing?.timer) clearTimeout(scrubbing.timer);
      stopDocument();
      stopTogether();
      for (const stop of stops) stop();
    },
  };
}

const samePlayback = (a: Playback, b: Playback): boolean =>
  a.playing === b.playing && a.at === b.at && a.since === b.since && a.rate === b.rate;
