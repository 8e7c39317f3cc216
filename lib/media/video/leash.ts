/**
 * A program as a child process on a short leash, for what a stranger's file may make it do: bounded time and processor time,
 * behind the server in line, no environment of ours, ended by the signal, and its end is its own.
 */
import { spawn } from "node:child_process";
import { setPriority } from "node:os";
import { createInterface } from "node:readline";

/** How much it steps back behind the server, from 0 to 19. */
const NICENESS = 10;
/** Characters of its complaint that are worth keeping. */
const MAX_COMPLAINT_CHARS = 500;

export interface LeashedRun {
  readonly program: string;
  readonly words: readonly string[];
  /** Beside PATH and the locale. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Kilobytes of address space. */
  readonly maxMemoryKb?: number;
  /** All its threads together may work as long, so that one nobody waits for any more ends too. */
  readonly maxCpuSeconds: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** What it prints. */
  readonly onLine?: (line: string) => void;
}

export class TooSlow extends Error {
  override readonly name = "TooSlow";
}

export class EndedBadly extends Error {
  override readonly name = "EndedBadly";
  /** @param by the signal that ended it, if one did @param complaint its last words */
  constructor(
    program: string,
    readonly by: NodeJS.Signals | null,
    readonly complaint: string,
    { code, cause }: { readonly code: number | null; readonly cause: unknown },
  ) {
    super(`${program} ended with ${by ?? code}: ${complaint}`, { cause });
  }
}

/** @throws TooSlow; EndedBadly; the error that kept it from starting; the signal's reason: it is gone by then */
export function runOnLeash(run: LeashedRun): Promise<void> {
  // The shell sets the bounds and becomes the program: one process, ended by its id.
  const memory = run.maxMemoryKb === undefined ? "" : `ulimit -v ${run.maxMemoryKb} 2>/dev/null; `;
  const bounds = `${memory}ulimit -t ${run.maxCpuSeconds}; ulimit -c 0; exec "$@"`;
  const patience = AbortSignal.timeout(run.timeoutMs);
  return new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", bounds, "sh", run.program, ...run.words], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { NODE_ENV: process.env.NODE_ENV, PATH: "/usr/bin:/bin", LC_ALL: "C", ...run.variables },
      signal: AbortSignal.any([run.signal, patience]),
      killSignal: "SIGKILL",
    });
    if (child.pid !== undefined) stepBack(child.pid);
    let complaint = "";
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => {
      complaint = (complaint + text).slice(-MAX_COMPLAINT_CHARS);
    });
    createInterface({ input: child.stdout }).on("line", (line) => run.onLine?.(line));
    let failure: Error | null = null;
    child.on("error", (error) => {
      failure = error;
      // One that never ran does not end either.
      if (child.pid === undefined) reject(error);
    });
    // Only once it is gone: nobody may remove its folder before.
    child.on("close", (code, by) => {
      if (run.signal.aborted) reject(run.signal.reason);
      else if (patience.aborted) reject(new TooSlow(`${run.program} took too long`, { cause: failure }));
      else if (code === 0) resolve();
      else reject(new EndedBadly(run.program, by, complaint.trim(), { code, cause: failure }));
    });
  });
}

function stepBack(pid: number): void {
  try {
    setPriority(pid, NICENESS);
  } catch {
    // It has ended already; its end is reported as such.
  }
}
