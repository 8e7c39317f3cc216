"use client";
import { useEffect, useState } from "react";
import type { Viewer } from "@/lib/mirror/apply/open-viewer";
import type { PageFacts } from "@/lib/mirror/wire/page-message";
import { inkOn } from "@/lib/panel/palette";
import type { MirrorPointing } from "@/lib/protocol/mirror";
import styles from "./mirror-view.module.css";

export type ShownPoint =
  /** The customer's, in pixels of her viewport. */
  | { readonly kind: "cursor"; readonly x: number; readonly y: number }
  | {
      readonly kind: "place";
      readonly from: string;
      readonly name: string;
      readonly color: string;
      readonly point: MirrorPointing;
    };

/** Milliseconds between two looks at where what is pointed at has gone: the replica scrolls without telling. */
const FOLLOW_MS = 100;
/** The customer's pointer is no mark of the palette: it is the one that everything is about. */
export const CUSTOMER_COLOR = "#1d1b17";

/** Everybody's pointers over the replica. */
export function PointLayer(props: {
  readonly points: ReadonlyMap<string, ShownPoint>;
  readonly viewer: Viewer;
  readonly scale: number;
  readonly customer: string;
  readonly facts: PageFacts | null;
}) {
  const { points, viewer, scale } = props;
  const [, follow] = useState(0);
  const places = [...points.values()].some((one) => one.kind === "place");
  useEffect(() => {
    if (!places) return;
    const timer = setInterval(() => follow((count) => count + 1), FOLLOW_MS);
    return () => clearInterval(timer);
  }, [places]);

  return (
    <div className={styles.points} aria-hidden="true">
      {[...points].map(([key, shown]) => {
        if (shown.kind === "cursor") {
          return (
            <Cursor
              key={key}
              x={shown.x * scale}
              y={shown.y * scale}
              color={CUSTOMER_COLOR}
              name={props.customer}
              testId="mirror-cursor"
            />
          );
        }
        const { as, node, fx, fy } = shown.point;
        if (as === "highlight") {
          const box = viewer.boxOf(node);
          if (box === null) return null;
          const style = {
            left: box.x * scale,
            top: box.y * scale,
            width: box.width * scale,
            height: box.height * scale,
            borderColor: shown.color,
          };
          return <div key={key} className={styles.highlight} style={style} />;
        }
        const at = viewer.pointOf(node, fx, fy);
        if (at === null) return null;
        return <Cursor key={key} x={at.x * scale} y={at.y * scale} color={shown.color} name={shown.name} />;
      })}
    </div>
  );
}

function Cursor(props: {
  readonly x: number;
  readonly y: number;
  readonly color: string;
  readonly name: string;
  readonly testId?: string;
}) {
  return (
    <div
      className={styles.cursor}
      data-testid={props.testId}
      style={{ transform: `translate(${props.x}px, ${props.y}px)` }}
    >
      <svg width="20" height="20" viewBox="0 0 20 20" role="presentation">
        <path
          d="M2 2l15 7-7 2-3 7z"
          fill={props.color}
          stroke="#fff"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
      </svg>
      <b style={{ background: props.color, color: inkOn(props.color) }}>{props.name}</b>
    </div>
  );
}
