import type { Doc } from "yjs";
import { addMark } from "@/lib/panel/commands";
import { itemIdSchema, type MarkId } from "@/lib/protocol/ids";
import { newMarkId } from "./world";

const origin = { name: "test" };

/** Draws a rectangle, as the panel does. @returns the mark's id */
export function drawMark(doc: Doc, item = "item-0001", author = ""): MarkId {
  const id = newMarkId();
  addMark(doc, origin, {
    id,
    item: itemIdSchema.parse(item),
    kind: "rect",
    author,
    color: "#d55e00",
    width: 4,
    x: 10,
    y: 20,
    w: 300,
    h: 200,
    points: null,
    text: "",
    number: 0,
    moment: null,
    createdAt: 1_700_000_000_000,
  });
  return id;
}
