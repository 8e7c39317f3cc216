/**
 * An item with its marks as they are now, said in the chat: a picture of the conversation's own, which stays as it is when the
 * marks are changed or erased.
 */
import type { ParticipantAccess } from "@/lib/conversations/conversation-access";
import { getDb } from "@/lib/db/client";
import { dropAsset } from "@/lib/media/keep-asset";
import { findCovered, uncoverMarked } from "@/lib/media/marked-pictures";
import { storeMarkedPicture } from "@/lib/media/store-picture";
import { AppError } from "@/lib/protocol/errors";
import type { AssetId, ConversationId } from "@/lib/protocol/ids";
import { roomsSlot } from "@/lib/protocol/rooms-port";
import { type ItemWords, paintStored } from "./export-panel";

/**
 * @param requireStillMay is asked again once it is painted: that may take a while
 * @param signal of the request; it ends the painting, and nothing after it
 * @throws AppError not_found (also for what has no picture that she may see), unavailable; what `requireStillMay` throws
 */
export async function sendItem(
  access: ParticipantAccess,
  itemId: string,
  words: ItemWords,
  requireStillMay: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const { conversationId, shopId, participant } = access;
  const { item, hasPicture, bytes } = await paintStored(access, itemId, words, signal);
  if (!hasPicture) throw new AppError("not_found", "no picture of it that may be seen");
  const covered = (await findCovered(conversationId, item.assetId)) ?? false;
  const { participantId } = participant;
  const begun = new Date();
  const owner = { shopId, conversationId, participantId };
  const { assetId, width, height, created } = await storeMarkedPicture(
    { ...owner, source: bytes, covered },
    item.assetId,
  );
  try {
    await requireStillMay();
    // Somebody may have uncovered it while this one was being kept.
    if (covered && !(await findCovered(conversationId, item.assetId)))
      await uncoverMarked(conversationId, item.assetId);
    const body = { kind: "picture", itemId: item.id, assetId, width, height, marked: true } as const;
    await roomsSlot.get().postMessage(conversationId, body, participantId);
  } catch (error) {
    if (created && !(await isSaid(conversationId, assetId))) await dropAsset({ shopId, assetId }, begun);
    throw error;
  }
}

const isSaid = async (conversationId: ConversationId, assetId: AssetId): Promise<boolean> =>
  (await getDb().message.count({
    where: { conversationId, body: { path: ["assetId"], equals: assetId } },
  })) > 0;
