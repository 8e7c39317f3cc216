/**
 * Keeps a pane's clock going, and the browser's video in step with it while there is one. Nothing the video does of its
 * own accord (stalling, being paused by the browser) is taken for somebody's wish.
 */
import { createDriftCorrector, type DriftCorrector } from "@/lib/panel/drift";
import { isRunning, positionAt } from "@/lib/panel/playback";
import type { PaneState } from "../pane-state";
import type { Playing } from "./playing";

export interface VideoRun {
  /** @returns what lets go of it */
  attach(video: HTMLVideoElement): () => void;
  /** By a touch, after which browsers let it play. */
  playAlong(): void;
  close(): void;
}

/** HTMLMediaElement.HAVE_FUTURE_DATA: it can play on from here. */
const FUTURE_DATA = 3;
/** Milliseconds between two looks while the page is hidden, where frames do not come. */
const HIDDEN_MS = 500;
const S = 1_000;

/** What may mean that there is something to do. */
const mediaEvents = ["loadedmetadata", "canplay", "seeked", "playing", "waiting", "pause", "ended"] as const;

export function runVideo(pane: PaneState, playing: Playing): VideoRun {
  let video: HTMLVideoElement | null = null;
  let corrector: DriftCorrector = createDriftCorrector();
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  function wake(): void {
    if (closed || frame !== 0 || timer !== undefined) return;
    if (document.hidden) timer = setTimeout(step, HIDDEN_MS);
    else frame = requestAnimationFrame(step);
  }

  function wakeNow(): void {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = 0;
    timer = undefined;
    wake();
  }

  function step(): void {
    frame = 0;
    timer = undefined;
    const duration = pane.item.get()?.duration ?? null;
    if (duration === null) {
      playing.running.set(false);
      return;
    }
    const time = playing.now();
    const playback = playing.playback.get();
    // Before the server has told its time nobody knows where a running video is.
    const goal = time === null ? playback.at : positionAt(playback, time, duration);
    const moves = time !== null && playing.pace() > 0 && isRunning(playback, time, duration);
    playing.running.set(playback.playing && goal < duration);
    const settled = !video || follow(video, goal, moves);
    pane.position.set(seenPosition(goal, moves, duration));
    if (playback.playing || time === null || !settled) wake();
  }

  /** @returns whether there is nothing left to do while nothing changes */
  function follow(media: HTMLVideoElement, goal: number, moves: boolean): boolean {
    if (playing.media.get() === "blocked" && moves) return true;
    // A container may say a little more than its tracks hold.
    const end = Number.isFinite(media.duration) ? media.duration * S : 0;
    if (end === 0) return true;
    const order = corrector.next({
      now: performance.now(),
      goal: Math.min(goal, end),
      running: moves && goal < end,
      rate: playing.playback.get().rate * playing.pace(),
      position: media.currentTime * S,
      paused: media.paused,
      seeking: media.seeking,
      ready: media.readyState >= FUTURE_DATA,
    });
    switch (order.kind) {
      case "stop":
        media.pause();
        return false;
      case "seek":
        if (!media.paused) media.pause();
        media.currentTime = Math.min(order.to, end) / S;
        return false;
      case "run":
        if (media.playbackRate !== order.rate) media.playbackRate = order.rate;
        if (media.paused) start(media);
        return false;
      case "leave":
        return !media.seeking;
    }
  }

  function start(media: HTMLVideoElement): void {
    media.muted = playing.muted.get();
    media.play().then(
      () => {
        if (playing.media.get() === "blocked") playing.media.set("ready");
      },
      (error: unknown) => {
        // Paused again before it had begun: nothing to say.
        if (!(error instanceof DOMException) || error.name !== "NotAllowedError") return;
        if (!media.muted) {
          playing.hushed.set(true);
          playing.muted.set(true);
        } else playing.media.set("blocked");
        wake();
      },
    );
  }

  /** What is seen here: of a playing video its own place, otherwise where it ought to be. */
  function seenPosition(goal: number, moves: boolean, duration: number): number {
    if (!video || !moves || video.paused || video.seeking || playing.media.get() !== "ready") return goal;
    return Math.min(duration, video.currentTime * S);
  }

  const onMuted = () => {
    if (video) video.muted = playing.muted.get();
    if (!playing.muted.get()) playing.hushed.set(false);
  };
  document.addEventListener("visibilitychange", wakeNow);
  const stops = [
    playing.playback.subscribe(wake),
    playing.media.subscribe(wake),
    playing.muted.subscribe(onMuted),
    pane.item.subscribe(wake),
  ];
  wake();

  return {
    attach(next) {
      video = next;
      corrector = createDriftCorrector();
      next.muted = playing.muted.get();
      for (const event of mediaEvents) next.addEventListener(event, wake);
      wake();
      return () => {
        for (const event of mediaEvents) next.removeEventListener(event, wake);
        next.pause();
        if (video === next) video = null;
      };
    },
    playAlong() {
      playing.media.set("ready");
      if (playing.hushed.get()) playing.muted.set(false);
      if (video) start(video);
    },
    close() {
      closed = true;
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wakeNow);
      for (const stop of stops) stop();
    },
  };
}
