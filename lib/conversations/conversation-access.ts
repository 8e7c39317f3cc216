/** What a request has proven about one conversation. Only access.ts makes one; everything that reads or writes asks for it. */
import type { MediaReader } from "@/lib/auth/media-token";
import type { ConversationStatus } from "@/lib/protocol/control";
import { AppError } from "@/lib/protocol/errors";
import type { ConversationId, MemberId, ParticipantId, ShopId, VisitorId } from "@/lib/protocol/ids";
import { canActAs, type MemberRole, type ParticipantRole } from "@/lib/protocol/roles";

declare const proven: unique symbol;

export interface AccessParticipant {
  readonly participantId: ParticipantId;
  readonly role: ParticipantRole;
  readonly name: string;
  /** Index into the palette. */
  readonly color: number;
}

export interface AccessMember {
  readonly memberId: MemberId;
  readonly role: MemberRole;
  readonly name: string;
}

export interface ConversationAccess {
  readonly [proven]: true;
  readonly conversationId: ConversationId;
  readonly shopId: ShopId;
  /** The customer's visitor, whoever asks. */
  readonly visitorId: VisitorId;
  readonly status: ConversationStatus;
  readonly drawingLocked: boolean;
  /** Of the page from which its customer last asked for it; null: the shop's own. */
  readonly storefrontId: string | null;
  /** Who asks: the customer herself, somebody whom she invited, or somebody of the shop. */
  readonly by:
    | { readonly kind: "visitor" }
    /** @property sinceSeq she reads the messages after this one */
    | { readonly kind: "companion"; readonly visitorId: VisitorId; readonly sinceSeq: number }
    | { readonly kind: "member"; readonly member: AccessMember };
  /** Null for a member who takes no part, or has left. */
  readonly participant: AccessParticipant | null;
}

/** Access of somebody who takes part now. */
export interface ParticipantAccess extends ConversationAccess {
  readonly participant: AccessParticipant;
}

/** For whom addresses of this conversation's files are made. @throws AppError forbidden for a visitor who has left */
export function readerOf(access: ConversationAccess): MediaReader {
  const { by } = access;
  if (by.kind === "member") return { kind: "member", memberId: by.member.memberId };
  return { kind: "participant", participantId: requireParticipant(access).participant.participantId };
}

/** Whether files as they were sent are hers to have; lib/media/may-read-original decides again when one is asked for. */
export const mayHaveOriginals = ({ by, participant }: ConversationAccess): boolean =>
  by.kind === "member" && (participant?.role === "agent" || canActAs(by.member.role, "manager"));

/** @throws AppError forbidden for a member who takes no part. */
export function requireParticipant(access: ConversationAccess): ParticipantAccess {
  const { participant } = access;
  if (participant === null) throw new AppError("forbidden", "takes no part in this conversation");
  return { ...access, participant };
}

/** @throws AppError forbidden for visitors and for members below `least`. */
export function requireMemberOf(access: ConversationAccess, least: MemberRole): AccessMember {
  if (access.by.kind !== "member" || !canActAs(access.by.member.role, least)) {
    throw new AppError("forbidden", `needs the role ${least}`);
  }
  return access.by.member;
}

/** @throws AppError conversation_closed (CO6). */
export function requireNotClosed(access: ConversationAccess): void {
  if (access.status === "closed") throw new AppError("conversation_closed");
}
