"use client";
/** How much of the upper picture is seen, between the two pictures; the one that is drawn on is lit. */
import Pencil from "lucide-react/icons/pencil";
import { UPPER_FROM } from "@/lib/panel/comparison";
import { useCell } from "./cell";
import { itemTitle } from "./item-title";
import styles from "./opacity-slider.module.css";
import type { Pane } from "./pane";
import { useCanDraw, useComparison, usePanel, usePanelMessages } from "./panel-provider";
import { sizeFor } from "./picture-layer";
import { useResolved } from "./use-pictures";

const END_PX = 36;
/** Percent of one arrow key. */
const STEP = 5;

export function OpacitySlider() {
  const panel = usePanel();
  const t = usePanelMessages();
  const opacity = useComparison()?.opacity ?? 0;
  const [below, above] = [useCell(panel.first.item), useCell(panel.second.item)];
  const lower = below ? itemTitle(below, t) : t("untitled");
  const upper = above ? itemTitle(above, t) : t("untitled");
  const percent = Math.round(opacity * 100);
  const { comparing } = panel;
  return (
    <div className={styles.slider}>
      <End pane={panel.first} lit={opacity < UPPER_FROM} onClick={() => comparing.setOpacity(0)} />
      <input
        type="range"
        min={0}
        max={100}
        step={STEP}
        value={percent}
        data-testid="compare-opacity"
        aria-label={t("compareOpacity", { title: upper })}
        aria-valuetext={t("compareOpacityValue", { percent, title: opacity < UPPER_FROM ? lower : upper })}
        style={{ "--part": `${percent}%` } as React.CSSProperties}
        onChange={(event) => comparing.setOpacity(Number(event.target.value) / 100)}
        onKeyDown={(event) => {
          if (event.key === "Escape") comparing.end();
        }}
      />
      <End pane={panel.second} lit={opacity >= UPPER_FROM} onClick={() => comparing.setOpacity(1)} />
    </div>
  );
}

/** One end of the slider: this picture alone. */
function End(props: { readonly pane: Pane; readonly lit: boolean; readonly onClick: () => void }) {
  const { pane, lit, onClick } = props;
  const t = usePanelMessages();
  const item = useCell(pane.item);
  const canDraw = useCanDraw();
  const resolved = useResolved(item);
  const picture = resolved && sizeFor(resolved, END_PX * 2 * devicePixelRatio);
  const title = t("compareOnly", { title: item ? itemTitle(item, t) : t("untitled") });
  const name = lit && canDraw ? `${title}, ${t("compareDrawn")}` : title;
  return (
    <button
      type="button"
      className={styles.end}
      data-lit={lit}
      data-testid={`compare-only-${pane.side}`}
      aria-label={name}
      title={name}
      onClick={onClick}
    >
      {picture ? <img src={picture.url} alt="" draggable={false} /> : <i />}
      {lit && canDraw ? (
        <span className={styles.pencil}>
          <Pencil size={10} strokeWidth={2.5} aria-hidden="true" />
        </span>
      ) : null}
    </button>
  );
}
