import { availableParallelism } from "node:os";
import { processSlot } from "@/lib/protocol/process-slot";

/** Cores that one ffmpeg keeps busy. */
const CORES_EACH = 4;
const AT_ONCE = Math.max(1, Math.floor(availableParallelism() / CORES_EACH));

interface Turns {
  underway: number;
  readonly waiting: (() => void)[];
}
const slot = processSlot<Turns>("video-turns");

/** Runs it when fewer than a machine bears are running. @throws the signal's reason, also while waiting */
export async function takeTurn<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  const turns = slot.find() ?? { underway: 0, waiting: [] };
  slot.provide(turns);
  if (turns.underway < AT_ONCE) turns.underway++;
  else await wait(turns, signal);
  try {
    return await run();
  } finally {
    // A turn is handed on as it is, or given back.
    const next = turns.waiting.shift();
    if (next) next();
    else turns.underway--;
  }
}

function wait(turns: Turns, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const start = () => {
      signal.removeEventListener("abort", leave);
      resolve();
    };
    const leave = () => {
      turns.waiting.splice(turns.waiting.indexOf(start), 1);
      reject(signal.reason);
    };
    turns.waiting.push(start);
    signal.addEventListener("abort", leave, { once: true });
  });
}
