/**
 * What leaves on one socket, in as few writes as possible: a write is what relaying costs most. Everything goes at once
 * but presence, of which only the newest counts: it leaves with whatever goes next, and waits for that a moment only.
 */
import type { SyncOptions } from "./options";
import { websocketFrame } from "./websocket-frame";

/** The socket as it is seen here. */
export interface Wire {
  /** Bytes that wait in this process. */
  waiting(): number;
  /** Websocket frames, written together. */
  write(frames: readonly Buffer[]): void;
}

/**
 * Milliseconds between two looks at the presence that waits, in all outboxes of the process at once: a timer for each
 * would wake the process a thousand times a second.
 */
const PULSE_MS = 4;
const watched = new Set<Outbox>();
let beating = false;

function watch(outbox: Outbox): void {
  watched.add(outbox);
  if (!beating) setTimeout(beat, PULSE_MS);
  beating = true;
}

function beat(): void {
  for (const outbox of watched) if (outbox.showDue()) watched.delete(outbox);
  beating = watched.size > 0;
  if (beating) setTimeout(beat, PULSE_MS);
}

/** The one that was framed last: a room sends the same frame to one member after the other. */
let last: { readonly payload: Uint8Array; readonly frame: Buffer } | null = null;

function framed(payload: Uint8Array): Buffer {
  if (last?.payload !== payload) last = { payload, frame: websocketFrame(payload) };
  return last.frame;
}

export class Outbox {
  /** The newest presence of each Yjs client id. */
  private readonly presence = new Map<number, Buffer>();
  private wroteAt = Number.NEGATIVE_INFINITY;
  /** When the oldest of it came. */
  private waitsSince = 0;

  constructor(
    private readonly wire: Wire,
    private readonly options: Pick<SyncOptions, "presenceMs" | "lossyAboveBytes">,
  ) {}

  send(payload: Uint8Array): void {
    this.write(framed(payload));
  }

  /** A newer one of the same Yjs client id takes its place while it waits. */
  show(clientId: number, payload: Uint8Array): void {
    const now = performance.now();
    if (this.presence.size === 0) this.waitsSince = now;
    this.presence.set(clientId, framed(payload));
    // After a pause nothing may come that it could go with.
    if (now - this.wroteAt < this.options.presenceMs || this.isSlow()) watch(this);
    else this.write(null);
  }

  /** What waits to be shown of this Yjs client id is no longer true. */
  forget(clientId: number): void {
    this.presence.delete(clientId);
  }

  close(): void {
    this.presence.clear();
    watched.delete(this);
  }

  /** @returns whether nothing waits any more */
  showDue(): boolean {
    if (this.presence.size === 0) return true;
    if (this.isSlow() || performance.now() < this.waitsSince + this.options.presenceMs) return false;
    this.write(null);
    return true;
  }

  private write(frame: Buffer | null): void {
    const frames: Buffer[] = [];
    if (this.presence.size > 0 && !this.isSlow()) {
      frames.push(...this.presence.values());
      this.presence.clear();
    }
    if (frame !== null) frames.push(frame);
    this.wroteAt = performance.now();
    this.wire.write(frames);
  }

  /** Then presence stays here, one piece for each who shows something. */
  private isSlow(): boolean {
    return this.wire.waiting() >= this.options.lossyAboveBytes;
  }
}
