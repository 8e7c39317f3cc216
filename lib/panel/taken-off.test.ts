import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { itemIdSchema, markIdSchema, participantIdSchema } from "@/lib/protocol/ids";
import { type ParticipantRole, participantRoles, rightsOf } from "@/lib/protocol/roles";
import { addMark, compareItems, endComparison, play, putItem, showItem } from "./commands";
import { readComparison } from "./comparison";
import { readPlayback } from "./playback";
import { sampleItem, sampleMark } from "./samples";
import { marksOf, readItems, readMarks, readShown, stageOf } from "./schema";
import { bytesOf, mayTakeOff, putBack, type TakenOff, takeOff } from "./taken-off";

const origin = { name: "test" };
const [boots, coat, belt] = ["item-0001", "item-0002", "item-0003"].map((id) => itemIdSchema.parse(id)) as [
  never,
  never,
  never,
];
const NOW = 1_700_000_000_000;
const all = [boots, coat, belt];

/** Three items of which the last, the belt, is shown. */
function panelOf(): Y.Doc {
  const doc = new Y.Doc();
  for (const [index, id] of all.entries()) putItem(doc, origin, sampleItem({ id, order: index + 1 }));
  return doc;
}

function taking(doc: Y.Doc, id: never, now = NOW): TakenOff {
  const taken = takeOff(doc, origin, id, now);
  if (taken === null) throw new Error("it lies there");
  return taken;
}

describe("taking an item off", () => {
  it("[PA16] takes its marks along and shows the newest one left", () => {
    const doc = panelOf();
    addMark(doc, origin, sampleMark({ item: belt }));
    addMark(doc, origin, sampleMark({ id: markIdSchema.parse("mark-0002"), item: coat }));
    taking(doc, belt);
    expect(readItems(doc).map(({ id }) => id)).toEqual([boots, coat]);
    expect([...marksOf(doc).keys()]).toEqual(["mark-0002"]);
    expect(readShown(doc)).toBe(coat);
    taking(doc, boots);
    expect(readShown(doc)).toBe(coat);
    taking(doc, coat);
    expect(readShown(doc)).toBeNull();
    expect(takeOff(doc, origin, coat, NOW)).toBeNull();
  });
});

