"use client";
/** Where the video is, to be pulled or moved by keys, with a dot for each moment that carries marks. */
import { useEffect, useRef, useState } from "react";
import { clockText } from "@/lib/panel/moments";
import type { Item } from "@/lib/panel/schema";
import { usePane, usePanel, usePanelMessages } from "../panel-provider";
import { MomentDots } from "./moment-dots";
import styles from "./timeline.module.css";

/** Milliseconds of one arrow key; with Shift. */
const STEP_MS = 1_000;
const BIG_STEP_MS = 5_000;

export function Timeline({ item, duration }: { readonly item: Item; readonly duration: number }) {
  const panel = usePanel();
  const pane = usePane();
  const t = usePanelMessages();
  const host = useRef<HTMLDivElement>(null);
  const slider = useRef<HTMLInputElement>(null);
  const [width, setWidth] = useState(0);
  const { playing, position } = pane;

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const input = slider.current;
    if (!input) return;
    // Written past React: it moves with every frame.
    const show = () => {
      const at = position.get();
      input.value = String(Math.round(at));
      input.style.setProperty("--part", `${(at / duration) * 100}%`);
      const text = t("videoAt", { time: clockText(at), of: clockText(duration) });
      if (input.getAttribute("aria-valuetext") !== text) input.setAttribute("aria-valuetext", text);
    };
    show();
    const stop = position.subscribe(show);
    // Let go; React's onChange is the browser's `input`.
    input.addEventListener("change", playing.endScrub);
    return () => {
      stop();
      input.removeEventListener("change", playing.endScrub);
    };
  }, [position, playing, duration, t]);

  function onKey(event: React.KeyboardEvent): void {
    const step = event.shiftKey ? BIG_STEP_MS : STEP_MS;
    const at = position.get();
    const goals: Readonly<Record<string, number>> = {
      ArrowLeft: at - step,
      ArrowDown: at - step,
      ArrowRight: at + step,
      ArrowUp: at + step,
      PageDown: at - BIG_STEP_MS,
      PageUp: at + BIG_STEP_MS,
      Home: 0,
      End: duration,
    };
    const goal = goals[event.key];
    if (goal !== undefined) playing.seek(goal);
    else if (event.key === " " || event.key === "k") playing.toggle();
    else return;
    event.preventDefault();
  }

  return (
    <div ref={host} className={styles.timeline}>
      <MomentDots item={item} duration={duration} width={width} version={panel.version} />
      <input
        ref={slider}
        type="range"
        className={styles.slider}
        min={0}
        max={Math.ceil(duration)}
        step={1}
        defaultValue={0}
        data-testid="video-slider"
        aria-label={t("videoPlace")}
        onChange={(event) => playing.scrub(Number(event.target.value))}
        onKeyDown={onKey}
        onPointerUp={playing.endScrub}
        onPointerCancel={playing.endScrub}
      />
    </div>
  );
}
