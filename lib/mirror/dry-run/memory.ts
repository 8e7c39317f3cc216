/** How much memory a process and everything it started hold, on Linux; elsewhere nobody knows. */
import { readdirSync, readFileSync } from "node:fs";

/** Linux counts in pages of this size where browsers run on servers. */
const PAGE_BYTES = 4_096;
const BYTES_PER_MB = 1_048_576;

/** @returns megabytes of their own, without what they share; 0 where that cannot be read */
export function memoryOfFamily(pid: number): number {
  const children = new Map<number, number[]>();
  for (const name of processes()) {
    // "4711 (chromium) S 4700 ...": the name in brackets may hold anything, brackets too.
    const parent = Number(/^.*\) \S (\d+) /s.exec(read(`/proc/${name}/stat`))?.[1]);
    if (parent > 0) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  let pages = 0;
  const waiting = [pid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    // Not smaps: a sandboxed process keeps that to itself.
    const [, resident = 0, shared = 0] = read(`/proc/${next}/statm`).split(" ").map(Number);
    pages += resident - shared;
    waiting.push(...(children.get(next) ?? []));
  }
  return (pages * PAGE_BYTES) / BYTES_PER_MB;
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
