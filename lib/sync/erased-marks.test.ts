import { randomFillSync, randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { putItem, removeMarks } from "@/lib/panel/commands";
import { ERASED_MARK_BYTES } from "@/lib/panel/limits";
import { sampleItem } from "@/lib/panel/samples";
import { marksOf, newMarkId } from "@/lib/panel/schema";
import { type MarkId, type ParticipantId, participantIdSchema } from "@/lib/protocol/ids";
import { MAX_PANEL_BYTES } from "@/lib/protocol/limits";
import type { StoredPanel } from "@/lib/sync/server/ports";
import { RoomDocument } from "@/lib/sync/server/room-document";
import { mergeStored } from "@/lib/sync/server/stored-panel";

/** A day's drawing. */
const STROKES = 100_000;
const AT_ONCE = 2_500;
/** A page is opened anew, with a Yjs client id of its own, after as many strokes. */
const PAGE_STROKES = 25_000;
/** Of the item, and of what is drawn last. */
const REST_BYTES = 2_048;

/** Nine seconds of computing, on a machine that may do other things too. */
const TIMEOUT_MS = 120_000;

const item = sampleItem();
const origin = { name: "test" };
const people = Array.from({ length: 2 }, () => participantIdSchema.parse(randomUUID()));

function updatesOf(doc: Y.Doc, change: () => void): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const collect = (update: Uint8Array) => updates.push(update);
  doc.on("update", collect);
  change();
  doc.off("update", collect);
  return updates;
}

/** As little of a mark as is taken: what becomes of an erased one's fields does not depend on how many it had. */
function draw(doc: Y.Doc, author: ParticipantId): MarkId {
  const id = newMarkId((bytes) => randomFillSync(bytes));
  marksOf(doc).set(
    id,
    new Y.Map([
      ["item", item.id],
      ["author", author],
    ]),
  );
  return id;
}

it(
  "[SY80] a panel on which 100,000 strokes were drawn and erased takes ERASED_MARK_BYTES for each, live and stored",
  async () => {
    const first = new Y.Doc();
    const [seed = new Uint8Array()] = updatesOf(first, () => putItem(first, origin, item));
    let stored: StoredPanel = { snapshot: null, updates: [{ participantId: null, update: seed }] };
    const room = new RoomDocument(stored);
    const updates: { participantId: ParticipantId; update: Uint8Array }[] = [];
    for (let drawn = 0; drawn < STROKES; drawn += PAGE_STROKES) {
      const by = people[(drawn / PAGE_STROKES) % 2] ?? people[0];
      if (!by) throw new Error("nobody draws");
      const page = new Y.Doc();
      const send = (change: () => void) => {
        for (const update of updatesOf(page, () => page.transact(change))) {
          const verdict = room.check(update, by, { editOthers: false, show: true });
          if (verdict.kind !== "change") throw new Error(`not taken: ${JSON.stringify(verdict)}`);
          room.apply(update, verdict, by);
          updates.push({ participantId: by, update });
        }
      };
      for (let count = 0; count < PAGE_STROKES; count += AT_ONCE) {
        let ids: MarkId[] = [];
        send(() => {
          ids = Array.from({ length: AT_ONCE }, () => draw(page, by));
        });
        send(() => removeMarks(page, origin, ids));
      }
      stored = {
        snapshot: await mergeStored({ ...stored, updates: [...stored.updates, ...updates] }),
        updates: [],
      };
      updates.length = 0;
    }
    const most = STROKES * ERASED_MARK_BYTES + REST_BYTES;
    expect(most).toBeLessThan(MAX_PANEL_BYTES / 2);
    expect(room.missingFor(new Uint8Array([0])).length).toBeLessThan(most);
    expect(stored.snapshot?.state.length).toBeLessThan(most);
    expect(stored.snapshot?.owners.size).toBe(STROKES / PAGE_STROKES);
    expect(room.hasRoomFor(MAX_PANEL_BYTES / 2)).toBe(true);
    const again = new RoomDocument(stored);
    expect(again.missingFor(new Uint8Array([0])).length).toBeLessThan(most);
    expect(again.stateVector()).toEqual(room.stateVector());
  },
  TIMEOUT_MS,
);
