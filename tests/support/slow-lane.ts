/** One direction of a slow line: takes at its speed, and what it took arrives later, in order. */
import type { Socket } from "node:net";

export interface Pace {
  readonly bytesPerSecond: number;
  /** Milliseconds from when something is sent until it arrives. */
  readonly delayMs: number;
}

/** Milliseconds in which one portion is sent. */
const PORTION_MS = 20;

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * @param paceNow null: at once
 * @returns passes on what `from` gave; until that is sent `from` is not read, so that whoever sends feels the line
 */
export function openLane(
  from: Socket,
  arrive: (bytes: Buffer) => void,
  paceNow: () => Pace | null,
): (bytes: Buffer) => void {
  /** What arrives last arrives after all that was sent before it, also when the line is made faster. */
  let last: Promise<unknown> = Promise.resolve();
  let onTheWay = 0;

  const send = async (bytes: Buffer): Promise<void> => {
    for (let at = 0; at < bytes.length; ) {
      const pace = paceNow();
      const size = pace
        ? Math.max(1, Math.round((pace.bytesPerSecond * PORTION_MS) / 1_000))
        : bytes.length - at;
      const portion = bytes.subarray(at, at + size);
      at += size;
      if (pace) await wait(PORTION_MS);
      const flight = wait(pace?.delayMs ?? 0);
      onTheWay++;
      last = Promise.all([last, flight]).then(() => {
        onTheWay--;
        arrive(portion);
      });
    }
  };
  return (bytes) => {
    if (paceNow() === null && onTheWay === 0) {
      arrive(bytes);
      return;
    }
    from.pause();
    void send(bytes).then(() => from.resume());
  };
}
