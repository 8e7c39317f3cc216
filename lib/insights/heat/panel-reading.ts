/**
 * Reads a panel's journal from its first update to its last, and says which cells of which product picture were drawn on
 * and looked at closely, by which side. What was rubbed out later counts: somebody had pointed at it.
 */
import * as Y from "yjs";
import {
  type Item,
  itemsOf,
  marksOf,
  type RestingView,
  readItem,
  readMark,
  readRestingView,
  stageOf,
} from "@/lib/panel/schema";
import type { ParticipantRole } from "@/lib/protocol/roles";
import { cellsOfMark } from "./mark-cells";
import { type Side, type Trace, TraceBook } from "./trace-book";
import { cellsOfView } from "./view-cells";

/** From this zoom on somebody looks closely: no more than a quarter of the picture. */
const CLOSE_ZOOM = 2;
/** Milliseconds that a view has to stand: less is on the way to somewhere. */
export const LOOK_MS = 2_000;
/** Milliseconds within which a mark that is taken back was a slip of the hand. */
export const SLIP_MS = 3_000;

interface Drawn {
  readonly item: Item;
  readonly side: Side;
  readonly at: number;
  readonly cells: readonly number[];
}

/** Whom a customer brought along looks with her eyes. */
const sideOf = (role: ParticipantRole): Side =>
  role === "customer" || role === "companion" ? "customer" : "agent";

export class PanelReading {
  private readonly doc = new Y.Doc();
  /** Everything that was ever laid on the panel and can be counted. */
  private readonly items = new Map<string, Item>();
  private readonly marks = new Map<string, Drawn>();
  private readonly book = new TraceBook();
  private writer: { readonly side: Side | null; readonly at: number } = { side: null, at: 0 };
  private resting: { readonly view: RestingView; readonly side: Side; readonly at: number } | null = null;

  constructor() {
    itemsOf(this.doc).observe(({ keysChanged }) => {
      for (const id of keysChanged) this.noteItem(id);
    });
    marksOf(this.doc).observeDeep((events) => {
      for (const event of events) {
        if (event.target !== marksOf(this.doc)) this.noteMark(String(event.path[0]));
        else for (const id of event.changes.keys.keys()) this.noteMark(id);
      }
    });
    stageOf(this.doc).observe(({ keysChanged }) => {
      if (!keysChanged.has("view") && !keysChanged.has("shown")) return;
      this.leaveView();
      if (keysChanged.has("view")) this.takeView();
    });
  }

  /**
   * @param role of whoever sent it; null for the server, and where nobody knows
   * @param at milliseconds since 1970, by the server's clock
   * @throws whatever Yjs throws on an update that it cannot read
   */
  apply(update: Uint8Array, role: ParticipantRole | null, at: number): void {
    this.writer = { side: role === null ? null : sideOf(role), at };
    Y.applyUpdate(this.doc, update);
  }

  /** Nothing follows: where the room looks now it looked until the end. */
  end(): Trace[] {
    this.writer = { side: null, at: Number.POSITIVE_INFINITY };
    this.leaveView();
    this.doc.destroy();
    for (const { item, side, cells } of this.marks.values()) this.book.add(item, "drawn", side, cells);
    return this.book.traces();
  }

  /** Customers' photos, papers and videos are no product's picture. */
  private noteItem(id: string): void {
    const item = readItem(id, itemsOf(this.doc).get(id));
    if (item?.source === "product" && item.productId !== null && item.duration === null)
      this.items.set(id, item);
  }

  /** Whose a mark is stays as it was first seen, whoever moves it or brings it back. */
  private noteMark(id: string): void {
    const before = this.marks.get(id);
    const mark = readMark(id, marksOf(this.doc).get(id));
    const { side, at } = before ?? this.writer;
    if (!mark && before && this.writer.at - before.at < SLIP_MS) this.marks.delete(id);
    const item = mark ? this.items.get(mark.item) : undefined;
    if (mark && item && side !== null) this.marks.set(id, { item, side, at, cells: cellsOfMark(mark, item) });
  }

  private takeView(): void {
    const view = readRestingView(this.doc);
    const { side, at } = this.writer;
    if (view && side !== null && view.zoom >= CLOSE_ZOOM) this.resting = { view, side, at };
  }

  private leaveView(): void {
    const { resting } = this;
    this.resting = null;
    const item = resting ? this.items.get(resting.view.item) : undefined;
    if (resting && item && this.writer.at - resting.at >= LOOK_MS)
      this.book.add(item, "zoomed", resting.side, cellsOfView(resting.view, item));
  }
}
