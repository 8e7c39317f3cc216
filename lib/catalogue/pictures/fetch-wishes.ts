/** Fetches what is wished for of one kind, a few at once, until nothing is due. Knows no timer. */
import type { Clock } from "@/lib/db/database-now";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { type ClaimedWish, claimWishes } from "./claim-wishes";
import { fetchPicture } from "./fetch-picture";
import type { WishKind } from "./places";
import { putBackWish, settleWish } from "./settle-wish";

interface Fetching {
  /** Looks at once. Resolves when nothing is due any more. */
  look(): Promise<void>;
  /** Once the signal has ended it. */
  ended(): Promise<void>;
}

interface FetchingOptions {
  readonly kind: WishKind;
  readonly atOnce: number;
  readonly clock: Clock;
  /** Until when hosts want to be left alone, milliseconds since 1970; shared by all kinds. */
  readonly pausedUntil: Map<string, number>;
  readonly signal: AbortSignal;
}

/** Of which we remember when their turn was. */
const MAX_HOSTS = 1_000;

export function openFetching({ kind, atOnce, clock, pausedUntil, signal }: FetchingOptions): Fetching {
  const working = new Set<Promise<void>>();
  /** Hosts in the order in which they were asked last. */
  const asked = new Set<string>();
  let looking: Promise<void> | null = null;
  let again = false;

  async function fetchOne(wish: ClaimedWish): Promise<void> {
    try {
      const result = await fetchPicture(wish, await clock(), signal);
      if (result.kind === "busy") pausedUntil.set(wish.host, (await clock()).getTime() + result.forMs);
      await settleWish(wish, result, await clock());
    } catch (error) {
      if (signal.aborted) return putBackWish(wish, await clock());
      faultsSlot.find()?.(error);
      const unforeseen = new AppError("internal", "something went wrong on our side", { cause: error });
      await settleWish(wish, { kind: "unusable", error: unforeseen }, await clock());
    }
  }

  /** Until nothing is due and nothing is being fetched. */
  async function pass(): Promise<void> {
    for (;;) {
      const before = working.size;
      const free = signal.aborted ? 0 : atOnce - before;
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
    const claimed = await claimWishes(
      kind,
      count,
      { paused: [...pausedUntil.keys()], asked: [...asked] },
      now,
    );
    for (const { host } of claimed) {
      asked.delete(host);
      asked.add(host);
    }
    for (const host of asked) if (asked.size > MAX_HOSTS) asked.delete(host);
    return claimed;
  }

  return {
    look() {
      again = true;
      looking ??= (async () => {
        while (again && !signal.aborted) {
          again = false;
          await pass();
        }
      })().finally(() => {
        looking = null;
      });
      return looking;
    },
    async ended() {
      await looking?.catch(() => undefined);
      await Promise.allSettled(working);
    },
  };
}
