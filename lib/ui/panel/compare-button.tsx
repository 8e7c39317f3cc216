"use client";
/** Starts and ends a comparison; not there while there is nothing to compare. */
import Columns2 from "lucide-react/icons/columns-2";
import { useCell } from "./cell";
import styles from "./panel-head.module.css";
import { useComparison, usePanel, usePanelMessages } from "./panel-provider";

export function CompareButton() {
  const panel = usePanel();
  const t = usePanelMessages();
  const { comparing } = panel;
  const choosing = useCell(comparing.choosing);
  const comparison = useComparison();
  const shown = useCell(panel.first.item);
  const { length } = useCell(useCell(panel.binding).items);
  if (!shown || length < 2) return null;
  const on = comparison !== null || choosing;
  function press() {
    if (choosing) comparing.choosing.set(false);
    else if (comparison) comparing.end();
    else comparing.choose();
  }
  return (
    <button
      type="button"
      className={styles.follow}
      data-testid="compare"
      data-on={on}
      aria-pressed={on}
      aria-keyshortcuts="C"
      aria-label={t("compare")}
      title={`${comparison ? t("compareEnd") : t("compareHint")} (C)`}
      onClick={press}
    >
      <Columns2 size={18} aria-hidden="true" />
      <span aria-hidden="true">{t("compare")}</span>
    </button>
  );
}
