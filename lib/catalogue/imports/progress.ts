/** Keeps the row of a running import up to date, and hears from it when it shall end. */
import { getDb } from "@/lib/db/client";
import { faultsSlot } from "@/lib/protocol/faults-slot";

/** Milliseconds between two writes: as fast as somebody who watches wants to see it grow. */
const EVERY_MS = 1_000;

export interface Progress {
  readonly phase: "receiving" | "reading" | "writing";
  readonly rows: number;
  readonly done: number;
  readonly of: number | null;
}

export function keepProgress(
  claimed: { readonly importId: string; readonly attempts: number },
  onEnd: (reason: "cancelled" | "lost") => void,
): { readonly tell: (progress: Progress) => void; close(): Promise<void> } {
  let latest: Progress = { phase: "receiving", rows: 0, done: 0, of: null };
  let writing: Promise<void> = Promise.resolve();
  let busy = false;
  const write = async () => {
    const { phase, rows, done, of } = latest;
    // By the database's clock: another node judges by it whether this one lives.
    const [row] = await getDb().$queryRaw<{ cancel: boolean }[]>`
      UPDATE "CatalogueImport"
      SET "phase" = ${phase}, "rows" = ${rows}::int, "done" = ${done}::bigint, "total" = ${of}::bigint, "workedAt" = clock_timestamp()
      WHERE "id" = ${claimed.importId} AND "state" = 'running' AND "attempts" = ${claimed.attempts}
      RETURNING "cancel"`;
    if (row === undefined) onEnd("lost");
    else if (row.cancel) onEnd("cancelled");
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    // A database that is away for a moment does not end an import; one that stays away does.
    writing = write()
      .catch((error: unknown) => faultsSlot.find()?.(error))
      .finally(() => {
        busy = false;
      });
  }, EVERY_MS);
  return {
    tell(progress) {
      latest = progress;
    },
    async close() {
      clearInterval(timer);
      await writing;
    },
  };
}
