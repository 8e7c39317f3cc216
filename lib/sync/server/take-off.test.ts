import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { changeMarks } from "@/lib/panel/commands";
import { sampleItem } from "@/lib/panel/samples";
import { itemsOf, readItems, readMarks, readShown } from "@/lib/panel/schema";
import { assetIdSchema, type ItemId, itemIdSchema, participantIdSchema } from "@/lib/protocol/ids";
import type { Room } from "@/lib/sync/client/room";
import { drawMark } from "@/tests/support/sync/draw";
import { until } from "@/tests/support/sync/until";
import { markIds, startWorld, type World } from "@/tests/support/sync/world";
import { RoomDocument } from "./room-document";
import { MAX_KEPT, RESTORE_WITHIN_MS } from "./taken-off-items";

let world: World;
let anna: Room;
let bea: Room;
beforeEach(async () => {
  world = await startWorld({}, { empty: true });
  anna = world.open(world.claims("agent"));
  bea = world.open(world.claims("customer"));
  await until("both are in", () => anna.getSnapshot().synced && bea.getSnapshot().synced);
});
afterEach(() => world.close());

/** Anna shows the product, Bea her photo. */
async function showBoth(): Promise<{ product: ItemId; photo: ItemId }> {
  await anna.request({ type: "show-product", productId: world.productId, pictureIndex: 0 });
  await until("shown", () => readShown(bea.doc) !== null);
  const product = itemIdSchema.parse(readShown(bea.doc));
  await bea.request({ type: "show-asset", assetId: world.assetId });
  await until("both are there", () => readItems(anna.doc).length === 2);
  return { product, photo: itemIdSchema.parse(readShown(anna.doc)) };
}

const remove = (room: Room, itemId: ItemId) => room.request({ type: "remove-item", itemId });
const restore = (room: Room, itemId: ItemId) => room.request({ type: "restore-item", itemId });
const you = (room: Room) => room.getSnapshot().you ?? "";

describe("an item that was removed", () => {
  it("[SY100] is restored by who removed it: the same one, shown, with everybody's marks", async () => {
    const { photo } = await showBoth();
    drawMark(anna.doc, photo, you(anna));
    drawMark(bea.doc, photo, you(bea));
    await until("drawn", () => [anna, bea].every(({ doc }) => markIds(doc).length === 2));
    const before = { items: readItems(anna.doc), marks: readMarks(anna.doc, photo) };
    await remove(bea, photo);
    await until("gone", () => readItems(anna.doc).length === 1 && markIds(anna.doc).length === 0);
    await restore(bea, photo);
    await until("back", () => [anna, bea].every(({ doc }) => markIds(doc).length === 2));
    for (const { doc } of [anna, bea]) {
      expect(readItems(doc)).toEqual(before.items);
      expect(readMarks(doc, photo)).toEqual(before.marks);
      expect(readShown(doc)).toBe(photo);
    }
    // They are as good as any: hers to change, and kept over a restart.
    const own = before.marks.find(({ author }) => author === you(bea));
    if (!own) throw new Error("Bea has drawn");
    changeMarks(bea.doc, { name: "bea" }, new Map([[own.id, { x: 55 }]]));
    await until("moved", () => readMarks(anna.doc, photo).some(({ id, x }) => id === own.id && x === 55));
    await until("saved", () => !bea.getSnapshot().unsaved);
    const { snapshot, updates } = await world.stored();
    const later = new RoomDocument({ snapshot, updates });
    expect(later.findItem(photo)).not.toBeNull();
    expect(bea.getSnapshot().lastRefusal).toBeNull();
  });

  it("[SY100] is restored once, and only by who removed it", async () => {
    const { photo, product } = await showBoth();
    await expect(restore(anna, product)).rejects.toMatchObject({ code: "not_found" });
    await remove(anna, photo);
    await expect(restore(bea, photo)).rejects.toMatchObject({ code: "forbidden" });
    const other = world.open(world.claims("agent"));
    await until("in", () => other.getSnapshot().synced);
    await expect(restore(other, photo)).rejects.toMatchObject({ code: "forbidden" });
    await restore(anna, photo);
    await expect(restore(anna, photo)).rejects.toMatchObject({ code: "not_found" });
    expect(readItems(anna.doc)).toHaveLength(2);
  });

  it("[SY100] stays off when the conversation has ended meanwhile", async () => {
    const { photo } = await showBoth();
    await remove(bea, photo);
    await anna.request({ type: "end" });
    await expect(restore(bea, photo)).rejects.toMatchObject({ code: "conversation_closed" });
    expect(readItems(anna.doc)).toHaveLength(1);
  });

  it("[SY100] has its marks counted once, by who drew them", async () => {
    const { photo, product } = await showBoth();
    drawMark(bea.doc, photo, you(bea));
    const drawn = () => world.events.filter(({ type }) => type === "mark_drawn");
    await until("recorded", () => drawn().length === 1);
    await remove(anna, photo);
    await restore(anna, photo);
    drawMark(anna.doc, product, you(anna));
    await until("what came after is recorded", () => drawn().length === 2);
    expect(drawn().map(({ participantId, itemId }) => [participantId, itemId])).toEqual([
      [you(bea), photo],
      [you(anna), product],
    ]);
  });
});

