import { type PointerEvent, useRef, useState } from "react";
import { PEEK_PX, type Rest, restAfterDrag, restHeight } from "./sheet-rest";

/** CSS pixels of movement below which a press is a tap. */
const TAP_SLOP_PX = 6;

/** Drags the sheet by its handle. `height` is null at rest. A tap without movement calls `onTap`. */
export function useSheetDrag(options: {
  readonly rest: Rest;
  readonly frameHeight: number;
  readonly onRest: (rest: Rest) => void;
  readonly onTap: () => void;
}) {
  const [height, setHeight] = useState<number | null>(null);
  const drag = useRef<{
    startY: number;
    from: number;
    lastY: number;
    lastAt: number;
    velocity: number;
  } | null>(null);

  function heightAt(clientY: number): number {
    const { from = 0, startY = 0 } = drag.current ?? {};
    const highest = restHeight("full", options.frameHeight);
    return Math.min(highest, Math.max(PEEK_PX, from + startY - clientY));
  }

  return {
    height,
    handlers: {
      onPointerDown(event: PointerEvent) {
        if (event.button !== 0 || (event.target instanceof Element && event.target.closest("button"))) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const from = restHeight(options.rest, options.frameHeight);
        drag.current = {
          startY: event.clientY,
          from,
          lastY: event.clientY,
          lastAt: event.timeStamp,
          velocity: 0,
        };
      },
      onPointerMove(event: PointerEvent) {
        const current = drag.current;
        if (current === null) return;
        if (height === null && Math.abs(event.clientY - current.startY) < TAP_SLOP_PX) return;
        const elapsed = Math.max(1, event.timeStamp - current.lastAt);
        current.velocity = (current.lastY - event.clientY) / elapsed;
        current.lastY = event.clientY;
        current.lastAt = event.timeStamp;
        setHeight(heightAt(event.clientY));
      },
      onPointerUp(event: PointerEvent) {
        const current = drag.current;
        if (current === null) return;
        if (height === null) options.onTap();
        else options.onRest(restAfterDrag(heightAt(event.clientY), current.velocity, options.frameHeight));
        drag.current = null;
        setHeight(null);
      },
      onPointerCancel() {
        drag.current = null;
        setHeight(null);
      },
    },
  };
}
