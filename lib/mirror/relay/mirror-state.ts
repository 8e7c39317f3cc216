/** What everybody who is connected is told of the mirror. */
import { type Consent, pausedFor, viewersOf } from "@/lib/mirror/consent/consent";
import type { MirrorState, MirrorViewer } from "@/lib/protocol/mirror";
import type { Member } from "./member";

export function describeMirror(consent: Consent, members: Iterable<Member>): MirrorState {
  const { phase } = consent;
  const isShared = phase !== "idle" && phase !== "proposed";
  const waiting = phase === "proposed" || phase === "suspended";
  return {
    phase,
    proposedBy: phase === "proposed" ? consent.by : null,
    until: waiting ? consent.until : null,
    pausedFor: phase === "paused" ? pausedFor(consent) : null,
    viewers: viewers(consent, [...members]),
    asking: phase === "live" ? consent.asking : null,
    writer:
      phase === "live" && consent.writer
        ? { participantId: consent.writer.participantId, until: consent.writer.until }
        : null,
    since: isShared ? consent.since : null,
  };
}

/** Their names come from their tokens. */
function viewers(consent: Consent, members: readonly Member[]): MirrorViewer[] {
  return viewersOf(consent).flatMap((viewer) => {
    const claims = members.find((member) => member.claims.participantId === viewer)?.claims;
    if (claims === undefined) return [];
    const { participantId, name, role, color } = claims;
    if (role === "customer" || role === "companion") return [];
    return [{ participantId, name, role, color }];
  });
}
