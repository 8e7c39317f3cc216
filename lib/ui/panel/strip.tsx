"use client";
/**
 * Everything shown so far, each with its marks; a click shows it again, to everybody while we look together. A long
 * press, its button or the key C compares it with what is shown; another button or the Delete key takes it off.
 */
import Columns2 from "lucide-react/icons/columns-2";
import EyeOff from "lucide-react/icons/eye-off";
import Film from "lucide-react/icons/film";
import X from "lucide-react/icons/x";
import { useEffect, useRef } from "react";
import type { Item } from "@/lib/panel/schema";
import { CameraTile } from "./camera-tile";
import { useCell } from "./cell";
import { itemTitle } from "./item-title";
import { usePanel, usePanelMessages, useSnapshot } from "./panel-provider";
import { personOf } from "./participants";
import { sizeFor } from "./picture-layer";
import styles from "./strip.module.css";
import type { StripNews } from "./taking-off";
import { useLongPress } from "./use-long-press";
import { useResolved } from "./use-pictures";
import { VideoBadge } from "./video/video-badge";

export function Strip() {
  const panel = usePanel();
  const t = usePanelMessages();
  const items = useCell(useCell(panel.binding).items);
  const current = useCell(panel.first.item);
  const compared = useCell(panel.second.item);
  const choosing = useCell(panel.comparing.choosing);
  const news = useCell(panel.takingOff.news);
  const list = useRef<HTMLUListElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the shown one is kept in sight
  useEffect(() => {
    const shown = list.current?.querySelector<HTMLElement>("[aria-current=true]");
    if (!shown || !list.current) return;
    // Scrolls the strip alone; scrollIntoView would also move the page around the frame.
    const [one, all] = [shown.getBoundingClientRect(), list.current.getBoundingClientRect()];
    list.current.scrollBy({ left: one.left + one.width / 2 - all.left - all.width / 2 });
  }, [current?.id, items.length]);

  useEffect(() => {
    if (choosing)
      list.current?.querySelector<HTMLElement>("button:not(:disabled)")?.focus({ preventScroll: true });
  }, [choosing]);

  useEffect(() => {
    // Whoever has turned to something else stays there.
    const next = document.activeElement === document.body ? focusAfter(news, items) : null;
    if (next === null) return;
    const tile = list.current?.querySelector<HTMLElement>(`[data-strip-item="${next.id}"]`);
    const stage = list.current?.closest("section")?.querySelector<HTMLElement>("[data-stage=first]");
    (tile ?? stage)?.focus({ preventScroll: true });
  }, [news, items]);

  return (
    <ul
      ref={list}
      className={styles.strip}
      data-testid="panel-strip"
      data-strip=""
      data-choosing={choosing}
      aria-label={t("strip")}
    >
      {items.map((item, index) => (
        <li key={item.id}>
          <Thumbnail
            item={item}
            number={index + 1}
            state={item.id === current?.id ? "shown" : item.id === compared?.id ? "compared" : "none"}
            choosing={choosing}
          />
        </li>
      ))}
      <CameraTile />
    </ul>
  );
}

/** What was under somebody's hands is gone, or just back: where the focus goes on. Null: it stays. */
function focusAfter(news: StripNews, items: readonly Item[]): Pick<Item, "id"> | null {
  if (news.kind === "not-gone") return news.item;
  if ((news.kind !== "gone" && news.kind !== "back") || !news.own) return null;
  const last = news.items.at(-1);
  if (last === undefined || news.kind === "back") return last ?? null;
  return items.find(({ order }) => order > last.order) ?? items.at(-1) ?? last;
}

const THUMBNAIL_PX = 64;

function Thumbnail(props: {
  readonly item: Item;
  readonly number: number;
  readonly state: "none" | "shown" | "compared";
  readonly choosing: boolean;
}) {
  const { item, number, state, choosing } = props;
  const panel = usePanel();
  const t = usePanelMessages();
  const snapshot = useSnapshot();
  const binding = useCell(panel.binding);
  const follow = useCell(panel.follow);
  useCell(panel.version);
  const resolved = useResolved(item);
  const compare = () => panel.comparing.compareWith(item.id);
  const press = useLongPress(compare);
  const count = binding.marks.of(item.id).length;
  const person = personOf(snapshot, item.addedBy);
  const title = itemTitle(item, t);
  const mayGo = panel.takingOff.may(item);
  const keys = [state === "shown" ? "" : "C", mayGo ? "Delete" : ""].filter(Boolean).join(" ");
  // Cover: the shorter side fills the square.
  const cover = THUMBNAIL_PX * (Math.max(item.width, item.height) / Math.min(item.width, item.height));
  const picture = resolved && sizeFor(resolved, Math.min(cover, 400) * devicePixelRatio);
  const name = [
    t("stripItem", { title, number }),
    t("marks", { count }),
    person ? t("stripBy", { name: person.name }) : "",
    item.covered && !picture ? t("stripCovered") : "",
    state === "shown" ? t("shownNow") : state === "compared" ? t("compared") : "",
  ];
  return (
    <>
      <button
        type="button"
        className={styles.thumbnail}
        aria-label={choosing ? t("compareWith", { title }) : name.filter(Boolean).join(", ")}
        aria-current={state === "shown"}
        aria-keyshortcuts={keys === "" ? undefined : keys}
        title={name.filter(Boolean).join(" · ")}
        data-item={item.id}
        data-strip-item={item.id}
        data-compared={state === "compared"}
        data-testid="strip-item"
        disabled={choosing && state === "shown"}
        {...press.handlers}
        onClick={() => {
          if (press.wasLong()) return;
          if (choosing) compare();
          else follow.show(item.id);
        }}
      >
        {picture ? <img src={picture.url} alt="" draggable={false} /> : <NoPicture item={item} />}
        {item.page ? <span className={styles.page}>{item.page.number}</span> : null}
        {item.duration === null ? null : <VideoBadge duration={item.duration} />}
        {count > 0 ? <span className={styles.count}>{count > 999 ? "999+" : count}</span> : null}
        {person ? (
          <i className={styles.by} style={{ "--peer": person.entry.color } as React.CSSProperties} />
        ) : null}
      </button>
      {state === "none" && !choosing ? (
        // Reached by the key C on the thumbnail: a second stop for each would make the strip twice as long.
        <button
          type="button"
          tabIndex={-1}
          className={styles.compare}
          aria-label={t("compareWith", { title })}
          title={`${t("compareWith", { title })} (C)`}
          data-testid="strip-compare"
          onClick={compare}
        >
          <Columns2 size={14} aria-hidden="true" />
        </button>
      ) : null}
      {mayGo && !choosing ? (
        // Reached by the key Delete on the thumbnail, as comparing is by C.
        <button
          type="button"
          tabIndex={-1}
          className={styles.takeOff}
          aria-label={t("takeOff", { title })}
          title={`${t("takeOff", { title })} (${t("keyDelete")})`}
          data-testid="strip-take-off"
          onClick={() => panel.takingOff.begin(item.id)}
        >
          <X size={14} aria-hidden="true" />
        </button>
      ) : null}
    </>
  );
}

/** What stands for an item of which there is nothing to see, or nothing yet. */
function NoPicture({ item }: { readonly item: Item }) {
  if (item.covered) return <EyeOff size={20} aria-hidden="true" />;
  return item.duration === null ? null : <Film size={20} aria-hidden="true" />;
}
