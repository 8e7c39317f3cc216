/** From a received file to items on the panel. May be run again after a crash: the same bytes become the same assets. */
import { readFile } from "node:fs/promises";
import { type Conversation, getDb, type Participant, type Shop, type Upload } from "@/lib/db/client";
import { readPaper } from "@/lib/media/paper/read-paper";
import { byteLengthOf, isPictureType, sniff } from "@/lib/media/picture-kind";
import { scanUpload } from "@/lib/media/scan-upload";
import { sha256Of, storeConversationPicture } from "@/lib/media/store-picture";
import { addTiles } from "@/lib/media/store-tiles";
import { storeConversationVideo } from "@/lib/media/store-video";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { type AssetId, conversationIdSchema, participantIdSchema, shopIdSchema } from "@/lib/protocol/ids";
import { MAX_PAPER_BYTES } from "@/lib/protocol/limits";
import { rightsOf } from "@/lib/protocol/roles";
import { parseParticipant } from "../participant-row";
import { showUpload } from "./show-upload";

/** Milliseconds between two words on how far it is. */
const TELL_EVERY_MS = 700;

type Job = Upload & {
  readonly conversation: Conversation & { readonly shop: Shop };
  readonly sender: Participant;
};

/** @throws what is neither the sender's fault nor an ordinary trouble of the machine's */
export async function readUpload(id: string, signal: AbortSignal): Promise<void> {
  try {
    const job = await findJob(id);
    if (job === null) return uploadFilesSlot.get().delete(id);
    requireStillMay(job);
    const file = await uploadFilesSlot.get().open(id);
    try {
      await read(job, file.path, signal);
    } finally {
      await file.close();
    }
    await uploadFilesSlot.get().delete(id);
  } catch (error) {
    // Ended by us: whoever cancelled it cleans up, and after a stop somebody takes it over.
    if (signal.aborted) return;
    const code = error instanceof AppError ? error.code : "internal";
    await getDb().upload.updateMany({ where: { id }, data: { state: "failed", error: code } });
    await uploadFilesSlot.get().delete(id);
    if (!(error instanceof AppError) || code === "internal") throw error;
    if (code === "unavailable") faultsSlot.find()?.(error);
  }
}

async function findJob(id: string): Promise<Job | null> {
  const upload = await getDb().upload.findUnique({
    where: { id },
    include: { conversation: { include: { shop: true } } },
  });
  const sender = upload && (await getDb().participant.findUnique({ where: { id: upload.participantId } }));
  return upload && sender && { ...upload, sender };
}

/** Minutes may lie between the first byte and this. */
function requireStillMay({ conversation, sender }: Job): void {
  if (conversation.status === "closed") throw new AppError("conversation_closed");
  const room = { closed: false, drawingLocked: conversation.drawingLocked };
  const may = sender.leftAt === null && rightsOf(parseParticipant(sender).role, room).show;
  if (!may) throw new AppError("forbidden", "may not show files here any more");
}

async function read(job: Job, path: string, signal: AbortSignal): Promise<void> {
  await scanUpload(path);
  const mime = await sniff(path);
  const tell = teller(job.id);
  if (mime !== null && isPictureType(mime)) return readPictureFile(job, path);
  if (mime === "application/pdf") return readPaperFile(job, path, signal, tell);
  if (mime !== null && mime.startsWith("video/")) return readVideoFile(job, path, signal, tell);
  throw new AppError("unsupported_picture", `the file is ${mime ?? "of no known kind"}`);
}

/** Whether the shop's people have to ask for it: a shop may spare them what a stranger sends. */
const isCovered = ({ conversation, sender }: Job) =>
  conversation.shop.coverPhotos && sender.role === "customer";

const ownerOf = ({ conversation, sender }: Job) => ({
  shopId: shopIdSchema.parse(conversation.shopId),
  conversationId: conversationIdSchema.parse(conversation.id),
  participantId: participantIdSchema.parse(sender.id),
});

async function readPictureFile(job: Job, path: string): Promise<void> {
  const { assetId, created } = await storeConversationPicture({
    ...ownerOf(job),
    covered: isCovered(job),
    source: path,
  });
  await showUpload(job, { kind: "picture", assetIds: [assetId], isNew: created });
  await addTiles(assetId, path);
  await getDb().upload.updateMany({ where: { id: job.id }, data: { state: "done" } });
}

type Tell = (share: number) => void;

async function readVideoFile(job: Job, path: string, signal: AbortSignal, tell: Tell): Promise<void> {
  const owner = ownerOf(job);
  const { assetId, created } = await storeConversationVideo({
    owner,
    covered: isCovered(job),
    path,
    signal,
    onProgress: tell,
  });
  await showUpload(job, { kind: "video", assetIds: [assetId], isNew: created });
  await getDb().upload.updateMany({ where: { id: job.id }, data: { state: "done" } });
}

async function readPaperFile(job: Job, path: string, signal: AbortSignal, tell: Tell): Promise<void> {
  const sha256 = await sha256Of(path);
  const assetIds: AssetId[] = [];
  let isNew = false;
  const size = await byteLengthOf(path);
  if (size > MAX_PAPER_BYTES) throw new AppError("too_large", `${size} bytes`);
  for await (const { page, pages, bytes } of readPaper(await readFile(path), signal)) {
    const of = { page, pages, sha256 };
    const stored = await storeConversationPicture({
      ...ownerOf(job),
      covered: isCovered(job),
      source: bytes,
      page: of,
    });
    assetIds.push(stored.assetId);
    isNew ||= stored.created;
    tell(page / pages);
  }
  await showUpload(job, { kind: "paper", assetIds, isNew });
  await getDb().upload.updateMany({ where: { id: job.id }, data: { state: "done" } });
}

/** Writes down how far it is, now and then; that a word is lost does not matter. */
function teller(id: string): Tell {
  let toldAt = 0;
  return (share) => {
    const now = Date.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    getDb()
      .upload.updateMany({ where: { id, state: "reading" }, data: { share, workedAt: new Date(now) } })
      .catch(() => undefined);
  };
}
