/** An item and a mark to start from, for tests. */
import { assetIdSchema, itemIdSchema, markIdSchema } from "@/lib/protocol/ids";
import type { Mark } from "./mark";
import type { Item } from "./schema";

export function sampleItem(changes: Partial<Item> = {}): Item {
  return {
    id: itemIdSchema.parse("item-0001"),
    source: "asset",
    assetId: assetIdSchema.parse("00000000-0000-4000-8000-000000000001"),
    productId: null,
    width: 3000,
    height: 2000,
    title: "Boots",
    duration: null,
    page: null,
    covered: false,
    addedBy: "anna",
    order: 1,
    ...changes,
  };
}

export function sampleMark(changes: Partial<Mark> = {}): Mark {
  return {
    id: markIdSchema.parse("mark-0001"),
    item: itemIdSchema.parse("item-0001"),
    kind: "rect",
    author: "anna",
    color: "#d55e00",
    width: 6,
    x: 100,
    y: 100,
    w: 300,
    h: 200,
    points: null,
    text: "",
    number: 0,
    moment: null,
    createdAt: 1,
    ...changes,
  };
}
