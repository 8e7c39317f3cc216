import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { itemIdSchema, markIdSchema } from "@/lib/protocol/ids";
import { addMark, changeMarks, type Origin, removeMarks, restView, showItem } from "./commands";
import { sampleItem, sampleMark } from "./samples";
import { marksOf, readMarks, stageOf } from "./schema";
import { openUndo } from "./undo";

const itemId = itemIdSchema.parse("item-0001");
const markId = (name: string) => markIdSchema.parse(`mark-${name}`);

interface Side {
  readonly doc: Y.Doc;
  readonly origin: Origin;
}

function twoSides(): readonly [Side, Side] {
  const make = (name: string): Side => ({ doc: new Y.Doc(), origin: { name } });
  return [make("anna"), make("ben")];
}

function sync(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)), "line");
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)), "line");
}

type Step =
  | { readonly kind: "add"; readonly side: 0 | 1; readonly mark: number }
  | { readonly kind: "move"; readonly side: 0 | 1; readonly mark: number; readonly x: number }
  | { readonly kind: "color"; readonly side: 0 | 1; readonly mark: number }
  | { readonly kind: "remove"; readonly side: 0 | 1; readonly mark: number }
  | { readonly kind: "sync" };

const side = fc.constantFrom<0 | 1>(0, 1);
const mark = fc.integer({ min: 0, max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), side, mark }),
  fc.record({ kind: fc.constant("move" as const), side, mark, x: fc.integer({ min: 0, max: 900 }) }),
  fc.record({ kind: fc.constant("color" as const), side, mark }),
  fc.record({ kind: fc.constant("remove" as const), side, mark }),
  fc.record({ kind: fc.constant("sync" as const) }),
);

/** Sides only touch marks of their own when `own`. */
function run(sides: readonly [Side, Side], steps: readonly Step[], own: boolean): void {
  for (const next of steps) {
    if (next.kind === "sync") {
      sync(sides[0].doc, sides[1].doc);
      continue;
    }
    const { doc, origin } = sides[next.side];
    const id = markId(`${own ? next.side : "shared"}-${next.mark}`);
    if (next.kind === "add" && !marksOf(doc).has(id))
      addMark(doc, origin, sampleMark({ id, author: origin.name }));
    if (next.kind === "move") changeMarks(doc, origin, new Map([[id, { x: next.x }]]));
    if (next.kind === "color") changeMarks(doc, origin, new Map([[id, { color: "#0072b2" }]]));
    if (next.kind === "remove") removeMarks(doc, origin, [id]);
  }
}

describe("two people at once", () => {
  it("[PA4] any order of edits and meetings ends in the same marks on both sides", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const sides = twoSides();
        run(sides, steps, false);
        sync(sides[0].doc, sides[1].doc);
        expect(readMarks(sides[0].doc, itemId)).toEqual(readMarks(sides[1].doc, itemId));
      }),
    );
  });

  it("[PA4] a move here and a colour there are both kept", () => {
    const [anna, ben] = twoSides();
    const id = markId("0001");
    addMark(anna.doc, anna.origin, sampleMark({ id }));
    sync(anna.doc, ben.doc);
    changeMarks(anna.doc, anna.origin, new Map([[id, { x: 5, y: 6 }]]));
    changeMarks(ben.doc, ben.origin, new Map([[id, { color: "#0072b2" }]]));
    sync(anna.doc, ben.doc);
    expect(readMarks(ben.doc, itemId)[0]).toMatchObject({ x: 5, y: 6, color: "#0072b2" });
  });
});

describe("undo", () => {
  it("[PA5] undoing everything of one's own leaves every mark of the other as it was", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const sides = twoSides();
        const undo = openUndo(sides[0].doc, sides[0].origin);
        run(sides, steps, true);
        sync(sides[0].doc, sides[1].doc);
        const others = () => readMarks(sides[1].doc, itemId).filter(({ id }) => id.startsWith("mark-1-"));
        const before = others();
        while (undo.canUndo()) undo.undo();
        sync(sides[0].doc, sides[1].doc);
        expect(others()).toEqual(before);
        expect(readMarks(sides[1].doc, itemId).filter(({ id }) => id.startsWith("mark-0-"))).toEqual([]);
        undo.close();
      }),
    );
  });

  it("[PA5] redo brings back, and two quick marks are two steps", () => {
    const [anna] = twoSides();
    const undo = openUndo(anna.doc, anna.origin);
    addMark(anna.doc, anna.origin, sampleMark({ id: markId("0001") }));
    addMark(anna.doc, anna.origin, sampleMark({ id: markId("0002") }));
    undo.undo();
    expect(readMarks(anna.doc, itemId).map((each) => each.id)).toEqual(["mark-0001"]);
    undo.redo();
    expect(readMarks(anna.doc, itemId)).toHaveLength(2);
    undo.close();
  });

  it("[PA5] what is shown is never undone", () => {
    const [anna] = twoSides();
    const undo = openUndo(anna.doc, anna.origin);
    const stage: Origin = { name: "stage" };
    addMark(anna.doc, anna.origin, sampleMark());
    showItem(anna.doc, stage, sampleItem().id);
    restView(anna.doc, stage, { item: itemId, cx: 1, cy: 2, zoom: 3 });
    undo.undo();
    expect(stageOf(anna.doc).get("shown")).toBe("item-0001");
    expect(undo.canUndo()).toBe(false);
    undo.close();
  });
});
