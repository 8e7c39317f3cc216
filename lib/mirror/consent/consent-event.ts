/** What happens to a mirror, who did it already proven; and what comes of it, or why nothing does. */
import type { ParticipantId } from "@/lib/protocol/ids";
import type { MirrorEndReason, PauseReason } from "@/lib/protocol/mirror";
import type { Consent, TabId } from "./consent";

export type ConsentEvent =
  // The shop's people
  | { readonly type: "propose"; readonly by: ParticipantId }
  | { readonly type: "withdraw"; readonly by: ParticipantId }
  | { readonly type: "watch"; readonly by: ParticipantId }
  /** She looks away, or her last connection is gone. */
  | { readonly type: "unwatch"; readonly by: ParticipantId }
  /** @property mayWrite whether the shop lets her ask */
  | { readonly type: "ask-write"; readonly by: ParticipantId; readonly mayWrite: boolean }
  | { readonly type: "release-write"; readonly by: ParticipantId }
  /** @property isCurrent made for the page as it is now */
  | { readonly type: "act"; readonly by: ParticipantId; readonly isCurrent: boolean }
  // The customer
  /** @property resume what she showed of an earlier agreement: none is a click of hers, here and now */
  | { readonly type: "share"; readonly tab: TabId; readonly resume: "none" | "right" | "wrong" }
  | { readonly type: "refuse" }
  | { readonly type: "pause"; readonly tab: TabId; readonly reason: PauseReason }
  | { readonly type: "unpause"; readonly tab: TabId }
  | { readonly type: "grant-write"; readonly tab: TabId; readonly to: ParticipantId }
  | { readonly type: "deny-write" }
  | { readonly type: "revoke-write" }
  // Both
  | { readonly type: "stop"; readonly by: "customer" | "agent" }
  // The world
  | { readonly type: "tab-gone"; readonly tab: TabId }
  /** She may no longer be here. */
  | { readonly type: "removed"; readonly who: ParticipantId }
  | { readonly type: "write-forbidden" }
  | { readonly type: "end"; readonly reason: MirrorEndReason }
  | { readonly type: "tick" };

/** What the one who keeps the state has to do. */
export type ConsentEffect =
  | { readonly type: "started" }
  /** The tab is to be given a new word to resume with. */
  | { readonly type: "sharing" }
  | { readonly type: "send-full" }
  /** Nothing of the page is to be kept for late ones. */
  | { readonly type: "forget" }
  /** Viewers are to forget, too. */
  | { readonly type: "wipe" }
  /** The tab that is said to be shared may be dead. */
  | { readonly type: "probe"; readonly tab: TabId }
  | { readonly type: "write-granted"; readonly participantId: ParticipantId }
  | { readonly type: "write-ended"; readonly participantId: ParticipantId; readonly from: number }
  | {
      readonly type: "proposal-over";
      readonly by: ParticipantId;
      readonly how: "refused" | "unanswered" | "withdrawn";
    }
  | { readonly type: "ended"; readonly reason: MirrorEndReason };

/** forbidden: never for her; conflict: not now. */
export type Refusal = "forbidden" | "conflict";

export interface Decision {
  readonly refused: Refusal | null;
  /** Also after a refusal: something else may have been over by then. */
  readonly consent: Consent;
  readonly effects: readonly ConsentEffect[];
}
