import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { type ItemId, itemIdSchema } from "@/lib/protocol/ids";
import { addMark, compareItems, endComparison, putItem, removeItem, showItem } from "./commands";
import { linkedCamera, overCamera, readComparison, type StoredComparison } from "./comparison";
import { sampleItem, sampleMark } from "./samples";
import { stageOf } from "./schema";
import { openUndo } from "./undo";
import { clampCamera, fitCamera, toScreen, type Viewport } from "./view";

const origin = { name: "test" };
const [boots, coat, belt] = ["item-0001", "item-0002", "item-0003"].map((id) => itemIdSchema.parse(id)) as [
  ItemId,
  ItemId,
  ItemId,
];
const comparison: StoredComparison = {
  item: boots,
  with: coat,
  mode: "beside",
  opacity: 0.6,
  linked: true,
  by: "anna",
};

function panelOf(): Y.Doc {
  const doc = new Y.Doc();
  for (const [index, id] of [coat, belt, boots].entries())
    putItem(doc, origin, sampleItem({ id, order: index + 1 }));
  return doc;
}

describe("a comparison in the document", () => {
  it("[PA30] is of the shown item and another, and swapping is showing the other", () => {
    const doc = panelOf();
    compareItems(doc, origin, comparison);
    expect(readComparison(doc)).toEqual({
      with: coat,
      mode: "beside",
      opacity: 0.6,
      linked: true,
      by: "anna",
    });
    stageOf(doc).set("shown", coat);
    expect(readComparison(doc)?.with).toBe(boots);
  });

  it("[PA30] showing an item ends it, also the one that is shown", () => {
    for (const shown of [belt, boots]) {
      const doc = panelOf();
      compareItems(doc, origin, comparison);
      showItem(doc, origin, shown);
      expect(readComparison(doc)).toBeNull();
      expect(stageOf(doc).get("shown")).toBe(shown);
    }
    const doc = panelOf();
    compareItems(doc, origin, comparison);
    endComparison(doc, origin);
    expect(stageOf(doc).has("compare")).toBe(false);
  });

  it("[PA30] ends when either of its items is taken off the panel", () => {
    for (const gone of [boots, coat]) {
      const doc = panelOf();
      compareItems(doc, origin, comparison);
      removeItem(doc, origin, gone);
      expect(stageOf(doc).has("compare")).toBe(false);
    }
    const doc = panelOf();
    compareItems(doc, origin, comparison);
    removeItem(doc, origin, belt);
    expect(readComparison(doc)?.with).toBe(coat);
  });

  it("[PA1] what is none reads as none", () => {
    const { item: _, ...without } = comparison;
    const hostile: unknown[] = [
      null,
      7,
      "beside",
      [],
      {},
      without,
      { ...comparison, with: boots },
      { ...comparison, with: "item-9999" },
      { ...comparison, with: "../../etc" },
      { ...comparison, with: { toString: "item-0002" } },
      { ...comparison, item: belt },
      { ...comparison, mode: "under" },
      { ...comparison, opacity: 1.01 },
      { ...comparison, opacity: -0.1 },
      { ...comparison, opacity: Number.NaN },
      { ...comparison, opacity: "0.5" },
      { ...comparison, linked: "yes" },
      { ...comparison, by: "a".repeat(65) },
      { ...comparison, by: 3 },
      { ...comparison, more: "x" },
      new Uint8Array(12),
    ];
    for (const value of hostile) {
      const doc = panelOf();
      stageOf(doc).set("compare", value);
      expect(readComparison(doc), JSON.stringify(value)).toBeNull();
    }
    const doc = panelOf();
    stageOf(doc).set("compare", new Y.Map([["item", boots]]));
    expect(readComparison(doc)).toBeNull();
  });

  it("[PA5] undo takes back marks on either picture, and leaves the comparison", () => {
    const doc = panelOf();
    const undo = openUndo(doc, origin);
    addMark(doc, origin, sampleMark({ item: coat }));
    compareItems(doc, origin, comparison);
    undo.undo();
    expect(doc.getMap("marks").size).toBe(0);
    expect(readComparison(doc)).not.toBeNull();
    undo.close();
  });
});

describe("two pictures", () => {
  const wide = { width: 3000, height: 1000 };
  const tall = { width: 800, height: 1600 };
  const viewport: Viewport = { width: 900, height: 600, inset: { top: 12, right: 12, bottom: 72, left: 12 } };

  it("[PA31] linked, the other shows the same share of its width and height at the same zoom", () => {
    const there = linkedCamera({ cx: 750, cy: 900, zoom: 3 }, wide, tall);
    expect(there).toEqual({ cx: 200, cy: 1440, zoom: 3 });
    expect(linkedCamera(there, tall, wide)).toEqual({ cx: 750, cy: 900, zoom: 3 });
    expect(linkedCamera(fitCamera(wide), wide, tall)).toEqual(fitCamera(tall));
  });

  it("[PA32] the upper one fits into the lower one's box, centred, at every zoom and place", () => {
    for (const [under, over] of [
      [wide, tall],
      [tall, wide],
      [wide, { width: 300, height: 100 }],
    ] as const) {
      for (const camera of [fitCamera(under), clampCamera({ cx: 100, cy: 300, zoom: 7 }, under, viewport)]) {
        const upper = overCamera(camera, under, over, viewport);
        const corners = (size: { width: number; height: number }, view: typeof camera) => ({
          from: toScreen({ x: 0, y: 0 }, view, size, viewport),
          to: toScreen({ x: size.width, y: size.height }, view, size, viewport),
        });
        const [low, high] = [corners(under, camera), corners(over, upper)];
        expect(high.from.x + high.to.x).toBeCloseTo(low.from.x + low.to.x);
        expect(high.from.y + high.to.y).toBeCloseTo(low.from.y + low.to.y);
        const [w, h] = [high.to.x - high.from.x, high.to.y - high.from.y];
        const [lowW, lowH] = [low.to.x - low.from.x, low.to.y - low.from.y];
        expect(Math.max(w / lowW, h / lowH)).toBeCloseTo(1);
        expect(w / h).toBeCloseTo(over.width / over.height);
      }
    }
  });
});
