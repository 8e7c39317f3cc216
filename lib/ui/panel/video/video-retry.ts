"use client";
/** Asking for a video again: counted with the pane, so that a button elsewhere on the stage can. */
import { useCallback, useEffect, useState } from "react";
import type { Pane } from "../pane";

const asking = new WeakMap<Pane, () => void>();

/** Tries again to load what the pane shows. */
export const retryVideo = (pane: Pane): void => asking.get(pane)?.();

export function useVideoRetry(pane: Pane): { readonly count: number; readonly again: () => void } {
  const [count, setCount] = useState(0);
  const again = useCallback(() => setCount((before) => before + 1), []);
  useEffect(() => {
    asking.set(pane, again);
    return () => void asking.delete(pane);
  }, [pane, again]);
  return { count, again };
}
