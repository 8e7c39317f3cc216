/**
 * What lies on the panel, for quick checks: which mark belongs to whom and to which item. Read from the document as it
 * changes; a mark's item and author never change, because the server refuses that.
 */
import * as Y from "yjs";
import { itemsOf, marksOf, readItem } from "@/lib/panel/schema";
import type { Size } from "@/lib/panel/view";

/** Authors of deleted marks that are remembered, so that a deletion can be undone by whoever made it. */
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

  /** @param doc with everything that was stored in it */
  constructor(private readonly doc: Y.Doc) {
    for (const id of marksOf(doc).keys()) this.put(id);
    marksOf(doc).observe((event) => {
      for (const [id, { action }] of event.changes.keys) {
        if (action !== "add") this.drop(id);
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
  pictureOf(item: string): Size | null {
    return readItem(item, itemsOf(this.doc).get(item));
  }

  private put(id: string): void {
    const value = marksOf(this.doc).get(id);
    const field = (name: string) => (value instanceof Y.Map ? value.get(name) : undefined);
    const mark = { item: String(field("item") ?? ""), author: String(field("author") ?? "") };
    this.marks.set(id, mark);
    this.deleted.delete(id);
    this.counts.set(mark.item, this.marksOn(mark.item) + 1);
  }

  private drop(id: string): void {
    const mark = this.marks.get(id);
    if (!mark) return;
    this.marks.delete(id);
    this.counts.set(mark.item, this.marksOn(mark.item) - 1);
    this.deleted.set(id, mark);
    const [oldest] = this.deleted.keys();
    if (this.deleted.size > MAX_REMEMBERED && oldest !== undefined) this.deleted.delete(oldest);
  }
}
