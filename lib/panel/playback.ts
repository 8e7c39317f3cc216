/**
 * Playing a video together: what the document says of each video, and where it is at a time of the server's clock. Each
 * has an entry of its own, so that two compared videos, and one that is shown again, stand where they were left.
 */
import type * as Y from "yjs";
import { type ItemId, itemIdSchema } from "@/lib/protocol/ids";
import { MAX_VIDEO_MS } from "./limits";
import { stageOf } from "./schema";

export const playbackRates = [0.5, 1, 1.5, 2] as const;
export type PlaybackRate = (typeof playbackRates)[number];

export interface Playback {
  readonly playing: boolean;
  /** Milliseconds into the video, at `since`. */
  readonly at: number;
  /** The server's clock, milliseconds since 1970: from then on it runs. Nothing while it stands. */
  readonly since: number;
  readonly rate: PlaybackRate;
}

/** A video that nobody has touched. */
export const atStart: Playback = { playing: false, at: 0, since: 0, rate: 1 };

/** Entries of `stage`: this and the item's id. */
const KEY = "playback:";
export const playbackKey = (item: ItemId): string => `${KEY}${item}`;

/** The item that an entry of `stage` plays; null for an entry that is something else. */
export function itemOfPlaybackKey(entry: string): ItemId | null {
  if (!entry.startsWith(KEY)) return null;
  const item = itemIdSchema.safeParse(entry.slice(KEY.length));
  return item.success ? item.data : null;
}

/** Null for anything else; the server takes nothing else into the document. */
export function parsePlayback(value: unknown): Playback | null {
  if (typeof value !== "object" || value === null) return null;
  const { playing, at, since, rate, ...rest } = value as Readonly<Record<string, unknown>>;
  const known = playbackRates.find((each) => each === rate);
  if (typeof playing !== "boolean" || known === undefined || Object.keys(rest).length > 0) return null;
  if (!isCount(at, MAX_VIDEO_MS) || !isCount(since, Number.MAX_SAFE_INTEGER)) return null;
  return { playing, at, since, rate: known };
}

export const isCount = (value: unknown, most: number): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most;

/** Where everybody who is together is in this video. */
export function readPlayback(doc: Y.Doc, item: ItemId): Playback {
  return parsePlayback(stageOf(doc).get(playbackKey(item))) ?? atStart;
}

/** Milliseconds into the video. @param now the server's clock */
export function positionAt(playback: Playback, now: number, duration: number): number {
  const run = playback.playing ? Math.max(0, now - playback.since) * playback.rate : 0;
  return Math.min(duration, playback.at + run);
}

/** It moves now: not before it has begun, and not at its end, where it stands by itself. */
export function isRunning(playback: Playback, now: number, duration: number): boolean {
  return playback.playing && now >= playback.since && positionAt(playback, now, duration) < duration;
}

/** Paused at this very place. */
export function pausedAt(playback: Playback, at: number): Playback {
  return { ...playback, playing: false, at: Math.max(0, Math.round(at)), since: 0 };
}

/** Milliseconds from a press to the first moving picture: as long as it takes to reach the others, so that all begin at once. */
const START_LEAD_MS = 120;

/** Running from this place on; from the start when it is at its end. */
export function playingFrom(playback: Playback, at: number, now: number, duration: number): Playback {
  const from = at >= duration ? 0 : Math.max(0, Math.round(at));
  return { ...playback, playing: true, at: from, since: Math.round(now + START_LEAD_MS) };
}

/** At another place, playing on if it plays. */
export function movedTo(playback: Playback, to: number, now: number, duration: number): Playback {
  const at = Math.min(duration, Math.max(0, to));
  const goesOn = isRunning(playback, now, duration) || (playback.playing && now < playback.since);
  return goesOn && at < duration
    ? { ...playback, at: Math.round(at), since: Math.round(now) }
    : pausedAt(playback, at);
}

/** As fast as told from now on, without a jump. */
export function withRate(playback: Playback, rate: PlaybackRate, now: number, duration: number): Playback {
  if (!playback.playing) return { ...playback, rate };
  const at = Math.round(positionAt(playback, now, duration));
  return { ...playback, at, since: Math.max(playback.since, Math.round(now)), rate };
}
