/** What was said in one conversation of a shop, for its own systems. The caller holds the right to read it. */
import { getDb } from "@/lib/db/client";
import type { TranscriptAnswer } from "@/lib/protocol/api/answers";
import { messageBodySchema } from "@/lib/protocol/chat";
import { AppError } from "@/lib/protocol/errors";
import { conversationIdSchema, type ShopId } from "@/lib/protocol/ids";
import { participantRoles } from "@/lib/protocol/roles";

export interface TranscriptQuestion {
  readonly conversationId: string;
  /** Number of the last message that was read. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** @throws AppError not_found, bad_request */
export async function loadTranscript(
  shopId: ShopId,
  { conversationId, cursor, limit }: TranscriptQuestion,
): Promise<TranscriptAnswer> {
  const id = conversationIdSchema.safeParse(conversationId);
  const found = id.success
    ? await getDb().conversation.findFirst({ where: { id: id.data, shopId }, select: { id: true } })
    : null;
  if (found === null) throw new AppError("not_found", "the shop has no such conversation");
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) {
    throw new AppError("bad_request", "this is no cursor of ours");
  }
  const rows = await getDb().message.findMany({
    where: { conversationId: found.id, seq: { gt: Number(cursor ?? 0) } },
    orderBy: { seq: "asc" },
    take: limit + 1,
    include: { participant: { select: { role: true, name: true } } },
  });
  const shown = rows.slice(0, limit);
  return {
    messages: shown.map(({ seq, createdAt, participant, body }) => {
      const said = messageBodySchema.safeParse(body);
      const role = participantRoles.find((known) => known === participant?.role);
      return {
        number: seq,
        at: createdAt.toISOString(),
        from: participant && role ? { role, name: participant.name } : null,
        kind: said.success ? said.data.kind : "unknown",
        text: said.success && "text" in said.data ? said.data.text : "",
        productId: said.success && "product" in said.data ? said.data.product.externalId : null,
      };
    }),
    next: rows.length > limit ? String(shown.at(-1)?.seq ?? 0) : null,
  };
}
