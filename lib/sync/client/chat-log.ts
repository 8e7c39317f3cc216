/** The chat as this client knows it: what the server numbered, and what we sent that it has not numbered yet. */
import type { ChatMessage } from "@/lib/protocol/chat";
import type { ParticipantId } from "@/lib/protocol/ids";
import type { RoomMessage } from "./room";

interface Pending {
  readonly clientId: string;
  readonly text: string;
  readonly at: number;
  readonly failed: boolean;
}

export class ChatLog {
  private readonly stored = new Map<number, ChatMessage>();
  private pending: readonly Pending[] = [];

  /** The highest number we have; 0 for none. */
  get lastSeq(): number {
    return Math.max(0, ...this.stored.keys());
  }

  /** The lowest number we have; null for none. */
  get firstSeq(): number | null {
    return this.stored.size === 0 ? null : Math.min(...this.stored.keys());
  }

  take(messages: readonly ChatMessage[]): void {
    for (const message of messages) this.stored.set(message.seq, message);
    const ids = new Set(messages.map((message) => message.clientId));
    this.pending = this.pending.filter((pending) => !ids.has(pending.clientId));
  }

  /** After a long absence the newest page may not join what we have: keep only what is without a gap. */
  takeNewest(messages: readonly ChatMessage[]): void {
    const first = messages[0];
    if (first && this.stored.size > 0 && first.seq > this.lastSeq + 1) this.stored.clear();
    this.take(messages);
  }

  add(clientId: string, text: string, at: number): void {
    this.pending = [...this.pending, { clientId, text, at, failed: false }];
  }

  /** False when we have no such unsent message. */
  setFailed(clientId: string, failed: boolean): boolean {
    const known = this.pending.some((pending) => pending.clientId === clientId);
    this.pending = this.pending.map((pending) =>
      pending.clientId === clientId ? { ...pending, failed } : pending,
    );
    return known;
  }

  discard(clientId: string): void {
    this.pending = this.pending.filter((pending) => pending.clientId !== clientId || !pending.failed);
  }

  unsent(): readonly Pending[] {
    return this.pending.filter((pending) => !pending.failed);
  }

  list(you: ParticipantId | null): RoomMessage[] {
    const stored = [...this.stored.values()].sort((a, b) => a.seq - b.seq);
    return [
      ...stored.map((message) => ({ ...message, state: "stored" as const })),
      ...this.pending.map(({ clientId, text, at, failed }) => ({
        seq: null,
        clientId,
        participantId: you,
        body: { kind: "text" as const, text },
        at,
        state: failed ? ("failed" as const) : ("sending" as const),
      })),
    ];
  }
}
