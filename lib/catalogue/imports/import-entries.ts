import { getDb } from "@/lib/db/client";
import type { FeedProblem } from "@/lib/protocol/feeds";
import { type ImportList, MAX_LISTED } from "@/lib/protocol/imports";

export interface FeedChange {
  readonly change: "new" | "changed" | "gone";
  readonly line: number;
  readonly externalId: string;
  readonly title: string;
}

/** What an import tells of single rows and products: of each list the first so many, the rest is counted elsewhere. */
export class ImportEntries {
  readonly #kept = new Map<ImportList, number>();

  constructor(private readonly importId: string) {}

  /** What an earlier attempt has left. */
  async clear(): Promise<void> {
    await getDb().importEntry.deleteMany({ where: { importId: this.importId } });
  }

  async addChanges(batch: readonly FeedChange[]): Promise<void> {
    for (const list of ["new", "changed", "gone"] as const) {
      const entries = batch.filter(({ change }) => change === list);
      await this.#add(
        list,
        entries.map(({ line, externalId, title }) => ({ line, externalId, title, reasons: [] })),
      );
    }
  }

  async addProblems(list: "rejected" | "incomplete", problems: readonly FeedProblem[]): Promise<void> {
    await this.#add(
      list,
      problems.map(({ line, externalId, reasons }) => ({
        line,
        externalId,
        title: "",
        reasons: [...reasons],
      })),
    );
  }

  async #add(
    list: ImportList,
    entries: readonly { line: number; externalId: string; title: string; reasons: string[] }[],
  ): Promise<void> {
    const kept = this.#kept.get(list) ?? 0;
    const fitting = entries.slice(0, Math.max(0, MAX_LISTED - kept));
    if (fitting.length === 0) return;
    this.#kept.set(list, kept + fitting.length);
    await getDb().importEntry.createMany({
      data: fitting.map((entry) => ({ importId: this.importId, list, ...entry })),
    });
  }
}
