/**
 * Whether a visitor is invited to the chat: decided here and by nobody else, at most once a day, and only for somebody whose
 * way may be recorded. Of those who would be, some are held out by the shop's draw; both are facts of the server.
 */
import { getDb, runStatement } from "@/lib/db/client";
import { recordClaim, recordEvent } from "@/lib/insights/record";
import type { BrowserEvent } from "@/lib/protocol/events";
import type { ShopId, VisitorId } from "@/lib/protocol/ids";
import { isHeldOut } from "./held-out";

/** Hours until she may be invited again: no visit is longer, and a day without a second question is good manners. */
const AGAIN_HOURS = 24;
const HOUR_MS = 3_600_000;

/**
 * The same moment is never taken twice, by however many tabs. Nobody is asked who is talking with us already.
 */
const TAKE = `
  UPDATE "Visitor" v SET "invitedAt" = $3, "inviteShown" = false WHERE v."id" = $1 AND v."shopId" = $2 AND (v."invitedAt" IS NULL OR v."invitedAt" < $4)
    AND NOT EXISTS (SELECT 1 FROM "Conversation" c WHERE c."visitorId" = v."id" AND c."status" <> 'closed')`;

/** What to tell a page that has told of a product: after how many seconds to ask whether to invite her. Null: never. */
export async function invitationAfter(
  shop: { readonly shopId: ShopId; readonly inviteAfter: number | null },
  visitorId: VisitorId,
  events: readonly BrowserEvent[],
  now: Date,
): Promise<number | null> {
  if (shop.inviteAfter === null || !events.some((event) => event.type === "product_viewed")) return null;
  const asked = await getDb().visitor.findFirst({
    where: { id: visitorId, shopId: shop.shopId, invitedAt: { gte: since(now) } },
    select: { id: true },
  });
  return asked === null ? shop.inviteAfter : null;
}

/** She has stayed with a product. @returns whether she is to be shown the invitation */
export async function decideInvitation(shopId: ShopId, visitorId: VisitorId, now: Date): Promise<boolean> {
  const shop = await getDb().shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { inviteAfter: true, holdOut: true, inviteSalt: true },
  });
  if (shop.inviteAfter === null) return false;
  if ((await runStatement(TAKE, [visitorId, shopId, now, since(now)])) === 0) return false;
  const inviteDraw = await findDraw(visitorId);
  const heldOut = isHeldOut(shop.inviteSalt, inviteDraw, shop.holdOut);
  await getDb().visitor.update({ where: { id: visitorId }, data: { inviteDraw, inviteShown: !heldOut } });
  const type = heldOut ? "invitation_held_out" : "invitation_shown";
  await recordEvent({ type, shopId, visitorId, conversationId: null, occurredAt: now });
  return !heldOut;
}

/**
 * By what her group is drawn. A customer with several browsers is one person, and in one group; but whoever was drawn before she
 * was known stays where she was, or logging in would move her to the other group.
 */
async function findDraw(visitorId: VisitorId): Promise<string> {
  const { inviteDraw, personId } = await getDb().visitor.findUniqueOrThrow({
    where: { id: visitorId },
    select: { inviteDraw: true, personId: true },
  });
  if (inviteDraw !== null) return inviteDraw;
  if (personId === null) return visitorId;
  const first = await getDb().visitor.findFirst({
    where: { personId, inviteDraw: { not: null } },
    orderBy: { createdAt: "asc" },
    select: { inviteDraw: true },
  });
  return first?.inviteDraw ?? personId;
}

/** Her page says that she pressed it: once for each time it was shown lately, of nobody else. */
export async function recordInvitationOpened(shopId: ShopId, visitorId: VisitorId, now: Date): Promise<void> {
  const { count } = await getDb().visitor.updateMany({
    where: { id: visitorId, shopId, inviteShown: true, invitedAt: { gte: since(now) } },
    data: { inviteShown: false },
  });
  if (count === 0) return;
  await recordClaim({
    type: "invitation_opened",
    shopId,
    visitorId,
    conversationId: null,
    occurredAt: now,
  });
}

const since = (now: Date) => new Date(now.getTime() - AGAIN_HOURS * HOUR_MS);
