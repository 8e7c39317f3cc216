"use client";
/** The stage: picture, settled marks, live marks and what floats over them, in that order. Takes pointers and keys. */
import { useEffect, useId, useRef, useState } from "react";
import type { Viewport } from "@/lib/panel/view";
import { useCell } from "./cell";
import { Cursors } from "./cursors";
import { DescriptionText } from "./description-text";
import { FlipPictures } from "./flip-pictures";
import { LabelEditor } from "./label-editor";
import { LaserLayer } from "./laser-layer";
import { LiveLayer } from "./live-layer";
import { MiniMap } from "./mini-map";
import { OtherViews } from "./other-views";
import { useCanDraw, useItem, useMarks, usePanel, usePanelMessages, useSnapshot } from "./panel-provider";
import { PictureLayer, type PictureState } from "./picture-layer";
import { attachPointerInput } from "./pointer-input";
import { SettledMarks } from "./settled-marks";
import styles from "./stage.module.css";
import { StageState } from "./stage-state";

/** CSS pixels that the fitted picture keeps from the stage's edges. */
const EDGE_PX = 12;

/** @param toolbarHeight CSS pixels that the floating tools cover at the bottom. */
export function PanelStage({ toolbarHeight }: { readonly toolbarHeight: number }) {
  const element = useRef<HTMLDivElement>(null);
  const description = useId();
  const panel = usePanel();
  const t = usePanelMessages();
  const item = useItem();
  const marks = useMarks();
  const snapshot = useSnapshot();
  const tool = useCell(panel.tool);
  const canDraw = useCanDraw();
  const [picture, setPicture] = useState<PictureState>("none");
  const [attempt, setAttempt] = useState(0);
  const online = snapshot.connection === "online";

  const failed = useRef(false);
  failed.current = picture === "failed";
  // A picture that did not come over a lost line is asked for again when the line is back.
  useEffect(() => {
    if (online && failed.current) setAttempt((count) => count + 1);
  }, [online]);

  useEffect(() => {
    const stage = element.current;
    if (!stage) return;
    const measure = () => {
      const inset = { top: EDGE_PX, right: EDGE_PX, left: EDGE_PX, bottom: toolbarHeight + EDGE_PX };
      const next: Viewport = { width: stage.clientWidth, height: stage.clientHeight, inset };
      if (next.width > 0 && next.height > 0) panel.camera.viewport.set(next);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(stage);
    return () => observer.disconnect();
  }, [panel, toolbarHeight]);

  useEffect(() => (element.current ? attachPointerInput(element.current, panel) : undefined), [panel]);

  useEffect(() => {
    const stage = element.current;
    if (!stage) return;
    // Written past React: zoom changes with every frame of a gesture.
    const show = () => {
      stage.dataset.zoom = panel.camera.camera.get().zoom.toFixed(2);
    };
    show();
    return panel.camera.camera.subscribe(show);
  }, [panel]);

  const title = item ? item.title || t("untitled") : "";
  return (
    <div
      ref={element}
      className={styles.stage}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is operated by keyboard
      tabIndex={0}
      role="application"
      aria-label={item ? t("stage", { title }) : t("stageEmpty")}
      aria-describedby={description}
      data-testid="panel-stage"
      data-item={item?.id ?? ""}
      data-marks={marks.length}
      data-synced={snapshot.synced && !snapshot.unsaved && snapshot.connection === "online"}
      data-picture={picture}
      data-tool={canDraw || tool === "laser" ? tool : "pan"}
    >
      <PictureLayer attempt={attempt} onState={setPicture} />
      <SettledMarks />
      <LaserLayer />
      <LiveLayer />
      <OtherViews />
      <Cursors />
      <LabelEditor />
      <MiniMap />
      <FlipPictures />
      <StageState picture={picture} onRetry={() => setAttempt((count) => count + 1)} />
      <DescriptionText id={description} />
    </div>
  );
}
