/** What a room tells everybody of the page mirror, as the database has it. */
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import type { RoomMirror } from "@/lib/protocol/control";
import { type ConversationId, participantIdSchema } from "@/lib/protocol/ids";
import { mirrorPhases } from "@/lib/protocol/mirror-phase";

const rowSchema = z.object({ phase: z.enum(mirrorPhases), proposedBy: z.nullable(participantIdSchema) });

export async function findRoomMirror(conversationId: ConversationId): Promise<RoomMirror> {
  const row = await getDb().conversation.findUnique({
    where: { id: conversationId },
    select: {
      shop: { select: { mirrorMode: true } },
      mirrors: {
        where: { endedAt: null },
        orderBy: { createdAt: "desc" },
        take: 1,
        select: { phase: true, proposedBy: true },
      },
    },
  });
  const allowed = row?.shop.mirrorMode === "on";
  const open = row?.mirrors[0];
  if (open === undefined) return { allowed, phase: "idle", proposedBy: null };
  const { phase, proposedBy } = rowSchema.parse(open);
  return { allowed, phase, proposedBy: phase === "proposed" ? proposedBy : null };
}
