"use client";
/** The line to seek on: how lively the film is, what is worth going to, which passage is chosen, and where one is. */
import { useEffect, useMemo, useRef } from "react";
import {
  livelinessOf,
  type Marker,
  type MarkerKind,
  markersOf,
  momentsOf,
} from "@/lib/insights/replay/film/film-markers";
import type { Cut } from "@/lib/insights/replay/film/passage-link";
import type { ReplayKey } from "@/lib/ui/messages/insights-replay";
import { useMessages } from "@/lib/ui/messages/provider";
import { useCell } from "@/lib/ui/panel/cell";
import { filmTime } from "./film-clock";
import type { LoadedFilm } from "./film-source";
import styles from "./film-track.module.css";
import type { Player } from "./player";

/** Bars under the line: one every few pixels of a wide screen. */
const PARTS = 160;
/** Milliseconds of a slider’s step: an hour may pass within fifty of them. */
const SLIDER_STEP_MS = 1;

export function FilmTrack(props: {
  readonly loaded: LoadedFilm;
  readonly player: Player;
  readonly passage: Cut | null;
}) {
  const { loaded, player, passage } = props;
  const t = useMessages<ReplayKey>("replay");
  const timeline = useCell(player.timeline);
  const slider = useRef<HTMLInputElement>(null);
  const markers = useMemo(() => markersOf(loaded.film), [loaded]);
  const bars = useMemo(() => {
    const positions = momentsOf(loaded.film, loaded.track.times).map(timeline.toFilm);
    return barsPath(livelinessOf(positions, timeline.length, PARTS));
  }, [loaded, timeline]);
  const percent = (position: number) => `${(position / timeline.length) * 100}%`;

  // Written past React: it moves with every frame.
  useEffect(() => {
    const input = slider.current;
    if (!input) return;
    const show = () => {
      const { position } = player.head.get();
      input.value = String(position);
      input.parentElement?.style.setProperty("--played", `${(position / timeline.length) * 100}%`);
      input.setAttribute("aria-valuetext", t("positionOf", words(position, timeline.length)));
    };
    show();
    return player.head.subscribe(show);
  }, [player, timeline, t]);

  const start = loaded.film.startedAt;
  const band = passage && {
    from: timeline.toFilm(start + passage.from),
    to: timeline.toFilm(start + passage.to),
  };
  return (
    <div className={styles.track}>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${PARTS} 1`}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <path d={bars} />
      </svg>
      {band ? (
        <div
          className={styles.band}
          style={{ left: percent(band.from), width: percent(band.to - band.from) }}
          data-testid="film-band"
        />
      ) : null}
      <div className={styles.rail} />
      <input
        ref={slider}
        className={styles.slider}
        type="range"
        min={0}
        max={timeline.length}
        step={SLIDER_STEP_MS}
        defaultValue={0}
        aria-label={t("timeline")}
        data-testid="film-slider"
        onInput={(event) => player.seek(Number(event.currentTarget.value))}
      />
      {/* For the pointer alone: the list of moments says the same to everybody. */}
      <div className={styles.marks} aria-hidden="true">
        {markers.map((marker) => (
          <button
            key={`${marker.kind} ${marker.at}`}
            type="button"
            tabIndex={-1}
            className={styles.mark}
            data-kind={marker.kind}
            style={{ left: percent(timeline.toFilm(marker.at)) }}
            title={`${filmTime(timeline.toFilm(marker.at))} ${markerWords(marker, t)}`}
            onClick={() => player.seek(timeline.toFilm(marker.at))}
          />
        ))}
      </div>
    </div>
  );
}

const words = (position: number, length: number) => ({ time: filmTime(position), length: filmTime(length) });

const markerKeys: Record<MarkerKind, ReplayKey> = {
  first_product: "markFirst",
  recommendation: "markRecommended",
  cart: "markCart",
  order: "markOrder",
  agent_joined: "markJoined",
  mirror: "markMirror",
};

export function markerWords({ kind, what }: Marker, t: (key: ReplayKey) => string): string {
  return what === "" ? t(markerKeys[kind]) : `${t(markerKeys[kind])}: ${what}`;
}

/** Bars that stand on a common line, one unit wide each, as one shape. */
function barsPath(heights: readonly number[]): string {
  return heights
    .map((height, index) => (height === 0 ? "" : `M${index + 0.15} 1V${(1 - height).toFixed(2)}h.7V1z`))
    .join("");
}
