/**
 * Works on imports: those that somebody started, those that are due, and those whose process died. Of several processes
 * one gets each, by its row; of one shop no two run at once, by an index.
 */
import { type Clock, databaseNow } from "@/lib/db/database-now";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { claimOne, startDue, takeBackLost, tidy } from "./import-queue";
import { runImport } from "./run-import";
import { importWakeSlot } from "./start-import";

/** Milliseconds between two looks for what is due or was left. */
const LOOK_EVERY_MS = 15_000;
/**
 * Imports under way at once. Receiving costs a file and little else, and a slow sender must keep no other shop waiting;
 * reading and writing, which cost memory and the database, are done one at a time.
 */
const UNDER_WAY = 8;

export interface ImportWork {
  /** Looks at once. Resolves when there is nothing more to do for now. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** @param clock for tests */
export function openImportWork(clock: Clock = databaseNow): ImportWork {
  const end = new AbortController();
  const running = new Set<Promise<void>>();
  const inTurn = oneAtATime();
  let passing: Promise<void> | null = null;
  let again = false;

  async function pass(): Promise<void> {
    await takeBackLost(await clock());
    await startDue(await clock());
    while (running.size < UNDER_WAY && !end.signal.aborted) {
      const claimed = await claimOne(await clock());
      if (claimed === null) break;
      const run = runImport(claimed, await clock(), end.signal, inTurn)
        .catch((error: unknown) => faultsSlot.find()?.(error))
        .finally(() => {
          running.delete(run);
          soon();
        });
      running.add(run);
    }
    await tidy(await clock());
  }

  function passOnce(): Promise<void> {
    if (passing !== null) {
      again = true;
      return passing;
    }
    passing = (async () => {
      do {
        again = false;
        await pass();
      } while (again && !end.signal.aborted);
    })().finally(() => {
      passing = null;
    });
    return passing;
  }

  async function look(): Promise<void> {
    await passOnce();
    while (running.size > 0 && !end.signal.aborted) {
      await Promise.race(running);
      await passOnce();
    }
  }

  function soon(): void {
    if (!end.signal.aborted) passOnce().catch((error: unknown) => faultsSlot.find()?.(error));
  }
  const timer = setInterval(soon, LOOK_EVERY_MS);
  importWakeSlot.provide(soon);
  return {
    look,
    async close() {
      clearInterval(timer);
      end.abort(new AppError("unavailable", "the server stops"));
      await passing?.catch(() => undefined);
      await Promise.all(running);
    },
  };
}

/** Each piece of work begins when the one before has ended, however it ended. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
