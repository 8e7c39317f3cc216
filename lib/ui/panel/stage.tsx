"use client";
/** The stage: picture, settled marks, live marks and what floats over them, in that order. Takes pointers and keys. */
import { useEffect, useId, useRef } from "react";
import type { Viewport } from "@/lib/panel/view";
import { useCell, usePicked } from "./cell";
import { Cursors } from "./cursors";
import { DescriptionText } from "./description-text";
import { FlipPictures } from "./flip-pictures";
import { itemTitle } from "./item-title";
import { LabelEditor } from "./label-editor";
import { LaserLayer } from "./laser-layer";
import { LiveLayer } from "./live-layer";
import { MiniMap } from "./mini-map";
import { OtherViews } from "./other-views";
import { OverPicture, OverTouch } from "./over-layers";
import {
  PaneProvider,
  useCanDraw,
  useComparison,
  useItem,
  useMarks,
  usePane,
  usePanel,
  usePanelMessages,
  useSnapshot,
} from "./panel-provider";
import { PaperPages } from "./paper-pages";
import { PictureLayer } from "./picture-layer";
import { attachPointerInput } from "./pointer-input";
import { SettledMarks } from "./settled-marks";
import styles from "./stage.module.css";
import { StageState } from "./stage-state";
import { usePictureState } from "./use-picture-state";
import { CONTROLS_PX, VideoControls } from "./video/video-controls";
import { VideoLayer } from "./video/video-layer";
import { VideoState } from "./video/video-state";

/** CSS pixels that the fitted picture keeps from the stage's edges. */
const EDGE_PX = 12;
/** CSS pixels at the top that the picture's name takes while two are compared. */
const NAME_PX = 30;

/** @param toolbarHeight CSS pixels that the floating tools cover at the bottom. */
export function PanelStage({ toolbarHeight }: { readonly toolbarHeight: number }) {
  const element = useRef<HTMLDivElement>(null);
  const description = useId();
  const panel = usePanel();
  const pane = usePane();
  const t = usePanelMessages();
  const item = useItem();
  const marks = useMarks();
  const snapshot = useSnapshot();
  const tool = useCell(panel.tool);
  const canDraw = useCanDraw();
  const mode = useComparison()?.mode;
  const over = useCell(panel.second.item);
  const { picture, attempt, onState, retry } = usePictureState();
  const active = useCell(panel.active);
  /** Of two that lie over each other, the one that is drawn on is played. */
  const played = mode === "over" ? active : pane;
  const moves = useCell(played.item)?.duration != null && !panel.isFilm;
  const controls = moves ? CONTROLS_PX : 0;
  const covered = usePicked(pane.camera.viewport, ({ inset }) => inset.bottom);

  useEffect(() => {
    const stage = element.current;
    if (!stage) return;
    const measure = () => {
      // Of two panes one above the other, the upper one is not covered by the tools.
      const below = stage.parentElement
        ? stage.parentElement.clientHeight - stage.offsetTop - stage.offsetHeight
        : 0;
      const inset = {
        top: mode === "beside" ? NAME_PX : EDGE_PX,
        right: EDGE_PX,
        left: EDGE_PX,
        bottom: Math.max(0, toolbarHeight - below) + EDGE_PX + controls,
      };
      const next: Viewport = { width: stage.clientWidth, height: stage.clientHeight, inset };
      if (next.width > 0 && next.height > 0) pane.camera.viewport.set(next);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(stage);
    return () => observer.disconnect();
  }, [pane, toolbarHeight, mode, controls]);

  useEffect(
    () => (element.current ? attachPointerInput(element.current, panel, pane) : undefined),
    [panel, pane],
  );

  useEffect(() => {
    const stage = element.current;
    if (!stage) return;
    // Written past React: zoom changes with every frame of a gesture.
    const show = () => {
      stage.dataset.zoom = pane.camera.camera.get().zoom.toFixed(2);
    };
    show();
    return pane.camera.camera.subscribe(show);
  }, [pane]);

  const title = item ? itemTitle(item, t) : "";
  const upper = mode === "over" && over ? itemTitle(over, t) : null;
  const name = upper === null ? t("stage", { title }) : t("stageOver", { title, upper });
  return (
    <div
      ref={element}
      className={styles.stage}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is operated by keyboard
      tabIndex={0}
      role="application"
      aria-label={item ? name : t("stageEmpty")}
      aria-describedby={description}
      data-testid={pane.side === "first" ? "panel-stage" : "panel-stage-second"}
      data-stage={pane.side}
      data-item={item?.id ?? ""}
      data-marks={marks.length}
      data-synced={snapshot.synced && !snapshot.unsaved && snapshot.connection === "online"}
      data-picture={picture}
      data-tool={canDraw || tool === "laser" ? tool : "pan"}
      onFocus={() => {
        if (panel.movedWith(panel.active.get()) !== pane) panel.active.set(pane);
      }}
    >
      <PictureLayer attempt={attempt} onState={onState} />
      <VideoLayer />
      <SettledMarks />
      {upper === null ? null : <OverPicture />}
      <LaserLayer />
      <LiveLayer />
      <OtherViews />
      <Cursors />
      <LabelEditor />
      {upper === null ? null : <OverTouch />}
      {mode === undefined ? <MiniMap /> : null}
      <FlipPictures />
      <PaperPages />
      {mode === "beside" ? (
        <div className={styles.title} aria-hidden="true">
          {title}
        </div>
      ) : null}
      <StageState picture={picture} onRetry={retry} />
      <PaneProvider pane={played}>
        <VideoState />
        {moves ? <VideoControls bottom={covered - CONTROLS_PX - EDGE_PX / 2} /> : null}
      </PaneProvider>
      <DescriptionText id={description} />
    </div>
  );
}
