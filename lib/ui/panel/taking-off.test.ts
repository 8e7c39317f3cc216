import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { addMark, putItem } from "@/lib/panel/commands";
import { sampleItem, sampleMark } from "@/lib/panel/samples";
import { putBack, type TakenOff, takeOff } from "@/lib/panel/taken-off";
import { AppError } from "@/lib/protocol/errors";
import { type ItemId, itemIdSchema, markIdSchema, participantIdSchema } from "@/lib/protocol/ids";
import { type ParticipantRole, rightsOf } from "@/lib/protocol/roles";
import type { RoomRequest } from "@/lib/sync/client/room";
import { cell } from "./cell";
import { bindDocument } from "./document-binding";
import { createTakingOff, type TakingOff, TOLD_MS, UNDO_MS } from "./taking-off";

const server = { name: "server" };
const you = participantIdSchema.parse("00000000-0000-4000-8000-000000000002");
const [boots, coat, belt] = ["item-0001", "item-0002", "item-0003"].map((id) => itemIdSchema.parse(id)) as [
  ItemId,
  ItemId,
  ItemId,
];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A panel with three items that the agent `you` put there, and a server that does as it is asked unless told otherwise. */
function open({ role = "agent", silent = false }: { role?: ParticipantRole; silent?: boolean } = {}) {
  const doc = new Y.Doc();
  for (const [index, id] of [boots, coat, belt].entries())
    putItem(doc, server, sampleItem({ id, title: id, order: index + 1, addedBy: you }));
  const binding = cell(bindDocument(doc));
  const kept = new Map<ItemId, TakenOff>();
  const asked: RoomRequest[] = [];
  const state = { refuses: false };
  const remove = (id: ItemId) => {
    const taken = takeOff(doc, server, id, 0);
    if (taken) kept.set(id, taken);
  };
  const restore = (id: ItemId) => {
    const taken = kept.get(id);
    if (taken) putBack(doc, server, taken);
  };
  const takingOff = createTakingOff({
    binding,
    snapshot: { get: () => ({ rights: rightsOf(role, { closed: false, drawingLocked: false }), you }) },
    async request(request) {
      asked.push(request);
      if (state.refuses) throw new AppError("unavailable");
      if (request.type === "remove-item") remove(request.itemId);
      if (request.type === "restore-item") restore(request.itemId);
    },
    silent,
  });
  return { doc, binding, takingOff, asked, state, remove, restore };
}

/** What the line says: kind, whose, and of which items. */
function told({ news }: TakingOff) {
  const current = news.get();
  if (current.kind === "gone" || current.kind === "back")
    return [current.kind, current.own, ...current.items.map(({ id }) => id)];
  return [current.kind];
}

describe("undoing", () => {
  it("[PA59] is offered for ten seconds to who took it off, and brings it back once", async () => {
    const { takingOff, asked } = open();
    expect(takingOff.undo()).toBe(false);
    expect(takingOff.begin(belt)).toBe(true);
    expect(told(takingOff)).toEqual(["gone", true, belt]);
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
    expect(takingOff.undo()).toBe(true);
    expect(takingOff.undo()).toBe(false);
    expect(told(takingOff)).toEqual(["back", true, belt]);
    expect(asked.map(({ type }) => type)).toEqual(["remove-item", "restore-item"]);
    takingOff.begin(belt);
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(told(takingOff)).toEqual(["nothing"]);
    expect(takingOff.undo()).toBe(false);
  });

  it("[PA59] stays offered while she is at the button", async () => {
    const { takingOff } = open();
    takingOff.begin(belt);
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
    takingOff.hold(true);
    await vi.advanceTimersByTimeAsync(5 * UNDO_MS);
    expect(told(takingOff)).toEqual(["gone", true, belt]);
    takingOff.hold(false);
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(told(takingOff)).toEqual(["nothing"]);
  });

  it("[PA59] brings back all that went within that time, the last first, whatever others take off meanwhile", async () => {
    const { takingOff, asked, remove } = open();
    takingOff.begin(belt);
    takingOff.begin(coat);
    remove(boots);
    expect(told(takingOff)).toEqual(["gone", true, belt, coat]);
    takingOff.undo();
    expect(asked.slice(2)).toEqual([
      { type: "restore-item", itemId: coat },
      { type: "restore-item", itemId: belt },
    ]);
    expect(told(takingOff)).toEqual(["back", true, coat, belt]);
  });

  it("[PA59] says when it did not come back, and when it did not go", async () => {
    const { takingOff, state, doc } = open();
    takingOff.begin(belt);
    state.refuses = true;
    takingOff.undo();
    await vi.advanceTimersByTimeAsync(0);
    expect(told(takingOff)).toEqual(["not-back"]);
    takingOff.begin(coat);
    await vi.advanceTimersByTimeAsync(0);
    expect(told(takingOff)).toEqual(["not-gone"]);
    await vi.advanceTimersByTimeAsync(TOLD_MS);
    expect(told(takingOff)).toEqual(["nothing"]);
    // Refused because somebody else was quicker: it is gone, as she wanted.
    takingOff.begin(coat);
    takeOff(doc, server, coat, 0);
    await vi.advanceTimersByTimeAsync(0);
    expect(told(takingOff)[0]).toBe("gone");
  });
});

