"use server";
/** Trying, storing and ending the shop's connection: each finds out who asks. */
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { requireMember } from "@/lib/auth/require-member";
import {
  deleteConnection,
  saveConnection,
  type TestResult,
  testConnection,
} from "@/lib/catalogue/adapters/connections";
import { credentialFields, liveKinds } from "@/lib/catalogue/adapters/kinds";
import { limit } from "@/lib/http/rate-limit";
import { AppError } from "@/lib/protocol/errors";

const PAGE = "/settings/connections";
/** Nobody tries more often by hand; it bounds what one admin makes this server ask of others. */
const TRIES = { points: 20, seconds: 60 };

export type ConnectionResult = { readonly kind: "idle" | "saved" | "refused" } | TestResult;

export async function tryConnection(_before: ConnectionResult, form: FormData): Promise<ConnectionResult> {
  const member = await requireMember(await headers(), "admin");
  try {
    await limit("try-connection", member.shopId, TRIES);
    const kind = text(form, "kind");
    const known = liveKinds.find((one) => one === kind);
    const names = known === undefined ? [] : credentialFields[known];
    const input = {
      kind,
      address: text(form, "address"),
      credentials: Object.fromEntries(names.map((name) => [name, text(form, name)])),
      locale: text(form, "locale").trim(),
      currency: text(form, "currency").trim().toUpperCase(),
    };
    if (text(form, "intent") !== "save") return await testConnection(member.shopId, input);
    const result = await saveConnection(member.shopId, input);
    if (result.kind !== "works") return result;
    revalidatePath(PAGE);
    return { kind: "saved" };
  } catch (error) {
    if (error instanceof AppError) return { kind: "refused" };
    throw error;
  }
}

export async function disconnect(): Promise<void> {
  const member = await requireMember(await headers(), "admin");
  await deleteConnection(member.shopId);
  revalidatePath(PAGE);
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
