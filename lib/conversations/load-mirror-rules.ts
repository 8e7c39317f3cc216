/** The shop's rules for a page that is shared in this conversation; for who takes part in it. */
import { getDb } from "@/lib/db/client";
import type { MirrorRulesAnswer } from "@/lib/protocol/mirror-rules";
import type { ParticipantAccess } from "./conversation-access";

export async function loadMirrorRules({ shopId, status }: ParticipantAccess): Promise<MirrorRulesAnswer> {
  const { mirrorMode, mirrorRules, origins } = await getDb().shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { mirrorMode: true, mirrorRules: true, origins: true },
  });
  return { allowed: mirrorMode === "on" && status !== "closed", rules: mirrorRules, origins };
}
