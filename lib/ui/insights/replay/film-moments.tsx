"use client";
/** What is worth going to, as a list: the marks of the line for everybody. */
import { useMemo } from "react";
import { markersOf } from "@/lib/insights/replay/film/film-markers";
import type { ReplayKey } from "@/lib/ui/messages/insights-replay";
import { useMessages } from "@/lib/ui/messages/provider";
import { useCell, usePicked } from "@/lib/ui/panel/cell";
import { filmTime } from "./film-clock";
import styles from "./film-moments.module.css";
import type { LoadedFilm } from "./film-source";
import { markerWords } from "./film-track";
import type { Player } from "./player";

export function FilmMoments({ loaded, player }: { readonly loaded: LoadedFilm; readonly player: Player }) {
  const t = useMessages<ReplayKey>("replay");
  const timeline = useCell(player.timeline);
  const markers = useMemo(() => markersOf(loaded.film), [loaded]);
  const passed = usePicked(
    player.head,
    ({ position }) => markers.filter(({ at }) => timeline.toFilm(at) <= position).length,
  );
  if (markers.length === 0) return null;
  return (
    <nav className={styles.moments} aria-label={t("moments")}>
      <ol>
        {markers.map((marker, index) => (
          <li key={`${marker.kind} ${marker.at}`}>
            <button
              type="button"
              aria-current={index === passed - 1}
              data-testid="film-moment"
              data-kind={marker.kind}
              onClick={() => player.seek(timeline.toFilm(marker.at))}
            >
              <span>{filmTime(timeline.toFilm(marker.at))}</span>
              {markerWords(marker, t)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
