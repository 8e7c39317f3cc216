import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { addMark } from "@/lib/panel/commands";
import { MAX_MARKS_PER_ITEM } from "@/lib/panel/limits";
import { readMark } from "@/lib/panel/schema";
import { conversationIdSchema, type ItemId, itemIdSchema, participantIdSchema } from "@/lib/protocol/ids";
import { drawMark } from "@/tests/support/sync/draw";
import { MemoryJournal } from "@/tests/support/sync/memory-journal";
import { random } from "@/tests/support/sync/random";
import { withItem } from "@/tests/support/sync/with-item";
import { PanelCheck } from "./check-panel";
import { checkUpdate } from "./check-update";
import { MalformedFrame } from "./frame";
import { readNewMark } from "./new-mark";
import { PanelIndex } from "./panel-index";
import { RoomDocument } from "./room-document";

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const HONEST = 20;
const MUTATIONS = 2_000;
const ITEM: ItemId = itemIdSchema.parse("item-0001");
const everything = new Uint8Array([0]);
const stored = await withItem(new MemoryJournal()).load(conversationIdSchema.parse(randomUUID()));
const [anna, bea] = [randomUUID(), randomUUID()].map((id) => participantIdSchema.parse(id)) as [never, never];

/** What the change makes of the document. */
function updateOf(doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array {
  let made = new Uint8Array();
  doc.once("update", (update: Uint8Array) => {
    made = new Uint8Array(update);
  });
  doc.transact(() => change(doc));
  return made;
}

/** A room, and a page that has loaded it. */
function world() {
  const room = new RoomDocument(stored);
  const page = new Y.Doc();
  Y.applyUpdate(page, room.missingFor(everything));
  const send = (update: Uint8Array, by = anna) => {
    const verdict = room.check(update, by, { editOthers: false, show: true });
    if (verdict.kind === "change") room.apply(update, verdict, by);
    return verdict;
  };
  const marks = () => {
    const late = new Y.Doc();
    Y.applyUpdate(late, room.missingFor(everything));
    return late.getMap("marks").toJSON();
  };
  return { room, page, send, marks };
}

it("[SY52] what another node has checked waits alike, on an item that is here, and in its turn", () => {
  const { room, page, send, marks } = world();
  const take = (update: Uint8Array) => room.applyOfPeer(update, [page.clientID], anna);
  const updates = Array.from({ length: 3 }, () => updateOf(page, (doc) => drawMark(doc, ITEM)));
  const [first, second, third] = updates as [Uint8Array, Uint8Array, Uint8Array];
  expect(take(first)).toEqual({ facts: [{ kind: "drawn", itemId: ITEM }], whole: true });
  // Again, and before its turn.
  expect(take(first)).toEqual({ facts: [], whole: true });
  expect(take(third)).toEqual({ facts: [], whole: false });
  expect(take(second).whole).toBe(true);
  expect(take(third).whole).toBe(true);
  expect(marks()).toEqual(page.getMap("marks").toJSON());

  const stray = updateOf(page, (doc) => drawMark(doc, "item-9999"));
  expect(take(stray)).toEqual({ facts: [], whole: true });
  expect(room.tidy().update.length).toBeGreaterThan(0);
  expect(Object.keys(marks())).toHaveLength(updates.length);
  // Its history goes on, and is hers alone.
  const next = updateOf(page, (doc) => drawMark(doc, ITEM));
  expect(send(next, bea)).toMatchObject({ kind: "refused", code: "forbidden" });
  expect(send(next)).toHaveProperty("mark");
});

it("[SY52] whoever comes is sent the new marks that wait, and the room says that it has them", () => {
  const { room, page, send, marks } = world();
  for (let count = 0; count < 3; count++) {
    expect(send(updateOf(page, (doc) => drawMark(doc, ITEM)))).toHaveProperty("mark");
  }
  expect(marks()).toEqual(page.getMap("marks").toJSON());
  expect(send(updateOf(page, (doc) => drawMark(doc, ITEM)))).toHaveProperty("mark");
  expect(Y.decodeStateVector(room.stateVector())).toEqual(Y.decodeStateVector(Y.encodeStateVector(page)));
});

it("[SY52] however many wait, all arrive, and each is one drawn mark", () => {
  const { room, page, marks } = world();
  for (let count = 0; count < 1_100; count++) {
    const update = updateOf(page, (doc) => drawMark(doc, ITEM, anna));
    const verdict = room.check(update, anna, { editOthers: false, show: true });
    if (verdict.kind !== "change") throw new Error("not taken");
    expect(room.apply(update, verdict, anna).facts).toEqual([{ kind: "drawn", itemId: ITEM }]);
  }
  expect(room.tidy().update.length).toBe(0);
  expect(marks()).toEqual(page.getMap("marks").toJSON());
});

it("[SY52] a check that looks at what waits finds it: whose it is, what builds on it, and that it is there", () => {
  const { page, send, marks } = world();
  const twin = new Y.Doc();
  Y.applyUpdate(twin, Y.encodeStateAsUpdate(page));
  let id = "";
  const drawn = updateOf(page, (doc) => {
    id = drawMark(doc, ITEM, anna);
  });
  expect(send(drawn)).toHaveProperty("mark");
  // Under the same id, by somebody who has not heard of it.
  const mark = readMark(id, page.getMap("marks").get(id));
  if (mark === null) throw new Error("unreadable");
  const copied = updateOf(twin, (doc) => addMark(doc, { name: "test" }, { ...mark, author: bea }));
  expect(send(copied, bea)).toEqual({ kind: "refused", code: "forbidden" });
  expect(send(updateOf(page, (doc) => drawMark(doc, ITEM, anna)))).toHaveProperty("mark");
  expect(send(drawn).kind).toBe("nothing");
  const theirs = new Y.Doc();
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(page));
  const erased = updateOf(theirs, (doc) => doc.getMap("marks").delete(id));
  expect(send(erased, bea)).toEqual({ kind: "refused", code: "forbidden" });
  expect(send(updateOf(page, (doc) => drawMark(doc, ITEM, anna)))).toHaveProperty("mark");
  const moved = updateOf(page, (doc) => (doc.getMap("marks").get(id) as Y.Map<unknown>).set("x", 7));
  expect(send(moved).kind).toBe("change");
  expect(marks()).toEqual(page.getMap("marks").toJSON());
});

