/**
 * One room's lane in the journal queue: what waits to be stored, in order, and who waits for that. It takes no more than
 * it can hold, and tells its room when storing fails and when it works again.
 */
import type { ConversationId } from "@/lib/protocol/ids";
import type { JournalUpdate } from "./ports";

export interface LaneOptions {
  readonly conversationId: ConversationId;
  /** Storing began to fail, or works again. */
  readonly onSaving: (ok: boolean) => void;
  /** The conversation does not exist any more: what waited is dropped. */
  readonly onGone: () => void;
  readonly onError: (message: string, error: unknown) => void;
  /** Bytes. */
  readonly maxUnsavedBytes: number;
}

/** The queue as its lanes see it. Times are of performance.now(), which no clock change moves. */
interface Queue {
  hasRoomFor(bytes: number): boolean;
  whenRoom(then: () => void): void;
  /** Something waits in a lane where nothing did. */
  waits(lane: JournalLane): void;
  held(bytes: number): void;
  ended(lane: JournalLane): void;
}

interface Entry {
  /** Null: nothing to store, only to wait for what was stored before. */
  readonly update: JournalUpdate | null;
  readonly stored: () => void;
  readonly since: number;
}

/** The front of a lane, as much as goes into one statement. */
export interface Share {
  readonly lane: JournalLane;
  readonly updates: readonly JournalUpdate[];
  readonly entries: number;
}

export class JournalLane {
  /** Failed attempts in a row. */
  failures = 0;
  /** Not tried again before this. */
  retryAt = 0;
  /** Others were stored when this was not: its rows go in a statement of their own. */
  alone = false;
  private entries: Entry[] = [];
  private idlers: (() => void)[] = [];
  private bytes = 0;
  private open = true;

  constructor(
    private readonly queue: Queue,
    private readonly options: LaneOptions,
  ) {}

  get conversationId(): ConversationId {
    return this.options.conversationId;
  }

  get failing(): boolean {
    return this.failures > 0;
  }

  /** When what waits longest began to wait; null when nothing waits. */
  get waitingSince(): number | null {
    return this.entries[0]?.since ?? null;
  }

  /** False when nothing more of this size can be held until it is stored. */
  accepts(bytes: number): boolean {
    if (!this.open || !this.queue.hasRoomFor(bytes)) return false;
    return this.bytes === 0 || this.bytes + bytes <= this.options.maxUnsavedBytes;
  }

  push(update: Omit<JournalUpdate, "conversationId">, stored: () => void): void {
    if (!this.open) return;
    this.bytes += update.update.length;
    this.queue.held(update.update.length);
    const { conversationId } = this;
    this.entries.push({ update: { conversationId, ...update }, stored, since: performance.now() });
    if (this.entries.length === 1) this.queue.waits(this);
  }

  /** Runs `then` after everything pushed so far is stored; at once when it is. */
  after(then: () => void): void {
    if (this.entries.length === 0) then();
    else this.entries.push({ update: null, stored: then, since: performance.now() });
  }

  /** Runs `then` when everything pushed so far is stored and the process can hold more. */
  whenRoom(then: () => void): void {
    this.after(() => this.queue.whenRoom(then));
  }

  /** Resolves when nothing waits; keeps waiting while storing fails. */
  idle(): Promise<void> {
    if (this.entries.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.idlers.push(resolve));
  }

  /** Takes nothing more. What waits has been seen by others and is still stored. */
  close(): void {
    this.open = false;
  }

  /** Gives up what waits. */
  drop(): void {
    this.open = false;
    this.entries = [];
    this.hold(-this.bytes);
    this.end();
  }

  /** At least one update, however long; then as many as fit. */
  share(maxBytes: number, maxUpdates: number): Share {
    const updates: JournalUpdate[] = [];
    let bytes = 0;
    let entries = 0;
    for (const { update } of this.entries) {
      if (update !== null) {
        bytes += update.update.length;
        if (updates.length > 0 && (bytes > maxBytes || updates.length >= maxUpdates)) break;
        updates.push(update);
      }
      entries++;
    }
    return { lane: this, updates, entries };
  }

  stored(share: Share): void {
    // Dropped meanwhile.
    if (this.entries.length === 0) return;
    const done = this.entries.splice(0, share.entries);
    while (this.entries[0]?.update === null) done.push(...this.entries.splice(0, 1));
    this.hold(-share.updates.reduce((sum, { update }) => sum + update.length, 0));
    const failed = this.failing;
    this.failures = 0;
    this.retryAt = 0;
    this.alone = false;
    if (failed) this.run(() => this.options.onSaving(true));
    for (const entry of done) this.run(entry.stored);
    if (this.entries.length === 0) this.end();
  }

  failed(error: unknown, retryAt: number, alone: boolean): void {
    this.failures++;
    this.retryAt = retryAt;
    this.alone = alone;
    if (this.failures > 1) return;
    this.options.onError("panel updates were not stored", error);
    this.run(() => this.options.onSaving(false));
  }

  gone(error: unknown): void {
    this.options.onError("panel updates have no conversation any more", error);
    this.drop();
    this.run(this.options.onGone);
  }

  private hold(bytes: number): void {
    this.bytes += bytes;
    this.queue.held(bytes);
  }

  private end(): void {
    this.queue.ended(this);
    for (const resolve of this.idlers.splice(0)) resolve();
  }

  /** What one room does with the news must not stop the others' storing. */
  private run(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.options.onError("a room failed after storing", error);
    }
  }
}
