/**
 * Group commit: the updates of all rooms of this process go to the journal together, one statement at a time, in order
 * within a room. What fails is tried again, less and less often; a room whose rows nobody takes waits on its own.
 */
import { AppError } from "@/lib/protocol/errors";
import type { ConversationId } from "@/lib/protocol/ids";
import { JournalLane, type LaneOptions, type Share } from "./journal-lane";
import type { JournalUpdate, SyncMeters } from "./ports";

/**
 * How long the first update waits for others, milliseconds: at most 40 statements a second however many rooms draw, and
 * a tenth of the 250 ms after which what was relayed survives a killed server.
 */
const GROUP_COMMIT_MS = 25;
/** One statement's share of all rooms and of one of them: it ends within the same 250 ms, also after an outage. */
const MAX_STATEMENT_BYTES = 1_048_576;
const MAX_SHARE_BYTES = 262_144;
const MAX_SHARE_UPDATES = 500;
/** A write that takes longer counts as failed. Stored twice, an update changes nothing. */
const WRITE_WITHIN_MS = 5_000;
/** When this many rooms fail alone and none is stored, storing itself fails, and no room needs to be tried by itself. */
const ROOMS_TRIED_ALONE = 3;

export interface JournalQueueOptions {
  readonly append: (batch: readonly JournalUpdate[]) => Promise<void>;
  readonly retryBaseMs: number;
  readonly retryMaxMs: number;
  /** Bytes of all rooms together that are held while they cannot be stored. */
  readonly maxUnsavedBytes: number;
  readonly meters?: Pick<SyncMeters, "journaled" | "journalFailed"> | undefined;
}

type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: unknown };

export class JournalQueue {
  /** Those in which something waits, whoever waited longest for a turn first. */
  private readonly lanes = new Set<JournalLane>();
  private waitingForRoom: (() => void)[] = [];
  private bytes = 0;
  private timer: { readonly at: number; readonly handle: NodeJS.Timeout } | null = null;
  private state: "waiting" | "writing" | "closed" = "waiting";

  constructor(private readonly options: JournalQueueOptions) {}

  get heldBytes(): number {
    return this.bytes;
  }

  open(options: LaneOptions): JournalLane {
    return new JournalLane(this, options);
  }

  /** Resolves when nothing of this conversation (or of none at all) waits. */
  async idle(conversationId?: ConversationId): Promise<void> {
    const lanes = [...this.lanes].filter(
      (lane) => conversationId === undefined || lane.conversationId === conversationId,
    );
    await Promise.all(lanes.map((lane) => lane.idle()));
  }

  /** Gives up what is not stored. */
  close(): void {
    this.state = "closed";
    if (this.timer) clearTimeout(this.timer.handle);
    for (const lane of [...this.lanes]) lane.drop();
  }

  hasRoomFor(bytes: number): boolean {
    return this.bytes === 0 || this.bytes + bytes <= this.options.maxUnsavedBytes;
  }

  /** Runs `then` when half of what may be held is free: who resumes shall not have to stop again at once. */
  whenRoom(then: () => void): void {
    this.waitingForRoom.push(then);
    this.offerRoom();
  }

  held(bytes: number): void {
    this.bytes += bytes;
    if (bytes < 0) this.offerRoom();
  }

  waits(lane: JournalLane): void {
    this.lanes.add(lane);
    this.wakeFor(lane);
  }

  ended(lane: JournalLane): void {
    this.lanes.delete(lane);
  }

  private offerRoom(): void {
    if (this.waitingForRoom.length === 0 || this.bytes > this.options.maxUnsavedBytes / 2) return;
    for (const then of this.waitingForRoom.splice(0)) then();
  }

  private wakeFor(lane: JournalLane): void {
    if (this.state !== "waiting") return;
    const since = lane.waitingSince;
    if (since === null) return;
    const at = Math.max(lane.retryAt, since + GROUP_COMMIT_MS);
    if (this.timer) {
      if (this.timer.at <= at) return;
      clearTimeout(this.timer.handle);
    }
    const handle = setTimeout(() => void this.flush(), Math.max(0, at - performance.now()));
    this.timer = { at, handle };
  }

