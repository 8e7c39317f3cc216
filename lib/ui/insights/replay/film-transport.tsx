"use client";
/** What a film is played with: one line of buttons, the time, and the line to seek on. */
import FastForward from "lucide-react/icons/fast-forward";
import Pause from "lucide-react/icons/pause";
import Play from "lucide-react/icons/play";
import SkipBack from "lucide-react/icons/skip-back";
import SkipForward from "lucide-react/icons/skip-forward";
import { useMemo } from "react";
import { markersOf } from "@/lib/insights/replay/film/film-markers";
import type { Cut } from "@/lib/insights/replay/film/passage-link";
import { nextMarker, rates } from "@/lib/insights/replay/film/playhead";
import type { ReplayKey } from "@/lib/ui/messages/insights-replay";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { useCell, usePicked } from "@/lib/ui/panel/cell";
import { filmTime, wallTime } from "./film-clock";
import type { LoadedFilm } from "./film-source";
import { FilmTrack } from "./film-track";
import styles from "./film-transport.module.css";
import type { Player } from "./player";

export function FilmTransport(props: {
  readonly loaded: LoadedFilm;
  readonly player: Player;
  readonly passage: Cut | null;
  readonly skipIdle: boolean;
  readonly onSkipIdle: (skip: boolean) => void;
}) {
  const { loaded, player, skipIdle } = props;
  const t = useMessages<ReplayKey>("replay");
  const timeline = useCell(player.timeline);
  const playing = usePicked(player.head, ({ playing }) => playing);
  const rate = usePicked(player.head, ({ rate }) => rate);
  const markers = useMemo(
    () => markersOf(loaded.film).map(({ at }) => timeline.toFilm(at)),
    [loaded, timeline],
  );
  const jump = (way: 1 | -1) => {
    const to = nextMarker(markers, player.head.get().position, way);
    if (to !== null) player.seek(to);
    else if (way === -1) player.seek(0);
  };
  return (
    <div className={styles.transport} role="toolbar" aria-label={t("controls")}>
      <FilmTrack loaded={loaded} player={player} passage={props.passage} />
      <div className={styles.row}>
        <button
          type="button"
          className={styles.button}
          aria-label={t("previousMarker")}
          title={`${t("previousMarker")} (⇧←)`}
          onClick={() => jump(-1)}
        >
          <SkipBack size={20} aria-hidden="true" />
        </button>
        <button
          type="button"
          className={styles.play}
          aria-label={t(playing ? "pause" : "play")}
          title={`${t(playing ? "pause" : "play")} (K)`}
          data-testid="film-play"
          onClick={player.toggle}
        >
          {playing ? <Pause size={24} aria-hidden="true" /> : <Play size={24} aria-hidden="true" />}
        </button>
        <button
          type="button"
          className={styles.button}
          aria-label={t("nextMarker")}
          title={`${t("nextMarker")} (⇧→)`}
          data-testid="film-next"
          onClick={() => jump(1)}
        >
          <SkipForward size={20} aria-hidden="true" />
        </button>
        <Times player={player} />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame */}
        <div className={styles.rates} role="group" aria-label={t("speed")}>
          {rates.map((one) => (
            <button
              key={one}
              type="button"
              className={styles.rate}
              aria-pressed={rate === one}
              aria-label={t("speedOf", { times: one })}
              data-testid={`film-rate-${one}`}
              onClick={() => player.setRate(one)}
            >
              {one}×
            </button>
          ))}
        </div>
        <button
          type="button"
          className={styles.skip}
          aria-pressed={skipIdle}
          title={t("skipIdleHint")}
          data-testid="film-skip-idle"
          onClick={() => props.onSkipIdle(!skipIdle)}
        >
          <FastForward size={18} aria-hidden="true" />
          {t("skipIdle")}
        </button>
      </div>
    </div>
  );
}

/** How far, of how much; and what the clock showed. */
function Times({ player }: { readonly player: Player }) {
  const locale = useLocale();
  const { length } = useCell(player.timeline);
  const second = usePicked(player.head, ({ position }) => Math.floor(position / 1_000));
  // A short time in the film may be an hour of the day.
  const wall = usePicked(player.head, () => wallTime(player.now(), locale));
  return (
    <p className={styles.times} data-testid="film-time">
      <span>
        <b>{filmTime(second * 1_000)}</b> / {filmTime(length)}
      </span>
      <span className={styles.wall}>{wall}</span>
    </p>
  );
}
