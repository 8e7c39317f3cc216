/**
 * The data folder: made, proven writable, and locked by the one server that may open its embedded database. The server
 * writes its database's address beside the lock, so that a command-line tool started meanwhile joins instead of failing.
 */
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import lockfile from "proper-lockfile";
import { z } from "zod";
import { StartProblem } from "./start-problem";

/** A crashed holder's lock is free this many milliseconds after its last sign of life. */
const STALE_MS = 5_000;
const UPDATE_MS = 1_000;
const RETRY_MS = 250;

const holderSchema = z.object({
  pid: z.number(),
  host: z.string(),
  /** Set once the database answers. */
  databaseUrl: z.string().nullable(),
  databasePid: z.number().nullable(),
});
export type Holder = z.infer<typeof holderSchema>;

export interface LockedDataFolder {
  readonly path: string;
  /** Tells command-line tools where the database answers. */
  publish(databaseUrl: string, databasePid: number): void;
  release(): Promise<void>;
}

/** @throws StartProblem when the folder cannot be made or written to. */
export function prepareDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw new StartProblem(
      `The data folder ${path} cannot be written to (${codeOf(error)}): set DATA_DIR to one that can.`,
    );
  }
}

/** Whoever runs on the folder now; null when nobody does, or its process is gone. */
export function findHolder(path: string): Holder | null {
  const holder = readHolder(path);
  return holder && isGone(path, holder, holder.pid) ? null : holder;
}

function readHolder(path: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(join(path, "server.json"), "utf8")));
  } catch {
    return null;
  }
}

/** Folders this very process holds now. */
const held = new Set<string>();

/** Certainly ended: on this very machine, and no such process (a container's next run may get the same number). */
function isGone(path: string, holder: Holder, pid: number | null): boolean {
  if (holder.host !== hostname() || held.has(path)) return false;
  return pid === null || pid === process.pid || !isAlive(pid);
}

/**
 * @param onLost called when another process took the folder over (this one was stopped for long)
 * @throws StartProblem when another server runs on it
 */
export async function lockDataFolder(path: string, onLost: () => void): Promise<LockedDataFolder> {
  prepareDataFolder(path);
  const holderFile = join(path, "server.json");
  await clearCrash(path);
  const inUse = await isInUse(path);
  let release: () => Promise<void>;
  try {
    release = await lockfile.lock(path, {
      lockfilePath: lockPath(path),
      stale: STALE_MS,
      update: UPDATE_MS,
      // A holder that is plainly alive is not waited for; without one, the lock may be what a crash left.
      retries: inUse
        ? 0
        : { retries: Math.ceil((STALE_MS * 1.5) / RETRY_MS), minTimeout: RETRY_MS, maxTimeout: RETRY_MS },
      onCompromised: onLost,
    });
  } catch (error) {
    if (codeOf(error) !== "ELOCKED") throw error;
    const who = findHolder(path);
    throw new StartProblem(
      `The data folder ${path} is in use by another server${who ? ` (process ${who.pid})` : ""}: stop it, or set DATA_DIR to another folder.`,
    );
  }
  const write = (databaseUrl: string | null, databasePid: number | null) => {
    const entry: Holder = { pid: process.pid, host: hostname(), databaseUrl, databasePid };
    writeFileSync(holderFile, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    chmodSync(holderFile, 0o600);
  };
  held.add(path);
  write(null, null);
  return {
    path,
    publish: write,
    async release() {
      rmSync(holderFile, { force: true });
      held.delete(path);
      await release();
    },
  };
}

/** Inside the folder: the one around it may be anybody's. */
function lockPath(path: string): string {
  return join(path, "server.lock");
}

/** After kill -9 there is nobody to wait for: what the two processes held is free at once. */
async function clearCrash(path: string): Promise<void> {
  const holder = readHolder(path);
  if (!holder || !isGone(path, holder, holder.pid)) return;
  rmSync(lockPath(path), { recursive: true, force: true });
  // The database's process may outlive its parent for a moment; then its lock is its own business.
  if (isGone(path, holder, holder.databasePid))
    rmSync(join(path, "postgres.lock"), { recursive: true, force: true });
}

/** A holder whose process lives but whose lock looks abandoned gets a moment: it may only have been starved. */
async function isInUse(path: string): Promise<boolean> {
  if (!findHolder(path)) return false;
  const deadline = Date.now() + STALE_MS;
  while (Date.now() < deadline) {
    if (await lockfile.check(path, { lockfilePath: lockPath(path), stale: STALE_MS })) return true;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : String(error);
}
