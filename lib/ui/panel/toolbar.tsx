"use client";
import type { LucideIcon } from "lucide-react";
/** The floating tools: point, draw, write, undo, zoom. */
import Circle from "lucide-react/icons/circle";
import Crosshair from "lucide-react/icons/crosshair";
import Eraser from "lucide-react/icons/eraser";
import Hand from "lucide-react/icons/hand";
import Highlighter from "lucide-react/icons/highlighter";
import MapPin from "lucide-react/icons/map-pin";
import Maximize from "lucide-react/icons/maximize";
import MoveUpRight from "lucide-react/icons/move-up-right";
import Pencil from "lucide-react/icons/pencil";
import RectangleHorizontal from "lucide-react/icons/rectangle-horizontal";
import Redo2 from "lucide-react/icons/redo-2";
import Type from "lucide-react/icons/type";
import Undo2 from "lucide-react/icons/undo-2";
import ZoomIn from "lucide-react/icons/zoom-in";
import ZoomOut from "lucide-react/icons/zoom-out";
import { Fragment, useEffect, useRef, useState } from "react";
import { fitCamera, focus } from "@/lib/panel/view";
import { MAX_ZOOM, MIN_ZOOM } from "@/lib/protocol/limits";
import { useCell, usePicked } from "./cell";
import { ElsewhereChip } from "./elsewhere-chip";
import { useCanDraw, useComparison, usePane, usePanel, usePanelMessages } from "./panel-provider";
import { DrawingState } from "./stage-state";
import { StylePopover } from "./style-popover";
import { ToolButton } from "./tool-button";
import styles from "./toolbar.module.css";
import { type Tool, toolGroups, toolKeys, writes } from "./tools";

const icons: Readonly<Record<Tool, LucideIcon>> = {
  pan: Hand,
  laser: Crosshair,
  arrow: MoveUpRight,
  ellipse: Circle,
  rect: RectangleHorizontal,
  pen: Pencil,
  highlighter: Highlighter,
  text: Type,
  pin: MapPin,
  eraser: Eraser,
};
const ZOOM_STEP = 1.5;
/** A zoom this near its bound is at it. */
const ZOOM_SLACK = 0.005;

/** @param onHeight told how many CSS pixels the tools cover. */
export function Toolbar({ onHeight }: { readonly onHeight: (height: number) => void }) {
  const bar = useRef<HTMLDivElement>(null);
  const t = usePanelMessages();
  useEffect(() => {
    const element = bar.current;
    if (!element) return;
    const measure = () => onHeight(element.offsetHeight + 8);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onHeight]);

  return (
    <div className={styles.dock} data-panel-chrome="">
      <DrawingState />
      <ElsewhereChip />
      <div ref={bar} className={styles.bar} role="toolbar" aria-label={t("tools")}>
        <Tools />
        <StylePopover />
        <UndoButtons />
        <ZoomButtons />
      </div>
    </div>
  );
}

function Tools() {
  const panel = usePanel();
  const t = usePanelMessages();
  const chosen = useCell(panel.tool);
  const canDraw = useCanDraw();
  const item = useCell(panel.first.item);
  return toolGroups.map((group, index) => (
    <Fragment key={group[0]}>
      {index > 0 ? <i className={styles.gap} /> : null}
      {group.map((tool) => (
        <ToolButton
          key={tool}
          icon={icons[tool]}
          name={t(`tool_${tool}`)}
          testId={`tool-${tool}`}
          shortcut={toolKeys[tool].toUpperCase()}
          pressed={chosen === tool}
          disabled={item === null || (writes(tool) && !canDraw)}
          onClick={() => panel.tool.set(tool)}
        />
      ))}
    </Fragment>
  ));
}

function UndoButtons() {
  const panel = usePanel();
  const t = usePanelMessages();
  const binding = useCell(panel.binding);
  const canDraw = useCanDraw();
  const [, render] = useState(0);
  useEffect(() => binding.undo.onChange(() => render((count) => count + 1)), [binding]);
  return (
    <>
      <i className={styles.gap} />
      <ToolButton
        icon={Undo2}
        name={t("undo")}
        testId="undo"
        shortcut="Ctrl+Z"
        disabled={!canDraw || !binding.undo.canUndo()}
        onClick={binding.undo.undo}
      />
      <ToolButton
        icon={Redo2}
        name={t("redo")}
        testId="redo"
        shortcut="Ctrl+Shift+Z"
        disabled={!canDraw || !binding.undo.canRedo()}
        onClick={binding.undo.redo}
      />
    </>
  );
}

function ZoomButtons() {
  const panel = usePanel();
  const t = usePanelMessages();
  useComparison();
  const pane = panel.movedWith(usePane());
  const item = useCell(pane.item);
  const canZoomOut = usePicked(pane.camera.camera, ({ zoom }) => zoom > MIN_ZOOM + ZOOM_SLACK);
  const canZoomIn = usePicked(pane.camera.camera, ({ zoom }) => zoom < MAX_ZOOM - ZOOM_SLACK);
  const zoomBy = (factor: number) => pane.camera.zoomBy(focus(pane.camera.viewport.get()), factor);
  return (
    <>
      <i className={styles.gap} />
      <ToolButton
        icon={ZoomOut}
        name={t("zoomOut")}
        testId="zoom-out"
        shortcut="-"
        disabled={item === null || !canZoomOut}
        onClick={() => zoomBy(1 / ZOOM_STEP)}
      />
      <ToolButton
        icon={ZoomIn}
        name={t("zoomIn")}
        testId="zoom-in"
        shortcut="+"
        disabled={item === null || !canZoomIn}
        onClick={() => zoomBy(ZOOM_STEP)}
      />
      <ToolButton
        icon={Maximize}
        name={t("zoomFit")}
        testId="zoom-fit"
        shortcut="0"
        disabled={item === null}
        onClick={() => {
          if (item) pane.camera.glideTo(fitCamera(item));
        }}
      />
    </>
  );
}
