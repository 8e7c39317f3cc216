/** A mirror between the relay's words and the table's. */
import * as z from "zod/mini";
import type { Prisma } from "@/lib/db/client";
import type { MirrorRow } from "@/lib/mirror/relay/ports";
import { conversationIdSchema, participantIdSchema } from "@/lib/protocol/ids";
import { pauseReasons } from "@/lib/protocol/mirror";

const sharesSchema = z.array(z.object({ participantId: participantIdSchema, seconds: z.number() }));

const openSchema = z.object({
  id: z.string(),
  conversationId: conversationIdSchema,
  phase: z.enum(["proposed", "live", "paused", "suspended"]),
  proposedBy: z.nullable(participantIdSchema),
  pausedFor: z.nullable(z.enum(pauseReasons)),
  resumeHash: z.nullable(z.string()),
  liveSeconds: z.number(),
  watched: sharesSchema,
  wrote: sharesSchema,
});

type TableRow = Prisma.MirrorSessionGetPayload<object>;

/** @throws ZodError for a row that no server of ours wrote */
export function parseOpenMirror(row: TableRow): MirrorRow {
  return {
    ...openSchema.parse(row),
    until: timeOf(row.until),
    createdAt: row.createdAt.getTime(),
    startedAt: timeOf(row.startedAt),
    seenAt: row.seenAt.getTime(),
    endedAt: null,
    endReason: null,
  };
}

export function mirrorColumns(row: MirrorRow) {
  return {
    ...row,
    until: dateOf(row.until),
    createdAt: new Date(row.createdAt),
    startedAt: dateOf(row.startedAt),
    seenAt: new Date(row.seenAt),
    endedAt: dateOf(row.endedAt),
    watched: row.watched.map((share) => ({ ...share })),
    wrote: row.wrote.map((share) => ({ ...share })),
  };
}

const timeOf = (date: Date | null): number | null => date?.getTime() ?? null;
const dateOf = (time: number | null): Date | null => (time === null ? null : new Date(time));
