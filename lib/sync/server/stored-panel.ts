/**
 * A document and the owners of its Yjs client ids from what the journal holds. Who wrote a stored update is known, so
 * the owners need no column of their own until the update is merged into a snapshot.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import * as Y from "yjs";
import type { ParticipantId } from "@/lib/protocol/ids";
import type { PanelSnapshot, StoredPanel } from "./ports";

/** Yjs draws its client ids from 32 bits; above lie the server's own, which no participant may continue. */
const FIRST_SERVER_ID = 2 ** 32;

export const isServerId = (clientId: number): boolean => clientId >= FIRST_SERVER_ID;

/** A Yjs client id for one loaded document. */
export const newServerId = (): number => FIRST_SERVER_ID + Math.floor(Math.random() * FIRST_SERVER_ID);

/** Merged in one go, in a few milliseconds, before everybody else's rooms have their turn. */
const MERGED_AT_ONCE = 64;

/**
 * Applies what is stored to `doc`.
 * @returns whom the Yjs client ids belong to: the participant who used one first
 * @throws whatever Yjs throws on a stored part that it cannot read
 */
export function applyStored(doc: Y.Doc, { snapshot, updates }: StoredPanel): Map<number, ParticipantId> {
  const owners = new Map(snapshot?.owners);
  // One transaction: Yjs tidies up after each, which would cost as much as applying the update.
  doc.transact(() => {
    if (snapshot) Y.applyUpdate(doc, snapshot.state);
    applyUpdates(doc, updates, owners);
  });
  return owners;
}

/** @param owners takes up who was first with a Yjs client id */
function applyUpdates(doc: Y.Doc, updates: StoredPanel["updates"], owners: Map<number, ParticipantId>): void {
  for (const { participantId, update } of updates) {
    if (participantId !== null) {
      for (const client of extendedBy(doc, update)) {
        if (!isServerId(client) && !owners.has(client)) owners.set(client, participantId);
      }
    }
    Y.applyUpdate(doc, update);
  }
}

/** Forgets what builds on something that the document does not have. @returns whether there was any */
export function dropPending({ store }: Y.Doc): boolean {
  const some = store.pendingStructs !== null || store.pendingDs !== null;
  store.pendingStructs = null;
  store.pendingDs = null;
  return some;
}

/** Yjs client ids for which the update holds something that the document lacks. */
export function extendedBy(doc: Y.Doc, update: Uint8Array): number[] {
  const extended: number[] = [];
  for (const [client, end] of Y.parseUpdateMeta(update).to) {
    if (end > Y.getState(doc.store, client)) extended.push(client);
  }
  return extended;
}

/**
 * Snapshot and updates to one snapshot, without what was deleted. Takes its time, turn by turn: meanwhile others draw.
 * @throws whatever Yjs throws on a stored part that it cannot read
 */
export async function mergeStored({ snapshot, updates }: StoredPanel): Promise<PanelSnapshot> {
  const doc = new Y.Doc();
  const owners = applyStored(doc, { snapshot, updates: [] });
  for (let start = 0; start < updates.length; start += MERGED_AT_ONCE) {
    await nextTurn();
    doc.transact(() => applyUpdates(doc, updates.slice(start, start + MERGED_AT_ONCE), owners));
  }
  await nextTurn();
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return { state, owners };
}
