"use client";
/** Tells the live region what others did: marks drawn and removed, another picture shown, a refused write. */
import { useEffect, useRef } from "react";
import { clockText } from "@/lib/panel/moments";
import { useCell } from "./cell";
import { itemTitle } from "./item-title";
import { useNotice } from "./notices";
import { useComparison, usePanel, usePanelMessages, useSnapshot } from "./panel-provider";
import { personOf } from "./participants";
import { useSpeak } from "./use-spoken";

export function Announcer() {
  const panel = usePanel();
  const t = usePanelMessages();
  const speak = useSpeak();
  const item = useCell(panel.first.item);
  const comparison = useComparison();
  const compared = useCell(panel.second.item);
  const choosing = useCell(panel.comparing.choosing);
  const { lastRefusal } = useSnapshot();
  const { announce, say } = useNotice();
  const seen = useRef<string | null>(null);
  const pairSeen = useRef<string | null | undefined>(undefined);

  useEffect(
    () =>
      panel.onMarks(({ added, removed, local, withItems }) => {
        if (local || withItems) return;
        for (const pane of [panel.first, panel.second]) {
          const here = pane.item.get();
          const last = here && added.filter((mark) => mark.item === here.id).at(-1);
          if (last) return announce(speak(last, pane.marks(), here));
        }
        if (removed.length > 0 && panel.first.item.get())
          announce(t("spokenRemoved", { count: removed.length }));
      }),
    [panel, speak, announce, t],
  );

  useEffect(() => {
    const id = item?.id ?? null;
    if (item && seen.current !== null && seen.current !== id) {
      announce(t("spokenShown", { title: itemTitle(item, t) }));
    }
    seen.current = id ?? "";
  }, [item, announce, t]);

  useEffect(() => {
    const pair = comparison && compared && item ? [item.id, compared.id].sort().join(" ") : null;
    const before = pairSeen.current;
    pairSeen.current = pair;
    // Who comes into a comparison sees it; only a change is told.
    if (before === undefined || before === pair) return;
    if (!pair || !comparison || !compared || !item) return announce(t("compareEnded"));
    const person = comparison.by === panel.you() ? null : personOf(panel.snapshot.get(), comparison.by);
    if (person && before === null) say(t("compareNotice", { name: person.name }));
    else announce(t("compareStarted", { first: itemTitle(item, t), second: itemTitle(compared, t) }));
  }, [comparison, compared, item, panel, announce, say, t]);

  useEffect(() => {
    const stops = [panel.first, panel.second].map((pane) =>
      pane.playing.running.subscribe(() => {
        if (pane.item.get()?.duration == null) return;
        const time = clockText(pane.position.get());
        announce(pane.playing.running.get() ? t("spokenPlaying") : t("spokenPaused", { time }));
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [panel, announce, t]);

  useEffect(() => {
    if (choosing) announce(t("compareChoose"));
  }, [choosing, announce, t]);

  useEffect(() => {
    if (lastRefusal && lastRefusal.count > 0) say(t("refused"));
  }, [lastRefusal, say, t]);

  return null;
}
