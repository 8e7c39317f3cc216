"use client";
/** While somebody looks alone: where the others look, as outlined frames with their names and patterns. */
import type { View } from "@/lib/protocol/presence";
import styles from "./overlay.module.css";
import { useItem, usePanelMessages, usePeers, useSnapshot, useTogether } from "./panel-provider";
import { personOf } from "./participants";
import { viewOn } from "./peers";
import { usePlacement } from "./use-placement";

export function OtherViews() {
  const item = useItem();
  const together = useTogether();
  const apart = usePeers().some((peer) => isApart(viewOn(peer, item?.id), together));
  return apart ? <Frames /> : null;
}

const isApart = (view: View | null, together: boolean) => view !== null && !(together && view.together);

function Frames() {
  const t = usePanelMessages();
  const item = useItem();
  const together = useTogether();
  const snapshot = useSnapshot();
  const peers = usePeers();
  const placement = usePlacement();
  if (!item || !placement) return null;
  return (
    <svg className={styles.frames} aria-hidden="true">
      {peers.map((peer) => {
        const view = viewOn(peer, item.id);
        if (!view || !isApart(view, together)) return null;
        const { client, participantId } = peer;
        const person = personOf(snapshot, participantId);
        const left = Math.max(0, view.cx - view.w / 2);
        const top = Math.max(0, view.cy - view.h / 2);
        const right = Math.min(item.width, view.cx + view.w / 2);
        const bottom = Math.min(item.height, view.cy + view.h / 2);
        const x = placement.x + left * placement.scale;
        const y = placement.y + top * placement.scale;
        const width = Math.max(8, (right - left) * placement.scale);
        const height = Math.max(8, (bottom - top) * placement.scale);
        const color = person?.entry.color ?? "#ffffff";
        const name = person?.name ?? t("somebody");
        return (
          <g key={client} data-testid="other-view">
            <rect x={x} y={y} width={width} height={height} rx={6} className={styles.frameEdge} />
            <rect
              x={x}
              y={y}
              width={width}
              height={height}
              rx={6}
              fill="none"
              stroke={color}
              strokeWidth={2}
              strokeDasharray={(person?.entry.dash ?? []).join(" ")}
            />
            <text x={Math.max(10, x + 10)} y={Math.max(22, y + 20)} className={styles.frameName}>
              {t("otherView", { name })}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
