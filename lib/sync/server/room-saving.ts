/**
 * How a room's document gets into the journal: what waits, what was put aside because no more could be held, what
 * another node left, and who wants to know that hers is stored.
 */
import type { ConversationId, ParticipantId } from "@/lib/protocol/ids";
import { CatchUp } from "./catch-up";
import type { JournalLane } from "./journal-lane";
import type { JournalQueue } from "./journal-queue";
import { KeepForOthers } from "./keep-for-others";
import type { Member } from "./member";
import type { SyncOptions } from "./options";
import type { Journal, MergePanel } from "./ports";
import type { RoomDocument } from "./room-document";
import { scattered } from "./scattered";

/** A quarter more or less. */
const COMPACTION_SPREAD = 0.25;

export interface RoomSavingOptions {
  readonly conversationId: ConversationId;
  readonly document: RoomDocument;
  readonly journal: Journal;
  readonly merge: MergePanel;
  readonly queue: JournalQueue;
  readonly sync: SyncOptions;
  /** Asks the member for what we lack of hers. */
  readonly ask: (member: Member) => void;
  /** Storing began to fail, or works again. */
  readonly onSaving: (ok: boolean) => void;
  /** `readOnly` changed. */
  readonly onReadOnly: () => void;
  /** The conversation does not exist any more. */
  readonly onGone: () => void;
  readonly log: (message: string, error: unknown) => void;
}

export class RoomSaving {
  /** No more can be held until something is stored. */
  readOnly = false;
  private readonly lane: JournalLane;
  private readonly catchUp: CatchUp;
  private readonly keeper: KeepForOthers;
  private readonly setAside = new Set<Member>();
  private compacting: Promise<void> | null = null;
  /** Of updates that were stored since the last compaction, at least. */
  private readonly grown = { updates: 0, bytes: 0 };
  private nextCompaction: { updates: number; bytes: number };

  constructor(private readonly options: RoomSavingOptions) {
    const { conversationId, document, journal, queue, sync, log } = options;
    this.lane = queue.open({
      conversationId,
      onSaving: options.onSaving,
      onGone: options.onGone,
      onError: log,
      maxUnsavedBytes: sync.maxUnsavedBytes,
    });
    this.catchUp = new CatchUp(sync.askAgainMs, options.ask);
    const { now, retryMaxMs: retryMs } = sync;
    this.nextCompaction = this.planCompaction(0);
    this.keeper = new KeepForOthers({
      conversationId,
      document,
      journal,
      writer: this.lane,
      now,
      retryMs,
      log,
    });
  }

  get failing(): boolean {
    return this.lane.failing;
  }

  /** Whether a change of this size can be held until it is stored. */
  canHold(bytes: number): boolean {
    return !this.readOnly && this.lane.accepts(bytes);
  }

  push(update: Uint8Array, participantId: ParticipantId | null, stored: () => void): void {
    this.lane.push({ participantId, at: this.options.sync.now(), update }, () => {
      stored();
      this.grown.updates++;
      this.grown.bytes += update.length;
      this.compactWhenLong();
    });
  }

  /** Runs `then` after everything pushed so far is stored; at once when it is. */
  after(then: () => void): void {
    this.lane.after(then);
  }

  /** There is no room to hold what the member sent: it is asked for when there is. */
  putAside(member: Member): void {
    this.catchUp.missed(member);
    this.setAside.add(member);
    if (this.readOnly) return;
    this.readOnly = true;
    this.options.onReadOnly();
    this.lane.whenRoom(() => this.resume());
  }

  /** The member answered our state vector; if not everything of it could be taken, it is asked again. */
  answered(member: Member, whole: boolean): void {
    this.catchUp.answered(member, whole);
  }

  leave(member: Member): void {
    this.setAside.delete(member);
    this.catchUp.leave(member);
  }

  /** Another node is gone: what only we have of what it relayed is stored by us. */
  keepForOthers(): void {
    this.keeper.start();
  }

  /** Resolves when everything that the member has sent so far is stored. */
  async confirm(member: Member): Promise<void> {
    do {
      await this.keeper.idle();
      await new Promise<void>((resolve) => this.catchUp.whenTaken(member, resolve));
      await new Promise<void>((resolve) => this.lane.after(resolve));
    } while (this.catchUp.isBehind(member));
  }

  /** Resolves when everything that the room has to store is stored. */
  async settled(): Promise<void> {
    await this.keeper.idle();
    await this.lane.idle();
  }

  /** One at a time: who asks meanwhile waits for the one under way. */
  compact(): Promise<void> {
    this.compacting ??= this.mergeJournal().finally(() => {
      this.compacting = null;
    });
    return this.compacting;
  }

  /** Takes nothing more; what waits is still stored. */
  close(): void {
    this.keeper.stop();
    this.lane.close();
  }

  private resume(): void {
    this.readOnly = false;
    this.options.onReadOnly();
    for (const member of this.setAside) this.options.ask(member);
    this.setAside.clear();
  }

  private compactWhenLong(): void {
    const { grown, nextCompaction } = this;
    if (this.compacting || grown.updates < nextCompaction.updates || grown.bytes < nextCompaction.bytes)
      return;
    this.compact().catch((error) => this.options.log("the journal was not compacted", error));
  }

  private async mergeJournal(): Promise<void> {
    const { journal, conversationId, merge } = this.options;
    Object.assign(this.grown, { updates: 0, bytes: 0 });
    await journal.compact(conversationId, async (panel) => {
      const snapshot = await merge(panel);
      this.nextCompaction = this.planCompaction(snapshot.state.length);
      return snapshot;
    });
  }

  /** A snapshot is written whole each time: the larger it is, the more must come before the next one. */
  private planCompaction(snapshotBytes: number) {
    const updates = scattered(this.options.sync.compactAfterUpdates, COMPACTION_SPREAD);
    return { updates, bytes: snapshotBytes };
  }
}
