"use client";
/** Choosing a part of the film, handing it on as a link, and keeping it under a name for the shop's people. */
import Link2 from "lucide-react/icons/link-2";
import Play from "lucide-react/icons/play";
import Scissors from "lucide-react/icons/scissors";
import Trash2 from "lucide-react/icons/trash";
import { useState } from "react";
import { type Cut, keptQuery, passageQuery } from "@/lib/insights/replay/film/passage-link";
import type { Film, Passage } from "@/lib/protocol/film";
import { Button, IconButton } from "@/lib/ui/controls/button";
import type { ReplayKey } from "@/lib/ui/messages/insights-replay";
import { useMessages } from "@/lib/ui/messages/provider";
import { useCell } from "@/lib/ui/panel/cell";
import { filmTime } from "./film-clock";
import styles from "./film-passages.module.css";
import type { FilmSource } from "./film-source";
import { KeepPassage } from "./keep-passage";
import type { Player } from "./player";

/** Milliseconds of the film that are chosen at first. */
const FIRST_LENGTH_MS = 30_000;

export function FilmPassages(props: {
  readonly film: Film;
  readonly player: Player;
  readonly source: FilmSource;
  readonly passage: Cut | null;
  readonly onPassage: (passage: Cut | null) => void;
}) {
  const { film, player, source, passage, onPassage } = props;
  const t = useMessages<ReplayKey>("replay");
  const timeline = useCell(player.timeline);
  const [kept, setKept] = useState<readonly Passage[]>(film.passages);
  const [said, setSaid] = useState("");
  const start = film.startedAt;
  const offset = () => Math.round(player.now() - start);
  const time = (at: number) => filmTime(timeline.toFilm(start + at));

  function choose(): void {
    const { position } = player.head.get();
    const end = timeline.toTime(Math.min(timeline.length, position + FIRST_LENGTH_MS));
    onPassage({ from: offset(), to: Math.max(offset() + 1, Math.round(end - start)) });
  }
  async function copy(query: string): Promise<void> {
    const address = new URL(`?${query}`, location.href).href;
    const copied = await navigator.clipboard?.writeText(address).then(
      () => true,
      () => false,
    );
    // Without leave for the clipboard the address itself is shown, to be taken by hand.
    setSaid(copied ? t("linkCopied") : address);
  }
  async function remove(id: string): Promise<void> {
    const removed = await source.remove(id).then(
      () => true,
      () => false,
    );
    if (removed) setKept(kept.filter((one) => one.id !== id));
    else setSaid(t("notRemoved"));
  }

  return (
    <section className={styles.passages} aria-labelledby="film-passages">
      <h2 id="film-passages">{t("passages")}</h2>
      {passage === null ? (
        <Button onClick={choose} data-testid="film-choose">
          <Scissors size={16} aria-hidden="true" />
          {t("choosePassage")}
        </Button>
      ) : (
        <div className={styles.chosen} data-testid="film-chosen">
          <span className={styles.times}>
            {time(passage.from)} – {time(passage.to)}
          </span>
          <Button
            onClick={() => onPassage({ from: offset(), to: Math.max(offset() + 1, passage.to) })}
            data-testid="film-from"
          >
            {t("beginsHere")}
          </Button>
          <Button
            onClick={() => onPassage({ from: Math.min(offset() - 1, passage.from), to: offset() })}
            data-testid="film-to"
          >
            {t("endsHere")}
          </Button>
          <Button onClick={() => player.playPassage(start + passage.from, start + passage.to)}>
            <Play size={16} aria-hidden="true" />
            {t("playPassage")}
          </Button>
          <Button look="primary" onClick={() => copy(passageQuery(passage))} data-testid="film-copy">
            <Link2 size={16} aria-hidden="true" />
            {t("copyLink")}
          </Button>
          <Button look="quiet" onClick={() => onPassage(null)}>
            {t("dropPassage")}
          </Button>
          {film.mayKeep ? (
            <KeepPassage
              passage={passage}
              source={source}
              onKept={(one) => {
                setKept([...kept, one].sort((a, b) => a.from - b.from));
                setSaid(t("passageKept"));
              }}
            />
          ) : null}
        </div>
      )}
      <p className={styles.said} role="status">
        {said}
      </p>
      {kept.length === 0 ? null : (
        <ul className={styles.kept}>
          {kept.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className={styles.name}
                data-testid="film-kept"
                onClick={() => {
                  onPassage(one);
                  player.playPassage(start + one.from, start + one.to);
                }}
              >
                <Play size={16} aria-hidden="true" />
                <b>{one.name}</b>
                <span className={styles.times}>
                  {time(one.from)} – {time(one.to)}
                </span>
                {one.by === "" ? null : <span>{t("keptBy", { name: one.by })}</span>}
              </button>
              <IconButton label={t("copyLinkOf", { name: one.name })} onClick={() => copy(keptQuery(one.id))}>
                <Link2 size={16} aria-hidden="true" />
              </IconButton>
              {film.mayKeep ? (
                <IconButton label={t("removePassage", { name: one.name })} onClick={() => remove(one.id)}>
                  <Trash2 size={16} aria-hidden="true" />
                </IconButton>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <p className={styles.hint}>{t("passagesHint")}</p>
    </section>
  );
}
