"use client";
/** Laser trails, ours and the others': fade within a second, leave no mark. Draws only while something glows. */
import { useEffect, useRef } from "react";
import { extendTrail, LASER_MS, type TrailPoint } from "@/lib/panel/presence";
import type { Pointer } from "@/lib/protocol/presence";
import { useCell } from "./cell";
import { usePane, usePanel } from "./panel-provider";
import { personOf } from "./participants";
import { placementOf } from "./placement";
import styles from "./stage.module.css";

const HEAD_PX = 5;

export function LaserLayer() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const panel = usePanel();
  const pane = usePane();
  const peers = useCell(panel.peers);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const trails = new Map<number, { points: TrailPoint[]; color: string }>();
    let frame = 0;

    function extend(client: number, pointer: Pointer | null, color: string, now: number) {
      const here = pointer && pointer.item === pane.item.get()?.id ? pointer : null;
      const points = extendTrail(trails.get(client)?.points ?? [], here, now);
      if (points.length > 0) trails.set(client, { points, color });
      else trails.delete(client);
    }

    function collect() {
      const now = performance.now();
      const snapshot = panel.snapshot.get();
      const own = peers.pointer.get();
      extend(peers.client, own, panel.style.get().color, now);
      const present = new Set<number>([peers.client]);
      for (const peer of peers.others.get()) {
        present.add(peer.client);
        extend(
          peer.client,
          peer.pointer,
          personOf(snapshot, peer.participantId)?.entry.color ?? "#ffffff",
          now,
        );
      }
      for (const client of trails.keys()) if (!present.has(client)) trails.delete(client);
      if (trails.size > 0 && frame === 0) frame = requestAnimationFrame(draw);
    }

    function draw() {
      frame = 0;
      if (!element || !context) return;
      const size = pane.camera.picture.get();
      const viewport = pane.camera.viewport.get();
      const density = devicePixelRatio;
      const width = Math.round(viewport.width * density);
      const height = Math.round(viewport.height * density);
      if (element.width !== width || element.height !== height) {
        element.width = width;
        element.height = height;
      }
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
      if (!size) return;
      const { scale, x, y } = placementOf(pane.camera.camera.get(), size, viewport, density);
      context.setTransform(density, 0, 0, density, 0, 0);
      const now = performance.now();
      for (const [client, { points, color }] of trails) {
        const kept = points.filter((point) => now - point.at < LASER_MS);
        if (kept.length === 0) trails.delete(client);
        else trails.set(client, { points: kept, color });
        glow(
          context,
          kept.map((point) => ({ x: x + point.x * scale, y: y + point.y * scale, at: point.at })),
          color,
          now,
        );
      }
      if (trails.size > 0) frame = requestAnimationFrame(draw);
      element.style.visibility = trails.size > 0 ? "visible" : "hidden";
    }

    element.style.visibility = "hidden";
    const stops = [peers.others.subscribe(collect), peers.pointer.subscribe(collect)];
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    };
  }, [panel, pane, peers]);

  return <canvas ref={canvas} className={styles.laser} />;
}

function glow(
  context: CanvasRenderingContext2D,
  points: readonly TrailPoint[],
  color: string,
  now: number,
): void {
  context.lineCap = "round";
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1];
    const to = points[index];
    if (!from || !to) continue;
    const fresh = 1 - (now - to.at) / LASER_MS;
    context.globalAlpha = fresh;
    for (const [style, width] of [
      ["rgb(255 255 255 / 85%)", HEAD_PX * fresh + 3],
      [color, HEAD_PX * fresh + 0.5],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    }
  }
  const head = points.at(-1);
  if (head) {
    context.globalAlpha = Math.min(1, 1.4 * (1 - (now - head.at) / LASER_MS));
    context.fillStyle = color;
    context.strokeStyle = "#ffffff";
    context.lineWidth = 2;
    context.beginPath();
    context.arc(head.x, head.y, HEAD_PX, 0, Math.PI * 2);
    context.fill();
    context.stroke();
  }
  context.globalAlpha = 1;
}
