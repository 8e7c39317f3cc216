import { processSlot } from "@/lib/protocol/process-slot";

interface TurnsOptions {
  /** Of the process: several copies of a module share them. */
  readonly name: string;
  readonly atOnce: number;
}

/** Runs it when it is its turn. @throws the signal's reason, also while waiting */
type TakeTurn = <T>(signal: AbortSignal, run: () => Promise<T>) => Promise<T>;

interface Turns {
  underway: number;
  readonly waiting: (() => void)[];
}

/** So many of one kind of work run at once; the others wait, first come first served. */
export function openTurns({ name, atOnce }: TurnsOptions): TakeTurn {
  const slot = processSlot<Turns>(name);
  return async (signal, run) => {
    const turns = slot.find() ?? { underway: 0, waiting: [] };
    slot.provide(turns);
    if (turns.underway < atOnce) turns.underway++;
    else await wait(turns, signal);
    try {
      return await run();
    } finally {
      // A turn is handed on as it is, or given back.
      const next = turns.waiting.shift();
      if (next) next();
      else turns.underway--;
    }
  };
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
