import { getDb } from "@/lib/db/client";
import { recordEvent } from "@/lib/insights/record";
import { findConversationAsset } from "@/lib/media/find-conversation-asset";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import {
  type AssetId,
  conversationIdSchema,
  type ItemId,
  memberIdSchema,
  participantIdSchema,
  shopIdSchema,
  visitorIdSchema,
} from "@/lib/protocol/ids";
import { roomsSlot } from "@/lib/protocol/rooms-port";
import type { Job } from "./upload-job";

export interface ReadUpload {
  readonly kind: "picture" | "video" | "paper";
  /** Of a paper, its pages in order. */
  readonly assetIds: readonly AssetId[];
  /** Of a paper: how many it has, also those that could not be read. */
  readonly pages?: number;
  /** False when the same file had been sent into this conversation before. */
  readonly isNew: boolean;
}

/**
 * Puts what was read on the panel, the first page of a paper in front, and says so in the chat. The same file again
 * changes nothing but what the panel shows.
 * @param onPanel is told of each that lies there
 * @throws AppError conversation_closed, panel_full
 */
export async function showUpload(
  job: Job,
  read: ReadUpload,
  onPanel: (assetId: AssetId) => void,
): Promise<void> {
  const conversationId = conversationIdSchema.parse(job.conversationId);
  const participantId = participantIdSchema.parse(job.participantId);
  const [first] = read.assetIds;
  if (first === undefined) throw new AppError("broken_picture", "nothing to show");

  const rooms = roomsSlot.get();
  const frozen = frozenOf(job);
  const put = async (assetId: AssetId, behind: boolean) => {
    const asset = await findConversationAsset(conversationId, assetId);
    if (asset === null) throw new AppError("not_found", "the conversation was erased meanwhile");
    const itemId = await rooms.putItem(conversationId, { ...asset, ...frozen.item, behind }, participantId);
    onPanel(assetId);
    return { asset, itemId };
  };
  const { asset: shown, itemId } = await put(first, false);
  const itemIds: ItemId[] = [itemId];
  for (const assetId of read.assetIds.slice(1)) itemIds.push((await put(assetId, true)).itemId);

  const { width, height } = shown;
  const kind = { ...(read.kind === "picture" ? frozen.message : { what: read.kind }), ...pagesOf(read) };
  await rooms.postMessage(
    conversationId,
    { kind: "picture", itemId, assetId: first, width, height, ...kind },
    participantId,
    first,
  );
  await getDb().upload.updateMany({ where: { id: job.id }, data: { itemIds } });
  if (!read.isNew) return;
  await recordEvent({
    type: "picture_uploaded",
    shopId: shopIdSchema.parse(job.conversation.shopId),
    conversationId,
    participantId,
    visitorId: job.sender.visitorId === null ? null : visitorIdSchema.parse(job.sender.visitorId),
    memberId: job.sender.memberId === null ? null : memberIdSchema.parse(job.sender.memberId),
    itemId,
    // The picture is there for all to see: a lost event must not undo that.
  }).catch((error: unknown) => faultsSlot.find()?.(error));
}

/** What is said of a picture of the customer's page, on the panel and in the chat. */
const frozenOf = ({ frozenTitle: title }: Job) =>
  title === null
    ? { item: {}, message: {} }
    : { item: { title, frozen: true }, message: { what: "page" as const, title } };

const pagesOf = ({ kind, assetIds: { length }, pages = length }: ReadUpload) =>
  kind === "paper" ? { pages: length, ...(pages > length ? { of: pages } : {}) } : {};
