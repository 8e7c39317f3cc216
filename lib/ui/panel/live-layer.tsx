"use client";
/** Live marks as Konva nodes: drafts of everybody, the selected mark and its handles. Hidden while there are none. */
import "konva/lib/shapes/Circle";
import "konva/lib/shapes/Rect";
import type Konva from "konva";
import { Circle, Layer, Rect, Shape, Stage, useStrictMode } from "react-konva/lib/ReactKonvaCore";
import { upright } from "@/lib/panel/geometry";
import { handlesOf } from "@/lib/panel/handles";
import type { Mark } from "@/lib/panel/mark";
import { useCell } from "./cell";
import { peerDrafts } from "./live-marks";
import { paintMark } from "./paint/paint-on-canvas";
import type { Placement } from "./paint/settled-layer";
import { usePane, usePanel, usePeers } from "./panel-provider";
import styles from "./stage.module.css";
import { usePlacement } from "./use-placement";

// biome-ignore lint/correctness/useHookAtTopLevel: Konva's switch, named like a hook: the document decides, not the node
useStrictMode(true);

const HANDLE_PX = 6;

export function LiveLayer() {
  const panel = usePanel();
  const pane = usePane();
  const { draft, selected } = useCell(pane.live);
  const editing = useCell(pane.label);
  usePeers();
  const drafts = [...peerDrafts(panel, pane), ...(draft ? [draft] : [])];
  const shown = editing ? null : selected;
  const empty = drafts.length === 0 && shown === null;
  const viewport = useCell(pane.camera.viewport);
  return (
    <div className={styles.live} data-empty={empty} aria-hidden="true">
      <Stage width={viewport.width} height={viewport.height} listening={false}>
        <Layer listening={false}>{empty ? null : <LiveNodes drafts={drafts} selected={shown} />}</Layer>
      </Stage>
    </div>
  );
}

function LiveNodes({
  drafts,
  selected,
}: {
  readonly drafts: readonly Mark[];
  readonly selected: Mark | null;
}) {
  const panel = usePanel();
  const placement = usePlacement();
  if (!placement) return null;
  return (
    <>
      {drafts.map((mark) => (
        <MarkNode key={mark.id} mark={mark} placement={placement} />
      ))}
      {selected ? <MarkNode mark={selected} placement={placement} /> : null}
      {selected ? <Handles mark={selected} placement={placement} grips={panel.mayChange(selected)} /> : null}
    </>
  );
}

function MarkNode({ mark, placement }: { readonly mark: Mark; readonly placement: Placement }) {
  const { scale, x, y } = placement;
  return (
    <Shape
      x={x}
      y={y}
      scaleX={scale}
      scaleY={scale}
      sceneFunc={(context: Konva.Context) => paintMark(context._context, mark, 1 / scale)}
    />
  );
}

function Handles(props: {
  readonly mark: Mark;
  readonly placement: Placement;
  /** It may be changed: corners to pull. */
  readonly grips: boolean;
}) {
  const { mark, placement } = props;
  const { scale, x, y } = placement;
  const box = upright(mark);
  return (
    <>
      {mark.kind === "arrow" ? null : (
        <Rect
          x={x + box.x * scale - 4}
          y={y + box.y * scale - 4}
          width={box.w * scale + 8}
          height={box.h * scale + 8}
          stroke="#8ab8ff"
          strokeWidth={1.5}
          cornerRadius={4}
          dash={[5, 4]}
        />
      )}
      {(props.grips ? handlesOf(mark) : []).map((handle) => (
        <Circle
          key={handle.name}
          x={x + handle.x * scale}
          y={y + handle.y * scale}
          radius={HANDLE_PX}
          fill="#ffffff"
          stroke="#1b5fc1"
          strokeWidth={2}
          shadowBlur={4}
          shadowOpacity={0.4}
        />
      ))}
    </>
  );
}
