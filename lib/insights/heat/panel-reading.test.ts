import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { addMark, changeMarks, layItem, removeMarks, restView } from "@/lib/panel/commands";
import type { Mark } from "@/lib/panel/mark";
import { encodePoints } from "@/lib/panel/pen-points";
import { sampleItem, sampleMark } from "@/lib/panel/samples";
import type { Item } from "@/lib/panel/schema";
import { itemIdSchema, markIdSchema, productIdSchema } from "@/lib/protocol/ids";
import { GRID_SIDE } from "./map/grid";
import { cellsOfMark } from "./mark-cells";
import { LOOK_MS, PanelReading, SLIP_MS } from "./panel-reading";
import type { Trace } from "./trace-book";

const PRODUCT = productIdSchema.parse("00000000-0000-4000-8000-00000000000a");
/** 2400 by 1200 pixels: a cell is 100 by 50. */
const item = sampleItem({ source: "product", productId: PRODUCT, width: 2_400, height: 1_200 });
const origin = { name: "test" };
const cell = (column: number, row: number) => row * GRID_SIDE + column;
const block = (columns: [number, number], rows: [number, number]) => {
  const cells: number[] = [];
  for (let row = rows[0]; row <= rows[1]; row++)
    for (let column = columns[0]; column <= columns[1]; column++) cells.push(cell(column, row));
  return cells;
};

/** A panel as the journal has it: every change with who made it and when. */
function read(items: readonly Item[], play: (change: Change) => void): Trace[] {
  const doc = new Y.Doc();
  const reading = new PanelReading();
  let by: Parameters<PanelReading["apply"]>[1] = null;
  let at = 0;
  doc.on("update", (update: Uint8Array) => reading.apply(update, by, at));
  for (const laid of items) layItem(doc, origin, laid);
  play((role, ms, make) => {
    by = role;
    at = ms;
    make(doc);
  });
  return reading.end();
}
type Change = (role: Parameters<PanelReading["apply"]>[1], ms: number, make: (doc: Y.Doc) => void) => void;

const draw = (mark: Partial<Mark>) => (doc: Y.Doc) => addMark(doc, origin, sampleMark(mark));
const drawn = (traces: readonly Trace[]) => [traces[0]?.drawnByCustomer ?? [], traces[0]?.drawnByAgent ?? []];

it("[CO94] what a companion draws counts as the customer's", () => {
  const play = (role: "customer" | "companion") =>
    drawn(
      read([item], (change) =>
        change(role, 0, draw({ kind: "arrow", x: 2_350, y: 1_150, w: -2_300, h: -1_120 })),
      ),
    );
  expect(play("companion")).toEqual(play("customer"));
  expect(play("companion")[0]).not.toEqual([]);
});

describe("what a mark means", () => {
  const cells = (mark: Partial<Mark>) => cellsOfMark(sampleMark(mark), item);

  it("[IN160] an arrow means its point, whichever way it runs", () => {
    expect(cells({ kind: "arrow", x: 2_350, y: 1_150, w: -2_300, h: -1_120 })).toEqual([cell(0, 0)]);
  });

  it("[IN160] a pin and a label mean their middle, a frame all that it encloses", () => {
    expect(cells({ kind: "pin", x: 1_200, y: 600, w: 50, h: 50 })).toEqual([cell(12, 12)]);
    expect(cells({ kind: "text", text: "here", x: 100, y: 50, w: 300, h: 50 })).toEqual([cell(2, 1)]);
    expect(cells({ kind: "rect", x: 100, y: 50, w: 300, h: 100 })).toEqual(block([1, 3], [1, 2]));
  });

  it("[IN160] a circle means its inside and not its corners; a tiny one still its cell", () => {
    const circle = cells({ kind: "ellipse", x: 0, y: 0, w: 1_000, h: 500 });
    expect(circle).toContain(cell(4, 4));
    expect(circle).not.toContain(cell(0, 0));
    expect(cells({ kind: "ellipse", x: 110, y: 60, w: 4, h: 4 })).toEqual([cell(1, 1)]);
  });

  const stroke = (points: readonly (readonly [number, number])[]) => {
    const box = { x: 0, y: 0, w: 2_400, h: 1_200 };
    const encoded = encodePoints(
      points.map(([x, y]) => ({ x, y, pressure: 0.5 })),
      box,
    );
    return cells({ kind: "pen", ...box, points: encoded });
  };

  it("[IN160] a stroke that closes means what it goes around, another one where it runs", () => {
    const around: [number, number][] = [
      [150, 75],
      [1_050, 75],
      [1_050, 525],
      [150, 525],
      [150, 95],
    ];
    expect(stroke(around)).toEqual(block([1, 10], [1, 10]));
    expect(
      stroke([
        [150, 75],
        [1_050, 75],
      ]),
    ).toEqual(block([1, 10], [1, 1]));
    expect(stroke([[150, 75]])).toEqual([cell(1, 1)]);
  });

  it("[IN160] what lies outside of the picture means nothing", () => {
    expect(cells({ kind: "arrow", x: 0, y: 0, w: 5_000, h: 10 })).toEqual([]);
    expect(cells({ kind: "rect", x: -500, y: -500, w: 600, h: 550 })).toEqual([cell(0, 0)]);
  });
});

