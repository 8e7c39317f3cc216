/**
 * Writes a room's updates in order, several at a time, and runs what must wait for them (relay, answers) only once they
 * are stored. While storing fails it keeps what it has, tries again, and takes no more than it can hold.
 */
import type { JournalUpdate } from "./ports";

interface Entry {
  /** Null: nothing to store, only to wait for what was stored before. */
  readonly update: JournalUpdate | null;
  readonly stored: () => void;
}

export interface JournalWriterOptions {
  readonly append: (updates: readonly JournalUpdate[]) => Promise<void>;
  /** Storing began to fail, or works again. */
  readonly onSaving: (ok: boolean) => void;
  readonly onError: (error: unknown) => void;
  readonly retryBaseMs: number;
  readonly retryMaxMs: number;
  readonly maxUnsavedBytes: number;
}

export class JournalWriter {
  private queue: Entry[] = [];
  private unsavedBytes = 0;
  private state: "idle" | "writing" | "retrying" | "stopped" = "idle";
  private wake: (() => void) | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: JournalWriterOptions) {}

  get failing(): boolean {
    return this.state === "retrying";
  }

  /** False when nothing more of this size can be held until it is stored. */
  accepts(bytes: number): boolean {
    if (this.state === "stopped") return false;
    return this.unsavedBytes === 0 || this.unsavedBytes + bytes <= this.options.maxUnsavedBytes;
  }

  push(update: JournalUpdate, stored: () => void): void {
    this.unsavedBytes += update.update.length;
    this.enqueue({ update, stored });
  }

  /** Runs `then` after everything pushed so far is stored; at once when it is. */
  after(then: () => void): void {
    if (this.state === "idle") then();
    else this.enqueue({ update: null, stored: then });
  }

  /** Resolves when nothing waits; keeps waiting while storing fails. */
  idle(): Promise<void> {
    return this.running;
  }

  /** Gives up what is not stored; nothing of it has been shown to anybody but its author. */
  stop(): void {
    this.state = "stopped";
    this.queue = [];
    this.wake?.();
  }

  private enqueue(entry: Entry): void {
    if (this.state === "stopped") return;
    this.queue.push(entry);
    if (this.state !== "idle") return;
    this.state = "writing";
    this.running = this.run();
  }

  private async run(): Promise<void> {
    while (this.queue.length > 0) {
      const batch = this.queue;
      this.queue = [];
      const updates = batch.flatMap((entry) => (entry.update ? [entry.update] : []));
      if (updates.length > 0) await this.write(updates);
      if (this.isStopped()) return;
      for (const update of updates) this.unsavedBytes -= update.update.length;
      for (const entry of batch) entry.stored();
    }
    if (!this.isStopped()) this.state = "idle";
  }

  private async write(updates: readonly JournalUpdate[]): Promise<void> {
    for (let attempt = 0; !this.isStopped(); attempt++) {
      try {
        await this.options.append(updates);
        if (this.failing) {
          this.state = "writing";
          this.options.onSaving(true);
        }
        return;
      } catch (error) {
        if (this.isStopped()) return;
        this.options.onError(error);
        if (!this.failing) {
          this.state = "retrying";
          this.options.onSaving(false);
        }
        await this.pause(Math.min(this.options.retryMaxMs, this.options.retryBaseMs * 2 ** attempt));
      }
    }
  }

  private isStopped(): boolean {
    return this.state === "stopped";
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
