"use client";
/** A finger that stays: another action than the tap, which is then left out. */
import { type PointerEvent, type SyntheticEvent, useEffect, useRef } from "react";

const LONG_MS = 450;
/** CSS pixels that a resting finger may wander; farther it scrolls. */
const WANDER_PX = 8;

export function useLongPress(onLong: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const from = useRef({ x: 0, y: 0 });
  const long = useRef(false);
  const stop = () => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    /** Whether the click that comes now ends a long press. */
    wasLong: () => long.current,
    handlers: {
      onPointerDown(event: PointerEvent) {
        long.current = false;
        if (event.pointerType !== "touch") return;
        from.current = { x: event.clientX, y: event.clientY };
        timer.current = setTimeout(() => {
          long.current = true;
          onLong();
        }, LONG_MS);
      },
      onPointerMove(event: PointerEvent) {
        const { x, y } = from.current;
        if (Math.hypot(event.clientX - x, event.clientY - y) > WANDER_PX) stop();
      },
      onPointerUp: stop,
      onPointerCancel: stop,
      /** Android's menu for the picture would open over it. */
      onContextMenu(event: SyntheticEvent) {
        if (long.current || timer.current !== undefined) event.preventDefault();
      },
    },
  };
}
