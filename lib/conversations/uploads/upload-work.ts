/**
 * Reads what was received, each file in its turn, and takes over what another process, or an earlier life of this
 * one, has left. A row says who works: `workedAt` grows while somebody does.
 */
import { getDb } from "@/lib/db/client";
import { sweepScratchFolders } from "@/lib/media/scratch-folder";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { processSlot } from "@/lib/protocol/process-slot";
import { readUpload } from "./read-upload";
import { createTurns } from "./upload-turns";

/** Milliseconds between two signs of life. */
const HEARTBEAT_MS = 10_000;
/** Milliseconds without one after which somebody else takes over. */
const DEAD_AFTER_MS = 45_000;
/** Milliseconds between two looks for what was left. */
const LOOK_EVERY_MS = 30_000;
/** Milliseconds for which it can be asked what became of a file. */
const REMEMBERED_MS = 86_400_000;

export interface UploadWork {
  start(uploadId: string): void;
  /** Ends work on it, if it is done here. */
  cancel(uploadId: string): void;
  /** Takes over what was left and removes what nobody wants any more; done by itself from time to time. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export const uploadWorkSlot = processSlot<UploadWork>("upload-work");

export function openUploadWork(): UploadWork {
  const turns = createTurns();
  /** Also those that wait for their turn. */
  const working = new Map<string, { readonly end: AbortController; readonly done: Promise<void> }>();
  let closed = false;

  function start(id: string): void {
    if (closed || working.has(id)) return;
    const end = new AbortController();
    const done = turns
      .add(end.signal, (turn) => readUpload(id, end.signal, turn))
      .catch((error: unknown) => {
        if (!end.signal.aborted) report(error);
      })
      .finally(() => working.delete(id));
    working.set(id, { end, done: done.then(() => undefined) });
  }

  async function look(): Promise<void> {
    const dead = { lt: new Date(Date.now() - DEAD_AFTER_MS) };
    const left = { state: { in: ["reading", "tiling"] as ("reading" | "tiling")[] }, workedAt: dead };
    for (const { id } of await getDb().upload.findMany({ where: left, select: { id: true } })) {
      // Of several who look at once, one gets it.
      const taken = await getDb().upload.updateMany({
        where: { id, ...left },
        data: { workedAt: new Date() },
      });
      if (taken.count === 1) start(id);
    }
    const old = { lt: new Date(Date.now() - REMEMBERED_MS) };
    await getDb().upload.deleteMany({ where: { workedAt: old } });
    await uploadFilesSlot.get().sweep();
    await sweepScratchFolders();
  }

  const looking = setInterval(() => look().catch(report), LOOK_EVERY_MS);
  const heart = setInterval(() => {
    const ids = [...working.keys()];
    if (ids.length === 0) return;
    getDb()
      .upload.updateMany({ where: { id: { in: ids } }, data: { workedAt: new Date() } })
      .catch(report);
  }, HEARTBEAT_MS);

  return {
    start,
    look,
    cancel(id) {
      working.get(id)?.end.abort();
    },
    async close() {
      closed = true;
      clearInterval(looking);
      clearInterval(heart);
      const all = [...working.values()];
      for (const { end } of all) end.abort();
      await Promise.all(all.map(({ done }) => done));
    },
  };
}

const report = (error: unknown): void => faultsSlot.find()?.(error);
