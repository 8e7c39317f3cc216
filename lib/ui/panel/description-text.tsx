"use client";
/** What is shown and drawn, in words, for those who do not see it. */
import { useEffect, useState } from "react";
import { useCell } from "./cell";
import { itemTitle } from "./item-title";
import { useItem, useMarks, usePanel, usePanelMessages } from "./panel-provider";
import styles from "./stage.module.css";
import { useSpeak } from "./use-spoken";

/** The newest marks are described; more would be a lecture. */
const DESCRIBED = 12;
/** Milliseconds the words may lag behind the picture: they are read, not watched. */
const LAG_MS = 250;

export function DescriptionText({ id }: { readonly id: string }) {
  const panel = usePanel();
  const t = usePanelMessages();
  const item = useItem();
  const marks = useMarks();
  const speak = useSpeak();
  const version = useCell(panel.version);
  const [text, setText] = useState("");

  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the marks
  useEffect(() => {
    const timer = setTimeout(() => {
      if (!item) return setText(t("empty"));
      const head = t("describe", {
        title: itemTitle(item, t),
        marks: t("marks", { count: marks.length }),
      });
      const lines = marks.slice(-DESCRIBED).map((mark) => `${speak(mark, marks, item)}.`);
      const keys = item.duration === null ? t("keys") : `${t("keys")} ${t("videoKeys")}`;
      setText([head, ...lines, keys].join(" "));
    }, LAG_MS);
    return () => clearTimeout(timer);
  }, [item, version, speak, t]);

  return (
    <div id={id} className={styles.hiddenText} data-testid="panel-description">
      {text}
    </div>
  );
}
