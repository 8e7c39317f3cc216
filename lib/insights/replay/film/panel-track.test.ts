import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { JournalRow } from "@/lib/protocol/film-journal";
import { createPanelTrack } from "./panel-track";

const SEED = 7_041_776;

/** Two people who draw and erase at the same time, as the server stored it. */
function journal(count: number): JournalRow[] {
  const random = xoroshiro128plus(SEED);
  const below = (limit: number) => (random.next() >>> 0) % limit;
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  const rows: JournalRow[] = [];
  for (const [index, doc] of docs.entries()) {
    doc.clientID = index + 1;
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === "line") return;
      rows.push({ at: 1_000 * rows.length, update });
      Y.applyUpdate(docs[index === 0 ? 1 : 0], update, "line");
    });
  }
  while (rows.length < count) {
    const marks = docs[below(2) === 0 ? 0 : 1].getMap("marks");
    const known = [...marks.keys()];
    const one = known[below(Math.max(1, known.length))];
    if (one !== undefined && below(4) === 0) marks.delete(one);
    else marks.set(`mark-${rows.length}`, `stroke ${below(1_000)}`);
  }
  return rows;
}

/** The document after so many updates, made in the plainest way. */
function plain(rows: readonly JournalRow[], count: number): unknown {
  const doc = new Y.Doc();
  for (const { update } of rows.slice(0, count)) Y.applyUpdate(doc, update);
  return doc.getMap("marks").toJSON();
}

describe("a panel's track", () => {
  const rows = journal(1_500);
  const track = createPanelTrack();
  track.add(rows.slice(0, 700));
  track.add(rows.slice(700));

  it("[RE5] a change is there from its time on, and not before", () => {
    expect(track.countAt(-1)).toBe(0);
    expect(track.countAt(0)).toBe(1);
    expect(track.countAt(5_999)).toBe(6);
    expect(track.countAt(6_000)).toBe(7);
    expect(track.countAt(Number.MAX_SAFE_INTEGER)).toBe(1_500);
  });

  it("[RE6] what comes later in the journal is never seen earlier", () => {
    const other = createPanelTrack();
    const times = [10, 30, 20, 40];
    other.add(times.map((at) => ({ at, update: Y.encodeStateAsUpdate(new Y.Doc()) })));
    expect(other.times).toEqual([10, 30, 30, 40]);
    expect(other.countAt(20)).toBe(1);
  });

  it(`[RE17] is the same anywhere, however one got there (seed ${SEED})`, () => {
    const random = xoroshiro128plus(SEED);
    const cursor = track.open();
    for (let round = 0; round < 60; round += 1) {
      const near = (random.next() >>> 0) % 2 === 0;
      const count = near ? cursor.count + ((random.next() >>> 0) % 20) : (random.next() >>> 0) % 1_501;
      cursor.seek(count);
      expect(cursor.doc.getMap("marks").toJSON()).toEqual(plain(rows, Math.min(1_500, count)));
    }
    cursor.close();
  });

  it("[RE18] going on keeps the document and tells it once, going back replaces it", () => {
    const cursor = track.open();
    const first = cursor.doc;
    let told = 0;
    first.on("afterTransaction", () => {
      told += 1;
    });
    expect(cursor.seek(200)).toBe(false);
    expect([cursor.doc === first, told]).toEqual([true, 1]);
    // Over a keyframe, as the film plays.
    expect(cursor.seek(260)).toBe(false);
    expect(cursor.seek(259)).toBe(true);
    expect(cursor.doc).not.toBe(first);
    // Far ahead a keyframe is nearer than all that lies between.
    expect(cursor.seek(1_499)).toBe(true);
    cursor.close();
  });

  it("[RE18] keyframes stay in proportion to the journal", () => {
    const bytes = rows.reduce((sum, { update }) => sum + update.length, 0);
    expect(track.keyframeBytes).toBeGreaterThan(0);
    expect(track.keyframeBytes).toBeLessThan(6 * bytes);
  });

  it("[RE19] nothing of a film can be undone", () => {
    const cursor = track.open();
    const undo = new Y.UndoManager(cursor.doc.getMap("marks"));
    cursor.seek(50);
    expect(undo.canUndo()).toBe(false);
    cursor.close();
  });
});
