/**
 * The door for orders by webhook: proves the sender, takes each delivery once, and leaves one line for the settings when
 * it refuses. What is refused stores nothing else. Redeliveries are the platforms' daily bread: they get a 200 and change
 * nothing, because shops' systems switch an address off that refuses.
 */
import { createHash } from "node:crypto";
import type * as z from "zod/mini";
import { unseal } from "@/lib/auth/sealed";
import { getDb } from "@/lib/db/client";
import { type ReportAnswer, reportBodySchema } from "@/lib/protocol/api/order-report";
import { AppError } from "@/lib/protocol/errors";
import { shopIdSchema } from "@/lib/protocol/ids";
import { cleanText } from "../internal/clean-claim";
import { checkSignature, type HookKind, hookKinds } from "./check-signature";
import { recordReport } from "./record-report";
import type { Reported } from "./reported";
import { readOwn } from "./shapes/own";
import { readShopify, shopifySchema } from "./shapes/shopify";
import { readWooCommerce, wooCommerceSchema } from "./shapes/woocommerce";

/** Bytes of one delivery: an order of a thousand lines in Shopify's wordy shape stays below. */
export const MAX_DELIVERY_BYTES = 4_194_304;
/** Characters of what the settings show. */
const MAX_ERROR_CHARS = 300;

export interface Delivery {
  readonly hookId: string;
  readonly headers: Headers;
  /** Reads no more than MAX_DELIVERY_BYTES. @throws AppError too_large */
  readonly body: () => Promise<Buffer>;
  readonly receivedAt: Date;
}

export type DeliveryAnswer =
  | ({ readonly result: "taken" } & ReportAnswer)
  /** Taken in before; or a platform's question whether anybody is there. */
  | { readonly result: "repeated" | "pong" };

interface Hook {
  readonly id: string;
  readonly shopId: string;
  readonly kind: HookKind;
  readonly sealedSecret: string;
}

/** @throws AppError not_found, unauthorized, bad_request, too_large, unavailable */
export async function takeDelivery(delivery: Delivery): Promise<DeliveryAnswer> {
  const hook = await findHook(delivery.hookId);
  if (hook === null) throw new AppError("not_found", "there is no such address for orders");
  try {
    return await take(hook, delivery);
  } catch (error) {
    const words = error instanceof AppError ? `${error.code}: ${error.message}` : "internal: our own fault";
    await getDb().inboundHook.updateMany({
      where: { id: hook.id },
      data: { lastError: cleanText(words).slice(0, MAX_ERROR_CHARS), lastErrorAt: delivery.receivedAt },
    });
    throw error;
  }
}

async function take(hook: Hook, { headers, body, receivedAt }: Delivery): Promise<DeliveryAnswer> {
  const raw = await body();
  // WooCommerce asks so, unsigned, whether the address answers at all, and saves no webhook when it does not.
  if (hook.kind === "woocommerce" && /^webhook_id=\d+$/.test(raw.subarray(0, 64).toString("latin1"))) {
    return { result: "pong" };
  }
  checkSignature(hook.kind, await unseal(hook.sealedSecret), headers, raw);
  const db = getDb();
  const key = deliveryKey(hook.kind, headers, raw);
  const before = await db.inboundDelivery.findUnique({ where: { hookId_key: { hookId: hook.id, key } } });
  if (before !== null) {
    await db.inboundHook.update({ where: { id: hook.id }, data: { repeats: { increment: 1 } } });
    return { result: "repeated" };
  }
  const reported = read(hook.kind, raw, receivedAt);
  const shopId = shopIdSchema.parse(hook.shopId);
  const answer = await recordReport({ shopId, source: "webhook", receivedAt }, reported);
  // Last, so that what failed half-way is taken when it comes again; twice at the same moment changes nothing either.
  await db.inboundDelivery.createMany({
    skipDuplicates: true,
    data: [{ hookId: hook.id, shopId, key, receivedAt }],
  });
  await db.inboundHook.update({
    where: { id: hook.id },
    data: { lastSeenAt: receivedAt, lastError: null, lastErrorAt: null },
  });
  return { result: "taken", ...answer };
}

async function findHook(hookId: string): Promise<Hook | null> {
  if (!/^[0-9a-f-]{36}$/.test(hookId)) return null;
  const row = await getDb().inboundHook.findUnique({
    where: { id: hookId },
    select: { id: true, shopId: true, kind: true, sealedSecret: true },
  });
  const kind = hookKinds.find((known) => known === row?.kind);
  return row && kind ? { ...row, kind } : null;
}

/** Of what is signed only: our own shape signs its id, the others nothing but the body. */
function deliveryKey(kind: HookKind, headers: Headers, raw: Buffer): string {
  if (kind === "own") {
    const id = headers.get("webhook-id") ?? "";
    return createHash("sha256").update(`id ${id}`).digest("hex");
  }
  return createHash("sha256").update(raw).digest("hex");
}

function read(kind: HookKind, raw: Buffer, receivedAt: Date): Reported {
  switch (kind) {
    case "own":
      return readOwn(parse(reportBodySchema, raw));
    case "woocommerce":
      return readWooCommerce(parse(wooCommerceSchema, raw), receivedAt);
    case "shopify":
      return readShopify(parse(shopifySchema, raw));
  }
}

function parse<Schema extends z.ZodMiniType>(schema: Schema, raw: Buffer): z.output<Schema> {
  const parsed = schema.safeParse(json(raw));
  if (parsed.success) return parsed.data;
  throw new AppError("bad_request", firstIssue(parsed.error.issues));
}

/** Of a union the alternative that came furthest: the others name what that body never was. Its paths begin at the union. */
function firstIssue(issues: readonly z.core.$ZodIssue[], above: readonly PropertyKey[] = []): string {
  const [issue] = issues;
  const path = [...above, ...(issue?.path ?? [])];
  if (issue?.code === "invalid_union" && issue.errors.length > 0) {
    const furthest = issue.errors.reduce((best, each) => (each.length < best.length ? each : best));
    return firstIssue(furthest, path);
  }
  return `${path.map(String).join(".") || "body"}: ${issue?.message ?? "wrong shape"}`;
}

function json(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch (cause) {
    throw new AppError("bad_request", "not JSON", { cause });
  }
}
