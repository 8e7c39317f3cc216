/**
 * What a late viewer is given: the last full page, what changed since, and where the pointer is. In memory only, bounded,
 * and as opaque as it came.
 */
import type { MirrorOptions } from "./options";

export class FrameCache {
  private full: Uint8Array | null = null;
  private deltas: Uint8Array[] = [];
  private bytes = 0;
  private cursor: Uint8Array | null = null;

  constructor(private readonly options: Pick<MirrorOptions, "cacheBytes" | "cacheFrames">) {}

  /** Everything that shows the page as it is now; null when a new full page has to be asked for. */
  frames(): readonly Uint8Array[] | null {
    if (this.full === null) return null;
    return [this.full, ...this.deltas, ...(this.cursor === null ? [] : [this.cursor])];
  }

  /** Whether what changed since weighs no more than the page itself. */
  get isShort(): boolean {
    return this.full !== null && this.bytes <= this.full.byteLength;
  }

  setFull(frame: Uint8Array): void {
    this.full = ownCopy(frame);
    this.deltas = [];
    this.bytes = 0;
  }

  addDelta(frame: Uint8Array): void {
    if (this.full === null) return;
    this.deltas.push(ownCopy(frame));
    this.bytes += frame.byteLength;
    if (this.bytes > this.options.cacheBytes || this.deltas.length > this.options.cacheFrames) this.clear();
  }

  setCursor(frame: Uint8Array): void {
    this.cursor = ownCopy(frame);
  }

  clear(): void {
    this.full = null;
    this.deltas = [];
    this.bytes = 0;
    this.cursor = null;
  }
}

/** A small frame is a window into the 64 KB that the socket read: kept as it is, it would keep all of that. */
const ownCopy = (frame: Uint8Array): Uint8Array => Uint8Array.from(frame);
