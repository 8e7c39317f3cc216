import type { ChatMessage } from "@/lib/protocol/chat";
import type { ConversationId } from "@/lib/protocol/ids";
import type { ChatStore, Receipt } from "@/lib/sync/server/ports";

interface Log {
  readonly messages: ChatMessage[];
  readonly receipts: Map<string, Receipt>;
}

/** The chat store port in memory. */
export class MemoryChatStore implements ChatStore {
  broken = false;
  private readonly logs = new Map<string, Log>();

  async append(
    conversationId: ConversationId,
    message: Parameters<ChatStore["append"]>[1],
  ): ReturnType<ChatStore["append"]> {
    if (this.broken) throw new Error("the disk is full");
    const { messages } = this.log(conversationId);
    const known = messages.find((other) => other.clientId === message.clientId);
    if (known) return { message: known, repeated: true };
    const stored: ChatMessage = { ...message, seq: messages.length + 1, at: Date.now() };
    messages.push(stored);
    return { message: stored, repeated: false };
  }

  async list(conversationId: ConversationId, page: { before: number | null; limit: number }) {
    const before = page.before ?? Number.POSITIVE_INFINITY;
    const earlier = this.log(conversationId).messages.filter((message) => message.seq < before);
    return { messages: earlier.slice(-page.limit), hasEarlier: earlier.length > page.limit };
  }

  async receipts(conversationId: ConversationId): Promise<Receipt[]> {
    return [...this.log(conversationId).receipts.values()];
  }

  async setReceipt(conversationId: ConversationId, receipt: Receipt): Promise<Receipt> {
    const { messages, receipts } = this.log(conversationId);
    const before = receipts.get(receipt.participantId);
    const stored: Receipt = {
      participantId: receipt.participantId,
      deliveredSeq: Math.max(before?.deliveredSeq ?? 0, Math.min(receipt.deliveredSeq, messages.length)),
      seenSeq: Math.max(before?.seenSeq ?? 0, Math.min(receipt.seenSeq, messages.length)),
    };
    receipts.set(receipt.participantId, stored);
    return stored;
  }

  private log(conversationId: string): Log {
    const known = this.logs.get(conversationId);
    if (known) return known;
    const log: Log = { messages: [], receipts: new Map() };
    this.logs.set(conversationId, log);
    return log;
  }
}
