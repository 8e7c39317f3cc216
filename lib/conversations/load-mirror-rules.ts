/** The shop's rules for a page that is shared in this conversation; for who takes part in it. */
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { MirrorRulesAnswer } from "@/lib/protocol/mirror-rules";
import type { ParticipantAccess } from "./conversation-access";

/** @throws AppError forbidden for a companion: a page is shown to the shop's people, and to nobody else */
export async function loadMirrorRules({ shopId, status, by }: ParticipantAccess): Promise<MirrorRulesAnswer> {
  if (by.kind === "companion") throw new AppError("forbidden", "no pages are shown to companions");
  const { mirrorMode, mirrorRules, origins } = await getDb().shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { mirrorMode: true, mirrorRules: true, origins: true },
  });
  return { allowed: mirrorMode === "on" && status !== "closed", rules: mirrorRules, origins };
}
