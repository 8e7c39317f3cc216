/** What the server's main thread and the thread that paints an export say to each other. Plain values only. */
import type { MessagePort } from "node:worker_threads";
import type { Item } from "@/lib/panel/schema";
import type { ItemId } from "@/lib/protocol/ids";

/** Everything that the pages say and that does not depend on an item; in the language of whoever asks. */
export interface PaperWords {
  /** The document's name, shown by readers in their title bar: it names nobody. */
  readonly title: string;
  readonly shop: string;
  readonly heading: string;
  readonly date: string;
  readonly takingPart: string;
  readonly drawnBy: string;
  /** Who drew and is not known. */
  readonly somebody: string;
  /** With {page} and {pages}. */
  readonly page: string;
}

export interface ExportPerson {
  readonly id: string;
  readonly name: string;
  /** "#rrggbb" */
  readonly color: string;
}

export type Wanted =
  | { readonly kind: "picture"; readonly itemId: ItemId }
  | { readonly kind: "paper"; readonly words: PaperWords; readonly people: readonly ExportPerson[] };

export interface ExportJob {
  /** Yjs updates of the panel's document, in order. */
  readonly panel: readonly Uint8Array[];
  readonly wanted: Wanted;
  /** Stands on the tile of a picture that there is not. */
  readonly missing: string;
  /** Where the thread asks for one item at a time: an ItemQuestion, answered by ItemFacts. */
  readonly port: MessagePort;
}

export interface ItemQuestion {
  readonly item: Item;
  /** Longest side of use, pixels. */
  readonly longest: number;
}

export interface ItemFacts {
  readonly caption: string;
  /** WebP; null when there is no still of it that may be shown. */
  readonly picture: Uint8Array | null;
}

export type AskItem = (question: ItemQuestion) => Promise<ItemFacts>;

/** PNG or PDF. */
export type ExportAnswer =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly code: "not_found" | "conflict"; readonly detail: string };
