/** When to look for what has no event: often while something happens, once a second when nothing does. */
import type { View } from "./page-dom";

export interface Polling {
  /** Something happens. */
  wake(): void;
  close(): void;
}

/** Milliseconds between two looks while something happened within the last so many milliseconds. */
const PACES: readonly (readonly [number, number])[] = [
  [100, 2_000],
  [250, 10_000],
];
const IDLE_MS = 1_000;
/** Milliseconds that a look may spend on style sheets; where nothing happens there is one look a second. */
const BUSY_BUDGET_MS = 0.5;
const IDLE_BUDGET_MS = 2;
/** Milliseconds between two `check`s. */
const CHECK_MS = 5_000;

/** @param tasks `look` gets milliseconds, and returns whether anything changed */
export function openPolling(
  view: View,
  now: () => number,
  tasks: { look(milliseconds: number): boolean; check(): void },
): Polling {
  const { setTimeout, clearTimeout } = view;
  let wokenAt = now();
  let checkedAt = now();
  let waiting = IDLE_MS;
  let timer = setTimeout.call(view, look, IDLE_MS);
  let isClosed = false;
  const wait = () => PACES.find(([, within]) => now() - wokenAt < within)?.[0] ?? IDLE_MS;
  function look(): void {
    if (isClosed) return;
    try {
      if (tasks.look(waiting === IDLE_MS ? IDLE_BUDGET_MS : BUSY_BUDGET_MS)) wokenAt = now();
      if (now() - checkedAt >= CHECK_MS) {
        checkedAt = now();
        tasks.check();
      }
    } catch {
      // The page is not to notice us.
    }
    waiting = wait();
    timer = setTimeout.call(view, look, waiting);
  }
  return {
    wake() {
      wokenAt = now();
      if (waiting < IDLE_MS || isClosed) return;
      waiting = wait();
      clearTimeout.call(view, timer);
      timer = setTimeout.call(view, look, waiting);
    },
    close() {
      isClosed = true;
      clearTimeout.call(view, timer);
    },
  };
}
