/**
 * A line that takes less than the room says. Past a bound it is sent no document updates; once it has drained, all that
 * it lacks comes in one piece, as an answer to a state vector. So what waits for it stays bounded however much is drawn.
 * What is said once (chat, control) is never left out: who does not even take that is closed by its connection.
 */
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { wire } from "@/lib/protocol/wire";
import { syncKind } from "./frame";
import type { SyncOptions } from "./options";
import { missingFrame } from "./outgoing";
import type { RoomDocument } from "./room-document";

/** The socket as it is seen here. */
export interface Line {
  /** Bytes that wait in this process. */
  waiting(): number;
  transmit(frame: Uint8Array): void;
  /** Runs `then` when everything given to `transmit` so far has left this process; maybe never on a line that ends. */
  whenDrained(then: () => void): void;
}

export class SlowReader {
  /** How far the client knows each Yjs client's history at least; null when it was sent everything. */
  private known: Map<number, number> | null = null;
  /** Bytes of the last large frame, while it may still wait: the panel, or a page of messages. */
  private piece = 0;

  constructor(
    private readonly line: Line,
    private readonly document: Pick<RoomDocument, "stateVector" | "missingFor">,
    private readonly options: Pick<SyncOptions, "skipAboveBytes" | "closeAboveBytes">,
  ) {}

  /** @returns false when the line holds too much that may not be left out */
  send(frame: Uint8Array): boolean {
    if (isUpdate(frame) && (this.known !== null || this.isSlow())) {
      // The document has it already, and the client has what came before it.
      this.lower(updateOf(frame));
      return true;
    }
    if (!this.isSlow()) this.piece = 0;
    if (this.line.waiting() - this.piece > this.options.closeAboveBytes) return false;
    this.transmit(frame);
    return true;
  }

  /** Answers a client's state vector, now or with what else it lacks. */
  answer(stateVector: Uint8Array): void {
    if (this.known === null && !this.isSlow()) {
      this.transmitMissing(stateVector);
      return;
    }
    const has = Y.decodeStateVector(stateVector);
    const known = this.expect();
    for (const [client, clock] of known) known.set(client, Math.min(clock, has.get(client) ?? 0));
  }

  private isSlow(): boolean {
    return this.line.waiting() > this.options.skipAboveBytes;
  }

  private lower(update: Uint8Array): void {
    const known = this.expect();
    for (const [client, clock] of Y.parseUpdateMeta(update).from) {
      known.set(client, Math.min(clock, known.get(client) ?? clock));
    }
  }

  private expect(): Map<number, number> {
    if (this.known !== null) return this.known;
    const known = Y.decodeStateVector(this.document.stateVector());
    this.known = known;
    this.line.whenDrained(() => this.onDrained());
    return known;
  }

  private onDrained(): void {
    if (this.known === null) return;
    if (this.isSlow()) {
      this.line.whenDrained(() => this.onDrained());
      return;
    }
    const stateVector = Y.encodeStateVector(this.known);
    this.known = null;
    this.transmitMissing(stateVector);
  }

  private transmitMissing(stateVector: Uint8Array): void {
    this.transmit(missingFrame(this.document.missingFor(stateVector)));
  }

  private transmit(frame: Uint8Array): void {
    // A line that is free takes one frame of any size: who is closed for it would be sent it again.
    if (!this.isSlow() && frame.length > this.options.skipAboveBytes) this.piece = frame.length;
    this.line.transmit(frame);
  }
}

/** Types and kinds are below 128: one byte each. */
function isUpdate(frame: Uint8Array): boolean {
  return frame[0] === wire.sync && frame[1] === syncKind.update;
}

function updateOf(frame: Uint8Array): Uint8Array {
  return decoding.readVarUint8Array(decoding.createDecoder(frame.subarray(2)));
}
