"use server";
/** Writes of the developers' page: each finds out who asks, parses, does one thing. */
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { requireMember } from "@/lib/auth/require-member";
import { hookKinds } from "@/lib/insights/orders/check-signature";
import { createInboundHook, deleteInboundHook } from "@/lib/insights/orders/inbound-hooks";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import { createApiKey, revokeApiKey } from "@/lib/shops/api-keys";
import type { Outcome } from "@/lib/webhooks/attempt";
import { redeliver, sendTest } from "@/lib/webhooks/deliveries";
import { createEndpoint, deleteEndpoint, endpointSchema, setEndpointActive } from "@/lib/webhooks/endpoints";

const PAGE = "/settings/developers";

/** A code of ours stays one across the wire; anything else is a fault, and thrown. */
interface Refused {
  readonly kind: "refused";
  readonly code: ErrorCode;
}
/** `secret` is shown this once. */
export type MakeResult =
  | { readonly kind: "idle" }
  | { readonly kind: "made"; readonly secret: string }
  | Refused;
export type ChangeResult = { readonly kind: "done" } | Refused;
export type SendResult = ({ readonly kind: "sent" } & Outcome) | Refused;

export async function makeHook(_before: MakeResult, form: FormData): Promise<MakeResult> {
  return asAdmin(async (shopId) => {
    const kind = hookKinds.find((known) => known === form.get("kind"));
    if (kind === undefined) throw new AppError("bad_request", "no such kind");
    const { secret } = await createInboundHook(shopId, kind, text(form, "secret"));
    return { kind: "made", secret };
  });
}

export async function removeHook(id: string): Promise<ChangeResult> {
  return asAdmin(async (shopId) => {
    await deleteInboundHook(shopId, String(id));
    return { kind: "done" };
  });
}

export async function makeKey(_before: MakeResult, form: FormData): Promise<MakeResult> {
  return asAdmin(async (shopId) => {
    const secret = await createApiKey(shopId, { name: text(form, "name"), scopes: texts(form, "scope") });
    return { kind: "made", secret };
  });
}

export async function revokeKey(id: string): Promise<ChangeResult> {
  return asAdmin(async (shopId) => {
    await revokeApiKey(shopId, String(id));
    return { kind: "done" };
  });
}

export async function makeWebhook(_before: MakeResult, form: FormData): Promise<MakeResult> {
  return asAdmin(async (shopId) => {
    const input = endpointSchema.safeParse({ url: text(form, "url").trim(), types: texts(form, "type") });
    if (!input.success) throw new AppError("bad_request", "no address, or nothing to tell");
    const { secret } = await createEndpoint(shopId, input.data);
    return { kind: "made", secret };
  });
}

export async function switchWebhook(id: string, active: boolean): Promise<ChangeResult> {
  return asAdmin(async (shopId) => {
    await setEndpointActive(shopId, String(id), active === true);
    return { kind: "done" };
  });
}

export async function removeWebhook(id: string): Promise<ChangeResult> {
  return asAdmin(async (shopId) => {
    await deleteEndpoint(shopId, String(id));
    return { kind: "done" };
  });
}

export async function testWebhook(id: string): Promise<SendResult> {
  return asAdmin(async (shopId) => ({ kind: "sent", ...(await sendTest(shopId, String(id))) }));
}

export async function sendAgain(deliveryId: string): Promise<SendResult> {
  return asAdmin(async (shopId) => ({ kind: "sent", ...(await redeliver(shopId, String(deliveryId))) }));
}

async function asAdmin<Result>(work: (shopId: ShopId) => Promise<Result>): Promise<Result | Refused> {
  const { shopId } = await requireMember(await headers(), "admin");
  try {
    const result = await work(shopId);
    revalidatePath(PAGE);
    return result;
  } catch (error) {
    if (error instanceof AppError) return { kind: "refused", code: error.code };
    throw error;
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

const texts = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value) => typeof value === "string");