  private async flush(): Promise<void> {
    this.timer = null;
    this.state = "writing";
    const now = performance.now();
    const due = [...this.lanes].filter((lane) => lane.retryAt <= now);
    await this.storeTogether(due.filter((lane) => !lane.alone));
    for (const lane of due) if (lane.alone) await this.storeTogether([lane]);
    if (this.isClosed()) return;
    this.state = "waiting";
    for (const lane of this.lanes) this.wakeFor(lane);
  }

  private async storeTogether(lanes: readonly JournalLane[]): Promise<void> {
    const shares = this.sharesOf(lanes);
    if (shares.length === 0) return;
    const outcome = await this.write(shares);
    if (outcome.ok || this.isClosed()) return;
    const [first, ...others] = shares;
    if (first && others.length === 0) this.fail(first.lane, outcome.error, first.lane.alone);
    else await this.storeOneByOne(shares);
  }

  /** One room's rows may be what is refused: the others' must not wait for it. */
  private async storeOneByOne(shares: readonly Share[]): Promise<void> {
    const failed: { lane: JournalLane; error: unknown }[] = [];
    for (const [index, share] of shares.entries()) {
      const last = failed.at(-1);
      const hopeless = failed.length === index && index >= ROOMS_TRIED_ALONE && last;
      const outcome = hopeless ? { ok: false as const, error: last.error } : await this.write([share]);
      if (this.isClosed()) return;
      if (!outcome.ok) failed.push({ lane: share.lane, error: outcome.error });
    }
    const someStored = failed.length < shares.length;
    for (const { lane, error } of failed) this.fail(lane, error, someStored);
  }

  private fail(lane: JournalLane, error: unknown, alone: boolean): void {
    if (error instanceof AppError && error.code === "not_found") {
      lane.gone(error);
      return;
    }
    const wait = Math.min(this.options.retryMaxMs, this.options.retryBaseMs * 2 ** lane.failures);
    lane.failed(error, performance.now() + wait, alone);
    this.toTheEnd(lane);
  }

  private async write(shares: readonly Share[]): Promise<Outcome> {
    const { append, meters } = this.options;
    const updates = shares.flatMap((share) => share.updates);
    const since = Math.min(...shares.map(({ lane }) => lane.waitingSince ?? Number.POSITIVE_INFINITY));
    try {
      await within(WRITE_WITHIN_MS, append(updates));
    } catch (error) {
      meters?.journalFailed();
      return { ok: false, error };
    }
    meters?.journaled(updates.length, performance.now() - since);
    if (this.isClosed()) return { ok: true };
    const isBack = shares.some(({ lane }) => lane.failing && !lane.alone);
    for (const share of shares) {
      share.lane.stored(share);
      this.toTheEnd(share.lane);
    }
    // The others need not sit out their wait.
    if (isBack) for (const lane of this.lanes) if (!lane.alone) lane.retryAt = 0;
    return { ok: true };
  }

  private sharesOf(lanes: readonly JournalLane[]): Share[] {
    const shares: Share[] = [];
    let bytes = 0;
    for (const lane of lanes) {
      if (bytes >= MAX_STATEMENT_BYTES) break;
      const share = lane.share(MAX_SHARE_BYTES, MAX_SHARE_UPDATES);
      bytes += share.updates.reduce((sum, { update }) => sum + update.length, 0);
      shares.push(share);
    }
    return shares;
  }

  /** Its turn was taken; nothing changes for one in which nothing waits any more. */
  private toTheEnd(lane: JournalLane): void {
    if (this.lanes.delete(lane)) this.lanes.add(lane);
  }

  private isClosed(): boolean {
    return this.state === "closed";
  }
}

async function within(milliseconds: number, write: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("the journal does not answer")), milliseconds);
  });
  try {
    await Promise.race([write, late]);
  } finally {
    clearTimeout(timer);
  }
}
