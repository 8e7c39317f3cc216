/** One mirror as it is to be stored: who saw the page, who acted, and for how long. It counts; it knows nothing of the page. */
import { randomUUID } from "node:crypto";
import { type Consent, pausedFor } from "@/lib/mirror/consent/consent";
import type { ConversationId, ParticipantId } from "@/lib/protocol/ids";
import { SUSPEND_MS } from "@/lib/protocol/mirror";
import type { MirrorOutcome, MirrorRow, Share } from "./ports";

export class MirrorRecord {
  resumeHash: string | null = null;
  proposedBy: ParticipantId | null = null;
  startedAt: number | null = null;
  private endedAt: number | null = null;
  private endReason: MirrorOutcome | null = null;
  private liveMs = 0;
  private readonly watchedMs = new Map<ParticipantId, number>();
  private readonly wroteMs = new Map<ParticipantId, number>();

  constructor(
    private readonly conversationId: ConversationId,
    private readonly createdAt: number,
    /** Until when it has counted. */
    private countedAt: number,
    private readonly id: string = randomUUID(),
  ) {}

  static of(row: MirrorRow, now: number): MirrorRecord {
    const record = new MirrorRecord(row.conversationId, row.createdAt, now, row.id);
    record.resumeHash = row.resumeHash;
    record.proposedBy = row.proposedBy;
    record.startedAt = row.startedAt;
    record.liveMs = row.liveSeconds * 1_000;
    for (const { participantId, seconds } of row.watched)
      record.watchedMs.set(participantId, seconds * 1_000);
    for (const { participantId, seconds } of row.wrote) record.wroteMs.set(participantId, seconds * 1_000);
    return record;
  }

  /** Until now it was as `consent` says. */
  count(consent: Consent, now: number): void {
    const passed = Math.max(0, now - this.countedAt);
    this.countedAt = now;
    if (consent.phase !== "live") return;
    this.liveMs += passed;
    for (const viewer of consent.viewers) add(this.watchedMs, viewer, passed);
    if (consent.writer) add(this.wroteMs, consent.writer.participantId, passed);
  }

  end(reason: MirrorOutcome, now: number): void {
    this.endedAt = now;
    this.endReason = reason;
    this.resumeHash = null;
  }

  row(consent: Consent, now: number): MirrorRow {
    const { conversationId, id, proposedBy, resumeHash, createdAt, startedAt, endedAt, endReason } = this;
    const facts = { id, conversationId, proposedBy, resumeHash, createdAt, startedAt, endedAt, endReason };
    return {
      ...facts,
      phase: consent.phase === "idle" ? "ended" : consent.phase,
      pausedFor: pausedForOf(consent),
      until: consent.phase === "proposed" || consent.phase === "suspended" ? consent.until : null,
      seenAt: now,
      liveSeconds: Math.round(this.liveMs / 1_000),
      watched: shares(this.watchedMs),
      wrote: shares(this.wroteMs),
    };
  }
}

/**
 * The state of a stored mirror that no server holds: its tab is gone, and waited for as if it had gone when the mirror was
 * last seen.
 */
export function consentOf(row: MirrorRow): Consent {
  if (row.phase === "proposed" && row.proposedBy !== null) {
    return { phase: "proposed", by: row.proposedBy, until: row.until ?? row.createdAt };
  }
  const until = row.phase === "suspended" && row.until !== null ? row.until : row.seenAt + SUSPEND_MS;
  const wasPaused = row.pausedFor === "customer";
  return {
    phase: "suspended",
    since: row.startedAt ?? row.createdAt,
    viewers: [],
    until,
    wipeAt: null,
    wasPaused,
  };
}

function pausedForOf(consent: Consent): MirrorRow["pausedFor"] {
  if (consent.phase === "suspended") return consent.wasPaused ? "customer" : null;
  return consent.phase === "paused" ? pausedFor(consent) : null;
}

function add(to: Map<ParticipantId, number>, who: ParticipantId, passed: number): void {
  to.set(who, (to.get(who) ?? 0) + passed);
}

const shares = (of: ReadonlyMap<ParticipantId, number>): Share[] =>
  [...of].map(([participantId, ms]) => ({ participantId, seconds: Math.round(ms / 1_000) }));
