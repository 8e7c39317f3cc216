"use server";
/** Takes a customer out of everything: asked of admins only, and only after they have seen what goes. */
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { requireMember } from "@/lib/auth/require-member";
import { AppError } from "@/lib/protocol/errors";
import { eraseCustomer } from "@/lib/visitors/erase";

export type EraseResult =
  | { readonly kind: "idle" | "gone" }
  | { readonly kind: "erased"; readonly visitors: number; readonly conversations: number };

export async function eraseNow(_before: EraseResult, form: FormData): Promise<EraseResult> {
  const { shopId, name } = await requireMember(await headers(), "admin");
  const who = form.get("who");
  if (typeof who !== "string" || form.get("sure") !== "on") return { kind: "idle" };
  try {
    const erased = await eraseCustomer(shopId, who, name);
    revalidatePath("/settings/erase");
    return { kind: "erased", ...erased };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return { kind: "gone" };
    throw error;
  }
}
