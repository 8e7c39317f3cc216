/** What is known of an upload while it is read, and whether its sender may still show it. */
import { type Conversation, getDb, type Participant, type Shop, type Upload } from "@/lib/db/client";
import type { AssetOwner } from "@/lib/media/keep-asset";
import { AppError } from "@/lib/protocol/errors";
import { conversationIdSchema, participantIdSchema, shopIdSchema } from "@/lib/protocol/ids";
import { rightsOf } from "@/lib/protocol/roles";
import { parseParticipant } from "../participant-row";

export type Job = Upload & {
  readonly conversation: Conversation & { readonly shop: Shop };
  readonly sender: Participant;
};

/** Null: given up, or erased with its conversation. */
export async function findJob(id: string): Promise<Job | null> {
  const upload = await getDb().upload.findUnique({
    where: { id },
    include: { conversation: { include: { shop: true } } },
  });
  const sender = upload && (await getDb().participant.findUnique({ where: { id: upload.participantId } }));
  return upload && sender && { ...upload, sender };
}

/** It lies on the panel; what is missing are larger sizes, or tiles. Before that it is `tiling` while it is put there. */
export const isShown = ({ state, itemIds }: Pick<Upload, "state" | "itemIds">) =>
  state === "tiling" && itemIds.length > 0;

/** From here on it cannot be given up. @returns false when it was */
export async function beginToShow(id: string): Promise<boolean> {
  const { count } = await getDb().upload.updateMany({ where: { id }, data: { state: "tiling" } });
  return count === 1;
}

/** Minutes may lie between the first byte, reading and showing. @throws AppError conversation_closed, forbidden */
export function requireStillMay({ conversation, sender }: Job): void {
  if (conversation.status === "closed") throw new AppError("conversation_closed");
  const room = { closed: false, drawingLocked: conversation.drawingLocked };
  const may = sender.leftAt === null && rightsOf(parseParticipant(sender).role, room).show;
  if (!may) throw new AppError("forbidden", "may not show files here any more");
}

/** Whether the shop's people have to ask for it: a shop may spare them what a stranger sends. */
export const isCovered = ({ conversation, sender }: Job) =>
  conversation.shop.coverPhotos && sender.role === "customer";

/** Whether the file stays as it came, beside what is made of it. */
export const keepsOriginal = ({ conversation, sender }: Job) =>
  conversation.shop.keepOriginals && sender.role === "customer";

export const ownerOf = ({ conversation, sender }: Job) =>
  ({
    shopId: shopIdSchema.parse(conversation.shopId),
    conversationId: conversationIdSchema.parse(conversation.id),
    participantId: participantIdSchema.parse(sender.id),
  }) satisfies AssetOwner;