describe("the others", () => {
  it("[PA59] are told what went and what is back, and cannot undo it", async () => {
    const { takingOff, remove, restore } = open({ role: "customer" });
    remove(belt);
    remove(coat);
    expect(told(takingOff)).toEqual(["gone", false, belt, coat]);
    expect(takingOff.undo()).toBe(false);
    restore(coat);
    expect(told(takingOff)).toEqual(["back", false, coat]);
    await vi.advanceTimersByTimeAsync(TOLD_MS);
    expect(told(takingOff)).toEqual(["nothing"]);
  });

  it("[PA59] are told nothing of what is new, of another document, and in a film", () => {
    const live = open();
    putItem(live.doc, server, sampleItem({ id: itemIdSchema.parse("item-0004"), order: 4 }));
    const next = new Y.Doc();
    putItem(next, server, sampleItem({ id: boots }));
    live.binding.set(bindDocument(next));
    expect(told(live.takingOff)).toEqual(["nothing"]);
    takeOff(next, server, boots, 0);
    expect(told(live.takingOff)).toEqual(["gone", false, boots]);
    const film = open({ silent: true });
    film.remove(belt);
    expect(told(film.takingOff)).toEqual(["nothing"]);
  });
});

describe("asking first", () => {
  const mark = (author: string, number: number) =>
    sampleMark({ id: markIdSchema.parse(`mark-000${number}`), item: coat, author });

  it("[PA58] is done where others have drawn, with how much of theirs would go along", () => {
    const { doc, takingOff, asked } = open();
    addMark(doc, server, mark(you, 1));
    addMark(doc, server, mark("somebody", 2));
    addMark(doc, server, mark("", 3));
    takingOff.begin(coat);
    expect(takingOff.news.get()).toMatchObject({ kind: "asking", item: { id: coat }, others: 2 });
    expect(asked).toEqual([]);
    takingOff.answer(false);
    expect([told(takingOff), asked]).toEqual([["nothing"], []]);
    takingOff.begin(coat);
    takingOff.answer(true);
    expect(told(takingOff)).toEqual(["gone", true, coat]);
  });

  it("[PA58] is left out where only her own would go, and ends when the item goes by itself", async () => {
    const { doc, takingOff, remove } = open();
    addMark(doc, server, mark(you, 1));
    takingOff.begin(coat);
    expect(told(takingOff)).toEqual(["gone", true, coat]);
    takingOff.undo();
    addMark(doc, server, mark("somebody", 2));
    takingOff.begin(coat);
    await vi.advanceTimersByTimeAsync(10 * UNDO_MS);
    remove(belt);
    expect(told(takingOff)).toEqual(["asking"]);
    remove(coat);
    expect(told(takingOff)).toEqual(["gone", false, coat]);
  });
});

it("[PA57] begins nothing for who may not, or what is not there", () => {
  for (const role of ["companion", "supervisor"] as const) {
    const { takingOff, asked } = open({ role });
    expect([takingOff.begin(belt), asked]).toEqual([false, []]);
  }
  const { takingOff } = open({ role: "customer" });
  expect(takingOff.begin(itemIdSchema.parse("item-9999"))).toBe(false);
  expect(takingOff.begin(belt)).toBe(true);
});