describe("what a room keeps of it", () => {
  const [first, second] = [randomUUID(), randomUUID()].map((id) => participantIdSchema.parse(id)) as [
    never,
    never,
  ];
  const NOW = 1_700_000_000_000;

  function roomOf(count: number) {
    const room = new RoomDocument({ snapshot: null, updates: [] });
    const ids: ItemId[] = [];
    for (let number = 0; number < count; number++) {
      const source = { ...sampleItem(), assetId: assetIdSchema.parse(randomUUID()), page: null };
      const newId = () => itemIdSchema.parse(`item-${String(number).padStart(4, "0")}`);
      ids.push(room.putItem(source, first, newId).itemId);
    }
    const page = new Y.Doc();
    Y.applyUpdate(page, room.missingFor(new Uint8Array([0])));
    return { room, page, ids: ids as [ItemId, ...ItemId[]] };
  }

  it("[SY100] is given out for RESTORE_WITHIN_MS, and of the last MAX_KEPT only", () => {
    const { room, ids } = roomOf(MAX_KEPT + 1);
    for (const [index, id] of ids.entries()) room.removeItem(id, first, NOW + index);
    expect(room.findTakenOff(ids[0], NOW)).toBeNull();
    const last = ids.at(-1) ?? ids[0];
    const until = NOW + MAX_KEPT + RESTORE_WITHIN_MS;
    expect(room.findTakenOff(last, until)).toMatchObject({ id: last, by: first });
    expect(room.findTakenOff(last, until + 1)).toBeNull();
  });

  it("[SY100] holds what somebody drew on it before she knew", () => {
    const { room, page, ids } = roomOf(2);
    const [photo] = ids;
    room.removeItem(photo, first, NOW);
    let late = new Uint8Array();
    page.once("update", (update: Uint8Array) => {
      late = new Uint8Array(update);
    });
    const id = drawMark(page, photo, second);
    const verdict = room.check(late, second, { editOthers: false, show: true });
    if (verdict.kind !== "change") throw new Error(`not taken: ${verdict.kind}`);
    room.apply(late, verdict, second);
    // As it was before: taken, and taken back.
    expect(room.tidy().update.length).toBeGreaterThan(0);
    const taken = room.findTakenOff(photo, NOW);
    if (taken === null) throw new Error("it was taken off just now");
    const change = room.putBack(taken);
    expect(change.facts.map(({ kind }) => kind)).not.toContain("drawn");
    const copy = new Y.Doc();
    Y.applyUpdate(copy, room.missingFor(new Uint8Array([0])));
    expect(readMarks(copy, photo).map((mark) => [mark.id, mark.author])).toEqual([[id, second]]);
    expect(itemsOf(copy).size).toBe(2);
    expect(room.tidy().update.length).toBe(0);
  });
});
