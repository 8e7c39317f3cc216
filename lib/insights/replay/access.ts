/**
 * Who may see a conversation's film: managers and admins of its shop, and an agent who took part in it herself. Of what a
 * manager kept of it every member of the shop sees that passage alone. Nobody else is told that there is such a
 * conversation. Only this file makes a FilmAccess.
 */
import { requireMember } from "@/lib/auth/require-member";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import {
  type ConversationId,
  conversationIdSchema,
  type MemberId,
  type ShopId,
  type VisitorId,
  visitorIdSchema,
} from "@/lib/protocol/ids";
import { canActAs, maySeeFilm } from "@/lib/protocol/roles";
import { isStorable } from "@/lib/protocol/storable";

declare const proven: unique symbol;

export interface FilmAccess {
  readonly [proven]: true;
  readonly conversationId: ConversationId;
  readonly shopId: ShopId;
  readonly memberId: MemberId;
  /** Who asks. */
  readonly name: string;
  readonly visitorId: VisitorId;
  readonly isAdmin: boolean;
  /** Sees everything of her shop, and may save passages for it. */
  readonly isManager: boolean;
  /** Nothing but this passage is hers to see; null: all of it is. */
  readonly only: KeptSpan | null;
}

/** A kept passage, milliseconds since 1970; both ends are part of it. */
export interface KeptSpan {
  readonly passageId: string;
  readonly from: Date;
  readonly to: Date;
}

/**
 * @param passageId of a kept passage, for whom the rest of the film is none of
 * @throws AppError unauthorized without a session; not_found for everybody whom the conversation is none of
 */
export async function requireFilmAccess(
  headers: Headers,
  conversationId: string,
  passageId: string | null = null,
): Promise<FilmAccess> {
  const { shopId, memberId, role, name } = await requireMember(headers, "agent");
  const isManager = canActAs(role, "manager");
  const id = conversationIdSchema.safeParse(conversationId);
  const found = id.success
    ? await getDb().conversation.findFirst({
        where: { id: id.data, shopId },
        select: {
          visitorId: true,
          createdAt: true,
          participants: { where: { memberId }, select: { id: true }, take: 1 },
          passages: { where: { id: passageId !== null && isStorable(passageId) ? passageId : "" }, take: 1 },
        },
      })
    : null;
  if (!id.success || found === null) throw new AppError("not_found", "no such conversation");
  const seesAll = maySeeFilm(role, found.participants.length > 0);
  const [kept] = found.passages;
  if (!seesAll && kept === undefined) throw new AppError("not_found", "no such conversation");
  const after = (ms: bigint) => new Date(found.createdAt.getTime() + Number(ms));
  const only =
    seesAll || kept === undefined
      ? null
      : { passageId: kept.id, from: after(kept.fromMs), to: after(kept.toMs) };
  const visitorId = visitorIdSchema.parse(found.visitorId);
  const isAdmin = canActAs(role, "admin");
  const facts = { conversationId: id.data, shopId, memberId, name, visitorId, isAdmin, isManager, only };
  return facts as FilmAccess;
}

/** @throws AppError forbidden for an agent */
export function requireMayKeep(access: FilmAccess): void {
  if (!access.isManager) throw new AppError("forbidden", "needs the role manager");
}
