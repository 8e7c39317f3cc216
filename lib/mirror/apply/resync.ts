/** Asks for everything anew, at most once in two seconds. */
import { RESYNC_MS } from "./limits";

export interface Resync {
  /** Something is wrong with this epoch. */
  ask(epoch: number): void;
  /** All is well: what was to be asked is not asked. */
  settle(): void;
}

export function openResync(onResync: (epoch: number) => void): Resync {
  let last = -RESYNC_MS;
  let timer = 0;
  const settle = () => {
    clearTimeout(timer);
    timer = 0;
  };
  return {
    ask(epoch) {
      timer ||= window.setTimeout(
        () => {
          settle();
          last = performance.now();
          onResync(epoch);
        },
        last + RESYNC_MS - performance.now(),
      );
    },
    settle,
  };
}
