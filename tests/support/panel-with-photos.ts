/** A conversation whose panel is written by the test itself and stored when it says so; its photos are really kept. */
import { randomUUID } from "node:crypto";
import * as Y from "yjs";
import { openConversation } from "@/lib/conversations/open-conversation";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { storeUsablePicture } from "@/lib/media/store-usable";
import { putItem } from "@/lib/panel/commands";
import type { Mark } from "@/lib/panel/mark";
import type { Item } from "@/lib/panel/schema";
import { assetIdSchema, itemIdSchema, markIdSchema, type ShopId } from "@/lib/protocol/ids";
import { testPng } from "./catalogue";
import { createVisitor } from "./shop-people";

export const origin = { name: "test" };

/** A conversation and its document, not stored yet. */
export async function openPanel(shopId: ShopId) {
  const visitor = await createVisitor(shopId);
  const opened = await openConversation(visitor, "en");
  return { ...opened, visitor, doc: new Y.Doc() };
}
export type OpenedPanel = Awaited<ReturnType<typeof openPanel>>;

export async function storePanel({ conversationId, participantId, doc }: OpenedPanel): Promise<void> {
  const update = Y.encodeStateAsUpdate(doc);
  await createPanelJournal().append([{ conversationId, participantId, at: Date.now(), update }]);
}

let counter = 0;
export function itemOf(over: Partial<Item>): Item {
  counter += 1;
  return {
    id: itemIdSchema.parse(`item-${String(counter).padStart(8, "0")}`),
    source: "asset",
    assetId: assetIdSchema.parse(randomUUID()),
    productId: null,
    width: 600,
    height: 400,
    title: "",
    duration: null,
    page: null,
    covered: false,
    addedBy: "",
    order: counter,
    ...over,
  };
}

/** A photo that was really sent in, on the panel: 600 x 400. */
export async function putPhoto(to: OpenedPanel, over: Partial<Item> = {}): Promise<Item> {
  const { conversationId, participantId, visitor } = to;
  const source = await testPng(`rgb(${counter % 200}, 90, 60)`, 600, 400);
  const { assetId } = await storeUsablePicture({
    ...{ shopId: visitor.shopId, conversationId, participantId, source },
    signal: new AbortController().signal,
  });
  const item = itemOf({ assetId, addedBy: participantId, ...over });
  putItem(to.doc, origin, item);
  return item;
}

/** A rectangle of 200 x 150 at 100, 100. */
export function markOf(item: Item, over: Partial<Mark> = {}): Mark {
  counter += 1;
  return {
    id: markIdSchema.parse(`mark-${String(counter).padStart(8, "0")}`),
    item: item.id,
    kind: "rect",
    author: "",
    color: "#d55e00",
    width: 12,
    x: 100,
    y: 100,
    w: 200,
    h: 150,
    points: null,
    text: "",
    number: 0,
    moment: null,
    createdAt: counter,
    ...over,
  };
}
