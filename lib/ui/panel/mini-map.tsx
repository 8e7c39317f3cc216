"use client";
/** Above 3x: the whole picture, small, with the part that is in view; a click goes there. */
import { useEffect, useRef } from "react";
import { usePicked } from "./cell";
import styles from "./mini-map.module.css";
import { useItem, usePane } from "./panel-provider";
import { sizeFor } from "./picture-layer";
import { placementOf } from "./placement";
import { useResolved } from "./use-pictures";

const SHOW_ABOVE = 3;
const LONGEST_PX = 128;

export function MiniMap() {
  const pane = usePane();
  const close = usePicked(pane.camera.camera, ({ zoom }) => zoom > SHOW_ABOVE);
  return close ? <Overview /> : null;
}

function Overview() {
  const { camera } = usePane();
  const item = useItem();
  const resolved = useResolved(item);
  const part = useRef<HTMLDivElement>(null);
  const ratio = item ? LONGEST_PX / Math.max(item.width, item.height) : 0;

  // Written past React: it changes with every frame of a gesture.
  useEffect(() => {
    const place = () => {
      const size = camera.picture.get();
      if (!size || !part.current) return;
      const { scale, x, y, width, height } = placementOf(camera.camera.get(), size, camera.viewport.get(), 1);
      const k = ratio / scale;
      const { style } = part.current;
      style.transform = `translate(${-x * k}px,${-y * k}px)`;
      style.width = `${width * k}px`;
      style.height = `${height * k}px`;
    };
    place();
    const stops = [camera.camera.subscribe(place), camera.viewport.subscribe(place)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [camera, ratio]);

  if (!item) return null;
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
        camera.glideTo({
          zoom: camera.camera.get().zoom,
          cx: (event.clientX - box.left) / ratio,
          cy: (event.clientY - box.top) / ratio,
        });
      }}
    >
      {picture ? <img src={picture.url} alt="" draggable={false} /> : null}
      <div ref={part} className={styles.part} />
    </div>
  );
}
