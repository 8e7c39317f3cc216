/** After a change is stored: the live room reads it again, the chat notes it, the desks refresh. */
import type { MessageBody } from "@/lib/protocol/chat";
import { deskPort } from "@/lib/protocol/desk-port";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import type { ConversationId, ShopId } from "@/lib/protocol/ids";
import { type RoomsPort, roomsSlot } from "@/lib/protocol/rooms-port";

type Notice = Extract<MessageBody, { kind: "notice" }>;

/**
 * Never throws: what it tells of has already happened, and the room reads it from the database sooner or later.
 *
 * @param clientId names the notice: repeated, it is said once
 */
export async function tellRoom(
  shopId: ShopId,
  conversationId: ConversationId,
  notice: Notice | null,
  clientId?: string,
): Promise<void> {
  const rooms = roomsSlot.find();
  if (rooms)
    await tell(rooms, conversationId, notice, clientId).catch((error: unknown) => faultsSlot.find()?.(error));
  deskPort.find()?.conversationChanged(shopId, conversationId);
}

async function tell(
  rooms: RoomsPort,
  conversationId: ConversationId,
  notice: Notice | null,
  clientId?: string,
): Promise<void> {
  if (notice !== null) await rooms.postMessage(conversationId, notice, null, clientId);
  await rooms.roomChanged(conversationId);
}
