/**
 * The system's back button on a phone: one history entry for each layer that is open, so that "back" closes the topmost
 * (FR10). Below our entries lies the loader's own, which closes the frame.
 */
import { useEffect, useRef } from "react";

export function useBackEntries(depth: number, closeTopmost: () => void): void {
  const entries = useRef(0);
  /** Our own steps back also arrive as popstate; they close nothing. */
  const ownSteps = useRef(0);
  const close = useRef(closeTopmost);
  useEffect(() => {
    close.current = closeTopmost;
  }, [closeTopmost]);

  useEffect(() => {
    for (; entries.current < depth; entries.current += 1) window.history.pushState(window.history.state, "");
    if (entries.current > depth) {
      ownSteps.current += 1;
      window.history.go(depth - entries.current);
      entries.current = depth;
    }
  }, [depth]);

  useEffect(() => {
    const onPop = () => {
      if (ownSteps.current > 0) {
        ownSteps.current -= 1;
        return;
      }
      if (entries.current === 0) return;
      entries.current -= 1;
      close.current();
    };
    window.addEventListener("popstate", onPop);
    return () => window.removeEventListener("popstate", onPop);
  }, []);
}
