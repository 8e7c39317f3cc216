/** What is made of an upload is on the panel in the end, or it is gone. */
import { getDb, type Upload } from "@/lib/db/client";
import { dropAsset } from "@/lib/media/keep-asset";
import type { AssetId } from "@/lib/protocol/ids";
import { type Job, ownerOf } from "./upload-job";

export interface MadeAssets {
  add(assetId: AssetId): void;
  onPanel(assetId: AssetId): void;
}

/** Runs `work`, then drops what was made since the upload began and lies on no panel, however `work` ended. */
export async function orNothing(job: Job, work: (made: MadeAssets) => Promise<void>): Promise<void> {
  const left = new Set<AssetId>();
  try {
    await work({ add: (assetId) => left.add(assetId), onPanel: (assetId) => left.delete(assetId) });
  } finally {
    if (left.size > 0 && !(await hasTwin(job))) {
      for (const assetId of left) await dropAsset({ shopId: ownerOf(job).shopId, assetId }, job.createdAt);
    }
  }
}

/** The same file sent twice at once is one asset: as many bytes make it likely, and what stays is found in the chat. */
async function hasTwin({ id, conversationId, size, createdAt }: Upload): Promise<boolean> {
  const where = { id: { not: id }, conversationId, size, workedAt: { gte: createdAt } };
  const state = { in: ["reading", "tiling", "done"] as Upload["state"][] };
  return (await getDb().upload.count({ where: { ...where, state } })) > 0;
}
