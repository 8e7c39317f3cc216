/**
 * What happened in all rooms of this process, recorded together a few times a second: an event is a row, and a
 * statement for each of them cost more than the drawing it tells of.
 */
import type { RoomEvent } from "./ports";

/** Milliseconds an event waits for others: reports read minutes, and a killed server loses no more than this. */
const WAIT_MS = 200;

interface Entry {
  readonly events: readonly RoomEvent[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class EventBatch {
  private entries: Entry[] = [];
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly record: (events: readonly RoomEvent[]) => Promise<void>) {}

  /** Resolves when they are recorded. @throws what recording them throws */
  push(events: readonly RoomEvent[]): Promise<void> {
    return new Promise((done, failed) => {
      this.entries.push({ events, done, failed });
      this.timer ??= setTimeout(() => this.flush(), WAIT_MS);
    });
  }

  /** Records what waits now. Never rejects: each `push` tells its own caller. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const entries = this.entries.splice(0);
    if (entries.length > 0) this.writing = this.writing.then(() => this.write(entries));
    return this.writing;
  }

  private async write(entries: readonly Entry[]): Promise<void> {
    try {
      await this.record(entries.flatMap(({ events }) => events));
      for (const { done } of entries) done();
    } catch (error) {
      const [first, ...others] = entries;
      if (others.length === 0) first?.failed(error);
      // One room's rows may be what is refused: the others' must not be lost with them.
      else for (const entry of entries) await this.write([entry]);
    }
  }
}
