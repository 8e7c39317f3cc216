/** The secret by which a shop's server vouches for its customers: shown when it is made, sealed from then on. */
import { randomBytes } from "node:crypto";
import { seal, unseal } from "@/lib/auth/sealed";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";

/** As long as the hash that it keys (RFC 7518, 3.2). */
const SECRET_BYTES = 32;

/** A new one; what the old one signed is refused from now on. */
export async function renewIdentitySecret(shopId: ShopId): Promise<string> {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const { count } = await getDb().shop.updateMany({
    where: { id: shopId },
    data: { identitySecret: await seal(secret) },
  });
  if (count === 0) throw new AppError("not_found", "no such shop");
  return secret;
}

export async function hasIdentitySecret(shopId: ShopId): Promise<boolean> {
  const shop = await getDb().shop.findUnique({ where: { id: shopId }, select: { identitySecret: true } });
  return (shop?.identitySecret ?? null) !== null;
}

/** @throws AppError unauthorized when the shop has none: then nobody can be vouched for */
export async function getIdentitySecret(shopId: ShopId): Promise<string> {
  const shop = await getDb().shop.findUnique({ where: { id: shopId }, select: { identitySecret: true } });
  if (!shop?.identitySecret)
    throw new AppError("unauthorized", "the shop has no identity secret; make one in its settings");
  return unseal(shop.identitySecret);
}
