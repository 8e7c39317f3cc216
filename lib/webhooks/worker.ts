/**
 * Sends what the outbox holds. Any number of processes may do so: each takes one endpoint at a time for itself, so that a
 * shop's server gets its messages one after the other and is never asked twice at once.
 */
import { getDb } from "@/lib/db/client";
import { attemptDelivery } from "./attempt";

/** How often the outbox is looked into, milliseconds: a message may be that late. */
const LOOK_EVERY_MS = 2_000;
/** Messages an endpoint gets in one turn, so that another one's wait is bounded. */
const PER_TURN = 20;
/** Endpoints worked on at once by one process. */
const AT_ONCE = 4;
/** How long an endpoint is held, seconds: PER_TURN answers at their slowest; a process that dies holds it no longer. */
const LEASE_SECONDS = 240;
/** How long an endpoint rests that did not take a message, seconds: the others of its messages would fare no better. */
const REST_SECONDS = 5;

export interface WebhookWorker {
  /** Breaks off what is under way; it is sent again by whoever opens the next. */
  close(): Promise<void>;
}

export function openWebhookWorker(onError: (error: unknown) => void): WebhookWorker {
  const turns = new Set<Promise<void>>();
  const closing = new AbortController();
  const { signal } = closing;
  const look = () => {
    if (signal.aborted || turns.size >= AT_ONCE) return;
    const turn = takeTurn(signal)
      .then((worked) => {
        // There may be more; an outbox that had nothing is asked again later.
        if (worked) look();
      })
      .catch((error: unknown) => {
        if (!signal.aborted) onError(error);
      })
      .finally(() => turns.delete(turn));
    turns.add(turn);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  look();
  return {
    async close() {
      clearInterval(timer);
      closing.abort();
      await Promise.all(turns);
    },
  };
}

/** Sends what is due for one endpoint that nobody else holds. @returns false when there was none */
export async function takeTurn(signal: AbortSignal): Promise<boolean> {
  const endpointId = await leaseEndpoint();
  if (endpointId === null) return false;
  let rest = 0;
  try {
    // By the clock that leased it: by ours there may be nothing due, and the next turn would look again at once.
    const due = await getDb().$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "WebhookDelivery" WHERE "endpointId" = ${endpointId} AND "status" = 'pending' AND "nextAt" <= now()
      ORDER BY "nextAt", "id" LIMIT ${PER_TURN}`;
    for (const { id } of due) {
      signal.throwIfAborted();
      if (!(await attemptDelivery(id, { signal })).delivered) {
        rest = REST_SECONDS;
        break;
      }
    }
  } finally {
    await getDb()
      .$executeRaw`UPDATE "WebhookEndpoint" SET "leasedUntil" = now() + ${rest}::int * interval '1 second' WHERE "id" = ${endpointId}`;
  }
  return true;
}

/** The endpoint whose message has waited longest. */
async function leaseEndpoint(): Promise<string | null> {
  const rows = await getDb().$queryRaw<{ id: string }[]>`
    UPDATE "WebhookEndpoint" SET "leasedUntil" = now() + ${LEASE_SECONDS}::int * interval '1 second'
    WHERE "id" = (
      SELECT e."id" FROM "WebhookEndpoint" e
      JOIN LATERAL (
        SELECT d."nextAt" FROM "WebhookDelivery" d
        WHERE d."endpointId" = e."id" AND d."status" = 'pending' AND d."nextAt" <= now()
        ORDER BY d."nextAt" LIMIT 1
      ) due ON true
      WHERE e."active" AND (e."leasedUntil" IS NULL OR e."leasedUntil" <= now())
      ORDER BY due."nextAt" LIMIT 1
      FOR UPDATE OF e SKIP LOCKED
    )
    RETURNING "id"`;
  return rows[0]?.id ?? null;
}
