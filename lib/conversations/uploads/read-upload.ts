/** From a received file to items on the panel. May be run again after a crash: the same bytes become the same assets. */
import { readFile } from "node:fs/promises";
import { getDb } from "@/lib/db/client";
import { readPaper } from "@/lib/media/paper/read-paper";
import { byteLengthOf, isPictureType, sniff } from "@/lib/media/picture-kind";
import { scanUpload } from "@/lib/media/scan-upload";
import { addOriginal } from "@/lib/media/store-original";
import { sha256Of, storePaperPage } from "@/lib/media/store-picture";
import { addTiles } from "@/lib/media/store-tiles";
import { storeUsablePicture } from "@/lib/media/store-usable";
import { storeConversationVideo } from "@/lib/media/store-video";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import type { AssetId } from "@/lib/protocol/ids";
import { MAX_PAPER_BYTES } from "@/lib/protocol/limits";
import { countFrozen } from "./frozen-page";
import { type MadeAssets, orNothing } from "./or-nothing";
import { type ReadUpload, showUpload } from "./show-upload";
import {
  beginToShow,
  findJob,
  isCovered,
  isShown,
  type Job,
  keepsOriginal,
  ownerOf,
  requireStillMay,
} from "./upload-job";
import type { Turn } from "./upload-turns";

/** Milliseconds after which what could not be made sharp stays as it is: a file that always takes too long ends. */
const SHARPEN_WITHIN_MS = 900_000;
/** Milliseconds between two words on how far it is. */
const TELL_EVERY_MS = 700;

/**
 * @param turn who else waits; alone if left out
 * @throws what is neither the sender's fault nor an ordinary trouble of the machine's
 */
export async function readUpload(id: string, signal: AbortSignal, turn?: Turn): Promise<void> {
  try {
    const job = await findJob(id);
    if (job === null) return uploadFilesSlot.get().delete(id);
    if (!isShown(job)) requireStillMay(job);
    const file = await uploadFilesSlot.get().open(id);
    try {
      await orNothing(job, (made) => read({ job, path: file.path, signal, made, turn }));
      await getDb().upload.updateMany({ where: { id, state: "tiling" }, data: { state: "done" } });
    } finally {
      await file.close();
    }
    await uploadFilesSlot.get().delete(id);
  } catch (error) {
    // Ended by us: whoever cancelled it cleans up, and after a stop somebody takes it over.
    if (signal.aborted) return;
    const code = error instanceof AppError ? error.code : "internal";
    const job = await findJob(id);
    if (code === "unavailable" && mayGetSharp(job)) {
      // The store was away, or too much waits: it is taken over in a while, as after a stop.
      faultsSlot.find()?.(error);
      return;
    }
    // On the panel: what is lost is how sharp it is from near.
    const data =
      job && isShown(job) ? ({ state: "done" } as const) : { state: "failed" as const, error: code };
    const where = { id, state: { in: ["reading", "tiling"] satisfies Job["state"][] } };
    await getDb().upload.updateMany({ where, data });
    await uploadFilesSlot.get().delete(id);
    if (!(error instanceof AppError) || code === "internal") throw error;
    if (code === "unavailable") faultsSlot.find()?.(error);
  }
}

/** It lies on the panel, and has not been tried for too long. */
const mayGetSharp = (job: Job | null): boolean =>
  job !== null && isShown(job) && Date.now() - job.createdAt.getTime() < SHARPEN_WITHIN_MS;

interface Reading {
  readonly job: Job;
  readonly path: string;
  readonly signal: AbortSignal;
  readonly made: MadeAssets;
  readonly turn: Turn | undefined;
}

async function read(reading: Reading): Promise<void> {
  const { path } = reading;
  await scanUpload(path);
  const mime = await sniff(path);
  if (mime !== null && isPictureType(mime)) return readPictureFile(reading);
  if (mime === "application/pdf") return readPaperFile(reading);
  if (mime?.startsWith("video/")) return readVideoFile(reading);
  throw new AppError("unsupported_picture", `the file is ${mime ?? "of no known kind"}`);
}

/** Looks again whether somebody still wants it, and may. @returns false when it was given up */
async function show({ job: { id }, path, made, signal }: Reading, what: ReadUpload): Promise<boolean> {
  signal.throwIfAborted();
  const job = await findJob(id);
  if (job === null) return false;
  if (isShown(job)) {
    for (const assetId of what.assetIds) made.onPanel(assetId);
    return true;
  }
  requireStillMay(job);
  const [first] = what.assetIds;
  // Before anybody sees it: it is kept as the shop asked, or refused. Of a paper, its first page has it.
  if (first && keepsOriginal(job)) await addOriginal({ ...ownerOf(job), assetId: first }, path);
  if (job.frozenTitle !== null) await countFrozen(job.conversationId);
  if (!(await beginToShow(id))) return false;
  await showUpload(job, what, made.onPanel);
  return true;
}

async function readPictureFile(reading: Reading): Promise<void> {
  const { job, path, signal, made, turn } = reading;
  const covered = isCovered(job);
  const end = new AbortController();
  try {
    const { assetId, created, sharpen, leave } = await storeUsablePicture({
      ...ownerOf(job),
      covered,
      source: path,
      signal: AbortSignal.any([signal, end.signal]),
    });
    made.add(assetId);
    const shown = await show(reading, { kind: "picture", assetIds: [assetId], isNew: created });
    // What nobody will see needs no larger sizes.
    if (!shown) return;
    await turn?.toSharpen(leave);
    await sharpen();
    // Another had made them all: the thread that waited to make ours is free for the tiles.
    end.abort();
    await addTiles(assetId, path, signal);
  } finally {
    end.abort();
  }
}

async function readVideoFile(reading: Reading): Promise<void> {
  const { job, path, signal, made, turn } = reading;
  // Minutes of work, on no thread that reads pictures.
  turn?.stepAside();
  const covered = isCovered(job);
  const { assetId, created } = await storeConversationVideo({
    owner: ownerOf(job),
    covered,
    path,
    signal,
    onProgress: teller(job.id),
  });
  made.add(assetId);
  await show(reading, { kind: "video", assetIds: [assetId], isNew: created });
}

async function readPaperFile(reading: Reading): Promise<void> {
  const { job, path, signal, made } = reading;
  const [tell, covered, sha256] = [teller(job.id), isCovered(job), await sha256Of(path)];
  const assetIds: AssetId[] = [];
  let [isNew, all] = [false, 0];
  const size = await byteLengthOf(path);
  if (size > MAX_PAPER_BYTES) throw new AppError("too_large", `${size} bytes`);
  for await (const { page, pages, bytes } of readPaper(await readFile(path), signal)) {
    const picture = { ...ownerOf(job), covered, source: bytes, signal };
    const stored = await storePaperPage(picture, { page, pages, sha256 });
    made.add(stored.assetId);
    assetIds.push(stored.assetId);
    isNew ||= stored.created;
    all = pages;
    tell(page / pages);
  }
  await show(reading, { kind: "paper", assetIds, isNew, pages: all });
}

/** Writes down how far it is, now and then; that a word is lost does not matter. */
function teller(id: string): (share: number) => void {
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
