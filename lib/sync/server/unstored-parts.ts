/** What a live document has and the journal has not: another node ended before it had stored what it had relayed. */
import * as Y from "yjs";
import type { ParticipantId } from "@/lib/protocol/ids";
import { withoutClients } from "./own-structs";
import type { JournalUpdate, StoredPanel } from "./ports";
import { applyStored } from "./stored-panel";

export type UnstoredPart = Pick<JournalUpdate, "participantId" | "update">;

/**
 * One part for each Yjs client id, under its owner's name, so that the history and the owners stay right; deletions go
 * with each of them.
 */
export function unstoredParts(
  doc: Y.Doc,
  owners: ReadonlyMap<number, ParticipantId>,
  stored: StoredPanel,
): readonly UnstoredPart[] {
  const kept = new Y.Doc();
  applyStored(kept, stored);
  let lacking: Uint8Array | null = null;
  kept.on("update", (update: Uint8Array) => {
    lacking = lacking === null ? update : Y.mergeUpdates([lacking, update]);
  });
  Y.applyUpdate(kept, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(kept)));
  kept.destroy();
  return lacking === null ? [] : byOwner(lacking, owners);
}

function byOwner(update: Uint8Array, owners: ReadonlyMap<number, ParticipantId>): UnstoredPart[] {
  const { to } = Y.parseUpdateMeta(update);
  const clients = [...to.keys()];
  if (clients.length === 0) return [{ participantId: null, update }];
  return clients.map((client) => {
    const others = clients.filter((other) => other !== client);
    return { participantId: owners.get(client) ?? null, update: withoutClients(update, to, others) };
  });
}
