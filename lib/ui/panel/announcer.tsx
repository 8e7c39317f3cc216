"use client";
/** Tells the live region what others did: marks drawn and removed, another picture shown, a refused write. */
import { useEffect, useRef } from "react";
import { useCell } from "./cell";
import { useNotice } from "./notices";
import { useItem, usePanel, usePanelMessages, useSnapshot } from "./panel-provider";
import { useSpeak } from "./use-spoken";

export function Announcer() {
  const panel = usePanel();
  const t = usePanelMessages();
  const speak = useSpeak();
  const item = useItem();
  const { lastRefusal } = useSnapshot();
  const follow = useCell(panel.follow);
  const { announce, say } = useNotice();
  const seen = useRef<string | null>(null);

  useEffect(
    () =>
      panel.onMarks(({ added, removed, local }) => {
        const here = follow.item.get();
        if (local || !here) return;
        const last = added.filter((mark) => mark.item === here.id).at(-1);
        if (last) announce(speak(last, panel.marks(), here));
        else if (removed.length > 0) announce(t("spokenRemoved", { count: removed.length }));
      }),
    [panel, follow, speak, announce, t],
  );

  useEffect(() => {
    const id = item?.id ?? null;
    if (item && seen.current !== null && seen.current !== id) {
      announce(t("spokenShown", { title: item.title || t("untitled") }));
    }
    seen.current = id ?? "";
  }, [item, announce, t]);

  useEffect(() => {
    if (lastRefusal && lastRefusal.count > 0) say(t("refused"));
  }, [lastRefusal, say, t]);

  return null;
}
