"use client";
/** A name for a passage, under which the shop keeps it. */
import { type FormEvent, useId, useState } from "react";
import type { Cut } from "@/lib/insights/replay/film/passage-link";
import { MAX_PASSAGE_NAME_CHARS, type Passage } from "@/lib/protocol/film";
import { Button } from "@/lib/ui/controls/button";
import type { ReplayKey } from "@/lib/ui/messages/insights-replay";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./film-passages.module.css";
import type { FilmSource } from "./film-source";

export function KeepPassage(props: {
  readonly passage: Cut;
  readonly source: FilmSource;
  readonly onKept: (passage: Passage) => void;
}) {
  const t = useMessages<ReplayKey>("replay");
  const id = useId();
  const [name, setName] = useState("");
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");

  async function keep(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (name.trim() === "") return;
    setState("busy");
    const { from, to } = props.passage;
    await props.source.keep({ name: name.trim(), from, to }).then(
      (kept) => {
        setState("idle");
        setName("");
        props.onKept(kept);
      },
      () => setState("failed"),
    );
  }

  return (
    <form className={styles.keep} onSubmit={keep}>
      <label htmlFor={id}>{t("passageName")}</label>
      <input
        id={id}
        value={name}
        maxLength={MAX_PASSAGE_NAME_CHARS}
        placeholder={t("passageExample")}
        data-testid="film-name"
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={state === "busy" || name.trim() === ""} data-testid="film-keep">
        {t("keepPassage")}
      </Button>
      {state === "failed" ? <p role="alert">{t("notKept")}</p> : null}
    </form>
  );
}
