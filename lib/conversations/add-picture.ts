import { recordEvent } from "@/lib/insights/record";
import { storeConversationPicture } from "@/lib/media/store-picture";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import type { AssetId, ItemId } from "@/lib/protocol/ids";
import { rightsOf } from "@/lib/protocol/roles";
import { roomsSlot } from "@/lib/protocol/rooms-port";
import { type ParticipantAccess, requireNotClosed } from "./conversation-access";

export interface AddedPicture {
  readonly assetId: AssetId;
  readonly itemId: ItemId;
  /** Pixels of the upright picture. */
  readonly width: number;
  readonly height: number;
}

/** @throws AppError conversation_closed, forbidden */
export function requireMayAddPictures(access: ParticipantAccess): void {
  requireNotClosed(access);
  const room = { closed: false, drawingLocked: access.drawingLocked };
  if (!rightsOf(access.participant.role, room).show)
    throw new AppError("forbidden", "may not show pictures here");
}

/**
 * Stores a picture somebody sent, puts it on the panel and says so in the chat. The same picture again, or a repeated
 * request, changes nothing but what the panel shows.
 * @throws AppError those of readPicture, conversation_closed, panel_full, forbidden
 */
export async function addPicture(access: ParticipantAccess, bytes: Uint8Array): Promise<AddedPicture> {
  requireMayAddPictures(access);
  const { shopId, conversationId, visitorId, by } = access;
  const { participantId } = access.participant;
  const picture = await storeConversationPicture({ shopId, conversationId, participantId, bytes });
  const { assetId, width, height } = picture;

  const rooms = roomsSlot.get();
  const item = { source: "asset", assetId, productId: null, width, height, title: "" } as const;
  const itemId = await rooms.putItem(conversationId, item, participantId);
  await rooms.postMessage(
    conversationId,
    { kind: "picture", itemId, assetId, width, height },
    participantId,
    assetId,
  );
  if (picture.created) {
    await recordEvent({
      type: "picture_uploaded",
      shopId,
      conversationId,
      participantId,
      visitorId: by.kind === "visitor" ? visitorId : null,
      memberId: by.kind === "member" ? by.member.memberId : null,
      itemId,
      // The picture is there for all to see: a lost event must not undo that.
    }).catch((error: unknown) => faultsSlot.find()?.(error));
  }
  return { assetId, itemId, width, height };
}