describe("reading a panel", () => {
  const rect = { kind: "rect", x: 0, y: 0, w: 100, h: 50 } as const;

  it("[IN160] cells are told apart by side, and by picture", () => {
    const second = sampleItem({ ...item, id: itemIdSchema.parse("item-0002") });
    const traces = read([item, second], (change) => {
      change("customer", 1, draw(rect));
      change("agent", 2, draw({ ...rect, id: markIdSchema.parse("mark-0002"), x: 100 }));
      // The same picture laid twice is one picture.
      change("agent", 3, draw({ ...rect, id: markIdSchema.parse("mark-0003"), x: 300, item: second.id }));
    });
    expect(traces).toMatchObject([{ productId: PRODUCT, assetId: item.assetId }]);
    expect(drawn(traces)).toEqual([[cell(0, 0)], [cell(1, 0), cell(3, 0)]]);
  });

  it("[IN161] a mark that was moved counts where it ended, hers although the agent moved it", () => {
    const traces = read([item], (change) => {
      change("customer", 1, draw(rect));
      const moved = new Map([[sampleMark().id, { x: 500 }]]);
      change("agent", 2, (doc) => changeMarks(doc, origin, moved));
    });
    expect(drawn(traces)).toEqual([[cell(5, 0)], []]);
  });

  it("[IN161] what was rubbed out later counts, a slip does not", () => {
    const erase = (doc: Y.Doc) => removeMarks(doc, origin, [sampleMark().id]);
    const later = read([item], (change) => {
      change("customer", 1, draw(rect));
      change("agent", 1 + SLIP_MS, erase);
    });
    expect(drawn(later)).toEqual([[cell(0, 0)], []]);
    const slip = read([item], (change) => {
      change("customer", 1, draw(rect));
      change("customer", SLIP_MS, erase);
    });
    expect(slip).toEqual([]);
  });

  it("[IN162] a view that rested closely counts for who led it; one in passing, or from afar, does not", () => {
    const look = (zoom: number) => (doc: Y.Doc) =>
      restView(doc, origin, { item: item.id, cx: 600, cy: 300, zoom });
    const traces = read([item], (change) => {
      change("customer", 0, look(12));
      change("agent", LOOK_MS, look(1.5));
      change("agent", 10 * LOOK_MS, look(8));
      change("agent", 11 * LOOK_MS - 1, look(1));
    });
    expect(traces).toMatchObject([
      { zoomedByCustomer: block([5, 6], [5, 6]), zoomedByAgent: [], drawnByCustomer: [] },
    ]);
  });

  it("[IN162] what is looked at when it ends was looked at", () => {
    const traces = read([item], (change) =>
      change("agent", 5, (doc) => restView(doc, origin, { item: item.id, cx: 50, cy: 25, zoom: 16 })),
    );
    expect(traces).toMatchObject([{ zoomedByAgent: [cell(0, 0)] }]);
  });

  it("[IN162] a customer's photo, a video, and what nobody is known to have sent leave nothing", () => {
    expect(read([sampleItem()], (change) => change("customer", 1, draw(rect)))).toEqual([]);
    expect(read([{ ...item, duration: 9_000 }], (change) => change("customer", 1, draw(rect)))).toEqual([]);
    expect(read([item], (change) => change(null, 1, draw(rect)))).toEqual([]);
  });

  it("[IN168] marks that do not parse leave nothing, and the others count", () => {
    const traces = read([item], (change) => {
      change("customer", 1, (doc) => doc.getMap("marks").set("mark-0009", "nonsense"));
      change("customer", 1, (doc) => doc.getMap("stage").set("view", { item: item.id, zoom: Number.NaN }));
      change("customer", 1, (doc) => doc.getMap("items").set("item-0009", new Y.Map([["width", -1]])));
      change("customer", 2, draw(rect));
    });
    expect(drawn(traces)).toEqual([[cell(0, 0)], []]);
  });
});
