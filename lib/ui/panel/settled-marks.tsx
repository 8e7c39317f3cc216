"use client";
/** The bitmap of settled marks, kept in step with document, camera and what is live. */
import { useEffect, useRef } from "react";
import { pinNumbers } from "@/lib/panel/describe";
import { paintedBox } from "@/lib/panel/geometry";
import { useCell } from "./cell";
import { liveIds } from "./live-marks";
import { openSettledLayer } from "./paint/settled-layer";
import { usePane, usePanel } from "./panel-provider";
import styles from "./picture-layer.module.css";
import { placementOf } from "./placement";

export function SettledMarks() {
  const host = useRef<HTMLDivElement>(null);
  const panel = usePanel();
  const pane = usePane();
  const binding = useCell(panel.binding);
  const peers = useCell(panel.peers);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another document is painted anew
  useEffect(() => {
    if (!host.current) return;
    const { camera } = pane;
    let hidden: ReadonlySet<string> = liveIds(panel, pane);
    let pins = pinNumbers(pane.allMarks());
    const layer = openSettledLayer(host.current, () => ({ marks: pane.marks(), pins, hidden }));

    const place = () => {
      const size = camera.picture.get();
      if (!size) return;
      layer.place(
        placementOf(camera.camera.get(), size, camera.viewport.get(), devicePixelRatio),
        camera.moving.get(),
      );
    };
    const rehide = () => {
      const next = liveIds(panel, pane);
      const changed = [...next, ...hidden].filter((id) => next.has(id) !== hidden.has(id));
      hidden = next;
      if (changed.length === 0) return;
      const areas = pane
        .marks()
        .filter((mark) => changed.includes(mark.id))
        .map(paintedBox);
      if (areas.length > 0) layer.repaint(areas);
    };
    let seen = pane.marks();
    /** Of a video that has moved on, only the marks that came and went. */
    const remoment = () => {
      const before = seen;
      seen = pane.marks();
      if (seen === before) return;
      const [was, is] = [new Set(before), new Set(seen)];
      const changed = [...before.filter((mark) => !is.has(mark)), ...seen.filter((mark) => !was.has(mark))];
      if (changed.length > 0) layer.repaint(changed.map(paintedBox));
    };
    const reset = () => {
      seen = pane.marks();
      pins = pinNumbers(pane.allMarks());
      hidden = liveIds(panel, pane);
      layer.reset();
      place();
    };
    const stops = [
      camera.camera.subscribe(place),
      camera.viewport.subscribe(place),
      camera.moving.subscribe(place),
      pane.live.subscribe(rehide),
      peers.others.subscribe(rehide),
      pane.item.subscribe(reset),
      pane.position.subscribe(remoment),
      panel.onMarks(({ areas, added, removed }) => {
        const item = pane.item.get();
        seen = pane.marks();
        if (!item) return;
        const here = areas.filter((area) => area.item === item.id).map((area) => area.box);
        const pinsMoved = [...added, ...removed].some((mark) => mark.kind === "pin");
        hidden = liveIds(panel, pane);
        if (pinsMoved) pins = pinNumbers(pane.allMarks());
        // A renumbered pin may lie anywhere.
        const all = pinsMoved
          ? [
              ...here,
              ...pane
                .marks()
                .filter((mark) => pins.has(mark.id))
                .map(paintedBox),
            ]
          : here;
        if (all.length > 0) layer.repaint(all);
      }),
    ];
    reset();
    document.fonts?.ready.then(reset);
    return () => {
      for (const stop of stops) stop();
      layer.close();
    };
  }, [panel, pane, binding, peers]);

  return <div ref={host} className={styles.layer} aria-hidden="true" data-panel-settled="" />;
}
