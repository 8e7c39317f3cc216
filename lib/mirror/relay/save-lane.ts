/**
 * Stores what becomes of one conversation's mirror, one thing after the other, behind what happens: of the row only the
 * newest state, what was told once in its order. What cannot be stored is tried again while there is somebody to try.
 */
import type { MirrorOptions } from "./options";
import type { MirrorFact, MirrorRow, MirrorStore } from "./ports";

export interface SaveLaneOptions {
  readonly store: Pick<MirrorStore, "save" | "record">;
  /** The row's phase or proposer is stored. */
  readonly onStored: () => void;
  readonly onFailed: (error: unknown) => void;
  readonly waits: Pick<MirrorOptions, "retryBaseMs" | "retryMaxMs">;
}

/** Tries before what cannot be stored is given up: with the waits, half a minute. */
const MAX_TRIES = 12;

interface Step {
  row: MirrorRow;
  readonly fact: MirrorFact | null;
}

export class SaveLane {
  private readonly steps: Step[] = [];
  private running: Promise<void> | null = null;
  private told = "";

  constructor(private readonly options: SaveLaneOptions) {}

  push(row: MirrorRow, fact: MirrorFact | null): void {
    const last = this.steps.at(-1);
    // Not the first: it may be under way.
    if (last && this.steps.length > 1 && last.fact === null && fact === null && last.row.id === row.id)
      last.row = row;
    else this.steps.push({ row, fact });
    this.running ??= this.run();
  }

  /** Resolves when nothing waits to be stored. */
  async settled(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    for (let step = this.steps[0]; step; step = this.steps[0]) {
      const { row, fact } = step;
      await this.persist(() => this.options.store.save(row));
      const told = `${row.phase} ${row.proposedBy}`;
      if (told !== this.told) this.options.onStored();
      this.told = told;
      if (fact !== null) await this.persist(() => this.options.store.record(row, fact));
      this.steps.shift();
    }
    this.running = null;
  }

  private async persist(work: () => Promise<void>): Promise<void> {
    const { retryBaseMs, retryMaxMs } = this.options.waits;
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      try {
        await work();
        return;
      } catch (error) {
        this.options.onFailed(error);
        await new Promise((resolve) => setTimeout(resolve, Math.min(retryBaseMs * 2 ** attempt, retryMaxMs)));
      }
    }
  }
}
