"use server";
/** Writes of the storefronts' pages: each finds out who asks, parses, does one thing. */
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import * as z from "zod/mini";
import { requireMember } from "@/lib/auth/require-member";
import {
  createStorefront,
  deleteStorefront,
  updateStorefront,
} from "@/lib/catalogue/storefronts/storefronts";
import { AppError } from "@/lib/protocol/errors";

const PAGE = "/settings/catalogue";

export interface StorefrontResult {
  readonly kind: "idle" | "saved" | "bad" | "gone" | "tooMany" | "removeFed" | "failed";
}

/** Makes one when the form names none. */
export async function saveStorefront(_before: StorefrontResult, form: FormData): Promise<StorefrontResult> {
  const { shopId } = await requireMember(await headers(), "admin");
  const storefrontId = text(form, "storefrontId");
  const input = {
    name: text(form, "name"),
    locale: text(form, "locale"),
    currency: text(form, "currency").trim().toUpperCase(),
    origins: form.getAll("origins").map(String),
  };
  const result = await told(async () => {
    if (storefrontId === "") await createStorefront(shopId, input);
    else await updateStorefront(shopId, storefrontId, input);
  });
  if (result.kind !== "saved") return result;
  revalidatePath(PAGE, "layout");
  if (storefrontId === "") redirect(PAGE);
  return result;
}

export async function removeStorefront(_before: StorefrontResult, form: FormData): Promise<StorefrontResult> {
  const { shopId } = await requireMember(await headers(), "admin");
  const result = await told(() => deleteStorefront(shopId, text(form, "storefrontId")));
  if (result.kind !== "saved") return result;
  redirect(PAGE);
}

async function told(work: () => Promise<unknown>): Promise<StorefrontResult> {
  try {
    await work();
    return { kind: "saved" };
  } catch (error) {
    if (error instanceof z.core.$ZodError) return { kind: "bad" };
    if (!(error instanceof AppError)) throw error;
    if (error.code === "not_found") return { kind: "gone" };
    if (error.code === "too_many") return { kind: "tooMany" };
    if (error.code === "conflict") return { kind: "removeFed" };
    return { kind: "failed" };
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
