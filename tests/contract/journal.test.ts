/** The Journal port: in memory, in PostgreSQL and in the embedded database alike. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { type ConversationId, conversationIdSchema, type ParticipantId } from "@/lib/protocol/ids";
import type { Journal } from "@/lib/sync/server/ports";
import { mergeParts } from "@/lib/sync/server/room-document";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { insertConversation } from "@/tests/support/sync/conversation-row";
import { MemoryJournal } from "@/tests/support/sync/memory-journal";

interface Subject {
  readonly journal: Journal;
  open(): Promise<{ conversationId: ConversationId; by: ParticipantId | null }>;
}

contract("in memory", async () => ({
  subject: {
    journal: new MemoryJournal(),
    open: async () => ({ conversationId: conversationIdSchema.parse(randomUUID()), by: null }),
  },
  close: async () => undefined,
}));
for (const engine of ["postgres", "pglite"] as const) {
  contract(engine, async () => {
    const database: TestDatabase = await openTestDatabase(engine);
    const open = async () => {
      const { conversationId, customer } = await insertConversation(database.db);
      return { conversationId, by: customer };
    };
    return { subject: { journal: createPanelJournal(), open }, close: () => database.close() };
  });
}

/** Updates of one document, each setting one key. */
function updates(count: number): Uint8Array[] {
  const doc = new Y.Doc();
  const list: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => list.push(update));
  for (let index = 0; index < count; index++) doc.getMap("marks").set(`mark-${index}`, index);
  return list;
}

function read(parts: readonly Uint8Array[]): Record<string, unknown> {
  const doc = new Y.Doc();
  for (const part of parts) Y.applyUpdate(doc, part);
  return doc.getMap("marks").toJSON();
}

function contract(
  name: string,
  start: () => Promise<{ subject: Subject; close: () => Promise<void> }>,
): void {
  describe(`journal ${name}`, () => {
    let subject: Subject;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ subject, close } = await start());
    });
    afterAll(() => close());

    const append = async (parts: readonly Uint8Array[]) => {
      const { conversationId, by } = await subject.open();
      await subject.journal.append(
        conversationId,
        parts.map((update, index) => ({ participantId: index % 2 ? by : null, update })),
      );
      return conversationId;
    };

    it("loads nothing of a conversation without updates", async () => {
      const { conversationId } = await subject.open();
      expect(await subject.journal.load(conversationId)).toHaveLength(0);
    });

    it("[SY10] loads what was appended, byte for byte, and of this conversation only", async () => {
      const parts = updates(5);
      const conversationId = await append(parts);
      await append(updates(2));
      const loaded = await subject.journal.load(conversationId);
      expect(loaded.map((part) => Buffer.from(part).toString("hex"))).toEqual(
        parts.map((part) => Buffer.from(part).toString("hex")),
      );
    });

    it("[SY14] a compacted journal reads the same from one part", async () => {
      const parts = updates(40);
      const conversationId = await append(parts);
      await subject.journal.compact(conversationId, mergeParts);
      const loaded = await subject.journal.load(conversationId);
      expect(loaded).toHaveLength(1);
      expect(read(loaded)).toEqual(read(parts));
    });

    it("[SY14] what is appended after or during a compaction stays", async () => {
      const parts = updates(30);
      const conversationId = await append(parts.slice(0, 10));
      await subject.journal.compact(conversationId, mergeParts);
      const rest = parts.slice(10).map((update) => ({ participantId: null, update }));
      await Promise.all([
        subject.journal.append(conversationId, rest.slice(0, 10)),
        subject.journal.compact(conversationId, mergeParts),
        subject.journal.append(conversationId, rest.slice(10)),
      ]);
      await subject.journal.compact(conversationId, mergeParts);
      expect(read(await subject.journal.load(conversationId))).toEqual(read(parts));
    });

    it("compacting an empty journal does nothing", async () => {
      const { conversationId } = await subject.open();
      await subject.journal.compact(conversationId, mergeParts);
      expect(await subject.journal.load(conversationId)).toHaveLength(0);
    });
  });
}
