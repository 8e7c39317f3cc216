"use server";
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { requireMember } from "@/lib/auth/require-member";
import { AppError } from "@/lib/protocol/errors";
import {
  getInvitationSettings,
  saveInvitationSettings,
} from "@/lib/visitors/invitations/invitation-settings";

export type InvitationsResult = { readonly kind: "idle" | "saved" | "failed" };

/** Switched off, the share that is held out stays as it was: its field sends nothing. */
export async function chooseInvitations(
  _before: InvitationsResult,
  form: FormData,
): Promise<InvitationsResult> {
  const { shopId } = await requireMember(await headers(), "admin");
  try {
    if (form.get("on") === null) {
      const { holdOut } = await getInvitationSettings(shopId);
      await saveInvitationSettings(shopId, { after: null, holdOut });
    } else {
      const [after, holdOut] = [numberOf(form.get("after")), numberOf(form.get("holdOut"))];
      await saveInvitationSettings(shopId, { after, holdOut });
    }
  } catch (error) {
    if (error instanceof AppError && error.code === "bad_request") return { kind: "failed" };
    throw error;
  }
  revalidatePath("/settings/install");
  return { kind: "saved" };
}

/** An empty field is no number, and never nought. */
const numberOf = (value: FormDataEntryValue | null) =>
  typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
