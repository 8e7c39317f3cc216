/** A stored panel in three arrays instead of thousands: handed over to a thread in no time, however long the journal. */
import type { ParticipantId } from "@/lib/protocol/ids";
import type { PanelSnapshot, StoredPanel } from "./ports";

export interface PackedPanel {
  readonly snapshot: PanelSnapshot | null;
  /** The updates, one after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of each update, bytes. */
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly authors: readonly (ParticipantId | null)[];
}

/** What it was made of stays as it is. */
export function packPanel({ snapshot, updates }: StoredPanel): PackedPanel {
  const lengths = Uint32Array.from(updates, ({ update }) => update.length);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let start = 0;
  for (const { update } of updates) {
    bytes.set(update, start);
    start += update.length;
  }
  return {
    // A copy: what the database answers is part of a larger piece of memory, all of which would go along.
    snapshot: snapshot && { ...snapshot, state: new Uint8Array(snapshot.state) },
    bytes,
    lengths,
    authors: updates.map(({ participantId }) => participantId),
  };
}

export function unpackPanel({ snapshot, bytes, lengths, authors }: PackedPanel): StoredPanel {
  let end = 0;
  const updates = authors.map((participantId, index) => {
    const start = end;
    end += lengths[index] ?? 0;
    return { participantId, update: bytes.subarray(start, end) };
  });
  return { snapshot, updates };
}
