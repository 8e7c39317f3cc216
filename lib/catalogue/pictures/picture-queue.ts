/**
 * Fetches the pictures and videos that products should have, behind everything else: a few at once, politely, again after a
 * restart. A product is never kept waiting, and keeps what it had until there is something new.
 */
import { type Clock, databaseNow } from "@/lib/db/database-now";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { processSlot } from "@/lib/protocol/process-slot";
import { openFetching } from "./fetch-wishes";
import { type WishKind, wishKinds } from "./places";

/**
 * Pictures share the threads that read what customers send, and must leave most of them free. A video takes a turn of
 * ffmpeg, for which customers' videos wait, too: one of the catalogue's at a time.
 */
const AT_ONCE: Readonly<Record<WishKind, number>> = { picture: 4, video: 1 };
/** Milliseconds between two looks for what is due. */
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
  const pausedUntil = new Map<string, number>();
  const fetching = wishKinds.map((kind) =>
    openFetching({ kind, atOnce: AT_ONCE[kind], clock, pausedUntil, signal: end.signal }),
  );
  const look = async () => {
    await Promise.all(fetching.map((each) => each.look()));
  };
  const soon = () => void look().catch((error: unknown) => faultsSlot.find()?.(error));
  const timer = setInterval(soon, LOOK_EVERY_MS);
  pictureWakeSlot.provide(soon);
  return {
    look,
    async close() {
      clearInterval(timer);
      end.abort(new AppError("unavailable", "the server stops"));
      await Promise.all(fetching.map((each) => each.ended()));
    },
  };
}
