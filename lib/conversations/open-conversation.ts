/** A visitor's conversation: the one that is open, or a new one (CO1, CO2). */
import { getDb } from "@/lib/db/client";
import type { Device } from "@/lib/http/device-of";
import { recordEvent } from "@/lib/insights/record";
import { deskPort } from "@/lib/protocol/desk-port";
import { AppError } from "@/lib/protocol/errors";
import {
  type ConversationId,
  conversationIdSchema,
  type ParticipantId,
  participantIdSchema,
  type ShopId,
  type VisitorId,
} from "@/lib/protocol/ids";
import type { Locale } from "@/lib/protocol/locales";
import { channelOf } from "./channel";
import { CUSTOMER_COLOR } from "./colors";
import { guestName } from "./guest-name";

export interface OpenedConversation {
  readonly conversationId: ConversationId;
  readonly participantId: ParticipantId;
  readonly created: boolean;
}

/** Who asks, as proven by her visitor token. */
export interface Asker {
  readonly visitorId: VisitorId;
  readonly shopId: ShopId;
}

/** The visitor's conversation that is not closed, or null. */
export async function findOpenConversation(visitor: Asker): Promise<OpenedConversation | null> {
  const row = await getDb().conversation.findFirst({
    where: { visitorId: visitor.visitorId, shopId: visitor.shopId, status: { not: "closed" } },
    orderBy: { createdAt: "desc" },
    select: openedFields(visitor),
  });
  return row === null ? null : opened(row, false);
}

/** How it came about, as far as her browser and the shop's page tell: claims, for the reports. */
interface Origin {
  readonly device: Device;
  readonly trigger: "launcher" | "product" | "page" | "";
}

const UNKNOWN: Origin = { device: "", trigger: "" };

/** @throws AppError unauthorized when the visitor was erased. */
export async function openConversation(
  visitor: Asker,
  locale: Locale,
  origin = UNKNOWN,
): Promise<OpenedConversation> {
  const found = (await findOpenConversation(visitor)) ?? (await createConversation(visitor, locale, origin));
  if (found.created) {
    const { visitorId, shopId } = visitor;
    const { conversationId, participantId } = found;
    await recordEvent({ type: "conversation_started", shopId, visitorId, conversationId, participantId });
    deskPort.find()?.conversationChanged(shopId, conversationId);
  }
  return found;
}

async function createConversation(
  visitor: Asker,
  locale: Locale,
  origin: Origin,
): Promise<OpenedConversation> {
  const channel = await channelOf(visitor, new Date());
  return getDb().$transaction(async (tx) => {
    // Two tabs at once: the second waits here and then finds what the first made.
    const locked = await tx.$queryRaw<
      { id: string; shopId: string; guestNumber: number | null; personId: string | null }[]
    >`SELECT "id", "shopId", "guestNumber", "personId" FROM "Visitor"
      WHERE "id" = ${visitor.visitorId} AND "shopId" = ${visitor.shopId} FOR UPDATE`;
    const row = locked[0];
    if (row === undefined) throw new AppError("unauthorized", "no such visitor");
    const select = openedFields(visitor);
    const existing = await tx.conversation.findFirst({
      where: { visitorId: row.id, status: { not: "closed" } },
      select,
    });
    if (existing !== null) return opened(existing, false);
    const name = await guestName(tx, row);
    const created = await tx.conversation.create({
      data: {
        shopId: row.shopId,
        visitorId: row.id,
        locale,
        device: origin.device,
        trigger: origin.trigger,
        channel,
        participants: { create: { role: "customer", visitorId: row.id, name, color: CUSTOMER_COLOR } },
      },
      select,
    });
    return opened(created, true);
  });
}

function openedFields(visitor: Asker) {
  return {
    id: true,
    participants: { where: { visitorId: visitor.visitorId }, select: { id: true } },
  } as const;
}

function opened(row: { id: string; participants: { id: string }[] }, created: boolean): OpenedConversation {
  return {
    conversationId: conversationIdSchema.parse(row.id),
    participantId: participantIdSchema.parse(row.participants[0]?.id),
    created,
  };
}
