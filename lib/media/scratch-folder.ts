/** Folders for what is half read: private, in the system's folder for such things, and gone when the work is done. */
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What only we call ours. */
const BEGINNING = "vetrina-scratch-";
/** Milliseconds after which nobody can be at work in one any more: a video that waits for two others takes under an hour. */
const DEAD_AFTER_MS = 7_200_000;

/** An empty folder that nobody else on the machine can read, for as long as `work` takes. */
export async function inScratchFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), BEGINNING));
  try {
    return await work(folder);
  } finally {
    await removeScratchFolder(folder);
  }
}

/** For work that ends elsewhere: whoever makes one removes it. */
export const makeScratchFolder = (): Promise<string> => mkdtemp(join(tmpdir(), BEGINNING));
/** A decoder that was ended may still be writing its last file. */
export const removeScratchFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });

/** Removes what processes that were killed have left: it may hold a stranger's photo. */
export async function sweepScratchFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(BEGINNING)) continue;
    const path = join(tmpdir(), name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > DEAD_AFTER_MS) await removeScratchFolder(path);
  }
}
