/** Files on their way into a conversation: who may send how much, and whose an upload is. The bytes are lib/media's. */
import { getDb, type Upload } from "@/lib/db/client";
import { createReceiver, type Receiver } from "@/lib/media/uploads/receiver";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import { AppError } from "@/lib/protocol/errors";
import { MAX_FILE_BYTES } from "@/lib/protocol/limits";
import type { ParticipantAccess } from "../conversation-access";
import { readFrozenTitle, requireMayFreeze } from "./frozen-page";
import { requireMaySend } from "./may-send";
import { uploadWorkSlot } from "./upload-work";

/** Files that one participant may have under way: a browser sends three at once and has some that a lost line cut off. */
const MAX_UNDER_WAY = 12;
/** Bytes of hers that may be under way: a few videos. */
const MAX_OWN_BYTES = 3 * MAX_FILE_BYTES;
/** Milliseconds without a byte after which a file no longer counts: it may be gone on with, and may not block others. */
const COUNTS_MS = 600_000;
/** Bytes of all files under way in this installation: two dozen videos of the largest kind. */
const MAX_BYTES_UNDER_WAY = 5_368_709_120;

const underWay = () => ({
  state: { in: ["receiving", "reading"] satisfies Upload["state"][] },
  workedAt: { gt: new Date(Date.now() - COUNTS_MS) },
});

let receiver: Receiver | null = null;
function getReceiver(): Receiver {
  receiver ??= createReceiver(finish);
  return receiver;
}

/**
 * Begins an upload; the request may bring the first bytes.
 * @throws AppError conversation_closed, forbidden, bad_request, too_large, too_many, unavailable
 */
export async function beginUpload(access: ParticipantAccess, request: Request): Promise<Response> {
  requireMaySend(access);
  const size = readLength(request.headers.get("upload-length"));
  const frozenTitle = readFrozenTitle(request.headers.get("upload-metadata"));
  if (frozenTitle !== null) await requireMayFreeze(access);
  await requireRoom(access, size);
  const { conversationId } = access;
  const { participantId } = access.participant;
  const { id } = await getDb().upload.create({ data: { conversationId, participantId, size, frozenTitle } });
  try {
    return await getReceiver().receive(request, id);
  } catch (error) {
    // Bytes that did come may be gone on with: the sender has not been told where, so for her there is nothing.
    await forget(id);
    throw error;
  }
}

/** Takes the next bytes, tells how many there are (HEAD). @throws AppError not_found, conflict, too_large, unavailable */
export async function continueUpload(
  access: ParticipantAccess,
  uploadId: string,
  request: Request,
): Promise<Response> {
  requireMaySend(access);
  const { id, state } = await requireOwn(access, uploadId);
  // A repeat of the last part, whose answer was lost.
  if (state !== "receiving" && request.method !== "HEAD") throw new AppError("conflict", "all of it is here");
  // None when it was given up this moment: the receiver says so.
  await getDb().upload.updateMany({ where: { id }, data: { workedAt: new Date() } });
  return getReceiver().receive(request, id);
}

/** Gives an upload up, as far as it is not on the panel yet. @throws AppError not_found */
export async function cancelUpload(access: ParticipantAccess, uploadId: string): Promise<void> {
  const { id } = await requireOwn(access, uploadId);
  // In one step: what is being put on the panel at this moment is there, and gets its larger sizes.
  const state = { in: ["receiving", "reading"] satisfies Upload["state"][] };
  const { count } = await getDb().upload.deleteMany({ where: { id, state } });
  if (count === 0) return;
  uploadWorkSlot.get().cancel(id);
  await uploadFilesSlot.get().delete(id);
}

/** @throws AppError not_found for another's, too: an upload's address is no secret */
export async function requireOwn(access: ParticipantAccess, uploadId: string): Promise<Upload> {
  const found = /^[0-9a-f-]{36}$/.test(uploadId)
    ? await getDb().upload.findFirst({
        where: {
          id: uploadId,
          conversationId: access.conversationId,
          participantId: access.participant.participantId,
        },
      })
    : null;
  if (found === null) throw new AppError("not_found", "no such upload");
  return found;
}

async function finish(id: string): Promise<void> {
  const data = { state: "reading", workedAt: new Date() } as const;
  const { count } = await getDb().upload.updateMany({ where: { id, state: "receiving" }, data });
  if (count === 1) uploadWorkSlot.get().start(id);
}

async function forget(id: string): Promise<void> {
  await getDb().upload.deleteMany({ where: { id } });
  await uploadFilesSlot.get().delete(id);
}

function readLength(header: string | null): number {
  const size = /^\d{1,15}$/.test(header ?? "") ? Number(header) : Number.NaN;
  if (Number.isNaN(size)) throw new AppError("bad_request", "tell how many bytes there will be");
  if (size === 0) throw new AppError("unsupported_picture", "the file is empty");
  if (size > MAX_FILE_BYTES) throw new AppError("too_large", `at most ${MAX_FILE_BYTES} bytes`);
  return size;
}

async function requireRoom({ participant }: ParticipantAccess, size: number): Promise<void> {
  const { participantId } = participant;
  const sum = { _sum: { size: true }, _count: true } as const;
  const own = await getDb().upload.aggregate({ where: { participantId, ...underWay() }, ...sum });
  if (own._count >= MAX_UNDER_WAY || (own._sum.size ?? 0) + size > MAX_OWN_BYTES) {
    throw new AppError("too_many", "too many files at once");
  }
  const all = await getDb().upload.aggregate({ where: underWay(), ...sum });
  const full = (all._sum.size ?? 0) + size > MAX_BYTES_UNDER_WAY;
  if (full || !(await uploadFilesSlot.get().hasRoomFor(size))) {
    throw new AppError("unavailable", "no room for more files now: try again soon");
  }
}
