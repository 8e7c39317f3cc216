/** The mirrors that this process holds: loaded once for all who ask at the same time, freed when nothing goes on any more. */
import { closeCodes } from "@/lib/protocol/close-codes";
import { AppError } from "@/lib/protocol/errors";
import type { ConversationId } from "@/lib/protocol/ids";
import { LiveMirror } from "./live-mirror";
import type { MirrorOptions } from "./options";
import type { MirrorPorts } from "./ports";

interface Entry {
  readonly loading: Promise<LiveMirror>;
  mirror: LiveMirror | null;
  leases: number;
  linger: NodeJS.Timeout | null;
}

/** Keeps a mirror in memory until released. */
export interface MirrorLease {
  readonly mirror: LiveMirror;
  release(): void;
}

export class Mirrors {
  private readonly entries = new Map<ConversationId, Entry>();

  constructor(
    private readonly ports: MirrorPorts,
    private readonly options: MirrorOptions,
  ) {}

  /** @throws AppError not_found */
  async lease(conversationId: ConversationId): Promise<MirrorLease> {
    const entry = this.entries.get(conversationId) ?? this.load(conversationId);
    entry.leases++;
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      entry.leases--;
      this.look(conversationId, entry);
    };
    try {
      return { mirror: await entry.loading, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  find(conversationId: ConversationId): LiveMirror | null {
    return this.entries.get(conversationId)?.mirror ?? null;
  }

  live(): LiveMirror[] {
    return [...this.entries.values()].flatMap(({ mirror }) => (mirror ? [mirror] : []));
  }

  /** Stores what is on its way, for so long, and frees everything. */
  async close(withinMs: number): Promise<void> {
    const mirrors = this.live();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([Promise.all(mirrors.map((mirror) => mirror.settled())), late]);
    clearTimeout(timer);
    for (const { linger, mirror } of this.entries.values()) {
      if (linger) clearTimeout(linger);
      mirror?.dispose();
    }
    this.entries.clear();
  }

  private load(conversationId: ConversationId): Entry {
    const entry: Entry = {
      loading: this.open(conversationId, () => this.look(conversationId, entry)),
      mirror: null,
      leases: 0,
      linger: null,
    };
    this.entries.set(conversationId, entry);
    entry.loading.then(
      (mirror) => {
        entry.mirror = mirror;
      },
      () => this.entries.delete(conversationId),
    );
    return entry;
  }

  private async open(conversationId: ConversationId, onChanged: () => void): Promise<LiveMirror> {
    const [conversation, stored] = await Promise.all([
      this.ports.authorize.findConversation(conversationId),
      this.ports.store.findOpen(conversationId),
    ]);
    if (conversation === null) throw new AppError("not_found");
    const { shopId } = conversation;
    const mirror = new LiveMirror(conversationId, shopId, this.ports, this.options, stored, onChanged);
    if (conversation.status === "closed") mirror.end("conversation-ended");
    return mirror;
  }

  /** Frees the mirror a while after the last has left and nothing waits for anybody. */
  private look(conversationId: ConversationId, entry: Entry): void {
    const isNeeded = () => entry.leases > 0 || entry.mirror?.isOpen === true;
    if (entry.linger) clearTimeout(entry.linger);
    entry.linger = null;
    if (isNeeded() || this.entries.get(conversationId) !== entry) return;
    entry.linger = setTimeout(() => {
      if (isNeeded() || this.entries.get(conversationId) !== entry) return;
      this.entries.delete(conversationId);
      entry.mirror?.dispose();
      entry.mirror?.closeAll(closeCodes.restarting);
    }, this.options.lingerMs);
  }
}
