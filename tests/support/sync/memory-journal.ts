import type { ConversationId } from "@/lib/protocol/ids";
import type { Journal, JournalUpdate } from "@/lib/sync/server/ports";

/** The journal port in memory, with switches for what a database does on a bad day. */
export class MemoryJournal implements Journal {
  readonly rows = new Map<string, Uint8Array[]>();
  readonly snapshots = new Map<string, Uint8Array>();
  loads = 0;
  /** While set, appends are rejected. */
  broken = false;
  /** Appends wait for this. */
  gate: Promise<void> = Promise.resolve();

  async load(conversationId: ConversationId): Promise<Uint8Array[]> {
    this.loads++;
    return this.parts(conversationId);
  }

  async append(conversationId: ConversationId, updates: readonly JournalUpdate[]): Promise<void> {
    await this.gate;
    if (this.broken) throw new Error("the disk is full");
    const rows = this.rows.get(conversationId) ?? [];
    this.rows.set(conversationId, [...rows, ...updates.map((entry) => entry.update.slice())]);
  }

  async compact(
    conversationId: ConversationId,
    merge: (parts: readonly Uint8Array[]) => Uint8Array,
  ): Promise<void> {
    if ((this.rows.get(conversationId) ?? []).length === 0) return;
    this.snapshots.set(conversationId, merge(this.parts(conversationId)));
    this.rows.delete(conversationId);
  }

  private parts(conversationId: ConversationId): Uint8Array[] {
    const snapshot = this.snapshots.get(conversationId);
    return [...(snapshot ? [snapshot] : []), ...(this.rows.get(conversationId) ?? [])];
  }
}
