/** What people (and the schedule) may do about imports: start one, stop it, answer its question. */
import { getDb } from "@/lib/db/client";
import { isTakenKey } from "@/lib/db/taken-key";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import { processSlot } from "@/lib/protocol/process-slot";
import { dropFeedFile, hasFeedFile } from "./feed-files";
import { getSourceRow } from "./source";

/** Whoever works on imports in this process, told that there is something to do. */
export const importWakeSlot = processSlot<() => void>("imports");

/**
 * @param by name of the person, empty for the schedule
 * @param fileName of a file that was kept; empty for a feed that is fetched
 * @throws AppError not_found; conflict when one of this source waits already
 */
export async function startImport(
  shopId: ShopId,
  sourceId: string,
  by: string,
  fileName = "",
): Promise<string> {
  await getSourceRow(shopId, sourceId);
  if (fileName !== "" && !hasFeedFile(shopId, fileName)) {
    throw new AppError("not_found", "the file is gone: send it again");
  }
  try {
    const row = await getDb().catalogueImport.create({ data: { shopId, sourceId, startedBy: by, fileName } });
    importWakeSlot.find()?.();
    return row.id;
  } catch (error) {
    if (isTakenKey(error))
      throw new AppError("conflict", "an import of this source waits already", { cause: error });
    throw error;
  }
}

/** Nothing happens to one that is over already. */
export async function cancelImport(shopId: ShopId, importId: string, now: Date): Promise<void> {
  const where = { id: importId, shopId };
  const running = await getDb().catalogueImport.updateMany({
    where: { ...where, state: "running" },
    data: { cancel: true },
  });
  if (running.count > 0) return;
  await getDb().catalogueImport.updateMany({
    where: { ...where, state: "waiting" },
    data: { state: "cancelled", endedAt: now },
  });
  await dropFileOf(shopId, importId);
}

/**
 * Of an import that found that many products would disappear.
 * @throws AppError conflict when it does not ask (any more)
 */
export async function answerImport(
  shopId: ShopId,
  importId: string,
  answer: "import" | "keep",
  now: Date,
): Promise<void> {
  const where = { id: importId, shopId, state: "asking" };
  const data =
    answer === "import"
      ? { state: "waiting", mayShrink: true, endedAt: null, attempts: 0 }
      : { state: "kept", endedAt: now };
  const { count } = await getDb().catalogueImport.updateMany({ where, data });
  if (count === 0) throw new AppError("conflict", "this import does not ask any more");
  if (answer === "keep") await dropFileOf(shopId, importId);
  else importWakeSlot.find()?.();
}

async function dropFileOf(shopId: ShopId, importId: string): Promise<void> {
  const row = await getDb().catalogueImport.findFirst({ where: { id: importId, shopId } });
  if (row !== null) await dropFeedFile(shopId, row.fileName);
}
