"use client";
/** A past conversation as a film: the panel with its controls, the chat beside it, what went on in her page and cart. */
import { useEffect, useMemo, useState } from "react";
import type { Cut } from "@/lib/insights/replay/film/passage-link";
import { createItemResolver } from "@/lib/ui/chat/item-resolver";
import { Button } from "@/lib/ui/controls/button";
import type { ReplayKey } from "@/lib/ui/messages/insights-replay";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { useCell, usePicked } from "@/lib/ui/panel/cell";
import { FilmChat } from "./film-chat";
import { spanWords } from "./film-clock";
import { filmKey } from "./film-keys";
import { FilmMoments } from "./film-moments";
import { FilmPanel } from "./film-panel";
import { FilmPassages } from "./film-passages";
import styles from "./film-player.module.css";
import { FilmSide } from "./film-side";
import type { FilmSource, LoadedFilm } from "./film-source";
import { FilmTransport } from "./film-transport";
import type { Player } from "./player";
import { timelineOf, useCinema, useFilm } from "./use-film";

/** @param start the passage that a link named */
export function FilmPlayer({ source, start }: { readonly source: FilmSource; readonly start: Cut | null }) {
  const t = useMessages<ReplayKey>("replay");
  const locale = useLocale();
  const { state, retry } = useFilm(source);
  switch (state.kind) {
    case "loading": {
      const share = new Intl.NumberFormat(locale, { style: "percent" }).format(state.share);
      return (
        <p className={styles.waiting} role="status">
          {t("loading", { share })}
        </p>
      );
    }
    case "gone":
      return <p className={styles.waiting}>{t("gone")}</p>;
    case "failed":
      return (
        <div className={styles.waiting} role="alert">
          <p>{t("failed")}</p>
          <Button onClick={retry}>{t("retry")}</Button>
        </div>
      );
    case "ready":
      return <Playing loaded={state.loaded} source={source} start={start} />;
  }
}

function Playing(props: {
  readonly loaded: LoadedFilm;
  readonly source: FilmSource;
  readonly start: Cut | null;
}) {
  const { loaded, source, start } = props;
  const { film } = loaded;
  const t = useMessages<ReplayKey>("replay");
  const cinema = useCinema(loaded, t("photoErased"));
  const [skipIdle, setSkipIdle] = useState(true);
  const [passage, setPassage] = useState<Cut | null>(start);
  const resolveItem = useMemo(
    () =>
      createItemResolver({
        baseUrl: source.baseUrl,
        conversationId: film.conversationId,
        authorization: () => ({}),
      }),
    [source, film.conversationId],
  );
  useEffect(() => {
    // Stands where the passage begins: nothing plays before somebody wants it to.
    if (cinema && start) cinema.player.seek(cinema.player.timeline.get().toFilm(film.startedAt + start.from));
  }, [cinema, start, film]);
  if (!cinema) return <div className={styles.film} />;
  const { player } = cinema;
  return (
    <section
      className={styles.cinema}
      aria-label={t("film")}
      data-testid="film"
      onKeyDown={(event) => {
        if (filmKey(event.nativeEvent, player, film)) event.preventDefault();
      }}
    >
      <div className={styles.film}>
        <div className={styles.stage}>
          <FilmPanel film={film} cinema={cinema} source={source} resolveItem={resolveItem} />
          <Later player={player} />
        </div>
        <FilmTransport
          loaded={loaded}
          player={player}
          passage={passage}
          skipIdle={skipIdle}
          onSkipIdle={(skip) => {
            setSkipIdle(skip);
            player.retime(timelineOf(loaded, skip));
          }}
        />
        <div className={styles.beside}>
          <FilmChat cinema={cinema} resolveItem={resolveItem} />
          <FilmSide film={film} player={player} />
        </div>
      </div>
      {film.panel.kind === "left" ? <p className={styles.note}>{t("panelLeft")}</p> : null}
      {film.chatCut ? <p className={styles.note}>{t("chatCut")}</p> : null}
      <FilmMoments loaded={loaded} player={player} />
      <FilmPassages film={film} player={player} source={source} passage={passage} onPassage={setPassage} />
      <details className={styles.about}>
        <summary>{t("about")}</summary>
        <p>{t("aboutText")}</p>
      </details>
    </section>
  );
}

/** Milliseconds of a time passed over from which it is worth a word. */
const WORTH_SAYING_MS = 60_000;

/** Over the stage while the film passes over a time in which nothing happened. */
function Later({ player }: { readonly player: Player }) {
  const t = useMessages<ReplayKey>("replay");
  const locale = useLocale();
  const timeline = useCell(player.timeline);
  const passed = usePicked(player.head, ({ position }) => {
    const { short, from, to } = timeline.spanAt(position);
    return short ? to - from : 0;
  });
  if (passed < WORTH_SAYING_MS) return null;
  return (
    <p className={styles.later} data-testid="film-later">
      {t("later", { span: spanWords(passed, locale) })}
    </p>
  );
}
