import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { itemIdSchema, markIdSchema } from "@/lib/protocol/ids";
import { MAX_LABEL_CHARS } from "@/lib/protocol/limits";
import { addMark, putItem, removeItem } from "./commands";
import { MAX_LABEL_LINES, MAX_MARKS_PER_ITEM, MAX_STROKE_POINTS } from "./limits";
import { sampleItem, sampleMark } from "./samples";
import {
  cleanLabel,
  itemsOf,
  marksOf,
  readItems,
  readMark,
  readMarks,
  readRestingView,
  readShown,
  stageOf,
} from "./schema";

const origin = { name: "test" };
const itemId = itemIdSchema.parse("item-0001");

describe("reading the document", () => {
  it("[PA1] arbitrary values in every map are read without throwing", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string(), fc.anything({ maxDepth: 2 }))), (entries) => {
        const doc = new Y.Doc();
        for (const root of ["items", "marks", "stage"]) {
          for (const [key, field, value] of entries) {
            const map = new Y.Map<unknown>();
            try {
              doc.getMap(root).set(key, map);
              map.set(field, value);
              doc.getMap(root).set(`${key}-plain`, value);
            } catch {
              // Yjs itself refuses to store functions and symbols.
            }
          }
        }
        expect(readItems(doc).length).toBeLessThanOrEqual(entries.length);
        expect(readMarks(doc, itemId)).toEqual([]);
        expect(readShown(doc)).toBeNull();
        expect(readRestingView(doc)).toBeNull();
      }),
    );
  });

  it("[PA1] each broken field of a mark hides that mark and no other", () => {
    const broken: [string, unknown][] = [
      ["kind", "script"],
      ["color", "url(https://evil.example/x)"],
      ["color", "#D55E00;"],
      ["x", Number.NaN],
      ["w", -5],
      ["width", 1e9],
      ["item", "../../etc"],
    ];
    const doc = new Y.Doc();
    addMark(doc, origin, sampleMark({ id: markIdSchema.parse("mark-good") }));
    broken.forEach(([key, value], index) => {
      const id = markIdSchema.parse(`mark-bad-${index}`);
      addMark(doc, origin, sampleMark({ id }));
      const map = marksOf(doc).get(id);
      if (map instanceof Y.Map) map.set(key, value);
    });
    expect(readMarks(doc, itemId).map((mark) => mark.id)).toEqual(["mark-good"]);
  });

  it("[PA2] strokes and labels beyond the limits are not painted as written", () => {
    const doc = new Y.Doc();
    addMark(doc, origin, sampleMark({ kind: "pen", points: new Uint8Array(6 * (MAX_STROKE_POINTS + 1)) }));
    expect(readMarks(doc, itemId)).toEqual([]);
    expect(cleanLabel("x".repeat(9_999))).toHaveLength(MAX_LABEL_CHARS);
    expect(cleanLabel("a\n".repeat(100)).split("\n")).toHaveLength(MAX_LABEL_LINES);
    expect(cleanLabel("a\u0000\u001bb")).toBe("ab");
    expect(cleanLabel({ toString: () => "x" })).toBe("");
  });

  it("[PA2] of too many marks the earliest are read", () => {
    const doc = new Y.Doc();
    doc.transact(() => {
      for (let index = 0; index < MAX_MARKS_PER_ITEM + 20; index++) {
        const id = markIdSchema.parse(`mark-${String(index).padStart(6, "0")}`);
        addMark(doc, origin, sampleMark({ id, createdAt: index }));
      }
    });
    const marks = readMarks(doc, itemId);
    expect(marks).toHaveLength(MAX_MARKS_PER_ITEM);
    expect(marks.at(-1)?.createdAt).toBe(MAX_MARKS_PER_ITEM - 1);
  });

  it("[PA3] marks are ordered by time, then id, whoever wrote first", () => {
    const doc = new Y.Doc();
    for (const [id, createdAt] of [
      ["mark-bbbb", 2],
      ["mark-aaaa", 2],
      ["mark-cccc", 1],
    ] as const) {
      addMark(doc, origin, sampleMark({ id: markIdSchema.parse(id), createdAt }));
    }
    expect(readMarks(doc, itemId).map((mark) => mark.id)).toEqual(["mark-cccc", "mark-aaaa", "mark-bbbb"]);
  });

  it("[PA16] an item leaves with its marks, and is no longer shown", () => {
    const doc = new Y.Doc();
    const other = itemIdSchema.parse("item-0002");
    putItem(doc, origin, sampleItem({ id: other, order: 2 }));
    putItem(doc, origin, sampleItem());
    addMark(doc, origin, sampleMark({ id: markIdSchema.parse("mark-0001") }));
    addMark(doc, origin, sampleMark({ id: markIdSchema.parse("mark-0002"), item: other }));
    removeItem(doc, origin, itemId);
    expect(itemsOf(doc).size).toBe(1);
    expect([...marksOf(doc).keys()]).toEqual(["mark-0002"]);
    expect(stageOf(doc).get("shown")).toBeUndefined();
  });

  it("[PA1] a mark reads back as it was written", () => {
    const doc = new Y.Doc();
    const mark = sampleMark({ kind: "text", text: "zip\nhere" });
    addMark(doc, origin, mark);
    expect(readMark(mark.id, marksOf(doc).get(mark.id))).toEqual(mark);
  });
});
