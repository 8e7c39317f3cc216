/**
 * Visitors: people on a shop's pages, known by nothing but a signed pseudonymous token kept in the shop's own storage.
 * This module makes and checks them; what they did is told by lib/insights.
 */
import {
  signOrderToken,
  signVisitorToken,
  type VisitorClaims,
  type VisitorTokenClaims,
  verifyVisitorToken,
} from "@/lib/auth/tokens";
import { getDb, readStatement } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type ShopId, visitorIdSchema } from "@/lib/protocol/ids";

/** A page tells something every second or two; when she was last seen need not be written as often. */
const SEEN_EVERY_MS = 20_000;

/** One way to the database for each batch of events: that she is there, and that she was seen. */
const SEE = `
  WITH seen AS (UPDATE "Visitor" SET "lastSeenAt" = $3, "origin" = $5
    WHERE "id" = $1 AND "shopId" = $2 AND ("lastSeenAt" < $4 OR "origin" <> $5))
  SELECT 1 FROM "Visitor" WHERE "id" = $1 AND "shopId" = $2`;

/** What her browser says of itself: claims, for the reports, but for the page's origin. Empty when it does not. */
export interface VisitorBrowser {
  /** Of the page of the shop that asks: browsers name it, and no page can forge it. */
  readonly origin: string;
  readonly device: string;
  readonly locale: string;
}

/** What a visitor's browser keeps: the token that is her, and the one that the shop may keep with her orders. */
export interface VisitorTokens {
  readonly visitorToken: string;
  readonly orderToken: string;
}

/** @param epoch of the visitor's row */
export async function tokensOf(visitor: VisitorClaims, epoch: number): Promise<VisitorTokens> {
  return { visitorToken: await signVisitorToken(visitor, epoch), orderToken: await signOrderToken(visitor) };
}

/** A new visitor of this shop. */
export async function createVisitor(
  shopId: ShopId,
  { origin, device, locale }: VisitorBrowser = { origin: "", device: "", locale: "" },
): Promise<VisitorTokens> {
  const { id } = await getDb().visitor.create({
    data: { shopId, origin, device, locale },
    select: { id: true },
  });
  return tokensOf({ visitorId: visitorIdSchema.parse(id), shopId }, 0);
}

/**
 * The visitor a token speaks for, and that she was seen now. Any token of hers: what her page tells of a visit opens
 * nothing, and may come after she has logged out.
 * @param origin of the page that asks, one of the shop's
 * @throws AppError unauthorized for a bad token, one of another shop, or a visitor who has been erased
 */
export async function requireVisitor(
  visitorToken: string,
  shopId: ShopId,
  origin: string,
): Promise<VisitorTokenClaims> {
  const claims = await verifyVisitorToken(visitorToken);
  if (claims.shopId !== shopId) throw new AppError("unauthorized", "visitor token of another shop");
  const now = new Date();
  const seen = [claims.visitorId, shopId, now, new Date(now.getTime() - SEEN_EVERY_MS), origin];
  const [there] = await readStatement(SEE, seen);
  if (there === undefined) throw new AppError("unauthorized", "no such visitor");
  return claims;
}
