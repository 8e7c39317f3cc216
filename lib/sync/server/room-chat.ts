/** A room's chat: one message after the other, numbered by the store, then sent to everybody; receipts and typing. */
import type { ChatMessage, ChatUpdate, MessageBody } from "@/lib/protocol/chat";
import { AppError, assertNever } from "@/lib/protocol/errors";
import type { ConversationId, ParticipantId } from "@/lib/protocol/ids";
import { WELCOME_MESSAGES } from "@/lib/protocol/limits";
import type { ChatStore, Receipt } from "./ports";

/** A message whose predecessor is on its way from another node waits this long before the store is asked, milliseconds. */
const GAP_MS = 100;
/** Between two attempts to ask a store that does not answer, milliseconds. */
const ASK_AGAIN_MS = 1_000;

export interface RoomChatOptions {
  readonly conversationId: ConversationId;
  readonly store: ChatStore;
  /** To this node's members. */
  readonly broadcast: (update: ChatUpdate) => void;
  /** To the other nodes that hold this room. */
  readonly tellPeers: (update: ChatUpdate) => void;
  readonly onChanged: () => void;
  readonly typingMs: number;
}

export class RoomChat {
  /** Everything that reads or extends the log runs one after the other, so that numbers arrive in order. */
  private tail: Promise<unknown> = Promise.resolve();
  private receipts = new Map<ParticipantId, Receipt>();
  private readonly typing = new Map<ParticipantId, NodeJS.Timeout>();
  /** Number of the newest message that everybody here has been sent; null before anybody came. */
  private last: number | null = null;
  /** Those that came before their predecessors. */
  private readonly early = new Map<number, ChatMessage>();
  private gap: NodeJS.Timeout | null = null;
  private open = true;

  constructor(private readonly options: RoomChatOptions) {}

  /** What a newcomer is told; `then` runs before any later message is sent to anybody. */
  async welcome(then: (updates: readonly ChatUpdate[]) => void): Promise<void> {
    const { conversationId, store } = this.options;
    await this.inOrder(async () => {
      const page = await store.list(conversationId, { before: null, limit: WELCOME_MESSAGES });
      const receipts = await store.receipts(conversationId);
      for (const receipt of receipts) this.receipts.set(receipt.participantId, receipt);
      this.deliverPage(page);
      then([
        { type: "messages", messages: [...page.messages], hasEarlier: page.hasEarlier },
        this.allReceipts(),
      ]);
    });
  }

  /**
   * Stores and sends to everybody; a repeat of the sender's own message answers the stored one and sends nothing.
   * @throws AppError conflict when another participant's message has this id
   */
  async post(message: {
    clientId: string;
    participantId: ParticipantId | null;
    body: MessageBody;
  }): Promise<{ message: ChatMessage; repeated: boolean }> {
    const answer = await this.inOrder(async () => {
      const stored = await this.options.store.append(this.options.conversationId, message);
      if (!stored.repeated) {
        const update = { type: "message", message: stored.message } as const;
        this.options.tellPeers(update);
        this.deliver(stored.message);
      }
      return stored;
    });
    if (answer.repeated && answer.message.participantId !== message.participantId)
      throw new AppError("conflict");
    if (!answer.repeated) this.options.onChanged();
    if (message.participantId !== null) this.setTyping(message.participantId, false);
    return answer;
  }

  async page(before: number): Promise<ChatUpdate> {
    const { conversationId, store } = this.options;
    const page = await store.list(conversationId, { before, limit: WELCOME_MESSAGES });
    return { type: "messages", messages: [...page.messages], hasEarlier: page.hasEarlier };
  }

  async receipt(
    participantId: ParticipantId,
    seen: { deliveredSeq: number; seenSeq: number },
  ): Promise<void> {
    const known = this.receipts.get(participantId);
    if (known && seen.deliveredSeq <= known.deliveredSeq && seen.seenSeq <= known.seenSeq) return;
    await this.inOrder(async () => {
      const before = this.receipts.get(participantId);
      const stored = await this.options.store.setReceipt(this.options.conversationId, {
        participantId,
        ...seen,
      });
      this.receipts.set(participantId, stored);
      if (before?.deliveredSeq === stored.deliveredSeq && before.seenSeq === stored.seenSeq) return;
      this.options.broadcast(this.allReceipts());
      this.options.tellPeers({ type: "receipts", receipts: [stored] });
      this.options.onChanged();
    });
  }

