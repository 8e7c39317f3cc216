/** What is kept of a mirror beyond this process: its row, and the word with which the customer's tab goes on. */
import type { Consent } from "@/lib/mirror/consent/consent";
import type { ConversationId } from "@/lib/protocol/ids";
import { MirrorRecord } from "./mirror-record";
import type { MirrorOptions } from "./options";
import type { MirrorFact, MirrorOutcome, MirrorRow, MirrorStore } from "./ports";
import { isResumeWord, newResumeWord } from "./resume-word";
import { SaveLane } from "./save-lane";

export interface MirrorArchiveOptions {
  readonly conversationId: ConversationId;
  readonly store: Pick<MirrorStore, "save" | "record">;
  /** What was stored of the mirror that goes on. */
  readonly stored: MirrorRow | null;
  /** Phase or proposer is stored. */
  readonly onStored: () => void;
  readonly onFailed: (error: unknown) => void;
  readonly options: MirrorOptions;
}

export class MirrorArchive {
  /** Null while nothing goes on. */
  private record: MirrorRecord | null;
  private readonly lane: SaveLane;

  constructor(private readonly settings: MirrorArchiveOptions) {
    const { stored, store, onStored, onFailed, options } = settings;
    this.record = stored && MirrorRecord.of(stored, options.now());
    this.lane = new SaveLane({ store, onStored, onFailed, waits: options });
  }

  /** From now on it is as `next` says; before, it was as `before` does. */
  count(before: Consent, next: Consent, now: number): void {
    if (before.phase === "idle" && next.phase !== "idle") {
      this.record = new MirrorRecord(this.settings.conversationId, now, now);
    }
    this.record?.count(before, now);
    if (next.phase === "proposed" && this.record) this.record.proposedBy = next.by;
  }

  started(now: number): void {
    if (this.record) this.record.startedAt = now;
  }

  ended(outcome: MirrorOutcome, now: number): void {
    this.record?.end(outcome, now);
  }

  /** A new word for the shared tab; the one before is worth nothing from now on. */
  newWord(): string {
    const { word, hash } = newResumeWord();
    if (this.record) this.record.resumeHash = hash;
    return word;
  }

  knows(word: string): boolean {
    return isResumeWord(word, this.record?.resumeHash ?? null);
  }

  store(consent: Consent, facts: readonly MirrorFact[]): void {
    if (this.record === null) return;
    const row = this.record.row(consent, this.settings.options.now());
    if (facts.length === 0) this.lane.push(row, null);
    for (const fact of facts) this.lane.push(row, fact);
    if (consent.phase === "idle") this.record = null;
  }

  /** Leaves a trace of when it was last here. */
  beat(consent: Consent): void {
    this.record?.count(consent, this.settings.options.now());
    this.store(consent, []);
  }

  async settled(): Promise<void> {
    await this.lane.settled();
  }
}
