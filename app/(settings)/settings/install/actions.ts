"use server";
/** Writes of the install page. */
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { requireMember } from "@/lib/auth/require-member";
import { consentLevels } from "@/lib/protocol/consent";
import { saveConsent } from "@/lib/shops/save-consent";
import { renewIdentitySecret } from "@/lib/visitors/identity-secret";

const PAGE = "/settings/install";

export type ConsentResult = { readonly kind: "idle" | "saved" | "failed" };

export async function chooseConsent(_before: ConsentResult, form: FormData): Promise<ConsentResult> {
  const member = await requireMember(await headers(), "admin");
  const level = consentLevels.find((one) => one === form.get("consent"));
  if (level === undefined) return { kind: "failed" };
  await saveConsent(member.shopId, level);
  revalidatePath(PAGE);
  return { kind: "saved" };
}

/** The new secret, which is shown this once; null before anything was asked for. */
export async function makeIdentitySecret(): Promise<string | null> {
  const member = await requireMember(await headers(), "admin");
  const secret = await renewIdentitySecret(member.shopId);
  revalidatePath(PAGE);
  return secret;
}
