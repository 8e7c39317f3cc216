/** Wire type 17 from a client: requests only the server can carry out, each answered with `done` or `refused`. */
import { randomBytes } from "node:crypto";
import { bytesOf, mayTakeOff } from "@/lib/panel/taken-off";
import type { BasketRequest } from "@/lib/protocol/basket-requests";
import type { ControlRequest } from "@/lib/protocol/control-requests";
import { AppError, assertNever } from "@/lib/protocol/errors";
import { type AssetId, type ItemId, itemIdSchema, type ParticipantId } from "@/lib/protocol/ids";
import type { NewItem } from "@/lib/protocol/rooms-port";
import { errorCodeOf } from "./error-code-of";
import type { Member } from "./member";
import { controlFrame } from "./outgoing";
import type { Room } from "./room";
import { storableText } from "./storable-text";

/** More than an item takes in the document. */
const ITEM_BYTES = 1_024;

export async function receiveControl(room: Room, member: Member, request: ControlRequest): Promise<void> {
  if (request.type === "clock") {
    // At once: what waits here would be taken for the line's delay.
    member.send(controlFrame({ type: "clock", id: request.id, now: Date.now() }));
    return;
  }
  try {
    await carryOut(room, member, request);
    member.send(controlFrame({ type: "done", id: request.id }));
  } catch (error) {
    const code = errorCodeOf(error);
    if (!(error instanceof AppError)) room.log(`${request.type} failed`, error);
    member.send(controlFrame({ type: "refused", id: request.id, code }));
  }
}

async function carryOut(
  room: Room,
  member: Member,
  request: Exclude<ControlRequest, { type: "clock" }>,
): Promise<void> {
  const { ports, conversationId } = room;
  const by = member.claims.participantId;
  switch (request.type) {
    case "show-product": {
      requireRight(room, member, "show");
      const found = await ports.resolve.findProductPicture(room, request.productId, request.pictureIndex);
      await putItem(room, required(found), by, () => requireRight(room, member, "show"));
      return;
    }
    case "show-asset": {
      requireRight(room, member, "show");
      const { itemId } = request;
      if (itemId !== undefined && room.document.findItem(itemId)) return showItem(room, itemId, by);
      const found = await ports.resolve.findConversationAsset(conversationId, request.assetId);
      await putItem(room, required(found), by, () => requireRight(room, member, "show"));
      return;
    }
    case "recommend": {
      requireRight(room, member, "lead");
      const product = required(await ports.resolve.findProductCard(room, request.productId));
      requireRight(room, member, "lead");
      const body = { kind: "recommendation", product, text: storableText(request.text) } as const;
      const { repeated } = await room.chat.post({ clientId: request.id, participantId: by, body });
      if (!repeated) room.facts.recommended(by, request.productId);
      return;
    }
    case "open-card": {
      // Also once it has ended: what was recommended is still there to be read.
      if (member.claims.role !== "customer") throw new AppError("forbidden");
      const { productId, on } = request;
      if (room.facts.hasOpened(productId, on)) return;
      required(await ports.resolve.findProductCard(room, productId));
      room.facts.opened(by, productId, on);
      return;
    }
    case "basket-propose":
      return carryOutInBasket(room, member, { ...request, text: storableText(request.text) });
    case "basket-result":
      return carryOutInBasket(room, member, { ...request, reason: storableText(request.reason) });
    case "basket-change":
    case "basket-withdraw":
    case "basket-confirm":
    case "basket-decline":
      return carryOutInBasket(room, member, request);
    case "remove-item":
      requireRight(room, member, "show");
      return removeItem(room, member, request.itemId);
    case "restore-item":
      requireRight(room, member, "show");
      return restoreItem(room, member, request.itemId);
    case "lock-drawing":
      requireRight(room, member, "lead");
      await ports.control.setDrawingLocked(conversationId, request.locked, member.claims);
      return room.refresh();
    case "end":
      if (member.claims.role !== "customer" && member.claims.role !== "agent")
        throw new AppError("forbidden");
      await ports.control.end(conversationId, member.claims);
      return room.refresh();
    case "confirm":
      return room.confirm(member);
    case "renew": {
      const admission = await ports.authorize.admit(conversationId, request.token);
      if (admission.kind === "refused" || admission.claims.participantId !== by)
        throw new AppError("unauthorized");
      member.renew(admission.claims, admission.expiresAt);
      return;
    }
    default:
      assertNever(request);
  }
}

