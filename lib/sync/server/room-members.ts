/** The connections in a room on this node, and what is said to all of them. */
import type { CloseCode } from "@/lib/protocol/close-codes";
import type { ParticipantId } from "@/lib/protocol/ids";
import type { Member } from "./member";
import { type PresenceRecord, presenceFrame } from "./outgoing";

export class RoomMembers {
  private readonly members = new Set<Member>();

  [Symbol.iterator](): Iterator<Member> {
    return this.members.values();
  }

  add(member: Member): void {
    this.members.add(member);
  }

  /** @returns whether it was here */
  delete(member: Member): boolean {
    return this.members.delete(member);
  }

  participants(): ParticipantId[] {
    return [...this.members].map((member) => member.claims.participantId);
  }

  /** Her tabs and devices. */
  connectionsOf(participantId: ParticipantId): number {
    return this.participants().filter((id) => id === participantId).length;
  }

  send(frame: Uint8Array, except: Member | null = null): void {
    for (const member of this.members) if (member !== except) member.send(frame);
  }

  /** To those for whom it is meant. */
  sendTo(frame: Uint8Array, isMeantFor: (member: Member) => boolean): void {
    for (const member of this.members) if (isMeantFor(member)) member.send(frame);
  }

  /** Presence of which only the newest counts; that somebody is gone is told at once. */
  show(record: PresenceRecord, except: Member | null = null): void {
    const frame = presenceFrame([record]);
    for (const member of this.members) {
      if (member === except) continue;
      if (record.state !== "null") member.show(record.clientId, frame);
      else {
        member.forget(record.clientId);
        member.send(frame);
      }
    }
  }

  closeAll(code: CloseCode): void {
    for (const member of [...this.members]) member.close(code);
  }
}
