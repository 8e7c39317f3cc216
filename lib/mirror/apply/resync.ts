/** Asks for everything anew: at most once in two seconds, less often when that does not help either. */
import { MAX_RESYNC_MS, RESYNC_MS } from "./limits";

export interface Resync {
  /** Something is wrong with this epoch. */
  ask(epoch: number): void;
  /** All is well: whatever was to be asked is not asked. */
  settle(): void;
}

export function openResync(onResync: (epoch: number) => void): Resync {
  let pause = RESYNC_MS;
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    ask(epoch) {
      if (timer !== null) return;
      const wait = Math.max(0, last + pause - performance.now());
      // A second failure soon after the first: the same would come again.
      if (wait > 0) pause = Math.min(pause * 2, MAX_RESYNC_MS);
      timer = setTimeout(() => {
        timer = null;
        last = performance.now();
        onResync(epoch);
      }, wait);
    },
    settle() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      pause = RESYNC_MS;
    },
  };
}