async function carryOutInBasket(room: Room, member: Member, request: BasketRequest): Promise<void> {
  const { basket } = room.ports;
  if (basket === undefined) throw new AppError("not_found", "no baskets here");
  await basket.carryOut(request, member.claims);
}

/** Puts the picture on the panel and shows it; resolves when that is stored. @throws AppError not_found */
export async function putItem(
  room: Room,
  source: NewItem,
  by: ParticipantId | null,
  recheck: () => void,
): Promise<ItemId> {
  recheck();
  if (!room.saving.canHold(ITEM_BYTES)) throw new AppError("unavailable");
  if (!room.document.hasRoomFor(ITEM_BYTES) || !room.document.takesItem(source))
    throw new AppError("panel_full");
  const change = room.document.putItem(source, by, newItemId);
  await stored(room, change, by);
  return change.itemId;
}

/** Shows what lies on the panel; resolves when that is stored. */
async function showItem(room: Room, itemId: ItemId, by: ParticipantId): Promise<void> {
  if (!room.saving.canHold(ITEM_BYTES)) throw new AppError("unavailable");
  await stored(room, room.document.showItem(itemId), by);
}

/** Lets everybody see what is covered; resolves when that is stored. */
export async function uncover(room: Room, assetId: AssetId, by: ParticipantId | null): Promise<void> {
  if (!room.saving.canHold(ITEM_BYTES)) throw new AppError("unavailable");
  await stored(room, room.document.uncover(assetId), by);
}

/** @throws AppError not_found, forbidden, unavailable */
async function removeItem(room: Room, member: Member, itemId: ItemId): Promise<void> {
  const item = required(room.document.findItem(itemId));
  if (!room.saving.canHold(ITEM_BYTES)) throw new AppError("unavailable");
  const by = member.claims.participantId;
  if (!mayTakeOff(item, room.rightsOf(member), by)) throw new AppError("forbidden");
  await stored(room, room.document.removeItem(itemId, by, room.now()), by);
}

/** @throws AppError not_found, forbidden, panel_full, unavailable */
async function restoreItem(room: Room, member: Member, itemId: ItemId): Promise<void> {
  const taken = required(room.document.findTakenOff(itemId, room.now()));
  const by = member.claims.participantId;
  if (taken.by !== by) throw new AppError("forbidden");
  const bytes = bytesOf(taken);
  if (!room.saving.canHold(bytes)) throw new AppError("unavailable");
  if (!room.document.hasRoomFor(bytes) || !room.document.takesOneMore()) throw new AppError("panel_full");
  await stored(room, room.document.putBack(taken), by);
}

/**
 * When a conversation is erased what waited is dropped and nobody called back: then nothing waits any more, either.
 * @throws AppError not_found
 */
async function stored(room: Room, change: Parameters<Room["store"]>[0], by: ParticipantId | null) {
  let isStored = false;
  const done = new Promise<void>((resolve) => {
    room.store(change, by, null, () => {
      isStored = true;
      resolve();
    });
  });
  await Promise.race([done, room.saving.settled()]);
  if (!isStored) throw new AppError("not_found", "the conversation was erased meanwhile");
}

function requireRight(room: Room, member: Member, right: "show" | "lead"): void {
  if (room.rightsOf(member)[right]) return;
  throw new AppError(room.closed ? "conversation_closed" : "forbidden");
}

function required<T>(value: T | null): T {
  if (value === null) throw new AppError("not_found");
  return value;
}

const newItemId = (): ItemId => itemIdSchema.parse(randomBytes(12).toString("base64url"));
