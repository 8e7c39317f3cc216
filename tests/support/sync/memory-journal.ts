import type { ConversationId } from "@/lib/protocol/ids";
import type { Journal, JournalUpdate, MergePanel, PanelSnapshot, StoredPanel } from "@/lib/sync/server/ports";

interface Row extends JournalUpdate {
  inSnapshot: boolean;
}

/** The journal port in memory, with switches for what a database does on a bad day. */
export class MemoryJournal implements Journal {
  /** Everything ever appended, in order. */
  readonly history: Row[] = [];
  loads = 0;
  /** Calls of `append`, failed ones too. */
  statements = 0;
  /** Calls of `compact`. */
  compactions = 0;
  /** While set, appends are rejected. */
  broken = false;
  /** Batches with updates of these conversations are rejected. */
  readonly poisoned = new Set<ConversationId>();
  /** Appends wait for this. */
  gate: Promise<void> = Promise.resolve();
  /** Compactions wait for this. */
  compactionGate: Promise<void> = Promise.resolve();
  private readonly snapshots = new Map<ConversationId, PanelSnapshot>();

  async load(conversationId: ConversationId): Promise<StoredPanel> {
    this.loads++;
    return this.panel(conversationId);
  }

  async append(batch: readonly JournalUpdate[]): Promise<void> {
    this.statements++;
    await this.gate;
    if (this.broken) throw new Error("the disk is full");
    if (batch.some(({ conversationId }) => this.poisoned.has(conversationId))) {
      throw new Error("a row that nothing takes");
    }
    for (const entry of batch) {
      this.history.push({ ...entry, update: entry.update.slice(), inSnapshot: false });
    }
  }

  async compact(conversationId: ConversationId, merge: MergePanel): Promise<void> {
    this.compactions++;
    await this.compactionGate;
    const rows = this.history.filter((row) => row.conversationId === conversationId && !row.inSnapshot);
    if (rows.length === 0) return;
    const snapshot = await merge(this.panel(conversationId));
    if (rows.some(({ inSnapshot }) => inSnapshot)) return;
    this.snapshots.set(conversationId, snapshot);
    for (const row of rows) row.inSnapshot = true;
  }

  /** What `load` answers, as bytes alone. */
  parts(conversationId: ConversationId): Uint8Array[] {
    const { snapshot, updates } = this.panel(conversationId);
    return [...(snapshot ? [snapshot.state] : []), ...updates.map(({ update }) => update)];
  }

  private panel(conversationId: ConversationId): StoredPanel {
    const updates = this.history.filter((row) => row.conversationId === conversationId && !row.inSnapshot);
    return { snapshot: this.snapshots.get(conversationId) ?? null, updates };
  }
}
