/** The ChatStore port: in memory, in PostgreSQL and in the embedded database alike. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createChatStore } from "@/lib/conversations/chat-store";
import {
  type ConversationId,
  conversationIdSchema,
  type ParticipantId,
  participantIdSchema,
} from "@/lib/protocol/ids";
import type { ChatStore } from "@/lib/sync/server/ports";
import { openTestDatabase } from "@/tests/support/database";
import { insertConversation } from "@/tests/support/sync/conversation-row";
import { MemoryChatStore } from "@/tests/support/sync/memory-chat-store";

interface Place {
  readonly conversationId: ConversationId;
  readonly customer: ParticipantId;
  readonly agent: ParticipantId;
}
interface Subject {
  readonly store: ChatStore;
  open(): Promise<Place>;
}

contract("in memory", async () => ({
  subject: {
    store: new MemoryChatStore(),
    open: async () => ({
      conversationId: conversationIdSchema.parse(randomUUID()),
      customer: participantIdSchema.parse(randomUUID()),
      agent: participantIdSchema.parse(randomUUID()),
    }),
  },
  close: async () => undefined,
}));
for (const engine of ["postgres", "pglite"] as const) {
  contract(engine, async () => {
    const database = await openTestDatabase(engine);
    const open = () => insertConversation(database.db);
    return { subject: { store: createChatStore(), open }, close: () => database.close() };
  });
}

const text = (words: string) => ({ kind: "text" as const, text: words });

function contract(
  name: string,
  start: () => Promise<{ subject: Subject; close: () => Promise<void> }>,
): void {
  describe(`chat store ${name}`, () => {
    let subject: Subject;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ subject, close } = await start());
    });
    afterAll(() => close());

    const say = (place: Place, words: string, clientId: string = randomUUID()) =>
      subject.store.append(place.conversationId, {
        clientId,
        participantId: place.customer,
        body: text(words),
      });

    it("[SY20] numbers messages 1, 2, 3 without gaps, also when they come at once", async () => {
      const place = await subject.open();
      const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => say(place, `${index}`)));
      const seqs = answers.map((answer) => answer.message.seq).sort((a, b) => a - b);
      expect(seqs).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    });

    it("[SY21] a message sent again is stored once, also when both come at once", async () => {
      const place = await subject.open();
      const clientId = randomUUID();
      const answers = await Promise.all([say(place, "once", clientId), say(place, "once", clientId)]);
      answers.push(await say(place, "once", clientId));
      expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer.message.seq))).toEqual(new Set([1]));
      const next = await say(place, "next");
      expect(next.message.seq).toBe(2);
    });

    it("[SY23] lists the newest page, then the one before it", async () => {
      const place = await subject.open();
      for (let index = 1; index <= 5; index++) await say(place, `${index}`);
      const newest = await subject.store.list(place.conversationId, { before: null, limit: 2 });
      expect(newest.messages.map((message) => message.seq)).toEqual([4, 5]);
      expect(newest.hasEarlier).toBe(true);
      const first = await subject.store.list(place.conversationId, { before: 4, limit: 3 });
      expect(first.messages.map((message) => message.body)).toEqual([text("1"), text("2"), text("3")]);
      expect(first.hasEarlier).toBe(false);
    });

    it("[SY22] a receipt never goes back and never past the newest message", async () => {
      const place = await subject.open();
      await say(place, "one");
      await say(place, "two");
      const set = (deliveredSeq: number, seenSeq: number) =>
        subject.store.setReceipt(place.conversationId, { participantId: place.agent, deliveredSeq, seenSeq });
      expect(await set(1, 1)).toMatchObject({ deliveredSeq: 1, seenSeq: 1 });
      expect(await set(2, 0)).toMatchObject({ deliveredSeq: 2, seenSeq: 1 });
      expect(await set(99, 99)).toMatchObject({ deliveredSeq: 2, seenSeq: 2 });
      const stored = { participantId: place.agent, deliveredSeq: 2, seenSeq: 2 };
      expect(await subject.store.receipts(place.conversationId)).toEqual([stored]);
    });
  });
}