  setTyping(participantId: ParticipantId, typing: boolean): void {
    if (this.showTyping(participantId, typing))
      this.options.tellPeers({ type: "typing", participantId, typing });
  }

  /** What another node told its members. */
  heard(update: ChatUpdate): void {
    switch (update.type) {
      case "message":
        this.deliver(update.message);
        break;
      case "receipts":
        this.takeReceipts(update.receipts);
        break;
      case "typing":
        this.showTyping(update.participantId, update.typing);
        break;
      case "messages":
        // Only ever an answer to one member.
        break;
      default:
        assertNever(update);
    }
  }

  /** Number of the newest message that everybody here has; 0 for none. */
  get newest(): number {
    return this.last ?? 0;
  }

  allReceipts(): Extract<ChatUpdate, { type: "receipts" }> {
    return { type: "receipts", receipts: [...this.receipts.values()] };
  }

  /** Another node knows messages up to this number: what we lack of them was lost on its way. */
  heardOf(newest: number): void {
    if (this.last !== null && newest > this.last) this.gap ??= setTimeout(() => this.catchUp(), GAP_MS);
  }

  /** Brings what was stored while we did not hear the other nodes. */
  catchUp(): void {
    if (this.gap) clearTimeout(this.gap);
    this.gap = null;
    if (this.last === null) return;
    const { conversationId, store } = this.options;
    this.inOrder(async () => {
      this.deliverPage(await store.list(conversationId, { before: null, limit: WELCOME_MESSAGES }));
      this.takeReceipts(await store.receipts(conversationId));
    }).catch(() => {
      if (this.open) this.gap ??= setTimeout(() => this.catchUp(), ASK_AGAIN_MS);
    });
  }

  private showTyping(participantId: ParticipantId, typing: boolean): boolean {
    const running = this.typing.get(participantId);
    if (running) clearTimeout(running);
    if (typing) {
      const stop = setTimeout(() => this.showTyping(participantId, false), this.options.typingMs);
      this.typing.set(participantId, stop);
    } else this.typing.delete(participantId);
    if (typing !== (running !== undefined)) this.options.broadcast({ type: "typing", participantId, typing });
    // Renewed too: the others' clocks run as well.
    return typing || running !== undefined;
  }

  close(): void {
    this.open = false;
    if (this.gap) clearTimeout(this.gap);
    for (const timer of this.typing.values()) clearTimeout(timer);
    this.typing.clear();
  }

  private deliver(message: ChatMessage): void {
    if (this.last === null || message.seq <= this.last) return;
    this.early.set(message.seq, message);
    for (let next = this.early.get(this.last + 1); next; next = this.early.get(this.last + 1)) {
      this.early.delete(next.seq);
      this.last = next.seq;
      this.options.broadcast({ type: "message", message: next });
    }
    if (this.early.size > 0) this.gap ??= setTimeout(() => this.catchUp(), GAP_MS);
  }

  /** The newest messages, as stored. */
  private deliverPage(page: {
    readonly messages: readonly ChatMessage[];
    readonly hasEarlier: boolean;
  }): void {
    const first = page.messages[0]?.seq ?? 0;
    const newest = page.messages.at(-1)?.seq ?? 0;
    if (this.last === null) this.last = newest;
    else if (first <= this.last + 1) for (const message of page.messages) this.deliver(message);
    else {
      // Too much was missed to send it one by one: a client takes this as it takes its welcome.
      this.last = newest;
      this.options.broadcast({ type: "messages", messages: [...page.messages], hasEarlier: page.hasEarlier });
    }
    for (const seq of this.early.keys()) if (seq <= this.last) this.early.delete(seq);
  }

  private takeReceipts(receipts: readonly Receipt[]): void {
    let news = false;
    for (const { participantId, deliveredSeq, seenSeq } of receipts) {
      const known = this.receipts.get(participantId);
      const merged = {
        participantId,
        deliveredSeq: Math.max(deliveredSeq, known?.deliveredSeq ?? 0),
        seenSeq: Math.max(seenSeq, known?.seenSeq ?? 0),
      };
      if (merged.deliveredSeq === known?.deliveredSeq && merged.seenSeq === known.seenSeq) continue;
      this.receipts.set(participantId, merged);
      news = true;
    }
    if (news) this.options.broadcast(this.allReceipts());
  }

  private inOrder<T>(run: () => Promise<T>): Promise<T> {
    const result = this.tail.then(run);
    this.tail = result.catch(() => undefined);
    return result;
  }
}
