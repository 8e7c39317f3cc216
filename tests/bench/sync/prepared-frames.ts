/** What a client will send, encoded before the clock runs, so that the load costs little more than its sockets. */
import { randomFillSync } from "node:crypto";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { addMark } from "@/lib/panel/commands";
import type { Mark } from "@/lib/panel/mark";
import { boxOfPoints, encodePoints } from "@/lib/panel/pen-points";
import { newMarkId } from "@/lib/panel/schema";
import type { MarkId } from "@/lib/protocol/ids";
import { wire } from "@/lib/protocol/wire";
import { item, type Seat } from "./rooms";

/** A quick stroke after thinning. */
const POINTS_PER_STROKE = 24;

export interface PreparedStroke {
  readonly id: MarkId;
  readonly frame: Uint8Array;
}

/** One participant's hand: every stroke a mark of its own, every cursor her view and pointer. */
export class Hand {
  private readonly doc = new Y.Doc();
  private clock = 0;

  constructor(private readonly seat: Seat) {}

  strokes(count: number): PreparedStroke[] {
    return Array.from({ length: count }, () => {
      const updates: Uint8Array[] = [];
      const collect = (update: Uint8Array) => updates.push(update);
      this.doc.on("update", collect);
      const id = this.draw();
      this.doc.off("update", collect);
      return { id, frame: updateFrame(Y.mergeUpdates(updates)) };
    });
  }

  /** Many marks at once, as a board is put on the panel. */
  board(marks: number): Uint8Array {
    const before = Y.encodeStateVector(this.doc);
    for (let count = 0; count < marks; count++) this.draw();
    return updateFrame(Y.encodeStateAsUpdate(this.doc, before));
  }

  cursors(count: number): Uint8Array[] {
    return Array.from({ length: count }, () => this.cursor(++this.clock));
  }

  private draw(): MarkId {
    const mark = penMark(this.seat.participantId);
    addMark(this.doc, { name: "bench" }, mark);
    return mark.id;
  }

  private cursor(clock: number): Uint8Array {
    const view = { item: item.id, cx: 600 + (clock % 100), cy: 800, zoom: 2, w: 1_200, h: 800 };
    const state = {
      participantId: this.seat.participantId,
      view: { ...view, clock, together: true },
      pointer: { item: item.id, x: 100 + (clock % 900), y: 200 + (clock % 700), mode: "cursor" },
    };
    const body = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, this.doc.clientID);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, JSON.stringify(state));
    });
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, wire.awareness);
      encoding.writeVarUint8Array(encoder, body);
    });
  }
}

function penMark(author: string): Mark {
  const left = Math.random() * 1_000;
  const top = Math.random() * 1_000;
  const points = Array.from({ length: POINTS_PER_STROKE }, (_, index) => ({
    x: left + index * 9,
    y: top + 60 * Math.sin(index / 3) + 60,
    pressure: 0.5,
  }));
  const box = boxOfPoints(points);
  return {
    ...box,
    id: newMarkId(randomFillSync),
    item: item.id,
    kind: "pen",
    author,
    color: "#d55e00",
    width: 4,
    points: encodePoints(points, box),
    text: "",
    number: 0,
    moment: null,
    createdAt: Date.now(),
  };
}

const syncFrame = (kind: number, body: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, wire.sync);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, body);
  });

const updateFrame = (update: Uint8Array) => syncFrame(2, update);
/** Of an empty document: "send me everything". */
export const emptyStateVectorFrame = syncFrame(0, new Uint8Array([0]));
/** "I have nothing that you lack." */
export const nothingMissingFrame = syncFrame(1, new Uint8Array([0, 0]));
