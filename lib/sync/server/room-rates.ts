/**
 * What a room's frames may cost. All connections of a participant share one budget, which also outlives them: neither
 * eight tabs nor eight hundred reconnects give her more. And the room has one, so that a full room of noisy clients does
 * not starve the others of this process.
 */
import type { ParticipantId } from "@/lib/protocol/ids";
import {
  MAX_BYTES_PER_SECOND,
  MAX_FRAMES_PER_SECOND,
  MAX_PARTICIPANTS,
  MAX_ROOM_BYTES_PER_SECOND,
  MAX_ROOM_FRAMES_PER_SECOND,
  MAX_ROOM_WORK_MS_PER_SECOND,
  MAX_WORK_MS_PER_SECOND,
} from "@/lib/protocol/limits";
import { RateBudget } from "@/lib/sockets/rate-budget";

/** Rates are averages over this many seconds. */
const RATE_WINDOW_SECONDS = 10;
/** A step 2 after an hour offline, or of a large board, comes at once. */
const BYTES_BURST_SECONDS = 20;
/** Chat and control frames a second: each costs the database something. */
const MAX_REQUESTS_PER_SECOND = 10;
/** Times a second a client may ask for the whole document or everybody's presence: a few bytes that cost us megabytes. */
const MAX_ASKS_PER_SECOND = 2;
/** Connections a second, averaged over half a minute: each reads the newest messages, and is told to everybody. */
const MAX_ENTRIES_PER_SECOND = 1;
const ENTRIES_WINDOW_SECONDS = 30;
/** Refused updates a second: an honest client drops its document after the first. */
const MAX_REFUSALS_PER_SECOND = 2;
/**
 * The server's time is averaged over this many seconds: five seconds at once, for somebody who comes back with thousands
 * of strokes. A megabyte of marks takes up to one, and what else costs much in few bytes (deletions, ever new values of
 * one field) is bounded by nothing else.
 */
const WORK_WINDOW_SECONDS = 50;
/** What everybody may send even when the room's budget is spent: as if it were shared out. */
const FAIR_SHARE = 1 / MAX_PARTICIPANTS;

/** Times are milliseconds. */
export class RoomRates {
  private readonly traffic: Traffic;
  private readonly participants = new Map<ParticipantId, ParticipantRates>();

  constructor(now: number) {
    this.traffic = new Traffic(
      MAX_ROOM_FRAMES_PER_SECOND,
      MAX_ROOM_BYTES_PER_SECOND,
      MAX_ROOM_WORK_MS_PER_SECOND,
      now,
    );
  }

  of(participantId: ParticipantId, now: number): ParticipantRates {
    const known = this.participants.get(participantId);
    if (known) return known;
    const rates = new ParticipantRates(this, now);
    this.participants.set(participantId, rates);
    return rates;
  }

  takeFrame(bytes: number, now: number): boolean {
    return this.traffic.take(bytes, now);
  }

  spendWork(milliseconds: number, now: number): void {
    this.traffic.work.spend(milliseconds, now);
  }
}

/** Each `take` is false when too much was taken. */
export class ParticipantRates {
  private readonly own: Traffic;
  private readonly fair: Traffic;
  private readonly requests: RateBudget;
  private readonly asks: RateBudget;
  private readonly refusals: RateBudget;
  private readonly entries: RateBudget;

  constructor(
    private readonly room: RoomRates,
    now: number,
  ) {
    this.own = new Traffic(MAX_FRAMES_PER_SECOND, MAX_BYTES_PER_SECOND, MAX_WORK_MS_PER_SECOND, now);
    this.fair = new Traffic(
      MAX_ROOM_FRAMES_PER_SECOND * FAIR_SHARE,
      MAX_ROOM_BYTES_PER_SECOND * FAIR_SHARE,
      MAX_ROOM_WORK_MS_PER_SECOND * FAIR_SHARE,
      now,
    );
    this.requests = new RateBudget(MAX_REQUESTS_PER_SECOND, RATE_WINDOW_SECONDS, now);
    this.asks = new RateBudget(MAX_ASKS_PER_SECOND, RATE_WINDOW_SECONDS, now);
    this.refusals = new RateBudget(MAX_REFUSALS_PER_SECOND, RATE_WINDOW_SECONDS, now);
    this.entries = new RateBudget(MAX_ENTRIES_PER_SECOND, ENTRIES_WINDOW_SECONDS, now);
  }

  takeFrame(bytes: number, now: number): boolean {
    const isFair = this.fair.take(bytes, now);
    return this.own.take(bytes, now) && (this.room.takeFrame(bytes, now) || isFair);
  }

  /** How long the server dealt with a frame, and with passing it on. */
  spendWork(milliseconds: number, now: number): void {
    this.own.work.spend(milliseconds, now);
    this.fair.work.spend(milliseconds, now);
    this.room.spendWork(milliseconds, now);
  }

  takeRequest(now: number): boolean {
    return this.requests.take(1, now);
  }

  takeAsk(now: number): boolean {
    return this.asks.take(1, now);
  }

  takeEntry(now: number): boolean {
    return this.entries.take(1, now);
  }

  takeRefusal(now: number): boolean {
    return this.refusals.take(1, now);
  }
}

/** Frames, their bytes, and the server's time for them. */
class Traffic {
  readonly work: RateBudget;
  private readonly frames: RateBudget;
  private readonly bytes: RateBudget;

  constructor(framesPerSecond: number, bytesPerSecond: number, workMsPerSecond: number, now: number) {
    this.frames = new RateBudget(framesPerSecond, RATE_WINDOW_SECONDS, now);
    this.bytes = new RateBudget(bytesPerSecond, BYTES_BURST_SECONDS, now);
    this.work = new RateBudget(workMsPerSecond, WORK_WINDOW_SECONDS, now);
  }

  take(bytes: number, now: number): boolean {
    return this.frames.take(1, now) && this.bytes.take(bytes, now) && this.work.take(0, now);
  }
}
