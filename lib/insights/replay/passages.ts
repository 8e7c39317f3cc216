/** Named passages of films, by which colleagues learn: a name and two times, nothing of what was said. */
import type * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { MAX_PASSAGES, type newPassageSchema, type Passage } from "@/lib/protocol/film";
import { isStorable } from "@/lib/protocol/storable";
import { type FilmAccess, requireMayKeep } from "./access";
import { keptPassage, withSaver } from "./kept-passage";

/** Of one conversation, in its order. */
export async function listPassages({ conversationId, shopId, only }: FilmAccess): Promise<Passage[]> {
  const rows = await getDb().passage.findMany({
    where: { conversationId, shopId, ...(only && { id: only.passageId }) },
    orderBy: [{ fromMs: "asc" }, { id: "asc" }],
    take: MAX_PASSAGES,
    include: withSaver,
  });
  return rows.map(keptPassage);
}

/** @throws AppError forbidden for an agent, bad_request, too_large for one too many */
export async function createPassage(
  access: FilmAccess,
  { name, from, to }: z.infer<typeof newPassageSchema>,
): Promise<Passage> {
  requireMayKeep(access);
  const { conversationId, shopId, memberId } = access;
  if (!isStorable(name)) throw new AppError("bad_request", "name: not storable");
  const kept = await getDb().passage.count({ where: { conversationId } });
  if (kept >= MAX_PASSAGES) throw new AppError("too_large", "this conversation has enough passages");
  const row = await getDb().passage.create({
    data: { conversationId, shopId, memberId, name, fromMs: BigInt(from), toMs: BigInt(to) },
    include: withSaver,
  });
  return keptPassage(row);
}

/** @throws AppError forbidden for an agent, not_found */
export async function deletePassage(access: FilmAccess, id: string): Promise<void> {
  requireMayKeep(access);
  const { conversationId, shopId } = access;
  const { count } = await getDb().passage.deleteMany({ where: { id, conversationId, shopId } });
  if (count === 0) throw new AppError("not_found", "no such passage");
}
