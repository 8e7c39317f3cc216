/**
 * Visitors: people on a shop's pages, known by nothing but a signed pseudonymous token kept in the shop's own storage.
 * This module makes and checks them; what they did is told by lib/insights.
 */
import { signVisitorToken, type VisitorClaims, verifyVisitorToken } from "@/lib/auth/tokens";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type ShopId, visitorIdSchema } from "@/lib/protocol/ids";

/** A new visitor of this shop; returns the token. */
export async function createVisitor(shopId: ShopId): Promise<string> {
  const { id } = await getDb().visitor.create({ data: { shopId }, select: { id: true } });
  return signVisitorToken({ visitorId: visitorIdSchema.parse(id), shopId });
}

/**
 * The visitor a token speaks for, and that she was seen now.
 * @throws AppError unauthorized for a bad token, one of another shop, or a visitor who has been erased
 */
export async function requireVisitor(visitorToken: string, shopId: ShopId): Promise<VisitorClaims> {
  const claims = await verifyVisitorToken(visitorToken);
  if (claims.shopId !== shopId) throw new AppError("unauthorized", "visitor token of another shop");
  const { count } = await getDb().visitor.updateMany({
    where: { id: claims.visitorId, shopId },
    data: { lastSeenAt: new Date() },
  });
  if (count === 0) throw new AppError("unauthorized", "no such visitor");
  return claims;
}
