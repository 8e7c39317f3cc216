/** From what was measured of each server to the rows of the table. */
import { median, type Row } from "../table";
import type { ContenderName } from "./contenders";

/** The servers that do the same work; the bare relay is only the floor. */
const references = ["y-websocket", "hocuspocus"] as const;
type Reference = (typeof references)[number];

/** What several runs gave for each server that was measured. */
export class Samples<Result> {
  private readonly results = new Map<ContenderName, Result[]>();

  add(name: ContenderName, result: Result): void {
    this.results.set(name, [...(this.results.get(name) ?? []), result]);
  }

  /**
   * One row: medians of `value`.
   * @param against whose value ours is divided by; `best` is the lower one of the references that were measured
   * @param target what the ratio must not exceed
   */
  row(
    figure: string,
    unit: string,
    value: (result: Result) => number,
    against: Reference | "best" | null,
    target: number | null = null,
  ): Row {
    const medians = new Map([...this.results].map(([name, results]) => [name, median(results.map(value))]));
    const { ours = Number.NaN, ...peers }: Partial<Record<ContenderName, number>> =
      Object.fromEntries(medians);
    const wanted = against === "best" ? references : against === null ? [] : [against];
    const measured = wanted.flatMap((name) => peers[name] ?? []);
    const ratio = measured.length === 0 ? null : ours / Math.min(...measured);
    return { figure, unit, ours, peers, ratio, target };
  }
}

/** A figure of ours alone. */
export function ownRow(figure: string, unit: string, ours: number, target: number | null): Row {
  return { figure, unit, ours, peers: {}, ratio: null, target };
}
