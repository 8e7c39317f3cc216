/** The live rooms of this process: loaded once for all who ask at the same time, kept a while when empty, then freed. */
import { AppError } from "@/lib/protocol/errors";
import type { ConversationId } from "@/lib/protocol/ids";
import { EventBatch } from "./event-batch";
import { JournalQueue } from "./journal-queue";
import type { SyncOptions } from "./options";
import type { RoomEvent, StoredPanel, SyncPorts } from "./ports";
import { Room } from "./room";
import { RoomDocument } from "./room-document";
import { mergeStored } from "./stored-panel";

/** Keeps a room loaded until released. */
export interface RoomLease {
  readonly room: Room;
  release(): void;
}

interface Entry {
  readonly loading: Promise<Room>;
  room: Room | null;
  leases: number;
  linger: NodeJS.Timeout | null;
}

export class Rooms {
  private readonly entries = new Map<ConversationId, Entry>();
  private readonly journal: JournalQueue;
  private readonly events: EventBatch;

  constructor(
    private readonly ports: SyncPorts,
    private readonly options: SyncOptions,
  ) {
    this.journal = new JournalQueue({
      append: (batch) => ports.journal.append(batch),
      retryBaseMs: options.retryBaseMs,
      retryMaxMs: options.retryMaxMs,
      maxUnsavedBytes: options.maxUnsavedBytesOfAll,
      meters: ports.meters,
    });
    this.events = new EventBatch(ports.recordEvents);
  }

  get size(): number {
    return this.entries.size;
  }

  get unsavedBytes(): number {
    return this.journal.heldBytes;
  }

  /** @throws AppError not_found, or what the journal throws */
  async lease(conversationId: ConversationId): Promise<RoomLease> {
    const entry = this.entries.get(conversationId) ?? this.load(conversationId);
    entry.leases++;
    if (entry.linger) clearTimeout(entry.linger);
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      entry.leases--;
      if (entry.leases === 0) this.linger(conversationId, entry);
    };
    try {
      return { room: await entry.loading, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Null when nobody has it open. */
  find(conversationId: ConversationId): Room | null {
    return this.entries.get(conversationId)?.room ?? null;
  }

  live(): Room[] {
    return [...this.entries.values()].flatMap((entry) => (entry.room ? [entry.room] : []));
  }

  /** Frees everything at once; stored updates are compacted at a later unload. */
  async close(withinMs: number): Promise<void> {
    const entries = [...this.entries.values()];
    this.entries.clear();
    const kept = entries.map(({ room }) => room?.saving.settled());
    const saved = Promise.all([...kept, this.journal.idle()]);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([saved, late]);
    clearTimeout(timer);
    for (const entry of entries) {
      if (entry.linger) clearTimeout(entry.linger);
      entry.room?.dispose();
    }
    this.journal.close();
    await this.events.flush();
  }

  private load(conversationId: ConversationId): Entry {
    const loading = this.open(conversationId);
    const entry: Entry = { loading, room: null, leases: 0, linger: null };
    this.entries.set(conversationId, entry);
    loading.then(
      (room) => {
        entry.room = room;
      },
      () => this.forget(conversationId, entry),
    );
    return entry;
  }

  private async open(conversationId: ConversationId): Promise<Room> {
    // A room that broke may still be storing what others have seen of it.
    await this.journal.idle(conversationId);
    const [conversation, stored] = await Promise.all([
      this.ports.authorize.findConversation(conversationId),
      this.loadPanel(conversationId),
    ]);
    if (conversation === null) throw new AppError("not_found", "no such conversation");
    const document = new RoomDocument(stored);
    const shared = {
      journal: this.journal,
      record: (events: readonly RoomEvent[]) => this.events.push(events),
    };
    return new Room(conversation, document, this.ports, shared, this.options, () =>
      this.entries.delete(conversationId),
    );
  }

  private async loadPanel(conversationId: ConversationId): Promise<StoredPanel> {
    const { journal, merge = mergeStored, log } = this.ports;
    const stored = await journal.load(conversationId);
    if (stored.updates.length <= this.options.mergeBeforeLoadAbove) return stored;
    try {
      return { snapshot: await merge(stored), updates: [] };
    } catch (error) {
      const reason = error instanceof Error ? error.message : "";
      log?.("error", "a long journal was not merged", { conversationId, error: reason });
      return stored;
    }
  }

  private linger(conversationId: ConversationId, entry: Entry): void {
    if (this.entries.get(conversationId) !== entry) return;
    entry.linger = setTimeout(() => this.unload(conversationId, entry), this.options.lingerMs);
  }

  private async unload(conversationId: ConversationId, entry: Entry): Promise<void> {
    const room = entry.room;
    if (room === null) return;
    await room.saving.settled();
    if (entry.leases > 0) return;
    await room.saving.compact().catch((error) => room.log("the journal was not compacted", error));
    // Somebody came while it was compacted: the room goes on with the document it has.
    if (entry.leases > 0 || this.entries.get(conversationId) !== entry) return;
    this.forget(conversationId, entry);
    room.dispose();
  }

  private forget(conversationId: ConversationId, entry: Entry): void {
    if (this.entries.get(conversationId) === entry) this.entries.delete(conversationId);
  }
}
