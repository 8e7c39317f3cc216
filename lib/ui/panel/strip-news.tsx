"use client";
/** The line at the strip: what was taken off the panel and how to have it back, or whether it shall go at all. */
import { useEffect, useId, useRef } from "react";
import { assertNever } from "@/lib/protocol/errors";
import type { Translate } from "@/lib/ui/messages/define";
import type { PanelKey } from "@/lib/ui/messages/panel";
import { useCell } from "./cell";
import { itemTitle } from "./item-title";
import { usePanel, usePanelMessages } from "./panel-provider";
import styles from "./strip-news.module.css";
import type { StripNews } from "./taking-off";

export function StripNewsLine() {
  const panel = usePanel();
  const t = usePanelMessages();
  const { takingOff } = panel;
  const news = useCell(takingOff.news);
  const words = useId();
  const yes = useRef<HTMLButtonElement>(null);
  const asked = news.kind === "asking" ? news.item.id : null;
  useEffect(() => {
    if (asked !== null) yes.current?.focus({ preventScroll: true });
  }, [asked]);

  function keep(from: Element) {
    // Before the line empties: the focus would go nowhere.
    const tile = from.closest("section")?.querySelector<HTMLElement>(`[data-strip-item="${asked}"]`);
    tile?.focus({ preventScroll: true });
    takingOff.answer(false);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame
    <div
      className={styles.line}
      role="group"
      aria-labelledby={words}
      data-strip=""
      data-news={news.kind}
      onFocus={() => takingOff.hold(true)}
      onBlur={() => takingOff.hold(false)}
      onPointerEnter={() => takingOff.hold(true)}
      onPointerLeave={() => takingOff.hold(false)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || asked === null) return;
        event.stopPropagation();
        keep(event.currentTarget);
      }}
    >
      <span id={words} role="status" data-testid="strip-news">
        {sentence(news, t)}
      </span>
      {asked === null ? null : (
        <>
          <button ref={yes} type="button" data-testid="take-off-yes" onClick={() => takingOff.answer(true)}>
            {t("takeOffYes")}
          </button>
          <button type="button" data-testid="take-off-no" onClick={(event) => keep(event.currentTarget)}>
            {t("takeOffNo")}
          </button>
        </>
      )}
      {news.kind === "gone" && news.own ? (
        <button
          type="button"
          data-testid="take-off-undo"
          aria-keyshortcuts="Control+Z"
          onClick={takingOff.undo}
        >
          {t("takenOffUndo")}
        </button>
      ) : null}
    </div>
  );
}

function sentence(news: StripNews, t: Translate<PanelKey>): string {
  switch (news.kind) {
    case "nothing":
      return "";
    case "asking":
      return t("takeOffAsk", { title: itemTitle(news.item, t), count: news.others });
    case "gone":
    case "back": {
      const [first] = news.items;
      const title = first ? itemTitle(first, t) : "";
      return t(news.kind === "gone" ? "takenOff" : "broughtBack", { title, count: news.items.length });
    }
    case "not-gone":
      return t("takeOffFailed");
    case "not-back":
      return t("bringBackFailed");
    default:
      return assertNever(news);
  }
}
