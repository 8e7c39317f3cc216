/**
 * Reads the panels of conversations that are over or have been quiet for a while into HeatTrace: one row for each
 * conversation and picture. Reading one again replaces what it left, so that it never counts twice.
 */
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { type ParticipantRole, participantRoles } from "@/lib/protocol/roles";
import { localDay } from "../range";
import { PanelReading } from "./panel-reading";
import type { Trace } from "./trace-book";

/** Nobody has written on the panel for so long, minutes: a pause for thought is shorter. */
const QUIET_MINUTES = 10;
/** Seconds after a conversation's end in which its last updates are still being stored. */
const SETTLE_SECONDS = 60;
/** Conversations looked up at once. */
const AT_ONCE = 200;
/** Updates read at once: some 30 ms of work, after which the server answers others first. */
const UPDATES_AT_ONCE = 500;

const dueSchema = z.array(
  z.object({
    id: z.string(),
    shopId: z.string(),
    createdAt: z.date(),
    timeZone: z.string(),
    /** False: nobody drew on it, or it is so old that its history was deleted. What it left stays. */
    hasJournal: z.boolean(),
  }),
);
type Due = z.infer<typeof dueSchema>[number];
const roleSchema = z.enum(participantRoles);

/**
 * Has every panel read anew whose journal is still there. What erased conversations left, and those whose history was
 * deleted, stays: nothing could bring it back.
 */
export async function rebuildHeat(): Promise<void> {
  await getDb().$executeRaw`
    UPDATE "Conversation" c SET "heatAt" = NULL
    WHERE EXISTS (SELECT FROM "PanelUpdate" u WHERE u."conversationId" = c."id")`;
}

/** Reads all that is due at `now`. @param ended no further conversation is begun @returns how many were read */
export async function gatherHeat(now: Date, ended?: AbortSignal): Promise<number> {
  for (let total = 0; ; ) {
    const due = await findDue(now);
    const unread = due.filter(({ hasJournal }) => !hasJournal).map(({ id }) => id);
    await getDb().conversation.updateMany({ where: { id: { in: unread } }, data: { heatAt: now } });
    total += unread.length;
    for (const conversation of due.filter(({ hasJournal }) => hasJournal)) {
      if (ended?.aborted) return total;
      await store(conversation, await readTraces(conversation.id), now);
      total++;
    }
    if (due.length < AT_ONCE) return total;
  }
}

/** The first condition is that of the index Conversation_heat: what is done is not looked at. */
async function findDue(now: Date): Promise<Due[]> {
  const ended = new Date(now.getTime() - SETTLE_SECONDS * 1_000);
  const quiet = new Date(now.getTime() - QUIET_MINUTES * 60_000);
  const rows = await getDb().$queryRaw`
    SELECT c."id", c."shopId", c."createdAt", s."timeZone",
      EXISTS (SELECT FROM "PanelUpdate" u WHERE u."conversationId" = c."id") AS "hasJournal"
    FROM "Conversation" c JOIN "Shop" s ON s."id" = c."shopId"
    WHERE (c."heatAt" IS NULL OR c."closedAt" IS NULL OR c."heatAt" < c."closedAt")
      AND CASE WHEN c."closedAt" IS NOT NULL THEN c."closedAt" <= ${ended}
        ELSE EXISTS (SELECT FROM "PanelUpdate" u WHERE u."conversationId" = c."id"
            AND u."receivedAt" > coalesce(c."heatAt", '-infinity'))
          AND NOT EXISTS (SELECT FROM "PanelUpdate" u WHERE u."conversationId" = c."id" AND u."receivedAt" > ${quiet})
        END
    ORDER BY c."createdAt" LIMIT ${AT_ONCE}`;
  return dueSchema.parse(rows);
}

/** A panel that holds what nobody can read leaves nothing, and does not stop the others. */
async function readTraces(conversationId: string): Promise<readonly Trace[]> {
  const db = getDb();
  const participants = await db.participant.findMany({
    where: { conversationId },
    select: { id: true, role: true },
  });
  const roles = new Map<string, ParticipantRole>(
    participants.map(({ id, role }) => [id, roleSchema.parse(role)]),
  );
  const reading = new PanelReading();
  for (let after = 0n; ; ) {
    const updates = await db.panelUpdate.findMany({
      where: { conversationId, id: { gt: after } },
      orderBy: { id: "asc" },
      take: UPDATES_AT_ONCE,
      select: { id: true, participantId: true, update: true, receivedAt: true },
    });
    const last = updates.at(-1);
    // Only what is on the panel is forgiven: a database that fails must not pass for an empty panel.
    try {
      for (const { participantId, update, receivedAt } of updates)
        reading.apply(update, roles.get(participantId ?? "") ?? null, receivedAt.getTime());
      if (!last || updates.length < UPDATES_AT_ONCE) return reading.end();
    } catch (error) {
      faultsSlot.find()?.(error);
      return [];
    }
    after = last.id;
  }
}

async function store(of: Due, traces: readonly Trace[], now: Date): Promise<void> {
  const { id: conversationId, shopId } = of;
  const day = new Date(localDay(of.createdAt, of.timeZone));
  await getDb().$transaction(async (tx) => {
    // Of two processes that read it the second waits here, and writes the same again. An erased one is not there.
    const { count } = await tx.conversation.updateMany({
      where: { id: conversationId },
      data: { heatAt: now },
    });
    if (count === 0) return;
    await tx.heatTrace.deleteMany({ where: { conversationId } });
    const data = traces.map(
      ({ drawnByCustomer, drawnByAgent, zoomedByCustomer, zoomedByAgent, ...picture }) => ({
        ...picture,
        shopId,
        conversationId,
        day,
        drawnByCustomer: [...drawnByCustomer],
        drawnByAgent: [...drawnByAgent],
        zoomedByCustomer: [...zoomedByCustomer],
        zoomedByAgent: [...zoomedByAgent],
      }),
    );
    await tx.heatTrace.createMany({ data });
  });
}
