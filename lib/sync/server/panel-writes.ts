/** The server's own changes to the panel's document, inside a transaction of the caller. */
import { type Doc, Map as YMap } from "yjs";
import { endComparison, layItem, showItem as showOnPanel } from "@/lib/panel/commands";
import { parseComparison } from "@/lib/panel/comparison";
import { MAX_ITEMS } from "@/lib/panel/limits";
import { itemOfPlaybackKey } from "@/lib/panel/playback";
import { type Item, itemsOf, marksOf, readItems, readShown, stageOf } from "@/lib/panel/schema";
import { putBack as putBackOnPanel, type TakenOff, takeOff as takeOffPanel } from "@/lib/panel/taken-off";
import type { AssetId, ItemId, ParticipantId } from "@/lib/protocol/ids";
import type { NewItem } from "@/lib/protocol/rooms-port";

const origin = { name: "server" };

export const takesOneMore = (doc: Doc): boolean => itemsOf(doc).size < MAX_ITEMS;

/** Whether this picture lies on the panel already, or there is room for one more. */
export function takesItem(doc: Doc, source: NewItem): boolean {
  return takesOneMore(doc) || findSame(readItems(doc), source) !== undefined;
}

/** The id of the item that shows this picture; made when there is none. */
export function addItem(doc: Doc, source: NewItem, by: ParticipantId | null, newId: () => ItemId): ItemId {
  const items = readItems(doc);
  const known = findSame(items, source);
  if (known) return known.id;
  const order = items.reduce((highest, item) => Math.max(highest, item.order), 0) + 1;
  const {
    source: kind,
    assetId,
    productId,
    width,
    height,
    title,
    duration = null,
    page = null,
    covered = false,
    frozen = false,
  } = source;
  const facts = { source: kind, assetId, productId, width, height, title, duration, page, covered };
  const id = newId();
  layItem(doc, origin, { ...facts, ...(frozen && { frozen }), id, addedBy: by ?? "", order });
  return id;
}

/** Whatever lies there of this asset is no longer covered. */
export function uncoverItems(doc: Doc, assetId: AssetId): void {
  for (const { id, covered, ...item } of readItems(doc)) {
    const entry = itemsOf(doc).get(id);
    if (covered && item.assetId === assetId && entry instanceof YMap) entry.set("covered", false);
  }
}

function findSame(items: readonly Item[], { assetId, source, productId }: NewItem): Item | undefined {
  return items.find(
    (item) => item.assetId === assetId && item.source === source && item.productId === productId,
  );
}

export function showItem(doc: Doc, itemId: ItemId): void {
  showOnPanel(doc, origin, itemId);
}

/** @returns the item as it lay there; null when there is none */
export const takeOff = (doc: Doc, itemId: ItemId, now: number): TakenOff | null =>
  takeOffPanel(doc, origin, itemId, now);

export const putBack = (doc: Doc, taken: TakenOff): void => putBackOnPanel(doc, origin, taken);

/** Whether the comparison names an item that is not there. */
export function comparesNothing(doc: Doc): boolean {
  const compared = parseComparison(stageOf(doc).get("compare"));
  return compared !== null && !(itemsOf(doc).has(compared.item) && itemsOf(doc).has(compared.with));
}

/** Whether an entry of the stage plays an item that is not there. */
export function playsNothing(doc: Doc, entry: string): boolean {
  const item = itemOfPlaybackKey(entry);
  return item !== null && stageOf(doc).has(entry) && !itemsOf(doc).has(item);
}

/** Deletes these marks and what plays nothing, ends a comparison with nothing, and shows the newest item when the shown one is not there. */
export function tidyPanel(doc: Doc, marks: Iterable<string>): void {
  for (const id of marks) if (marksOf(doc).has(id)) marksOf(doc).delete(id);
  for (const entry of [...stageOf(doc).keys()]) if (playsNothing(doc, entry)) stageOf(doc).delete(entry);
  if (comparesNothing(doc)) endComparison(doc, origin);
  const shown = readShown(doc);
  if (shown === null || itemsOf(doc).has(shown)) return;
  const last = readItems(doc).at(-1);
  if (last) showOnPanel(doc, origin, last.id);
  else stageOf(doc).delete("shown");
}