describe("putting it back", () => {
  it("[PA55] brings the same item, in its place, with its marks and their authors", () => {
    const doc = panelOf();
    const points = new Uint8Array([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0]);
    const marks = [
      sampleMark({ item: coat, author: "anna" }),
      sampleMark({ id: markIdSchema.parse("mark-0002"), item: coat, author: "bea", kind: "pen", points }),
      sampleMark({ id: markIdSchema.parse("mark-0003"), item: coat, kind: "text", text: "zip" }),
    ];
    for (const mark of marks) addMark(doc, origin, mark);
    const before = { items: readItems(doc), marks: readMarks(doc, coat), all: doc.toJSON() };
    expect(before.marks).toHaveLength(3);
    const taken = taking(doc, coat);
    putBack(doc, origin, taken);
    expect(readItems(doc)).toEqual(before.items);
    expect(readMarks(doc, coat)).toEqual(before.marks);
    expect(doc.toJSON()).toEqual(before.all);
    putBack(doc, origin, taken);
    expect(doc.toJSON()).toEqual(before.all);
  });

  it("[PA55] reaches a reader who has seen it go, and one who was away", () => {
    const doc = panelOf();
    const [there, away] = [new Y.Doc(), new Y.Doc()];
    doc.on("update", (update: Uint8Array) => Y.applyUpdate(there, update));
    for (const reader of [there, away]) Y.applyUpdate(reader, Y.encodeStateAsUpdate(doc));
    addMark(doc, origin, sampleMark({ item: belt }));
    putBack(doc, origin, taking(doc, belt));
    Y.applyUpdate(away, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(away)));
    for (const reader of [there, away]) {
      expect(readMarks(reader, belt)).toHaveLength(1);
      expect(readShown(reader)).toBe(belt);
    }
  });

  it("[PA55] shows it again, also after another was taken off behind it, but turns nobody from what she chose", () => {
    const doc = panelOf();
    const first = taking(doc, belt);
    const second = taking(doc, coat);
    putBack(doc, origin, second);
    expect(readShown(doc)).toBe(coat);
    putBack(doc, origin, first);
    expect(readShown(doc)).toBe(belt);
    const third = taking(doc, belt);
    showItem(doc, origin, boots);
    putBack(doc, origin, third);
    expect(readShown(doc)).toBe(boots);
    const behind = taking(doc, coat);
    putBack(doc, origin, behind);
    expect(readShown(doc)).toBe(boots);
  });

  it("[PA55] compares it as before, whichever of the pair it was, unless another comparison was begun", () => {
    const pair = { item: belt, with: coat, mode: "over", opacity: 0.4, linked: false, by: "anna" } as const;
    for (const id of [belt, coat]) {
      const doc = panelOf();
      compareItems(doc, origin, pair);
      // Swapped: the document's pair is unordered.
      stageOf(doc).set("compare", { ...pair, item: coat, with: belt });
      const before = readComparison(doc);
      const taken = taking(doc, id);
      expect(readComparison(doc)).toBeNull();
      putBack(doc, origin, taken);
      expect(readComparison(doc)).toEqual(before);
      expect(readShown(doc)).toBe(belt);
    }
    const doc = panelOf();
    compareItems(doc, origin, pair);
    const taken = taking(doc, coat);
    compareItems(doc, origin, { ...pair, with: boots });
    putBack(doc, origin, taken);
    expect(readComparison(doc)?.with).toBe(boots);
    endComparison(doc, origin);
    putBack(doc, origin, taking(doc, coat));
    expect(readComparison(doc)).toBeNull();
  });

  it("[PA55] leaves a comparison away whose other item is gone, too", () => {
    const doc = panelOf();
    const pair = { item: belt, with: coat, mode: "beside", opacity: 1, linked: true, by: "" } as const;
    compareItems(doc, origin, pair);
    const taken = taking(doc, belt);
    taking(doc, coat);
    putBack(doc, origin, { ...taken, shownInstead: readShown(doc) });
    expect(readComparison(doc)).toBeNull();
    expect(readShown(doc)).toBe(belt);
  });

  it("[PA55] has a video stand where it was when it was taken off", () => {
    const doc = new Y.Doc();
    putItem(doc, origin, sampleItem({ id: boots, duration: 60_000 }));
    play(doc, origin, boots, { playing: true, at: 2_000, since: NOW - 3_000, rate: 2 });
    const taken = taking(doc, boots);
    expect([...stageOf(doc).keys()]).toEqual([]);
    putBack(doc, origin, taken);
    expect(readPlayback(doc, boots)).toEqual({ playing: false, at: 8_000, since: 0, rate: 2 });
  });

  it("[PA55] costs about what is told before", () => {
    const doc = panelOf();
    const points = new Uint8Array(6 * 500);
    addMark(doc, origin, sampleMark({ item: belt, kind: "pen", points }));
    const taken = taking(doc, belt);
    const without = Y.encodeStateAsUpdate(doc).length;
    const told = bytesOf(taken);
    putBack(doc, origin, taken);
    const added = Y.encodeStateAsUpdate(doc).length - without;
    expect(told).toBeGreaterThan(points.length);
    expect(Math.abs(told - added)).toBeLessThan(200);
  });
});

it("[PA56] an agent may take off anything, a customer what she put there, and nobody else anything", () => {
  const you = participantIdSchema.parse("00000000-0000-4000-8000-000000000002");
  const may = (role: ParticipantRole, addedBy: string, closed = false) =>
    mayTakeOff({ addedBy }, rightsOf(role, { closed, drawingLocked: true }), you);
  const allowed = participantRoles.map((role) => [
    role,
    may(role, you),
    may(role, "somebody"),
    may(role, ""),
  ]);
  expect(allowed).toEqual([
    ["customer", true, false, false],
    ["agent", true, true, true],
    ["supervisor", false, false, false],
    ["companion", false, false, false],
  ]);
  for (const role of participantRoles) expect(may(role, you, true), role).toBe(false);
  // Who has not been told who she is is nobody's author.
  const rights = rightsOf("customer", { closed: false, drawingLocked: false });
  expect(mayTakeOff({ addedBy: "" }, rights, null)).toBe(false);
});
