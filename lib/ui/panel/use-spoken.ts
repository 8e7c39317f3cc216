"use client";
/** Says a mark in the reader's language: "Anna drew a circle at the top right, note: zip". */
import { useMemo } from "react";
import { describe } from "@/lib/panel/describe";
import type { Mark } from "@/lib/panel/mark";
import type { Size } from "@/lib/panel/view";
import { usePanelMessages, useSnapshot } from "./panel-provider";
import { personOf } from "./participants";

export type Speak = (mark: Mark, marks: readonly Mark[], picture: Size) => string;

export function useSpeak(): Speak {
  const t = usePanelMessages();
  const snapshot = useSnapshot();
  return useMemo<Speak>(
    () => (mark, marks, picture) => {
      const spoken = describe(mark, marks, picture);
      const own = spoken.author === snapshot.you;
      const name = own ? t("you") : (personOf(snapshot, spoken.author)?.name ?? t("somebody"));
      const place = t(`place_${spoken.place}`);
      const sentence = t(`spoken_${spoken.kind}`, { name, place, number: spoken.number });
      return spoken.note ? t("spokenNote", { sentence, note: spoken.note }) : sentence;
    },
    [t, snapshot],
  );
}
