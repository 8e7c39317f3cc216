"use client";
/** A dot above the timeline for each moment that carries marks; near ones share one. A press leads everybody there. */
import { useMemo } from "react";
import { clockText, type Dot, gatherDots, isSeenAt, nextMoment } from "@/lib/panel/moments";
import type { Item } from "@/lib/panel/schema";
import { type Cell, useCell, usePicked } from "../cell";
import { usePane, usePanelMessages, useSnapshot } from "../panel-provider";
import { personOf } from "../participants";
import styles from "./timeline.module.css";

/** CSS pixels between two dots that a finger can tell apart; with a mouse. */
const TOUCH_GAP_PX = 30;
const MOUSE_GAP_PX = 16;

export function MomentDots(props: {
  readonly item: Item;
  readonly duration: number;
  /** CSS pixels of the timeline. */
  readonly width: number;
  readonly version: Cell<number>;
}) {
  const { item, duration, width } = props;
  const pane = usePane();
  const t = usePanelMessages();
  useCell(props.version);
  const marks = pane.item.get()?.id === item.id ? pane.allMarks() : [];
  const dots = useMemo(() => {
    const gap = matchMedia("(pointer: coarse)").matches ? TOUCH_GAP_PX : MOUSE_GAP_PX;
    return width > 0 ? gatherDots(marks, (gap / width) * duration) : [];
  }, [marks, width, duration]);
  if (dots.length === 0) return null;
  return (
    <ul className={styles.dots} aria-label={t("videoDots")} data-testid="video-dots">
      {dots.map((dot) => (
        <li key={dot.moment} style={{ left: `${(dot.moment / duration) * 100}%` }}>
          <MomentDot dot={dot} />
        </li>
      ))}
    </ul>
  );
}

function MomentDot({ dot }: { readonly dot: Dot }) {
  const { playing, position } = usePane();
  const t = usePanelMessages();
  const snapshot = useSnapshot();
  const [first] = dot.marks;
  const here = usePicked(position, (at) => dot.marks.some((mark) => isSeenAt(mark, at)));
  if (!first) return null;
  const person = personOf(snapshot, first.author);
  const time = clockText(dot.moment);
  const kind = t(`tool_${first.kind}`);
  const name =
    dot.marks.length > 1
      ? t("videoDotMany", { count: dot.marks.length, time })
      : first.author === snapshot.you
        ? t("videoDotOwn", { kind, time })
        : t("videoDot", { kind, name: person?.name ?? t("somebody"), time });
  return (
    <button
      type="button"
      className={styles.dot}
      aria-label={name}
      aria-current={here}
      title={name}
      data-testid="video-dot"
      style={{ "--peer": person?.entry.color ?? first.color } as React.CSSProperties}
      onClick={() => playing.pauseAt(nextMoment(dot, position.get()))}
    >
      <i>{dot.marks.length > 1 ? dot.marks.length : null}</i>
    </button>
  );
}
