/** Keys of the public API: random, shown once, kept as a hash; each belongs to one shop and may do what its scopes say. */
import { createHash, randomBytes } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { type ApiScope, apiScopes } from "@/lib/protocol/api/scopes";
import { AppError } from "@/lib/protocol/errors";
import { type ShopId, shopIdSchema } from "@/lib/protocol/ids";

/** By which people, and scanners of leaked secrets, recognise one. */
const PREFIX = "vetrina_";
/** Cannot be guessed, so a plain hash is enough: 256 bits. */
const KEY_BYTES = 32;
/** Last characters by which people tell keys apart. */
const HINT_CHARS = 4;
/** Keys of one shop that hold. */
const MAX_KEYS = 50;
const MAX_NAME_CHARS = 80;
/** How exactly the last use is known, milliseconds: not one write a request. */
const USE_NOTED_EVERY_MS = 60_000;

declare const admitted: unique symbol;

/** Somebody who holds a key of this shop with the scope that was asked for. Only this file makes one. */
export interface KeyHolder {
  readonly [admitted]: true;
  readonly keyId: string;
  readonly shopId: ShopId;
}

export interface ListedKey {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** @throws AppError unauthorized without a key that holds, forbidden without the scope */
export async function requireApiKey(headers: Headers, scope: ApiScope): Promise<KeyHolder> {
  const [, key] = /^Bearer\s+(\S{1,200})$/i.exec(headers.get("authorization") ?? "") ?? [];
  const row = key?.startsWith(PREFIX)
    ? await getDb().apiKey.findUnique({ where: { hash: hashOf(key) } })
    : null;
  if (row === null || row.revokedAt !== null) throw new AppError("unauthorized", "an API key is needed");
  if (!row.scopes.includes(scope)) throw new AppError("forbidden", `the key lacks the scope ${scope}`);
  const now = new Date();
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() >= USE_NOTED_EVERY_MS) {
    await getDb().apiKey.update({ where: { id: row.id }, data: { lastUsedAt: now } });
  }
  return { keyId: row.id, shopId: shopIdSchema.parse(row.shopId) } as KeyHolder;
}

/** @returns the key, which nobody can read again @throws AppError bad_request, conflict */
export async function createApiKey(
  shopId: ShopId,
  wanted: { readonly name: string; readonly scopes: readonly string[] },
): Promise<string> {
  const name = wanted.name.trim();
  const scopes = apiScopes.filter((scope) => wanted.scopes.includes(scope));
  if (name === "" || name.length > MAX_NAME_CHARS) throw new AppError("bad_request", "a name is needed");
  if (scopes.length === 0) throw new AppError("bad_request", "a key that may do nothing");
  if ((await getDb().apiKey.count({ where: { shopId, revokedAt: null } })) >= MAX_KEYS) {
    throw new AppError("conflict", `at most ${MAX_KEYS} keys`);
  }
  const key = `${PREFIX}${randomBytes(KEY_BYTES).toString("base64url")}`;
  await getDb().apiKey.create({
    data: { shopId, name, scopes, hash: hashOf(key), hint: key.slice(-HINT_CHARS) },
  });
  return key;
}

/** Those that hold, newest first. */
export async function listApiKeys(shopId: ShopId): Promise<ListedKey[]> {
  return getDb().apiKey.findMany({
    where: { shopId, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true, name: true, hint: true, scopes: true, createdAt: true, lastUsedAt: true },
  });
}

/** From the next request on. @throws AppError not_found */
export async function revokeApiKey(shopId: ShopId, id: string): Promise<void> {
  const { count } = await getDb().apiKey.updateMany({
    where: { id, shopId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  if (count === 0) throw new AppError("not_found", "the shop has no such key");
}

const hashOf = (key: string) => createHash("sha256").update(key).digest("hex");
