/** The shape of a benchmark's result, its file and its table. */
import { mkdir, writeFile } from "node:fs/promises";

export interface Row {
  readonly figure: string;
  readonly unit: string;
  readonly ours: number;
  /** Other systems measured in the same run. */
  readonly peers: Readonly<Record<string, number>>;
  /** Ours against the best peer; without a peer, ours itself is held against the target. */
  readonly ratio: number | null;
  /** What the ratio (or, without a peer, ours) must not exceed; null for a figure that is only printed. */
  readonly target: number | null;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** Prints the rows, writes bench-results/<name>.json, and answers whether every target holds. */
export async function report(name: string, rows: readonly Row[]): Promise<boolean> {
  const round = (value: number) => Number(value.toFixed(value < 10 ? 2 : 1));
  console.table(
    rows.map((row) => ({
      figure: row.figure,
      unit: row.unit,
      ours: round(row.ours),
      ...Object.fromEntries(Object.entries(row.peers).map(([peer, value]) => [peer, round(value)])),
      ratio: row.ratio === null ? "" : round(row.ratio),
      target: row.target ?? "",
      holds: row.target === null ? "" : holds(row) ? "yes" : "NO",
    })),
  );
  await mkdir("bench-results", { recursive: true });
  await writeFile(`bench-results/${name}.json`, `${JSON.stringify({ rows }, null, 2)}\n`);
  return rows.every(holds);
}

function holds({ ours, ratio, target }: Row): boolean {
  return target === null || (ratio ?? ours) <= target;
}
