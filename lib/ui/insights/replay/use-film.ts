"use client";
/** Loads a film once a source is given, and opens what plays it. */
import { useEffect, useMemo, useState } from "react";
import { momentsOf } from "@/lib/insights/replay/film/film-markers";
import { type FilmTimeline, makeTimeline } from "@/lib/insights/replay/film/film-timeline";
import { AppError } from "@/lib/protocol/errors";
import type { RoomMessage } from "@/lib/sync/client/room";
import { type FilmRoom, openFilmRoom } from "./film-room";
import type { FilmSource, LoadedFilm } from "./film-source";
import { createPlayer, type Player } from "./player";

export type FilmState =
  | { readonly kind: "loading"; readonly share: number }
  /** There is no such conversation any more, or not for this reader. */
  | { readonly kind: "gone" }
  | { readonly kind: "failed" }
  | { readonly kind: "ready"; readonly loaded: LoadedFilm };

export function useFilm(source: FilmSource): { readonly state: FilmState; readonly retry: () => void } {
  const [state, setState] = useState<FilmState>({ kind: "loading", share: 0 });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is a reason to ask again
  useEffect(() => {
    const stop = new AbortController();
    setState({ kind: "loading", share: 0 });
    source
      .load((share) => setState({ kind: "loading", share }), stop.signal)
      .then(
        (loaded) => setState({ kind: "ready", loaded }),
        (error: unknown) => {
          if (stop.signal.aborted) return;
          const isGone = error instanceof AppError && error.code === "not_found";
          setState({ kind: isGone ? "gone" : "failed" });
        },
      );
    return () => stop.abort();
  }, [source, attempt]);
  return { state, retry: () => setAttempt((count) => count + 1) };
}

export interface Cinema {
  readonly room: FilmRoom;
  readonly player: Player;
}

/** Where a film begins: with the first thing that is recorded, or the conversation. */
export function timelineOf({ film, track }: LoadedFilm, skipIdle: boolean): FilmTimeline {
  return makeTimeline(momentsOf(film, track.times), film.startedAt, skipIdle);
}

/** Null until the first effect. @param erasedWords what is said in place of a photo that was erased */
export function useCinema(loaded: LoadedFilm, erasedWords: string): Cinema | null {
  const [cinema, setCinema] = useState<Cinema | null>(null);
  const messages = useMemo(() => shownMessages(loaded, erasedWords), [loaded, erasedWords]);
  useEffect(() => {
    const room = openFilmRoom(loaded.film, messages, loaded.track);
    const player = createPlayer(timelineOf(loaded, true), room.seek);
    setCinema({ room, player });
    return () => {
      setCinema(null);
      player.close();
      room.close();
    };
  }, [loaded, messages]);
  return cinema;
}

function shownMessages({ film }: LoadedFilm, erasedWords: string): RoomMessage[] {
  const kept = new Set<string>(film.assets);
  return film.chat.map((message) => {
    const erased = message.body.kind === "picture" && !kept.has(message.body.assetId);
    return {
      ...message,
      state: "stored",
      ...(erased && { body: { kind: "text", text: erasedWords } }),
    };
  });
}
