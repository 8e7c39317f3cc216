import { getDb } from "@/lib/db/client";
import { recordEvent } from "@/lib/insights/record";
import { uncoverMarked } from "@/lib/media/marked-pictures";
import { AppError } from "@/lib/protocol/errors";
import { assetIdSchema } from "@/lib/protocol/ids";
import { roomsSlot } from "@/lib/protocol/rooms-port";
import { type ConversationAccess, requireMemberOf } from "./conversation-access";

/**
 * Lets the shop's people see what a customer sent and the shop keeps covered. Who did is recorded, and said in the chat:
 * the customer shall know. What is uncovered already stays as it is.
 * @throws AppError forbidden for visitors, not_found for what this conversation does not have, unavailable
 */
export async function uncover(access: ConversationAccess, assetIdText: string): Promise<void> {
  const { memberId, name } = requireMemberOf(access, "agent");
  const { conversationId, shopId } = access;
  const assetId = assetIdSchema.safeParse(assetIdText);
  const asset = assetId.success
    ? await getDb().asset.findFirst({ where: { id: assetId.data, conversationId } })
    : null;
  if (!assetId.success || asset === null) throw new AppError("not_found", "no such picture here");
  const by = access.participant?.participantId ?? null;
  if (asset.covered) {
    // First of all: nobody shall see it without a trace.
    await recordEvent({
      type: "picture_uncovered",
      ...{ shopId, conversationId, participantId: by, memberId },
      data: { assetId: assetId.data },
    });
    await getDb().asset.update({ where: { id: assetId.data }, data: { covered: false } });
    await uncoverMarked(conversationId, assetId.data);
    await roomsSlot.get().postMessage(conversationId, { kind: "notice", code: "uncovered", name }, null);
  }
  await roomsSlot.get().uncover(conversationId, assetId.data, by);
}
