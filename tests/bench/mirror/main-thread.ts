/** How long the tasks of the shop page's main thread were, by the browser's own trace. */
import type { Browser } from "playwright-core";

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds on the machine's monotonic clock. */
  readonly ts: number;
  readonly dur?: number;
  /** Microseconds that the thread really ran in it. */
  readonly tdur?: number;
}

export interface Tasks {
  /** Milliseconds. */
  readonly longest: number;
  /**
   * Of the processor's time, which other programs of the machine do not lengthen.
   * @param until milliseconds on the monotonic clock
   */
  total(until: number): number;
}

/** @param mark name of the mark that the page sets where counting begins */
export async function traced(browser: Browser, mark: string, act: () => Promise<void>): Promise<Tasks> {
  await browser.startTracing(undefined, {
    categories: ["disabled-by-default-devtools.timeline", "blink.user_timing"],
  });
  let written = "";
  try {
    await act();
  } finally {
    written = String(await browser.stopTracing());
  }
  const { traceEvents: events }: { traceEvents: readonly TraceEvent[] } = JSON.parse(written);
  const start = events.find(({ name }) => name === mark);
  if (!start) throw new Error(`the trace has no ${mark}`);
  const tasks = events.flatMap(({ name, pid, tid, ts, dur = 0, tdur = dur }) => {
    const isOne = name === "RunTask" && pid === start.pid && tid === start.tid && ts + dur > start.ts;
    return isOne ? [{ from: Math.max(ts, start.ts) / 1_000, to: (ts + dur) / 1_000, ran: tdur / 1_000 }] : [];
  });
  return {
    longest: Math.max(0, ...tasks.map(({ from, to }) => to - from)),
    total: (until) => tasks.filter(({ from }) => from < until).reduce((total, { ran }) => total + ran, 0),
  };
}
