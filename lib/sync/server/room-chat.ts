/** A room's chat: one message after the other, numbered by the store, then sent to everybody; receipts and typing. */
import type { ChatMessage, ChatUpdate, MessageBody } from "@/lib/protocol/chat";
import { AppError } from "@/lib/protocol/errors";
import type { ConversationId, ParticipantId } from "@/lib/protocol/ids";
import { WELCOME_MESSAGES } from "@/lib/protocol/limits";
import type { ChatStore, Receipt } from "./ports";

export interface RoomChatOptions {
  readonly conversationId: ConversationId;
  readonly store: ChatStore;
  readonly broadcast: (update: ChatUpdate) => void;
  readonly onChanged: () => void;
  readonly typingMs: number;
}

export class RoomChat {
  /** Everything that reads or extends the log runs one after the other, so that numbers arrive in order. */
  private tail: Promise<unknown> = Promise.resolve();
  private receipts = new Map<ParticipantId, Receipt>();
  private readonly typing = new Map<ParticipantId, NodeJS.Timeout>();

  constructor(private readonly options: RoomChatOptions) {}

  /** What a newcomer is told; `then` runs before any later message is sent to anybody. */
  async welcome(then: (updates: readonly ChatUpdate[]) => void): Promise<void> {
    const { conversationId, store } = this.options;
    await this.inOrder(async () => {
      const page = await store.list(conversationId, { before: null, limit: WELCOME_MESSAGES });
      const receipts = await store.receipts(conversationId);
      for (const receipt of receipts) this.receipts.set(receipt.participantId, receipt);
      then([
        { type: "messages", messages: [...page.messages], hasEarlier: page.hasEarlier },
        { type: "receipts", receipts: [...this.receipts.values()] },
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
      if (!stored.repeated) this.options.broadcast({ type: "message", message: stored.message });
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
      this.options.broadcast({ type: "receipts", receipts: [...this.receipts.values()] });
      this.options.onChanged();
    });
  }

  setTyping(participantId: ParticipantId, typing: boolean): void {
    const running = this.typing.get(participantId);
    if (running) clearTimeout(running);
    if (typing) {
      const stop = setTimeout(() => this.setTyping(participantId, false), this.options.typingMs);
      this.typing.set(participantId, stop);
    } else this.typing.delete(participantId);
    if (typing !== (running !== undefined)) this.options.broadcast({ type: "typing", participantId, typing });
  }

  close(): void {
    for (const timer of this.typing.values()) clearTimeout(timer);
    this.typing.clear();
  }

  private inOrder<T>(run: () => Promise<T>): Promise<T> {
    const result = this.tail.then(run);
    this.tail = result.catch(() => undefined);
    return result;
  }
}
