/**
 * What lies on the panel, for quick checks: which mark belongs to whom and to which item. Read from the document as it
 * changes; a mark's item and author never change, because the server refuses that.
 */
import * as Y from "yjs";
import { itemsOf, marksOf, readItem } from "@/lib/panel/schema";
import type { Size } from "@/lib/panel/view";

/** What marks are held to: the picture's size, and how long it runs if it does. */
export interface KnownPicture extends Size {
  /** Milliseconds; null for a picture that does not move. */
  readonly duration: number | null;
}

/** Deleted marks, and removed items, that are remembered: a deletion can be undone, and a late stroke recognised. */
const MAX_REMEMBERED = 2_000;

export interface KnownMark {
  readonly item: string;
  /** A participant's id; empty when nobody signed it. */
  readonly author: string;
}

export class PanelIndex {
  private readonly marks = new Map<string, KnownMark>();
  private readonly deleted = new Map<string, KnownMark>();
  private readonly counts = new Map<string, number>();
  private readonly pictures = new Map<string, KnownPicture>();
  private readonly removed = new Map<string, KnownPicture>();

  /** @param doc with everything that was stored in it */
  constructor(private readonly doc: Y.Doc) {
    for (const id of itemsOf(doc).keys()) this.putItem(id);
    itemsOf(doc).observe((event) => {
      for (const id of event.changes.keys.keys()) this.putItem(id);
    });
    for (const id of marksOf(doc).keys()) this.put(id);
    marksOf(doc).observe((event) => {
      for (const [id, { action }] of event.changes.keys) {
        if (action !== "add") this.drop(id);
        // One that was added here before the document had it.
        if (action === "add" && this.marks.has(id)) continue;
        if (action !== "delete") this.put(id);
      }
    });
  }

  mark(id: string): KnownMark | null {
    return this.marks.get(id) ?? null;
  }

  /** A mark that was there before. */
  deletedMark(id: string): KnownMark | null {
    return this.deleted.get(id) ?? null;
  }

  marksOn(item: string): number {
    return this.counts.get(item) ?? 0;
  }

  /** Pixels of an item's picture; null when there is no such item. */
  pictureOf(item: string): KnownPicture | null {
    return this.pictures.get(item) ?? null;
  }

  /** Of an item that was taken off the panel: who did not know yet may have drawn on it. */
  removedPictureOf(item: string): KnownPicture | null {
    return this.removed.get(item) ?? null;
  }

  /** An item never changes: it comes, and goes. */
  private putItem(id: string): void {
    const item = readItem(id, itemsOf(this.doc).get(id));
    const before = this.pictures.get(id);
    const { width, height, duration } = item ?? { width: 0, height: 0, duration: null };
    if (item) this.pictures.set(id, { width, height, duration });
    else if (before && this.pictures.delete(id)) remember(this.removed, id, before);
  }

  private put(id: string): void {
    const value = marksOf(this.doc).get(id);
    const field = (name: string) => (value instanceof Y.Map ? value.get(name) : undefined);
    this.add(id, { item: String(field("item") ?? ""), author: String(field("author") ?? "") });
  }

  /** A new mark, which the document has or is about to have. */
  add(id: string, mark: KnownMark): void {
    this.marks.set(id, mark);
    this.deleted.delete(id);
    this.counts.set(mark.item, this.marksOn(mark.item) + 1);
  }

  private drop(id: string): void {
    const mark = this.marks.get(id);
    if (!mark) return;
    this.marks.delete(id);
    this.counts.set(mark.item, this.marksOn(mark.item) - 1);
    remember(this.deleted, id, mark);
  }
}

function remember<T>(gone: Map<string, T>, id: string, value: T): void {
  gone.set(id, value);
  const [oldest] = gone.keys();
  if (gone.size > MAX_REMEMBERED && oldest !== undefined) gone.delete(oldest);
}
