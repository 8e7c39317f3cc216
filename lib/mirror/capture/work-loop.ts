/** Runs work in slices: soon after something changed, and again at once, after the page had its turn, while there is more. */

export interface WorkLoop {
  /** @param delay milliseconds; the earliest that was asked for holds */
  due(delay: number): void;
  readonly hasTime: () => boolean;
  now(): number;
  close(): void;
}

/** Milliseconds of one slice: a page stays smooth at 60 frames a second beside it. */
const SLICE_MS = 8;
/** Slices in a row after which the page is given more time: it changes as fast as it is told. */
const MAX_ROW = 60;
const REST_MS = 16;

/** @param work @returns whether there is more; throws nothing */
export function openWorkLoop(view: Window & typeof globalThis, work: () => boolean): WorkLoop {
  const { setTimeout, clearTimeout, performance } = view;
  const now = performance.now.bind(performance);
  const channel = new view.MessageChannel();
  let timer: ReturnType<typeof setTimeout> | 0 = 0;
  let at = Number.POSITIVE_INFINITY;
  let until = 0;
  let row = 0;
  let isClosed = false;
  let isTurning = false;

  const run = () => {
    if (isClosed) return;
    until = now() + SLICE_MS;
    if (!work()) {
      row = 0;
      return;
    }
    row++;
    if (row % MAX_ROW === 0) due(REST_MS);
    else if (!isTurning) {
      isTurning = true;
      channel.port2.postMessage(0);
    }
  };
  channel.port1.onmessage = () => {
    isTurning = false;
    run();
  };
  const due = (delay: number) => {
    const when = now() + delay;
    if (isClosed || isTurning || when >= at) return;
    if (timer) clearTimeout.call(view, timer);
    at = when;
    timer = setTimeout.call(
      view,
      () => {
        timer = 0;
        at = Number.POSITIVE_INFINITY;
        run();
      },
      delay,
    );
  };
  return {
    due,
    hasTime: () => now() < until,
    now,
    close() {
      isClosed = true;
      if (timer) clearTimeout.call(view, timer);
      channel.port1.close();
    },
  };
}
