/** The addresses at which a shop's systems report orders, as its admins keep them. */
import { randomBytes } from "node:crypto";
import { seal } from "@/lib/auth/sealed";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import { type HookKind, hookKinds } from "./check-signature";

/** Addresses of one shop: each of its systems has one. */
const MAX_HOOKS = 20;
/** Of what we make: as much as SHA-256 takes. */
const SECRET_BYTES = 32;
/** Characters of a secret that comes from the shop's system. */
const MIN_GIVEN_CHARS = 8;
const MAX_GIVEN_CHARS = 200;

export interface InboundHook {
  readonly id: string;
  readonly kind: HookKind;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
  /** Deliveries that came again, and changed nothing. */
  readonly repeats: number;
}

/**
 * @param given Shopify makes the secret itself: it is typed in here. For the others one is made.
 * @returns the secret, which nobody can read again @throws AppError bad_request, conflict
 */
export async function createInboundHook(
  shopId: ShopId,
  kind: HookKind,
  given: string,
): Promise<{ readonly id: string; readonly secret: string }> {
  const typed = given.trim();
  if (kind === "shopify" && (typed.length < MIN_GIVEN_CHARS || typed.length > MAX_GIVEN_CHARS)) {
    throw new AppError("bad_request", "Shopify's signing secret is needed");
  }
  if ((await getDb().inboundHook.count({ where: { shopId } })) >= MAX_HOOKS) {
    throw new AppError("conflict", `at most ${MAX_HOOKS} addresses for orders`);
  }
  const secret = kind === "shopify" ? typed : newSecret(kind);
  const { id } = await getDb().inboundHook.create({
    data: { shopId, kind, sealedSecret: await seal(secret) },
    select: { id: true },
  });
  return { id, secret };
}

/** Oldest first. */
export async function listInboundHooks(shopId: ShopId): Promise<InboundHook[]> {
  const rows = await getDb().inboundHook.findMany({
    where: { shopId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    omit: { sealedSecret: true, shopId: true },
  });
  return rows.flatMap((row) => {
    const kind = hookKinds.find((known) => known === row.kind);
    return kind === undefined ? [] : [{ ...row, kind }];
  });
}

/** @throws AppError not_found */
export async function deleteInboundHook(shopId: ShopId, id: string): Promise<void> {
  const { count } = await getDb().inboundHook.deleteMany({ where: { id, shopId } });
  if (count === 0) throw new AppError("not_found", "the shop has no such address for orders");
}

/** Ours in the form of Standard Webhooks; WooCommerce takes any text. */
function newSecret(kind: HookKind): string {
  return kind === "own"
    ? `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`
    : randomBytes(SECRET_BYTES).toString("base64url");
}
