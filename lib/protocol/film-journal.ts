/**
 * A page of a panel's journal on its way to a player: binary, because a drawing is. A run of (time, bytes) in the
 * journal's order, then the row after which the next page begins.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

export interface JournalRow {
  /** Milliseconds since 1970, by the server's clock, when it came in. */
  readonly at: number;
  /** A Yjs update. */
  readonly update: Uint8Array;
}

export interface JournalPage {
  readonly rows: readonly JournalRow[];
  /** Number of the last row in it; null when there is no more. */
  readonly next: string | null;
}

export function encodeJournalPage({ rows, next }: JournalPage): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, rows.length);
  for (const { at, update } of rows) {
    encoding.writeVarUint(encoder, at);
    encoding.writeVarUint8Array(encoder, update);
  }
  encoding.writeVarString(encoder, next ?? "");
  return encoding.toUint8Array(encoder);
}

/** @throws Error for bytes that are no such page */
export function decodeJournalPage(bytes: Uint8Array): JournalPage {
  const decoder = decoding.createDecoder(bytes);
  const rows = Array.from({ length: decoding.readVarUint(decoder) }, () => ({
    at: decoding.readVarUint(decoder),
    update: decoding.readVarUint8Array(decoder),
  }));
  const next = decoding.readVarString(decoder);
  return { rows, next: next === "" ? null : next };
}
