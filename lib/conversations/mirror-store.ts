/**
 * The mirror's relay on the database: what the shop allows, who watched whom and for how long, and the receipt in the chat.
 * Of what was on the page it holds nothing.
 */
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import { recordEvent } from "@/lib/insights/record";
import type { MirrorFact, MirrorRow, MirrorStore, Share } from "@/lib/mirror/relay/ports";
import type { MessageBody } from "@/lib/protocol/chat";
import type { Happened } from "@/lib/protocol/event-catalogue";
import { conversationIdSchema, type ParticipantId } from "@/lib/protocol/ids";
import { canActAs, memberRoles } from "@/lib/protocol/roles";
import { findConversation } from "./find-conversation";
import { mirrorColumns, parseOpenMirror } from "./mirror-row";
import { tellRoom } from "./tell-room";

type Notice = Extract<MessageBody, { kind: "notice" }>;

const termsSchema = z.object({ mirrorWriteBy: z.enum(memberRoles) });
const memberSchema = z.object({ role: z.enum(memberRoles) });
/** Mirrors ended in one go after a server was lost. */
const LOST_AT_ONCE = 100;

export const mirrorStore: MirrorStore = {
  async findTerms(shopId, memberId) {
    const select = { mirrorMode: true, mirrorWrite: true, mirrorWriteBy: true };
    const shop = await getDb().shop.findUnique({ where: { id: shopId }, select });
    const allowed = shop?.mirrorMode === "on";
    if (shop === null || memberId === null || !allowed || !shop.mirrorWrite) {
      return { allowed, mayAskWrite: false };
    }
    const member = await getDb().member.findUnique({
      where: { id: memberId, shopId },
      select: { role: true },
    });
    if (member === null) return { allowed, mayAskWrite: false };
    const { mirrorWriteBy } = termsSchema.parse(shop);
    return { allowed, mayAskWrite: canActAs(memberSchema.parse(member).role, mirrorWriteBy) };
  },

  async findOpen(conversationId) {
    const row = await getDb().mirrorSession.findFirst({
      where: { conversationId, endedAt: null },
      orderBy: { createdAt: "desc" },
    });
    return row && parseOpenMirror(row);
  },

  async save(row) {
    const columns = mirrorColumns(row);
    await getDb().mirrorSession.upsert({ where: { id: row.id }, create: columns, update: columns });
  },

  async record(row, fact) {
    const found = await findConversation(row.conversationId);
    if (found === null) return;
    const { shopId, conversationId, visitorId, participants } = found;
    const nameOf = (shares: readonly Share[]) =>
      participants
        .filter(({ id }) => shares.some(({ participantId }) => participantId === id))
        .map(({ name }) => name)
        .join(", ");
    const by = participants.find(({ id }) => id === actor(row, fact));
    const customer = participants.find(({ role }) => role === "customer");
    await recordEvent({
      ...recorded(row, fact),
      shopId,
      conversationId,
      visitorId,
      participantId: by?.id ?? customer?.id ?? null,
      memberId: by?.memberId ?? null,
    });
    const name = customer?.name ?? "";
    const notice = noticeOf(row, fact, name, nameOf, fact.type === "ended" ? await countFrozen(row.id) : 0);
    // Numbered by the mirror: two servers that end the same one say so once.
    if (notice !== null) {
      await tellRoom(shopId, conversationId, notice, `${row.id.replaceAll("-", "")}-${fact.type}`);
    }
  },

  async listLost(before) {
    const rows = await getDb().mirrorSession.findMany({
      where: { endedAt: null, seenAt: { lt: new Date(before) } },
      select: { conversationId: true },
      take: LOST_AT_ONCE,
    });
    return rows.map(({ conversationId }) => conversationIdSchema.parse(conversationId));
  },
};

/** The agent whom it is about; null for the customer's own doing. */
function actor(row: MirrorRow, fact: MirrorFact): ParticipantId | null {
  if (fact.type === "write-granted") return fact.participantId;
  return fact.type === "refused" ? row.proposedBy : null;
}

function recorded(
  { liveSeconds, endReason, watched, proposedBy }: MirrorRow,
  { type }: MirrorFact,
): Happened<"mirror_started" | "mirror_refused" | "mirror_write_granted" | "mirror_ended"> {
  switch (type) {
    case "started":
      return { type: "mirror_started", data: { proposed: proposedBy !== null } };
    case "refused":
      return { type: "mirror_refused" };
    case "write-granted":
      return { type: "mirror_write_granted" };
    case "ended": {
      const data = { seconds: liveSeconds, reason: endReason ?? "", viewers: watched.length };
      return { type: "mirror_ended", data };
    }
  }
}

/** Pictures of its page that were put on the panel: counted where they are shown, not by the relay. */
async function countFrozen(id: string): Promise<number> {
  return (await getDb().mirrorSession.findUnique({ where: { id }, select: { frozen: true } }))?.frozen ?? 0;
}

function noticeOf(
  row: MirrorRow,
  { type }: MirrorFact,
  customer: string,
  nameOf: (shares: readonly Share[]) => string,
  frozen: number,
): Notice | null {
  switch (type) {
    case "started":
      return { kind: "notice", code: "mirror_started", name: customer };
    case "refused":
      return { kind: "notice", code: "mirror_refused", name: customer };
    case "ended": {
      const minutes = Math.max(1, Math.ceil(row.liveSeconds / 60));
      return {
        kind: "notice",
        code: "mirror_ended",
        name: nameOf(row.watched),
        minutes,
        ...(row.wrote.length > 0 && { acted: nameOf(row.wrote) }),
        ...(frozen > 0 && { frozen }),
      };
    }
    default:
      return null;
  }
}
