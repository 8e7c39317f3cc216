/** Who points where on other nodes: as those nodes have checked it, until they take it back or are gone. */
import type { PresenceRecord } from "./outgoing";
import type { NodeId } from "./ports";

interface Present extends PresenceRecord {
  readonly node: NodeId;
}

export class PeerPresence {
  private readonly present = new Map<number, Present>();

  /** @returns what is news here */
  apply(node: NodeId, records: readonly PresenceRecord[]): PresenceRecord[] {
    return records.filter((record) => {
      const current = this.present.get(record.clientId);
      if (record.state === "null") {
        // Somebody who changed nodes is taken back by the old one after the new one has told of her.
        if (current?.node !== node || record.clock < current.clock) return false;
        return this.present.delete(record.clientId);
      }
      if (current && record.clock <= current.clock) return false;
      this.present.set(record.clientId, { ...record, node });
      return true;
    });
  }

  all(): PresenceRecord[] {
    return [...this.present.values()];
  }

  /** @returns what everybody here must forget */
  drop(node: NodeId): PresenceRecord[] {
    const gone = [...this.present.values()].filter((record) => record.node === node);
    for (const { clientId } of gone) this.present.delete(clientId);
    return gone.map(({ clientId, clock }) => ({ clientId, clock, state: "null" }));
  }
}
