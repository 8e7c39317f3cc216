"use client";
/** Above 3x: the whole picture, small, with the part that is in view; a click goes there. */
import { useCell, usePicked } from "./cell";
import styles from "./mini-map.module.css";
import { useItem, usePane } from "./panel-provider";
import { sizeFor } from "./picture-layer";
import { useResolved } from "./use-pictures";
import { usePlacement } from "./use-placement";

const SHOW_ABOVE = 3;
const LONGEST_PX = 128;

export function MiniMap() {
  const pane = usePane();
  const close = usePicked(pane.camera.camera, ({ zoom }) => zoom > SHOW_ABOVE);
  return close ? <Overview /> : null;
}

function Overview() {
  const pane = usePane();
  const camera = useCell(pane.camera.camera);
  const item = useItem();
  const placement = usePlacement();
  const resolved = useResolved(item);
  if (!item || !placement) return null;
  const ratio = LONGEST_PX / Math.max(item.width, item.height);
  const part = {
    left: (-placement.x / placement.scale) * ratio,
    top: (-placement.y / placement.scale) * ratio,
    width: (placement.width / placement.scale) * ratio,
    height: (placement.height / placement.scale) * ratio,
  };
  const picture = resolved && sizeFor(resolved, LONGEST_PX * devicePixelRatio);
  return (
    <div
      className={styles.map}
      data-panel-chrome=""
      data-testid="panel-minimap"
      aria-hidden="true"
      style={{ width: item.width * ratio, height: item.height * ratio }}
      onPointerDown={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        pane.camera.glideTo({
          zoom: camera.zoom,
          cx: (event.clientX - box.left) / ratio,
          cy: (event.clientY - box.top) / ratio,
        });
      }}
    >
      {picture ? <img src={picture.url} alt="" draggable={false} /> : null}
      <div className={styles.part} style={part} />
    </div>
  );
}
