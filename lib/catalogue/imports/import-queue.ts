/** What there is to import, in rows: what is due, what was left by a process that died, what waits, what nobody wants. */
import { type CatalogueImport, getDb } from "@/lib/db/client";
import { isTakenKey } from "@/lib/db/taken-key";
import { AppError } from "@/lib/protocol/errors";
import { shopIdSchema } from "@/lib/protocol/ids";
import { dropFeedFile, hasFeedFile, sweepFeedFiles } from "./feed-files";
import type { ClaimedImport } from "./run-import";
import { nextRun } from "./schedule";
import { scheduleOf } from "./source";
import { startImport } from "./start-import";

/** Milliseconds without a sign of life after which an import's process is taken for dead: it gives one every second. */
export const DEAD_AFTER_MS = 60_000;
/** Beginnings of one import, after which it is given up: a feed that ends its process each time must not for ever. */
const MAX_ATTEMPTS = 3;
/** Imports looked at for one to begin: waiting ones of shops that are busy, or whose file lies elsewhere, are passed. */
const LOOKED_AT = 100;
/** Milliseconds that an import waits for the process that has its file, or for an answer. */
const FORGOTTEN_AFTER_MS = 7 * 86_400_000;

/** Imports whose process gave no sign of life: begun anew, or given up. */
export async function takeBackLost(now: Date): Promise<void> {
  const dead = { state: "running", workedAt: { lt: new Date(now.getTime() - DEAD_AFTER_MS) } };
  for (const { id, attempts, cancel } of await getDb().catalogueImport.findMany({ where: dead })) {
    const where = { ...dead, id, attempts };
    if (cancel) {
      await getDb().catalogueImport.updateMany({ where, data: { state: "cancelled", endedAt: now } });
    } else if (attempts >= MAX_ATTEMPTS) {
      await giveUp(where, now);
    } else {
      await getDb()
        .catalogueImport.updateMany({ where, data: { state: "waiting" } })
        // Another one of the same source waits: it does what this one would.
        .catch((error: unknown) => (isTakenKey(error) ? giveUp(where, now) : Promise.reject(error)));
    }
  }
}

function giveUp(where: { readonly id: string; readonly attempts: number }, now: Date) {
  return getDb().catalogueImport.updateMany({
    where,
    data: { state: "failed", error: "unavailable", detail: "the server stopped while it ran", endedAt: now },
  });
}

export async function startDue(now: Date): Promise<void> {
  const due = await getDb().catalogueSource.findMany({
    where: { nextAt: { lte: now } },
    include: { shop: { select: { timeZone: true } } },
  });
  for (const source of due) {
    const nextAt = nextRun(scheduleOf(source), source.shop.timeZone, now);
    // Of several processes that look at once one starts it.
    const where = { id: source.id, nextAt: source.nextAt };
    const { count } = await getDb().catalogueSource.updateMany({ where, data: { nextAt } });
    if (count === 0) continue;
    await startImport(shopIdSchema.parse(source.shopId), source.id, "").catch((error: unknown) => {
      // One waits already: that is as good.
      if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    });
  }
}

/** Null when nothing waits that this process may begin. */
export async function claimOne(now: Date): Promise<ClaimedImport | null> {
  const waiting = await getDb().catalogueImport.findMany({
    where: { state: "waiting" },
    orderBy: { createdAt: "asc" },
    take: LOOKED_AT,
  });
  for (const row of waiting) {
    if (row.fileName !== "" && !hasFeedFile(row.shopId, row.fileName)) {
      await failWithoutFile(row, now);
    } else if (await claim(row, now)) {
      const { id: importId, shopId, sourceId, fileName, mayShrink, attempts } = row;
      return { importId, shopId, sourceId, fileName, mayShrink, attempts: attempts + 1 };
    }
  }
  return null;
}

async function claim({ id, attempts }: CatalogueImport, now: Date): Promise<boolean> {
  try {
    const { count } = await getDb().catalogueImport.updateMany({
      where: { id, attempts, state: "waiting" },
      data: {
        state: "running",
        attempts: attempts + 1,
        workedAt: now,
        startedAt: now,
        error: null,
        detail: "",
      },
    });
    return count === 1;
  } catch (error) {
    // Another one of this shop runs.
    if (isTakenKey(error)) return false;
    throw error;
  }
}

/** Another process may have the file; when nobody came for long enough, nobody has. */
async function failWithoutFile({ id, createdAt }: CatalogueImport, now: Date): Promise<void> {
  if (createdAt.getTime() > now.getTime() - FORGOTTEN_AFTER_MS) return;
  await getDb().catalogueImport.updateMany({
    where: { id, state: "waiting" },
    data: { state: "failed", error: "not_found", detail: "the file is gone: send it again", endedAt: now },
  });
}

/** Questions that nobody answered, and files that nobody wants. */
export async function tidy(now: Date): Promise<void> {
  const long = { lt: new Date(now.getTime() - FORGOTTEN_AFTER_MS) };
  const unanswered = await getDb().catalogueImport.updateManyAndReturn({
    where: { state: "asking", workedAt: long },
    data: { state: "kept", endedAt: now },
  });
  for (const { shopId, fileName } of unanswered) await dropFeedFile(shopId, fileName);
  const wanted = await getDb().catalogueImport.findMany({
    where: { state: { in: ["waiting", "running", "asking"] }, fileName: { not: "" } },
    select: { fileName: true },
  });
  await sweepFeedFiles(new Set(wanted.map(({ fileName }) => fileName)), now);
}
