/** After a basket changed: the room reads it again, the chat says what there is to say, the desks refresh. */
import type { MessageBody } from "@/lib/protocol/chat";
import { deskPort } from "@/lib/protocol/desk-port";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import type { ConversationId, ParticipantId, ShopId } from "@/lib/protocol/ids";
import { type RoomsPort, roomsSlot } from "@/lib/protocol/rooms-port";
import type { StoredLine } from "./basket-rows";

export interface Word {
  readonly body: MessageBody;
  /** Who says it; null for the server's own notices. */
  readonly by: ParticipantId | null;
  /** Said again under the same id, it is said once. */
  readonly clientId: string;
}

/** What a notice calls a line: a variant that is named by its article number only, by its product. */
export const nameOf = ({
  title,
  label,
  externalId,
}: Pick<StoredLine, "title" | "label" | "externalId">): string =>
  label === "" || label === externalId ? title : `${title}, ${label}`;

/** Never throws: what it tells of has already happened, and the room reads it from the database sooner or later. */
export async function tellBasket(
  shopId: ShopId,
  conversationId: ConversationId,
  words: readonly Word[] = [],
): Promise<void> {
  const rooms = roomsSlot.find();
  if (rooms) await tell(rooms, conversationId, words).catch((error: unknown) => faultsSlot.find()?.(error));
  deskPort.find()?.conversationChanged(shopId, conversationId);
}

async function tell(rooms: RoomsPort, conversationId: ConversationId, words: readonly Word[]): Promise<void> {
  await rooms.roomChanged(conversationId);
  for (const { body, by, clientId } of words) await rooms.postMessage(conversationId, body, by, clientId);
}
