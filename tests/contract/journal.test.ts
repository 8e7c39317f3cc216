/** The Journal port: in memory, in PostgreSQL and in the embedded database alike. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { deleteOldHistory } from "@/lib/conversations/panel-history";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import {
  type ConversationId,
  conversationIdSchema,
  type ParticipantId,
  participantIdSchema,
} from "@/lib/protocol/ids";
import type { Journal, JournalUpdate, StoredPanel } from "@/lib/sync/server/ports";
import { applyStored, mergeStored } from "@/lib/sync/server/stored-panel";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { insertConversation } from "@/tests/support/sync/conversation-row";
import { MemoryJournal } from "@/tests/support/sync/memory-journal";

/** Milliseconds since 1970. */
const START = 1_700_000_000_000;

interface Subject {
  readonly journal: Journal;
  open(): Promise<{ conversationId: ConversationId; by: ParticipantId }>;
  /** Everything ever appended to the conversation, oldest first. */
  history(conversationId: ConversationId): Promise<Pick<JournalUpdate, "participantId" | "at">[]>;
}

contract("in memory", async () => {
  const journal = new MemoryJournal();
  const open = async () => ({
    conversationId: conversationIdSchema.parse(randomUUID()),
    by: participantIdSchema.parse(randomUUID()),
  });
  const history = async (conversationId: ConversationId) =>
    journal.history.filter((row) => row.conversationId === conversationId);
  return { subject: { journal, open, history }, close: async () => undefined };
});
for (const engine of ["postgres", "pglite"] as const) {
  contract(engine, async () => {
    const database: TestDatabase = await openTestDatabase(engine);
    const open = async () => {
      const { conversationId, customer } = await insertConversation(database.db);
      return { conversationId, by: customer };
    };
    const history = async (conversationId: ConversationId) => {
      const rows = await database.db.panelUpdate.findMany({
        where: { conversationId },
        orderBy: { id: "asc" },
      });
      return rows.map((row) => ({
        participantId: row.participantId === null ? null : participantIdSchema.parse(row.participantId),
        at: row.receivedAt.getTime(),
      }));
    };
    return { subject: { journal: createPanelJournal(), open, history }, close: () => database.close() };
  });

  describe(`journal ${engine}, where conversations are rows`, () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await openTestDatabase(engine);
    });
    afterAll(() => database.close());

    it("[SY43] an update of a conversation that is gone is not found, and nothing of its batch is stored", async () => {
      const journal = createPanelJournal();
      const [update = new Uint8Array()] = updates(1);
      const place = await insertConversation(database.db);
      const gone = conversationIdSchema.parse(randomUUID());
      const batch = [place.conversationId, gone].map((conversationId) => ({
        conversationId,
        participantId: place.agent,
        at: 1,
        update,
      }));
      await expect(journal.append(batch)).rejects.toMatchObject({ code: "not_found" });
      expect((await journal.load(place.conversationId)).updates).toEqual([]);
    });

    it("[SY45] history of conversations closed more than 400 days ago is deleted, what they show stays", async () => {
      const journal = createPanelJournal();
      const now = new Date();
      const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
      const place = async (status: string, closedAt: Date | null) => {
        const { conversationId } = await insertConversation(database.db);
        await database.db.conversation.update({ where: { id: conversationId }, data: { status, closedAt } });
        const [first, second, late] = updates(3).map((update) => ({
          conversationId,
          participantId: null,
          at: 1,
          update,
        }));
        if (!first || !second || !late) throw new Error("three were asked for");
        await journal.append([first, second]);
        await journal.compact(conversationId, mergeStored);
        await journal.append([late]);
        return conversationId;
      };
      const old = await place("closed", daysAgo(401));
      const recent = await place("closed", daysAgo(399));
      const open = await place("open", null);
      const rows = (conversationId: ConversationId) =>
        database.db.panelUpdate.count({ where: { conversationId } });
      expect(await deleteOldHistory(now)).toBe(2);
      expect([await rows(old), await rows(recent), await rows(open)]).toEqual([1, 3, 3]);
      expect(Object.keys(read(await journal.load(old)))).toHaveLength(3);
    });
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