it("[SY52] an item that is removed takes the marks along that wait", () => {
  const { room, page, send, marks } = world();
  expect(send(updateOf(page, (doc) => drawMark(doc, ITEM, anna)))).toHaveProperty("mark");
  expect(room.removeItem(ITEM, anna, 0).update.length).toBeGreaterThan(0);
  expect(marks()).toEqual({});
});

it("[SY52] a mark continues its writer's own history, and nobody else's, also while it waits", () => {
  const { page, send } = world();
  const first = updateOf(page, (doc) => drawMark(doc, ITEM, anna));
  const second = updateOf(page, (doc) => drawMark(doc, ITEM));
  expect(send(second).kind).toBe("missing");
  expect(send(first)).toHaveProperty("mark");
  expect(send(second, bea)).toEqual({ kind: "refused", code: "forbidden" });
  expect(send(second)).toHaveProperty("mark");
});

it("[SY52] what waits counts towards the marks that an item takes", () => {
  const { page, send } = world();
  for (let count = 0; count < MAX_MARKS_PER_ITEM; count++) {
    if (send(updateOf(page, (doc) => drawMark(doc, ITEM, anna))).kind !== "change")
      throw new Error("refused");
  }
  expect(send(updateOf(page, (doc) => drawMark(doc, ITEM, anna)))).toEqual({
    kind: "refused",
    code: "panel_full",
  });
});

it(`[SY53] whatever bytes are taken for a new mark, Yjs and the whole check read as that one (SEED=${seed})`, () => {
  const next = random(seed);
  const below = (end: number) => Math.floor(next() * end);
  const base = new Y.Doc();
  for (const { update } of stored.updates) Y.applyUpdate(base, update);
  const index = new PanelIndex(base);
  const room = new RoomDocument(stored);
  const honest = Array.from({ length: HONEST }, () =>
    updateOf(new Y.Doc(), (doc) => drawMark(doc, ITEM, anna)),
  );
  let recognised = 0;
  for (let count = 0; count < MUTATIONS; count++) {
    const update = new Uint8Array(honest[below(HONEST)] ?? []);
    for (let left = below(3); left > 0; left--) update[below(update.length)] = below(256);
    let mark: ReturnType<typeof readNewMark> = null;
    try {
      const verdict = room.check(update, anna, { editOthers: false, show: true });
      mark = verdict.kind === "change" ? (verdict.mark?.piece ?? null) : null;
    } catch (error) {
      if (!(error instanceof MalformedFrame)) throw error;
    }
    if (mark === null) continue;
    recognised++;
    const check = new PanelCheck(index, { participantId: anna, editOthers: false, show: true });
    expect(checkUpdate(base, update, check)).toEqual({ kind: "change", adds: true, clients: [mark.client] });
    const reader = new Y.Doc();
    Y.applyUpdate(reader, update);
    expect(reader.store.pendingStructs).toBeNull();
    expect(Y.getState(reader.store, mark.client)).toBe(mark.clock + mark.length);
    expect(reader.getMap("marks").toJSON()).toEqual({ [mark.id]: Object.fromEntries(mark.fields) });
  }
  expect(recognised).toBeGreaterThan(MUTATIONS / 4);
});

it("[SY53] only bytes as Yjs writes them are taken for a new mark: not cut short, not longer, no other form", () => {
  const update = updateOf(new Y.Doc(), (doc) => drawMark(doc, ITEM, anna));
  expect(readNewMark(update)).toMatchObject({ clock: 0, fields: expect.any(Map) });
  for (let end = 0; end < update.length; end++) expect(readNewMark(update.subarray(0, end))).toBeNull();
  expect(readNewMark(Buffer.concat([update, new Uint8Array(1)]))).toBeNull();
  // The number of clients in nine bytes: Yjs reads it otherwise, or not at all.
  const long = Buffer.concat([Buffer.from("818080808080808000", "hex"), update.subarray(1)]);
  expect(readNewMark(long)).toBeNull();
});
