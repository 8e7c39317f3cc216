/** The addresses that a shop wants to be told at, as its admins keep them. */
import { randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { seal } from "@/lib/auth/sealed";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import { webhookTypes } from "@/lib/protocol/webhooks";

/** Endpoints of one shop. */
const MAX_ENDPOINTS = 20;
/** As much as SHA-256 takes. */
const SECRET_BYTES = 32;

export const endpointSchema = z.object({
  url: z.string().check(z.maxLength(2_000), z.refine(isWebAddress, "must be a web address")),
  types: z.array(z.enum(webhookTypes)).check(z.minLength(1), z.maxLength(webhookTypes.length)),
});
export type EndpointInput = z.infer<typeof endpointSchema>;

export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly active: boolean;
  /** Since a delivery was last taken. */
  readonly failures: number;
  readonly failingSince: Date | null;
  /** It was switched off because it took nothing for days, or said that it is gone. */
  readonly disabledAt: Date | null;
}

/** @returns the secret, which nobody can read again @throws AppError conflict */
export async function createEndpoint(
  shopId: ShopId,
  input: EndpointInput,
): Promise<{ readonly id: string; readonly secret: string }> {
  if ((await getDb().webhookEndpoint.count({ where: { shopId } })) >= MAX_ENDPOINTS) {
    throw new AppError("conflict", `at most ${MAX_ENDPOINTS} webhooks`);
  }
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
  const { id } = await getDb().webhookEndpoint.create({
    data: { shopId, url: new URL(input.url).href, types: [...input.types], sealedSecret: await seal(secret) },
    select: { id: true },
  });
  return { id, secret };
}

/** Oldest first. */
export async function listEndpoints(shopId: ShopId): Promise<Endpoint[]> {
  return getDb().webhookEndpoint.findMany({
    where: { shopId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    omit: { sealedSecret: true, shopId: true, leasedUntil: true, createdAt: true },
  });
}

/** Switched on again it starts anew: what waited meanwhile is sent. @throws AppError not_found */
export async function setEndpointActive(shopId: ShopId, id: string, active: boolean): Promise<void> {
  const { count } = await getDb().webhookEndpoint.updateMany({
    where: { id, shopId },
    data: { active, failures: 0, failingSince: null, disabledAt: null, leasedUntil: null },
  });
  if (count === 0) throw noEndpoint();
}

/** @throws AppError not_found */
export async function deleteEndpoint(shopId: ShopId, id: string): Promise<void> {
  const { count } = await getDb().webhookEndpoint.deleteMany({ where: { id, shopId } });
  if (count === 0) throw noEndpoint();
}

export const noEndpoint = () => new AppError("not_found", "the shop has no such webhook");

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}
