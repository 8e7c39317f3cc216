/** Long work in short slices. Between them the desk's own clicks and keys have their turn, in a tab behind others too. */
import { SLICE_MS } from "./limits";

export interface Slices {
  /**
   * @param goesOn asked between slices; when it says no, the rest is left undone
   * @returns milliseconds of work, or null when it was left
   * @throws what the steps throw
   */
  run(steps: Generator<void>, goesOn: (worked: number) => boolean): Promise<number | null>;
  close(): void;
}

export function openSlices(): Slices {
  // Neither animation frames nor timers: a browser holds both back in tabs that nobody sees.
  const { port1, port2 } = new MessageChannel();
  const nextTurn = () =>
    new Promise<unknown>((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  return {
    async run(steps, goesOn) {
      let worked = 0;
      for (;;) {
        const started = performance.now();
        let done = false;
        while (!done && performance.now() - started < SLICE_MS) done = steps.next().done === true;
        worked += performance.now() - started;
        if (done) return worked;
        await nextTurn();
        if (!goesOn(worked)) return null;
      }
    },
    close() {
      port1.close();
    },
  };
}
