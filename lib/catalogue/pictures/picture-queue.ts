/**
 * Fetches the pictures that products should have, behind everything else: a few at once, politely, again after a
 * restart. A product is never kept waiting, and keeps the picture it had until there is a new one.
 */
import { type Clock, databaseNow } from "@/lib/db/database-now";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { processSlot } from "@/lib/protocol/process-slot";
import { type ClaimedWish, claimWishes } from "./claim-wishes";
import { fetchPicture } from "./fetch-picture";
import { putBackWish, settleWish } from "./settle-wish";

/** Pictures at once: they share the threads that read what customers send, and must leave most of them free. */
const AT_ONCE = 4;
/** Milliseconds between two looks for pictures that are due. */
const LOOK_EVERY_MS = 10_000;

/** Tells the queue of this process that there is something to fetch. */
export const pictureWakeSlot = processSlot<() => void>("pictures");

export interface PictureQueue {
  /** Looks at once. Resolves when nothing is due any more. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** @param clock for tests */
export function openPictureQueue(clock: Clock = databaseNow): PictureQueue {
  const end = new AbortController();
  const working = new Set<Promise<void>>();
  /** Until when hosts want to be left alone, milliseconds since 1970. */
  const pausedUntil = new Map<string, number>();
  let looking: Promise<void> | null = null;
  let again = false;

  async function fetchOne(wish: ClaimedWish): Promise<void> {
    try {
      const result = await fetchPicture(wish, await clock(), end.signal);
      if (result.kind === "busy") pausedUntil.set(wish.host, (await clock()).getTime() + result.forMs);
      await settleWish(wish, result, await clock());
    } catch (error) {
      if (end.signal.aborted) return putBackWish(wish, await clock());
      faultsSlot.find()?.(error);
      const unforeseen = new AppError("internal", "something went wrong on our side", { cause: error });
      await settleWish(wish, { kind: "unusable", error: unforeseen }, await clock());
    }
  }

  /** Until nothing is due and nothing is being fetched. */
  async function pass(): Promise<void> {
    for (;;) {
      const before = working.size;
      const free = end.signal.aborted ? 0 : AT_ONCE - before;
      const claimed = free > 0 ? await claimNow(free) : [];
      for (const wish of claimed) {
        const work: Promise<void> = fetchOne(wish).finally(() => working.delete(work));
        working.add(work);
      }
      // What was being fetched when we asked kept others of its host waiting, also if it is done by now.
      if (before === 0 && claimed.length === 0) return;
      if (working.size > 0) await Promise.race(working);
    }
  }

  async function claimNow(count: number): Promise<readonly ClaimedWish[]> {
    const now = await clock();
    for (const [host, until] of pausedUntil) if (until <= now.getTime()) pausedUntil.delete(host);
    return claimWishes(count, [...pausedUntil.keys()], now);
  }

  function look(): Promise<void> {
    again = true;
    looking ??= (async () => {
      while (again && !end.signal.aborted) {
        again = false;
        await pass();
      }
    })().finally(() => {
      looking = null;
    });
    return looking;
  }

  const soon = () => void look().catch((error: unknown) => faultsSlot.find()?.(error));
  const timer = setInterval(soon, LOOK_EVERY_MS);
  pictureWakeSlot.provide(soon);
  return {
    look,
    async close() {
      clearInterval(timer);
      end.abort(new AppError("unavailable", "the server stops"));
      await looking?.catch(() => undefined);
      await Promise.allSettled(working);
    },
  };
}
