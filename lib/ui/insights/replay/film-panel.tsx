"use client";
/**
 * The panel of a film: the same stage as at the desk, without tools. Whoever moves the picture, or looks at another one,
 * looks alone until she goes back to the film.
 */
import Undo2 from "lucide-react/icons/undo-2";
import { useEffect, useMemo, useState } from "react";
import { readRestingView, stageOf } from "@/lib/panel/schema";
import type { Film } from "@/lib/protocol/film";
import type { ResolveItem } from "@/lib/ui/chat/item-resolver";
import type { ReplayKey } from "@/lib/ui/messages/insights-replay";
import { useMessages } from "@/lib/ui/messages/provider";
import { useCell } from "@/lib/ui/panel/cell";
import { createPanel, type Panel } from "@/lib/ui/panel/create-panel";
import { handleKey } from "@/lib/ui/panel/keyboard-input";
import { NoticesProvider } from "@/lib/ui/panel/notices";
import { PanelProvider, useItem, usePanel, useTogether } from "@/lib/ui/panel/panel-provider";
import { Panes } from "@/lib/ui/panel/panes";
import { Strip } from "@/lib/ui/panel/strip";
import { PanelRoomContext } from "@/lib/ui/panel/use-room";
import styles from "./film-panel.module.css";
import type { FilmSource } from "./film-source";
import type { Cinema } from "./use-film";

export function FilmPanel(props: {
  readonly film: Film;
  readonly cinema: Cinema;
  readonly source: FilmSource;
  readonly resolveItem: ResolveItem;
}) {
  const { cinema, source } = props;
  const [panel, setPanel] = useState<Panel | null>(null);
  useEffect(() => {
    const created = createPanel(cinema.room, cinema.player);
    setPanel(created);
    return () => {
      setPanel(null);
      created.close();
    };
  }, [cinema]);
  if (!panel) return <div className={styles.panel} />;
  return (
    <PanelRoomContext value={cinema.room}>
      <PanelProvider panel={panel} resolveItem={props.resolveItem} uncover={source.uncover}>
        <NoticesProvider>
          <Body film={props.film} />
        </NoticesProvider>
      </PanelProvider>
    </PanelRoomContext>
  );
}

const noTalk = { onReached: () => undefined, onNothingToCompare: () => undefined };

function Body({ film }: { readonly film: Film }) {
  const t = useMessages<ReplayKey>("replay");
  const panel = usePanel();
  const follow = useCell(panel.follow);
  const together = useTogether();
  useRestingView(panel);
  return (
    <section
      className={styles.panel}
      aria-label={t("panel")}
      onKeyDown={(event) => {
        const onStage = event.target instanceof Element && event.target.closest("[data-stage]") !== null;
        // Only where the picture has the focus: elsewhere keys are the film's.
        if (!onStage || !isPanelKey(event.key) || !handleKey(event.nativeEvent, panel, true, noTalk)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <div className={styles.strip}>
        <Strip />
      </div>
      <div className={styles.body}>
        <Panes toolbarHeight={0} />
        <Erased film={film} />
        {together ? null : (
          <button type="button" className={styles.back} onClick={() => follow.setTogether(true)}>
            <Undo2 size={16} aria-hidden="true" />
            {t("backToFilm")}
          </button>
        )}
      </div>
    </section>
  );
}

/** Of the panel's keys those that look, not those that draw or play. */
const isPanelKey = (key: string) => /^(Arrow|Page)|^[-+=0]$/.test(key);

/** The view that people rested at moves the picture: where they moved in between was not stored. */
function useRestingView(panel: Panel): void {
  const binding = useCell(panel.binding);
  useEffect(() => {
    const { doc } = binding;
    const stage = stageOf(doc);
    const onStage = (event: { readonly keysChanged: Set<unknown> }) => {
      const view = readRestingView(doc);
      const { together } = panel.follow.get();
      if (!event.keysChanged.has("view") || !view || !together.get()) return;
      if (panel.first.item.get()?.id === view.item) panel.first.camera.follow(view, false);
    };
    stage.observe(onStage);
    return () => stage.unobserve(onStage);
  }, [panel, binding]);
}

/** Said over the stage where somebody's photo lay that was erased since. */
function Erased({ film }: { readonly film: Film }) {
  const t = useMessages<ReplayKey>("replay");
  const kept = useMemo(() => new Set<string>(film.assets), [film]);
  const item = useItem();
  if (!item || item.productId !== null || kept.has(item.assetId)) return null;
  return (
    <p className={styles.erased} role="status" data-testid="film-erased">
      {t("photoErased")}
    </p>
  );
}
