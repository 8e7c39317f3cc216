/**
 * The system's back button on a phone: one history entry for each layer that is open, so that "back" closes the topmost
 * (FR10). Below our entries lies the loader's own, which closes the frame.
 */
import { useCallback, useEffect, useRef } from "react";

/**
 * Depth is 0 while the frame is hidden: an entry made in the background would lie below the loader's.
 * Answers a function that takes our entries back before the loader takes its own.
 */
export function useBackEntries(depth: number, closeTopmost: () => void): () => void {
  const entries = useRef(0);
  /** Our own steps back also arrive as popstate; they close nothing. */
  const ownSteps = useRef(0);
  const close = useRef(closeTopmost);
  useEffect(() => {
    close.current = closeTopmost;
  }, [closeTopmost]);

  const shrinkTo = useCallback((left: number) => {
    if (entries.current <= left) return;
    ownSteps.current += 1;
    window.history.go(left - entries.current);
    entries.current = left;
  }, []);

  useEffect(() => {
    for (; entries.current < depth; entries.current += 1) window.history.pushState(window.history.state, "");
    shrinkTo(depth);
  }, [depth, shrinkTo]);

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

  return useCallback(() => shrinkTo(0), [shrinkTo]);
}
