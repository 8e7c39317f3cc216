"use client";
/** Everything shown so far, each with its marks; a click shows it again, to everybody while we look together. */
import { useEffect, useRef } from "react";
import type { Item } from "@/lib/panel/schema";
import { useCell } from "./cell";
import { useItem, usePanel, usePanelMessages, useSnapshot } from "./panel-provider";
import { personOf } from "./participants";
import { sizeFor } from "./picture-layer";
import styles from "./strip.module.css";
import { useResolved } from "./use-pictures";

export function Strip() {
  const panel = usePanel();
  const t = usePanelMessages();
  const items = useCell(useCell(panel.binding).items);
  const current = useItem();
  const list = useRef<HTMLUListElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the shown one is kept in sight
  useEffect(() => {
    const shown = list.current?.querySelector<HTMLElement>("[aria-current=true]");
    if (!shown || !list.current) return;
    // Scrolls the strip alone; scrollIntoView would also move the page around the frame.
    list.current.scrollTo({ left: shown.offsetLeft - list.current.clientWidth / 2 + shown.clientWidth / 2 });
  }, [current?.id, items.length]);

  return (
    <ul ref={list} className={styles.strip} data-testid="panel-strip" aria-label={t("strip")}>
      {items.map((item, index) => (
        <li key={item.id}>
          <Thumbnail item={item} number={index + 1} shown={item.id === current?.id} />
        </li>
      ))}
    </ul>
  );
}

const THUMBNAIL_PX = 64;

function Thumbnail(props: { readonly item: Item; readonly number: number; readonly shown: boolean }) {
  const { item, number, shown } = props;
  const panel = usePanel();
  const t = usePanelMessages();
  const snapshot = useSnapshot();
  const binding = useCell(panel.binding);
  const follow = useCell(panel.follow);
  useCell(panel.version);
  const resolved = useResolved(item);
  const count = binding.marks.of(item.id).length;
  const person = personOf(snapshot, item.addedBy);
  // Cover: the shorter side fills the square.
  const cover = THUMBNAIL_PX * (Math.max(item.width, item.height) / Math.min(item.width, item.height));
  const picture = resolved && sizeFor(resolved, Math.min(cover, 400) * devicePixelRatio);
  const name = [
    t("stripItem", { title: item.title || t("untitled"), number }),
    t("marks", { count }),
    person ? t("stripBy", { name: person.name }) : "",
    shown ? t("shownNow") : "",
  ];
  return (
    <button
      type="button"
      className={styles.thumbnail}
      aria-label={name.filter(Boolean).join(", ")}
      aria-current={shown}
      title={name.filter(Boolean).join(" · ")}
      data-item={item.id}
      data-testid="strip-item"
      onClick={() => follow.show(item.id)}
    >
      {picture ? <img src={picture.url} alt="" draggable={false} /> : null}
      {count > 0 ? <span className={styles.count}>{count > 999 ? "999+" : count}</span> : null}
      {person ? (
        <i className={styles.by} style={{ "--peer": person.entry.color } as React.CSSProperties} />
      ) : null}
    </button>
  );
}
