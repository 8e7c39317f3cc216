import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/protocol/errors";
import { type ConversationId, conversationIdSchema } from "@/lib/protocol/ids";
import { MemoryJournal } from "@/tests/support/sync/memory-journal";
import { until } from "@/tests/support/sync/until";
import type { JournalLane } from "./journal-lane";
import { JournalQueue } from "./journal-queue";

const ROOMS = 25;

interface Room {
  readonly id: ConversationId;
  readonly lane: JournalLane;
  readonly saving: boolean[];
  gone: boolean;
}

let journal: MemoryJournal;
let queue: JournalQueue;
beforeEach(() => {
  journal = new MemoryJournal();
  queue = new JournalQueue({
    append: (batch) => journal.append(batch),
    retryBaseMs: 10,
    retryMaxMs: 40,
    maxUnsavedBytes: 1_000,
  });
});
afterEach(() => queue.close());

function openRooms(count: number): Room[] {
  return Array.from({ length: count }, () => {
    const id = conversationIdSchema.parse(randomUUID());
    const saving: boolean[] = [];
    const lane = queue.open({
      conversationId: id,
      onSaving: (ok) => saving.push(ok),
      onGone: () => {
        room.gone = true;
      },
      onError: () => undefined,
      maxUnsavedBytes: 300,
    });
    const room: Room = { id, lane, saving, gone: false };
    return room;
  });
}

function push(room: Room, value: number): Promise<void> {
  return new Promise((resolve) =>
    room.lane.push({ participantId: null, at: 0, update: new Uint8Array([value]) }, resolve),
  );
}

const valuesOf = (room: Room) =>
  journal.history.flatMap(({ conversationId, update }) => (conversationId === room.id ? [...update] : []));

describe("group commit", () => {
  it("[SY42] a thousand updates of many rooms take a few statements", async () => {
    const rooms = openRooms(ROOMS);
    for (let value = 0; value < 40; value++) {
      for (const room of rooms) void push(room, value);
      if (value % 10 === 9) await queue.idle();
    }
    expect(journal.history).toHaveLength(ROOMS * 40);
    expect(journal.statements).toBeLessThanOrEqual(8);
  });

  it("[SY42] one update alone is stored soon, without waiting for others", async () => {
    const [room] = openRooms(1);
    if (!room) throw new Error("one was asked for");
    const start = performance.now();
    await push(room, 1);
    expect(performance.now() - start).toBeLessThan(125);
  });

  it("[SY41] a room's updates are stored in the order in which they came, through failures too", async () => {
    const rooms = openRooms(3);
    for (let value = 0; value < 200; value++) {
      for (const room of rooms) void push(room, value % 250);
      if (value % 20 === 0) journal.broken = !journal.broken;
      if (value % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    journal.broken = false;
    await queue.idle();
    const expected = Array.from({ length: 200 }, (_, value) => value);
    for (const room of rooms) expect(valuesOf(room)).toEqual(expected);
  });

  it("[SY40] who waits is called when what was pushed before is stored, and at once when nothing waits", async () => {
    const [room] = openRooms(1);
    if (!room) throw new Error("one was asked for");
    let stored = -1;
    room.lane.after(() => {
      stored = journal.history.length;
    });
    expect(stored).toBe(0);
    void push(room, 1);
    void push(room, 2);
    room.lane.after(() => {
      stored = journal.history.length;
    });
    expect(stored).toBe(0);
    await queue.idle();
    expect(stored).toBe(2);
  });
});

describe("when storing fails", () => {
  it("[SY43] a room whose rows nobody takes does not hold up the others", async () => {
    const rooms = openRooms(6);
    const [bad, ...good] = rooms;
    if (!bad) throw new Error("some were asked for");
    journal.poisoned.add(bad.id);
    void push(bad, 1);
    await Promise.all(good.map((room) => push(room, 1)));
    expect(bad.saving).toEqual([false]);
    for (let value = 2; value < 10; value++) {
      void push(bad, value);
      await Promise.all(good.map((room) => push(room, value)));
    }
    // Those that share a statement with it never learn of it again.
    expect(good.map(({ saving }) => saving)).toEqual(good.map(() => []));
    journal.poisoned.clear();
    await queue.idle();
    expect(valuesOf(bad)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(bad.saving).toEqual([false, true]);
  });

  it("[SY43] four such rooms at once do not either", async () => {
    const rooms = openRooms(10);
    const bad = rooms.slice(0, 4);
    for (const { id } of bad) journal.poisoned.add(id);
    const stored = rooms.slice(4).map((room) => push(room, 1));
    for (const room of bad) void push(room, 1);
    await Promise.all(stored);
    await Promise.all(rooms.slice(4).map((room) => push(room, 2)));
    expect(bad.map(({ saving }) => saving)).toEqual(bad.map(() => [false]));
  });

  it("[SY43] a room whose conversation is gone is told so, and what waited is dropped", async () => {
    const [gone, other] = openRooms(2);
    if (!gone || !other) throw new Error("two were asked for");
    const append = journal.append.bind(journal);
    journal.append = async (batch) => {
      if (batch.some(({ conversationId }) => conversationId === gone.id)) throw new AppError("not_found");
      return append(batch);
    };
    void push(gone, 1);
    await push(other, 1);
    await gone.lane.idle();
    expect([gone.gone, other.gone]).toEqual([true, false]);
    expect(gone.lane.accepts(1)).toBe(false);
    expect(queue.hasRoomFor(1_000)).toBe(true);
  });

  it("[SY11] while nothing can be stored few statements try, and all rooms are told", async () => {
    const rooms = openRooms(ROOMS);
    journal.broken = true;
    for (const room of rooms) void push(room, 1);
    await until("told", () => rooms.every(({ saving }) => saving.length === 1));
    // All together, and three alone to see whether it is one of them.
    expect(journal.statements).toBe(4);
    journal.broken = false;
    await queue.idle();
    expect(rooms.every(({ saving }) => saving.join() === "false,true")).toBe(true);
    expect(journal.history).toHaveLength(ROOMS);
  });

  it("[SY12] a room holds so much, all together hold so much, and who was stopped hears when there is room", async () => {
    const [one, two, three, four, five] = openRooms(5);
    if (!one || !two || !three || !four || !five) throw new Error("five were asked for");
    journal.broken = true;
    const fill = (room: Room, bytes: number) =>
      room.lane.push({ participantId: null, at: 0, update: new Uint8Array(bytes) }, () => undefined);
    fill(one, 300);
    expect([one.lane.accepts(1), two.lane.accepts(300), two.lane.accepts(301)]).toEqual([false, true, true]);
    fill(two, 300);
    fill(three, 300);
    fill(four, 90);
    expect([five.lane.accepts(10), five.lane.accepts(11)]).toEqual([true, false]);
    let resumed = false;
    five.lane.whenRoom(() => {
      resumed = true;
    });
    await until("it failed", () => four.saving.length === 1);
    expect(resumed).toBe(false);
    journal.broken = false;
    await until("there is room", () => resumed);
    await queue.idle();
    expect(journal.history).toHaveLength(4);
  });
});
