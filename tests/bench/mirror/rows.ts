/** From what was measured of each engine to the rows of the table. */
import { median, type Row } from "../table";
import type { Engine } from "./session";

/** How a row is held against its target: by ours divided by rrweb's, or by ours alone. */
type Against = "rrweb" | "itself";

/** What several rounds gave for each engine. */
export class Samples<Result> {
  private readonly results = new Map<Engine, Result[]>();

  add(engine: Engine, result: Result): void {
    this.results.set(engine, [...(this.results.get(engine) ?? []), result]);
  }

  private all(engine: Engine): readonly Result[] {
    return this.results.get(engine) ?? [];
  }

  /** One row of medians. */
  row(
    figure: string,
    unit: string,
    value: (result: Result) => number,
    against: Against,
    target: number | null,
  ): Row {
    const of = (engine: Engine) => median(this.all(engine).map(value));
    const [ours, rrweb] = [of("ours"), of("rrweb")];
    return compared(figure, unit, ours, { rrweb }, against, target);
  }

  /** One row of medians of what is more than the page has by itself. */
  netRow(
    figure: string,
    unit: string,
    value: (result: Result) => number,
    against: Against,
    target: number | null,
  ): Row {
    const of = (engine: Engine) => median(this.all(engine).map(value));
    const alone = of("page alone");
    const [ours, rrweb] = [Math.max(0, of("ours") - alone), Math.max(0, of("rrweb") - alone)];
    return compared(figure, unit, ours, { rrweb, "page alone": alone }, against, target);
  }
}

export function compared(
  figure: string,
  unit: string,
  ours: number,
  peers: { readonly rrweb: number; readonly "page alone"?: number },
  against: Against,
  target: number | null,
): Row {
  const ratio = against === "rrweb" && peers.rrweb > 0 ? ours / peers.rrweb : null;
  return { figure, unit, ours, peers, ratio, target };
}

/** A figure of ours alone. */
export function ownRow(figure: string, unit: string, ours: number, target: number | null): Row {
  return { figure, unit, ours, peers: {}, ratio: null, target };
}
