/** Whom a shop invites to the chat, and how many it holds out to compare with. */
import { randomBytes } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";

export interface InvitationSettings {
  /** Seconds on a product page; null: nobody is invited. */
  readonly after: number | null;
  /** Percent. */
  readonly holdOut: number;
}

/** Sooner is a nuisance, later is a page left open. Seconds. */
export const MIN_AFTER = 5;
export const MAX_AFTER = 600;
/** Of half the visitors one learns the most; more would only cost. Percent. */
export const MAX_HOLD_OUT = 50;

const SALT_BYTES = 12;

/** @throws AppError not_found */
export async function getInvitationSettings(shopId: ShopId): Promise<InvitationSettings> {
  const row = await getDb().shop.findUnique({
    where: { id: shopId },
    select: { inviteAfter: true, holdOut: true },
  });
  if (row === null) throw new AppError("not_found", "no such shop");
  return { after: row.inviteAfter, holdOut: row.holdOut };
}

/** The draw is made once: whoever is held out stays so, however often invitations are switched off and on. */
export async function saveInvitationSettings(shopId: ShopId, settings: InvitationSettings): Promise<void> {
  const { after, holdOut } = settings;
  if (!isWithin(holdOut, 0, MAX_HOLD_OUT) || (after !== null && !isWithin(after, MIN_AFTER, MAX_AFTER))) {
    throw new AppError("bad_request", "outside of what can be chosen");
  }
  const { count } = await getDb().shop.updateMany({
    where: { id: shopId },
    data: { inviteAfter: after, holdOut },
  });
  if (count === 0) throw new AppError("not_found", "no such shop");
  await getDb().shop.updateMany({
    where: { id: shopId, inviteSalt: "" },
    data: { inviteSalt: randomBytes(SALT_BYTES).toString("base64url") },
  });
}

const isWithin = (value: number, min: number, max: number) =>
  Number.isInteger(value) && value >= min && value <= max;
