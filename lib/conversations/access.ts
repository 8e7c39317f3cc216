/**
 * The one door to a conversation (CO12): a visitor's bearer token or a member's session becomes a ConversationAccess.
 * Nothing else makes one.
 */
import { requireMember } from "@/lib/auth/require-member";
import { requireNewestToken } from "@/lib/auth/require-visitor";
import { AppError } from "@/lib/protocol/errors";
import { conversationIdSchema, type ShopId } from "@/lib/protocol/ids";
import { bearerToken } from "./bearer-token";
import {
  type AccessParticipant,
  type ConversationAccess,
  type ParticipantAccess,
  requireParticipant,
} from "./conversation-access";
import { findConversation } from "./find-conversation";
import { parseParticipant } from "./participant-row";

/** @throws AppError unauthorized without a token or session, not_found for everybody whom the conversation is none of. */
export async function requireConversationAccess(
  headers: Headers,
  conversationId: string,
): Promise<ConversationAccess> {
  const token = bearerToken(headers);
  if (token !== null) {
    const visitor = await requireNewestToken(token);
    const found = await load(conversationId, visitor.shopId);
    const { visitorId } = visitor;
    const isSelf = (row: Found["participants"][number]) => row.visitorId === visitorId;
    if (found.visitorId === visitorId) return grant(found, { kind: "visitor" }, isSelf);
    // Whom the customer invited has no business here once she was sent away, or it is over (CO92, CO93).
    const row = found.participants.find((one) => one.leftAt === null && isSelf(one));
    if (row?.role !== "companion" || found.status === "closed") throw new AppError("not_found");
    return grant(found, { kind: "companion", visitorId, sinceSeq: row.sinceSeq }, isSelf);
  }
  const member = await requireMember(headers, "agent");
  const found = await load(conversationId, member.shopId);
  const { memberId, role, name } = member;
  return grant(
    found,
    { kind: "member", member: { memberId, role, name } },
    (row) => row.memberId === memberId,
  );
}

/** @throws AppError forbidden for a member who takes no part. */
export async function requireParticipantAccess(
  headers: Headers,
  conversationId: string,
): Promise<ParticipantAccess> {
  return requireParticipant(await requireConversationAccess(headers, conversationId));
}

type Found = NonNullable<Awaited<ReturnType<typeof findConversation>>>;

async function load(conversationId: string, shopId: ShopId): Promise<Found> {
  const id = conversationIdSchema.safeParse(conversationId);
  const found = id.success ? await findConversation(id.data) : null;
  if (found === null || found.shopId !== shopId) throw new AppError("not_found");
  return found;
}

function grant(
  found: Found,
  by: ConversationAccess["by"],
  isSelf: (row: Found["participants"][number]) => boolean,
): ConversationAccess {
  const row = found.participants.find((candidate) => candidate.leftAt === null && isSelf(candidate));
  const participant: AccessParticipant | null = row ? parseParticipant(row) : null;
  const { conversationId, shopId, visitorId, status, drawingLocked, storefrontId } = found;
  const facts = { conversationId, shopId, visitorId, status, drawingLocked, storefrontId, by, participant };
  return facts as ConversationAccess;
}
