/**
 * What the customer has agreed to, as one value: who may see her page, who may act in it, and what waits for an answer.
 * What changes it stands in `decide.ts`. It knows people, tabs and times, neither sockets nor what is on the page.
 */
import type { ParticipantId } from "@/lib/protocol/ids";
import type { PauseReason } from "@/lib/protocol/mirror";

/** One tab of the customer, as long as it is connected. */
export type TabId = number;

/** Times are milliseconds since 1970. */
interface Waiting {
  readonly participantId: ParticipantId;
  readonly until: number;
}

interface Writer extends Waiting {
  readonly from: number;
  /** Over without any act until then. */
  readonly idleUntil: number;
}

interface Shared {
  /** When she agreed. */
  readonly since: number;
  /** Whose browsers are sent the page, in order of arrival. */
  readonly viewers: readonly ParticipantId[];
}

export interface Idle {
  readonly phase: "idle";
}
interface Proposed {
  readonly phase: "proposed";
  readonly by: ParticipantId;
  readonly until: number;
}
export interface Live extends Shared {
  readonly phase: "live";
  readonly tab: TabId;
  readonly asking: Waiting | null;
  readonly writer: Writer | null;
}
export interface Paused extends Shared {
  readonly phase: "paused";
  readonly tab: TabId;
  readonly reasons: ReadonlySet<PauseReason>;
}
/** No tab is connected that is shared. */
interface Suspended extends Shared {
  readonly phase: "suspended";
  readonly until: number;
  /** When the viewers' copies are to be wiped; null: they are. */
  readonly wipeAt: number | null;
  /** She had paused: coming back is no leave to go on. */
  readonly wasPaused: boolean;
}

export type Consent = Idle | Proposed | Live | Paused | Suspended;

export const idle: Idle = { phase: "idle" };

/** What is said of it: a private page is paused whatever she wants. */
export const pausedFor = ({ reasons }: Paused): PauseReason =>
  reasons.has("private-page") ? "private-page" : "customer";

/** The tab whose page may be sent, now or when it goes on. */
export const sharedTab = (consent: Consent): TabId | null =>
  consent.phase === "live" || consent.phase === "paused" ? consent.tab : null;

export const viewersOf = (consent: Consent): readonly ParticipantId[] =>
  consent.phase === "idle" || consent.phase === "proposed" ? [] : consent.viewers;

/** When something is over if nothing happens until then; null: nothing is. */
export function nextDeadline(consent: Consent): number | null {
  switch (consent.phase) {
    case "proposed":
      return consent.until;
    case "suspended":
      return Math.min(consent.until, consent.wipeAt ?? consent.until);
    case "live": {
      const { asking, writer } = consent;
      const ends = [asking?.until, writer?.until, writer?.idleUntil].filter((at) => at !== undefined);
      return ends.length > 0 ? Math.min(...ends) : null;
    }
    default:
      return null;
  }
}
