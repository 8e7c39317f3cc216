import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { putItem } from "@/lib/panel/commands";
import { marksOf, stageOf } from "@/lib/panel/schema";
import { assetIdSchema, itemIdSchema, participantIdSchema } from "@/lib/protocol/ids";
import { glanceAt } from "./use-panel-glance";

const her = participantIdSchema.parse("00000000-0000-7000-8000-000000000002");
const assetId = assetIdSchema.parse("00000000-0000-7000-8000-000000000004");
const item = (id: string) => ({
  id: itemIdSchema.parse(id),
  source: "asset" as const,
  assetId,
  productId: null,
  width: 400,
  height: 300,
  title: "Boot",
  duration: null,
  page: null,
  covered: false,
  addedBy: "",
  order: 0,
});
const view = (id: string) => ({
  participantId: her,
  view: { item: id, cx: 1, cy: 1, zoom: 1, w: 10, h: 10, clock: 1, together: true },
});

describe("a glance at a panel", () => {
  it("[DK3] tells what is shown, its marks, and who looks at it or at something else", () => {
    const doc = new Y.Doc();
    expect(glanceAt(doc, []).shown).toBeNull();
    putItem(doc, { name: "test" }, item("item-one"));
    putItem(doc, { name: "test" }, item("item-two"));
    const mark = new Y.Map([["item", "item-two"]]);
    marksOf(doc).set("mark-one", mark);
    const glance = glanceAt(doc, [view("item-two")]);
    expect([glance.shown?.id, glance.marks, glance.seenBy]).toEqual(["item-two", 1, [her]]);
    expect(glanceAt(doc, [view("item-one")])).toMatchObject({ seenBy: [], elsewhere: [her] });
  });

  it("[DK3] survives a document and presence that hostile hands wrote", () => {
    const doc = new Y.Doc();
    putItem(doc, { name: "test" }, item("item-one"));
    marksOf(doc).set("x", "<script>");
    marksOf(doc).set("y", new Y.Map([["item", 7]]));
    const states = [null, 7, {}, { participantId: "no" }, { participantId: her, view: { item: [] } }];
    expect(glanceAt(doc, states)).toMatchObject({ marks: 0, seenBy: [], elsewhere: [] });
    stageOf(doc).set("shown", { toString: 1 });
    expect(glanceAt(doc, states).shown).toBeNull();
  });
});
