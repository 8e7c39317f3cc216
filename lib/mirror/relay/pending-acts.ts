/** Acts that the customer's page has been asked for: its answer goes to whoever acted, and to nobody else. */
import type { ParticipantId } from "@/lib/protocol/ids";
import type { Member } from "./member";

/** Far more than the rate lets come before an honest page answers. */
const MAX_PENDING = 256;

export class PendingActs {
  private readonly members = new Map<string, Member>();

  add(member: Member, id: string): void {
    this.members.set(`${member.claims.participantId} ${id}`, member);
    const [oldest] = this.members.keys();
    if (this.members.size > MAX_PENDING && oldest !== undefined) this.members.delete(oldest);
  }

  /** Once. */
  take(participantId: ParticipantId, id: string): Member | null {
    const key = `${participantId} ${id}`;
    const member = this.members.get(key) ?? null;
    this.members.delete(key);
    return member;
  }
}
