/**
 * New marks that everybody has been told of and the room's document has not taken yet: nothing else in it depends on
 * them, and some taken together cost less than one by one. Whoever reads the document has it take them first.
 */
import * as Y from "yjs";
import type { NewMark } from "./new-mark";
import { scattered } from "./scattered";
import { dropPending } from "./stored-panel";

/**
 * About so many are taken together, in a millisecond or two, for which every room of the process waits; ten times as many cost no less each
 * (decision 46).
 */
const TOGETHER = 32;
/** From half of it to one and a half. */
const SPREAD = 0.5;

export class WaitingMarks {
  private updates: Uint8Array[] = [];
  private most = scattered(TOGETHER, SPREAD);
  /** Where each Yjs client's history ends with what waits. */
  private readonly ends = new Map<number, number>();

  constructor(private readonly doc: Y.Doc) {}

  get isEmpty(): boolean {
    return this.updates.length === 0;
  }

  get isFull(): boolean {
    return this.updates.length >= this.most;
  }

  /** How far this Yjs client's history is known. */
  reached(client: number): number {
    return this.ends.get(client) ?? Y.getState(this.doc.store, client);
  }

  /** @param mark continues its client's history where `reached` says */
  add({ client, clock, length }: NewMark, update: Uint8Array): void {
    // A copy: the update is a part of all that came from the socket in one piece, which would be kept along.
    this.updates.push(Buffer.from(update));
    this.ends.set(client, clock + length);
  }

  /** @throws Error when the document did not take all of it: it can no longer be trusted, load it again */
  take(): void {
    const updates = this.updates;
    this.updates = [];
    this.most = scattered(TOGETHER, SPREAD);
    this.ends.clear();
    this.doc.transact(() => {
      for (const update of updates) Y.applyUpdate(this.doc, update);
    });
    if (dropPending(this.doc)) throw new Error("new marks left something pending");
  }
}