function read(panel: StoredPanel): Record<string, unknown> {
  const doc = new Y.Doc();
  applyStored(doc, panel);
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

    /** Every second one by `by`, the others by the server; one a millisecond. */
    const batch = (conversationId: ConversationId, by: ParticipantId, parts: readonly Uint8Array[]) =>
      parts.map((update, index) => ({
        conversationId,
        participantId: index % 2 ? by : null,
        at: START + index,
        update,
      }));
    const append = async (parts: readonly Uint8Array[]) => {
      const { conversationId, by } = await subject.open();
      await subject.journal.append(batch(conversationId, by, parts));
      return { conversationId, by };
    };
    const loose = (parts: readonly Uint8Array[]): StoredPanel => ({
      snapshot: null,
      updates: parts.map((update) => ({ participantId: null, update })),
    });

    it("loads nothing of a conversation without updates", async () => {
      const { conversationId } = await subject.open();
      expect(await subject.journal.load(conversationId)).toEqual({ snapshot: null, updates: [] });
    });

    it("[SY41] loads what was appended, byte for byte, in order, and of this conversation only", async () => {
      const parts = updates(5);
      const [one, other] = [await subject.open(), await subject.open()];
      const mixed = batch(one.conversationId, one.by, parts).flatMap((entry) => [
        ...batch(other.conversationId, other.by, updates(1)),
        entry,
      ]);
      await subject.journal.append(mixed);
      const { updates: loaded } = await subject.journal.load(one.conversationId);
      expect(loaded.map(({ update }) => Buffer.from(update).toString("hex"))).toEqual(
        parts.map((part) => Buffer.from(part).toString("hex")),
      );
      expect(loaded.map(({ participantId }) => participantId)).toEqual([null, one.by, null, one.by, null]);
    });

    it("[SY14] a compacted journal reads the same from one part", async () => {
      const parts = updates(40);
      const { conversationId } = await append(parts);
      await subject.journal.compact(conversationId, mergeStored);
      const loaded = await subject.journal.load(conversationId);
      expect(loaded.updates).toEqual([]);
      expect(read(loaded)).toEqual(read(loose(parts)));
    });

    it("[SY14] what is appended after or during a compaction stays", async () => {
      const parts = updates(30);
      const { conversationId, by } = await append(parts.slice(0, 10));
      await subject.journal.compact(conversationId, mergeStored);
      await Promise.all([
        subject.journal.append(batch(conversationId, by, parts.slice(10, 20))),
        subject.journal.compact(conversationId, mergeStored),
        subject.journal.append(batch(conversationId, by, parts.slice(20))),
      ]);
      await subject.journal.compact(conversationId, mergeStored);
      expect(read(await subject.journal.load(conversationId))).toEqual(read(loose(parts)));
    });

    it("[SY14] of two compactions at once the first to end is kept, and nothing that it held is lost", async () => {
      const parts = updates(20);
      const { conversationId, by } = await append(parts.slice(0, 10));
      await subject.journal.compact(conversationId, async (early) => {
        await subject.journal.append(batch(conversationId, by, parts.slice(10)));
        await subject.journal.compact(conversationId, mergeStored);
        return mergeStored(early);
      });
      expect(read(await subject.journal.load(conversationId))).toEqual(read(loose(parts)));
    });

    it("[SY102] while one journal is merged others are appended to", async () => {
      const { conversationId } = await append(updates(4));
      const other = await subject.open();
      await subject.journal.compact(conversationId, async (panel) => {
        await subject.journal.append(batch(other.conversationId, other.by, updates(2)));
        return mergeStored(panel);
      });
      expect((await subject.journal.load(conversationId)).updates).toEqual([]);
      expect((await subject.journal.load(other.conversationId)).updates).toHaveLength(2);
    });

    it("[SY44] every update keeps its author and its time, also when it is compacted", async () => {
      const { conversationId, by } = await append(updates(4));
      await subject.journal.compact(conversationId, mergeStored);
      await subject.journal.append(batch(conversationId, by, updates(2)));
      await subject.journal.compact(conversationId, mergeStored);
      const rows = await subject.history(conversationId);
      expect(rows.map(({ participantId, at }) => [participantId, at])).toEqual([
        [null, START],
        [by, START + 1],
        [null, START + 2],
        [by, START + 3],
        [null, START],
        [by, START + 1],
      ]);
    });

    it("[SY46] a snapshot keeps whom each Yjs client id belongs to", async () => {
      const { conversationId, by } = await subject.open();
      const doc = new Y.Doc();
      doc.getMap("marks").set("mark", 1);
      await subject.journal.append([
        { conversationId, participantId: by, at: START, update: Y.encodeStateAsUpdate(doc) },
      ]);
      expect(applyStored(new Y.Doc(), await subject.journal.load(conversationId)).get(doc.clientID)).toBe(by);
      await subject.journal.compact(conversationId, mergeStored);
      const { snapshot } = await subject.journal.load(conversationId);
      expect([...(snapshot?.owners ?? [])]).toEqual([[doc.clientID, by]]);
    });

    it("compacting an empty journal does nothing", async () => {
      const { conversationId } = await subject.open();
      await subject.journal.compact(conversationId, mergeStored);
      expect(await subject.journal.load(conversationId)).toEqual({ snapshot: null, updates: [] });
    });
  });
}
