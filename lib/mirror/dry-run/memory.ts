/** How much memory a process and everything it started hold, on Linux; elsewhere nobody knows. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const KB_PER_MB = 1_024;
/** The most that Linux knows. */
const FIRST = "1000";

/**
 * Where a machine's memory ends before anybody has looked, this process and what it starts go first. A Chromium that root runs
 * ranks itself anew when it starts, and its renderers before everything that has no rank.
 */
export function giveMemoryFirst(): void {
  try {
    writeFileSync("/proc/self/oom_score_adj", FIRST);
  } catch {
    // Not Linux: there nobody asks.
  }
}

/** @returns megabytes, without the programs' own files; what two of them share counts twice. 0 where it cannot be read */
export function memoryOfFamily(pid: number): number {
  const children = new Map<number, number[]>();
  for (const name of processes()) {
    // "4711 (chromium) S 4700 ...": the name in brackets may hold anything, brackets too.
    const parent = Number(/^.*\) \S (\d+) /s.exec(read(`/proc/${name}/stat`))?.[1]);
    if (parent > 0) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  let kilobytes = 0;
  const waiting = [pid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    // Not smaps: a sandboxed process keeps that to itself. Pictures of a page lie in shared memory.
    for (const [, held] of read(`/proc/${next}/status`).matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm))
      kilobytes += Number(held);
    waiting.push(...(children.get(next) ?? []));
  }
  return kilobytes / KB_PER_MB;
}

/** Processes end while they are looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function processes(): readonly string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
