/**
 * The page on its way to one viewer. What her line does not take waits here, not in the socket, so that it can be dropped:
 * past a bound she is stale, gets nothing, and is caught up in one piece when her line is free. Nobody else waits for her.
 */
import type { MirrorOptions } from "./options";

/** Her socket as it is seen here. */
export interface ViewerLine {
  /** Bytes that wait in this process, of everything. */
  waiting(): number;
  /** @param sent called when the frame has left this process, or never */
  transmit(frame: Uint8Array, sent: () => void): void;
}

/** lacking: needs the whole page; stale: her line has to drain first. */
type State = "lacking" | "in-step" | "stale";

export class ViewerFeed {
  private state: State = "lacking";
  private queue: Uint8Array[] = [];
  private queued = 0;
  /** Bytes in the queue that belong to the whole page, which may be larger than what may wait. */
  private allowance = 0;
  /** Only the newest counts, and only when nothing else waits. */
  private cursor: Uint8Array | null = null;

  constructor(
    private readonly line: ViewerLine,
    private readonly options: Pick<MirrorOptions, "queueBytes" | "socketBytes">,
    /** Her line is free again: she needs the whole page. */
    private readonly onFree: () => void,
  ) {}

  get lacks(): boolean {
    return this.state === "lacking";
  }

  /** Bytes that wait here. */
  get queuedBytes(): number {
    return this.queued;
  }

  get inStep(): boolean {
    return this.state === "in-step";
  }

  /** The next frame of the page, for whoever has what came before. */
  push(frame: Uint8Array): void {
    if (this.state !== "in-step") return;
    if (this.queued > this.options.queueBytes + this.allowance) {
      this.dropQueue();
      this.state = "stale";
      this.pump();
      return;
    }
    this.enqueue(frame);
    this.pump();
  }

  /** The whole page: what waits is nothing any more. Nothing for a line that has to drain. */
  catchUp(frames: readonly Uint8Array[]): void {
    if (this.state === "stale") return;
    this.dropQueue();
    this.state = "in-step";
    for (const frame of frames) this.enqueue(frame);
    this.allowance = this.queued;
    this.pump();
  }

  point(cursor: Uint8Array): void {
    if (this.state !== "in-step") return;
    this.cursor = cursor;
    this.pump();
  }

  /** What she has is nothing any more; a line that has to drain still has to. */
  reset(): void {
    this.dropQueue();
    if (this.state === "in-step") this.state = "lacking";
  }

  private enqueue(frame: Uint8Array): void {
    this.queue.push(frame);
    this.queued += frame.byteLength;
  }

  private dropQueue(): void {
    this.queue = [];
    this.queued = 0;
    this.allowance = 0;
    this.cursor = null;
  }

  private readonly pump = (): void => {
    while (this.line.waiting() < this.options.socketBytes) {
      if (this.state === "stale") {
        this.state = "lacking";
        this.onFree();
        return;
      }
      const frame = this.queue.shift() ?? this.cursor;
      if (!frame) return;
      if (frame === this.cursor) this.cursor = null;
      else this.queued -= frame.byteLength;
      this.allowance = Math.min(this.allowance, this.queued);
      this.line.transmit(frame, this.pump);
    }
  };
}
