/**
 * After another node was lost: whatever of its strokes this room has and the journal has not goes into the journal, as
 * soon as that can be read.
 */
import type { ConversationId } from "@/lib/protocol/ids";
import type { JournalLane } from "./journal-lane";
import type { Journal } from "./ports";
import type { RoomDocument } from "./room-document";

export interface KeepForOthersOptions {
  readonly conversationId: ConversationId;
  readonly document: RoomDocument;
  readonly journal: Journal;
  readonly writer: JournalLane;
  readonly now: () => number;
  /** Between attempts to read the journal. */
  readonly retryMs: number;
  readonly log: (message: string, error: unknown) => void;
}

export class KeepForOthers {
  private working: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private wake: () => void = () => undefined;
  private open = true;

  constructor(private readonly options: KeepForOthersOptions) {}

  start(): void {
    this.working = this.working.then(() => this.keep());
  }

  /** Resolves when nothing is left to be handed to the journal's lane. */
  idle(): Promise<void> {
    return this.working;
  }

  stop(): void {
    this.open = false;
    if (this.timer) clearTimeout(this.timer);
    this.wake();
  }

  private async keep(): Promise<void> {
    const { conversationId, document, journal, writer, now, log } = this.options;
    while (this.open) {
      try {
        // Our own are on their way; they are not what was lost.
        await writer.idle();
        const stored = await journal.load(conversationId);
        if (!this.open) return;
        for (const part of document.unstoredParts(stored))
          writer.push({ ...part, at: now() }, () => undefined);
        return;
      } catch (error) {
        log("what a lost node had relayed is not stored yet", error);
        await this.pause();
      }
    }
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      this.timer = setTimeout(resolve, this.options.retryMs);
    });
  }
}
