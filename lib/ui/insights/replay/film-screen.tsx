"use client";
/** The film on its page. The player and the drawing library come as a chunk of their own, behind the report. */
import dynamic from "next/dynamic";
import { useMemo } from "react";
import type { Cut } from "@/lib/insights/replay/film/passage-link";
import styles from "./film-player.module.css";
import { filmSource } from "./film-source";

const FilmPlayer = dynamic(() => import("./film-player").then((module) => module.FilmPlayer), {
  ssr: false,
  loading: FilmPlace,
});

/** @param cut the passage that the address names @param passageId of a kept one */
export function FilmScreen({
  conversationId,
  passageId,
  cut,
}: {
  readonly conversationId: string;
  readonly passageId: string | null;
  readonly cut: Cut | null;
}) {
  const source = useMemo(() => filmSource(conversationId, passageId), [conversationId, passageId]);
  return <FilmPlayer source={source} start={cut} />;
}

function FilmPlace() {
  return <div className={styles.waiting} aria-hidden="true" />;
}
