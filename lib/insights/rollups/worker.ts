/**
 * Keeps the roll-ups of all shops fresh, and the event table in its months. Any number of processes may do so: whoever comes
 * to a shop first holds it, the others go on to the next.
 */
import { getDb } from "@/lib/db/client";
import { configSlot } from "@/lib/protocol/config-slot";
import { monthOf, openMonths, thinMonths } from "../events-by-month";
import { learnSizes } from "./learn-sizes";
import { BASIS, BEGINNING, rollUpShop } from "./roll-up";

/** How often it looks, milliseconds: figures are that old at most, while there is little to count. */
const LOOK_EVERY_MS = 3_000;
/** It rests this many times as long as it worked, so that reports and pages have most of the database to themselves. */
const REST_SHARE = 3;
/** How often months are seen to, milliseconds: a day. */
const MONTHS_EVERY_MS = 86_400_000;

/**
 * Shops where something happened that may not be counted yet, those that waited longest first; by the clock that stamped it.
 */
const WAITING = `
  SELECT s.id, clock_timestamp() AS now FROM "Shop" s LEFT JOIN "RollupState" r ON r."shopId" = s.id
  WHERE r."basis" IS DISTINCT FROM ${BASIS}
    OR EXISTS (SELECT 1 FROM "Event" e WHERE e."shopId" = s.id AND e."receivedAt" > r."eventsTo")
    OR EXISTS (SELECT 1 FROM "Order" o WHERE o."shopId" = s.id AND o."updatedAt" > r."ordersTo")
    OR EXISTS (SELECT 1 FROM "Conversation" c LEFT JOIN "ConversationFact" k ON k."conversationId" = c.id
      WHERE c."shopId" = s.id AND c.status <> 'closed' AND k."lastSeq" IS DISTINCT FROM c."lastSeq")
  ORDER BY r."freshAt" NULLS FIRST`;

export interface RollupWorker {
  /** After the shop that is being counted. */
  close(): Promise<void>;
}

/** @param months how many whole months of events are kept besides this one; null: all */
export function openRollupWorker(months: number | null, onError: (error: unknown) => void): RollupWorker {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let seenTo = Number.NEGATIVE_INFINITY;
  const look = async () => {
    const start = performance.now();
    try {
      if (start - seenTo >= MONTHS_EVERY_MS) {
        await openMonths(new Date());
        if (months !== null) await thinMonths(new Date(), months);
        seenTo = start;
      }
      if (configSlot.get().embedded) await learnSizes();
      const keptFrom = months === null ? BEGINNING : monthOf(new Date(), -months);
      const shops = await getDb().$queryRawUnsafe<{ id: string; now: Date }[]>(WAITING);
      for (const { id, now } of shops) {
        if (closed) return;
        // What is wrong with one shop's rows must not stop the others, which come after it every time.
        await rollUpShop(id, now, keptFrom).catch(onError);
      }
    } catch (error) {
      if (!closed) onError(error);
    }
    if (!closed) timer = setTimeout(next, Math.max(LOOK_EVERY_MS, REST_SHARE * (performance.now() - start)));
  };
  const next = () => {
    working = look();
  };
  let working = look();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await working;
    },
  };
}
