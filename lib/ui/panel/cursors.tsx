"use client";
/** The others' cursors with their names, and our own crosshair while we draw by keyboard. */
import { useCell } from "./cell";
import styles from "./overlay.module.css";
import { useItem, usePane, usePanelMessages, usePeers, useSnapshot } from "./panel-provider";
import { personOf } from "./participants";
import { usePlacement } from "./use-placement";

/** Nothing to place, nothing to do while the view moves. */
export function Cursors() {
  const pane = usePane();
  const item = useItem();
  const pointed = usePeers().some((peer) => peer.pointer !== null && peer.pointer.item === item?.id);
  const crosshair = useCell(pane.crosshair);
  return pointed || crosshair ? <PlacedCursors /> : null;
}

function PlacedCursors() {
  const pane = usePane();
  const t = usePanelMessages();
  const item = useItem();
  const peers = usePeers();
  const snapshot = useSnapshot();
  const crosshair = useCell(pane.crosshair);
  const placement = usePlacement();
  if (!item || !placement) return null;
  const at = (point: { x: number; y: number }) => ({
    transform: `translate(${placement.x + point.x * placement.scale}px, ${placement.y + point.y * placement.scale}px)`,
  });
  return (
    <div className={styles.overlay} aria-hidden="true">
      {peers.map(({ client, pointer, participantId }) => {
        if (!pointer || pointer.item !== item.id) return null;
        const person = personOf(snapshot, participantId);
        const color = person?.entry.color ?? "#ffffff";
        return (
          <div
            key={client}
            className={styles.cursor}
            style={{ ...at(pointer), "--peer": color } as React.CSSProperties}
          >
            {pointer.mode === "cursor" ? (
              <svg width="18" height="22" viewBox="0 0 18 22" role="presentation">
                <path d="M1.5 1.2 16 11.6l-6.8 1.1-3.6 6.6z" fill={color} stroke="#fff" strokeWidth="1.6" />
              </svg>
            ) : null}
            <span className={styles.name}>{person?.name ?? t("somebody")}</span>
          </div>
        );
      })}
      {crosshair ? (
        <div className={styles.crosshair} style={at(crosshair)} data-testid="panel-crosshair" />
      ) : null}
    </div>
  );
}
