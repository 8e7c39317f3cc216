/**
 * Who points where, right now. One connection, one Yjs client id: the first it brings. Entries about anybody else are
 * ignored, not punished: y-websocket repeats to the server what it heard from it. Nothing here is stored.
 */
import { MAX_PRESENCE_BYTES } from "@/lib/protocol/limits";
import type { PresenceEntry } from "./frame";
import { isShallow } from "./is-shallow";
import type { PresenceRecord } from "./outgoing";
import { type Identity, signedState } from "./signed-state";

/** Objects inside a state: a draft is two levels, what other clients show may be a few more. */
const MAX_STATE_LEVELS = 8;

interface Present extends PresenceRecord {
  readonly owner: object;
}

export class PresenceTable {
  private readonly present = new Map<number, Present>();
  /** Each connection's own id, also while it shows nothing. */
  private readonly ids = new Map<object, number>();

  /**
   * Takes what `owner` may say and answers it as it is to be passed on.
   * @param who as the server knows it: stands beside whatever the state says, so that nobody poses as another
   * @param mayClaim whether this Yjs client id may belong to that participant
   */
  apply(
    owner: object,
    who: Identity,
    entries: readonly PresenceEntry[],
    mayClaim: (clientId: number) => boolean,
  ): PresenceRecord[] {
    const taken: PresenceRecord[] = [];
    for (const entry of entries) {
      if (entry.size > MAX_PRESENCE_BYTES || !isShallow(entry.state, MAX_STATE_LEVELS)) continue;
      if (entry.state === null) {
        const current = this.present.get(entry.clientId);
        if (current?.owner !== owner || entry.clock < current.clock) continue;
        this.present.delete(entry.clientId);
        taken.push({ clientId: entry.clientId, clock: entry.clock, state: "null" });
        continue;
      }
      const claimed = entry.state.participantId;
      if (claimed !== undefined && claimed !== who.participantId) continue;
      if (!this.claim(owner, entry.clientId, mayClaim)) continue;
      const current = this.present.get(entry.clientId);
      // A page that came back repeats its state. An older one nobody would take, nor take back when its owner is gone.
      if (current && (current.owner === owner ? entry.clock <= current.clock : entry.clock < current.clock))
        continue;
      const state = signedState(entry.text, entry.state, who);
      const { clientId, clock } = entry;
      this.present.set(clientId, { clientId, clock, state, owner });
      taken.push({ clientId, clock, state });
    }
    return taken;
  }

  /** The Yjs client id that this connection brought first; undefined before it brought one. */
  idOf(owner: object): number | undefined {
    return this.ids.get(owner);
  }

  /** Everybody, for somebody who has just come. */
  all(): PresenceRecord[] {
    return [...this.present.values()];
  }

  /** The connection is gone: what the others must forget. */
  remove(owner: object): PresenceRecord[] {
    const clientId = this.ids.get(owner);
    this.ids.delete(owner);
    if (clientId === undefined) return [];
    const record = this.present.get(clientId);
    if (record?.owner !== owner) return [];
    this.present.delete(clientId);
    return [{ clientId, clock: record.clock, state: "null" }];
  }

  private claim(owner: object, clientId: number, mayClaim: (clientId: number) => boolean): boolean {
    const own = this.ids.get(owner);
    if (own !== undefined) return own === clientId;
    // Only the participant's own earlier connection, dead but not noticed yet, can hold an id that `mayClaim` allows.
    if (!mayClaim(clientId)) return false;
    this.ids.set(owner, clientId);
    return true;
  }
}
