/**
 * What a participant may bring of her answer to our state vector. After a server died she may have seen the last strokes
 * of others that it lost, and answers with them too: each author brings her own, so they are left out here, and so is
 * the deletion of what we do not have. Nothing is taken under a name that is not its author's.
 */
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { guard } from "./frame";
import { extendedBy } from "./stored-panel";

export interface OwnPart {
  readonly update: Uint8Array;
  /** False: something was left out. */
  readonly whole: boolean;
}

type Deletions = Map<number, readonly { readonly clock: number; readonly len: number }[]>;

/**
 * @param isOwn whether new structs of this Yjs client id may come from this participant
 * @returns the same bytes when there is nothing to leave out
 * @throws MalformedFrame
 */
export function ownPart(doc: Y.Doc, update: Uint8Array, isOwn: (clientId: number) => boolean): OwnPart {
  return guard(() => {
    const { to } = Y.parseUpdateMeta(update);
    const foreign = extendedBy(doc, update).filter((client) => !isOwn(client));
    const kept = foreign.length === 0 ? update : withoutClients(update, to, foreign);
    for (const client of foreign) to.delete(client);
    const deletions = Y.decodeUpdate(kept).ds.clients;
    const known = clipped(deletions, (client) =>
      Math.max(Y.getState(doc.store, client), to.get(client) ?? 0),
    );
    if (known === deletions) return { update: kept, whole: foreign.length === 0 };
    return { update: withDeletions(kept, deletions, known), whole: false };
  });
}

/** A state vector that claims to know all of these clients makes Yjs leave them out. @param ends their clocks' ends */
export function withoutClients(
  update: Uint8Array,
  ends: ReadonlyMap<number, number>,
  clients: readonly number[],
): Uint8Array {
  const stateVector = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, clients.length);
    for (const client of clients) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, ends.get(client) ?? 0);
    }
  });
  return Y.diffUpdate(update, stateVector);
}

/** The ranges up to where each client's history is known; the same map when that is all. */
function clipped(deletions: Deletions, reach: (client: number) => number): Deletions {
  let cut = false;
  const kept: Deletions = new Map();
  for (const [client, ranges] of deletions) {
    const end = reach(client);
    const known = ranges.flatMap(({ clock, len }) => {
      if (clock + len <= end) return [{ clock, len }];
      cut = true;
      return clock < end ? [{ clock, len: end - clock }] : [];
    });
    if (known.length > 0) kept.set(client, known);
  }
  return cut ? kept : deletions;
}

/** An update ends with its deletions: those bytes are exchanged. */
function withDeletions(update: Uint8Array, before: Deletions, after: Deletions): Uint8Array {
  // Written by Yjs, numbers are as short as can be, as ours are; a client's own bytes need not be.
  const written = Y.diffUpdate(update, new Uint8Array([0]));
  const structs = written.subarray(0, written.length - encodeDeletions(before).length);
  return Buffer.concat([structs, encodeDeletions(after)]);
}

function encodeDeletions(deletions: Deletions): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, deletions.size);
    for (const [client, ranges] of deletions) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, ranges.length);
      for (const { clock, len } of ranges) {
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarUint(encoder, len);
      }
    }
  });
}
