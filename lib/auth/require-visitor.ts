/**
 * Who a visitor's token speaks for, where something of hers is read or changed. Her older tokens are refused: whoever
 * copied one at a shared computer before she logged in, or has it from before she logged out, sees nothing (VI14).
 */
import { readStatement } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type VisitorClaims, verifyVisitorToken } from "./tokens";

const IS_NEWEST = `SELECT 1 FROM "Visitor" WHERE "id" = $1 AND "shopId" = $2 AND "tokenEpoch" = $3`;

/** @throws AppError unauthorized for a bad token, one that is not her newest, or of a visitor who has been erased */
export async function requireNewestToken(token: string): Promise<VisitorClaims> {
  const { visitorId, shopId, epoch } = await verifyVisitorToken(token);
  const [newest] = await readStatement(IS_NEWEST, [visitorId, shopId, epoch]);
  if (newest === undefined)
    throw new AppError("unauthorized", "an older token of this visitor, or she is gone");
  return { visitorId, shopId };
}
