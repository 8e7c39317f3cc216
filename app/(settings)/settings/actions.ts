"use server";
/** Writes of the settings page: each finds out who asks, parses, does one thing. Next checks the request's origin. */
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import * as z from "zod/mini";
import { requireMember } from "@/lib/auth/require-member";
import { revokeAllSessions, revokeSession } from "@/lib/auth/sessions";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import { type MemberId, memberIdSchema } from "@/lib/protocol/ids";
import { memberRoles } from "@/lib/protocol/roles";
import { changeRole, createPerson, removePerson, resetPassword } from "@/lib/shops/people";
import { type SettingsField, updateShop } from "@/lib/shops/update-shop";

const PAGE = "/settings";

export type SaveResult =
  | { readonly kind: "idle" | "saved" | "failed" }
  | { readonly kind: "invalid"; readonly field: SettingsField };

export async function saveShop(_before: SaveResult, form: FormData): Promise<SaveResult> {
  const member = await requireMember(await headers(), "admin");
  const field = await updateShop(member.shopId, {
    name: text(form, "name"),
    accent: text(form, "accent"),
    coverPhotos: form.get("coverPhotos") === "on",
    keepOriginals: form.get("keepOriginals") === "on",
    origins: text(form, "origins")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  });
  if (field !== null) return { kind: "invalid", field };
  revalidatePath(PAGE);
  return { kind: "saved" };
}

/** A code of ours stays one across the wire; anything else is a fault, and thrown. */
export type PeopleResult =
  | { readonly kind: "idle" | "done" }
  | { readonly kind: "password"; readonly name: string; readonly password: string }
  | { readonly kind: "refused"; readonly code: ErrorCode };

const newPersonSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  email: z.email().check(z.maxLength(254)),
  role: z.enum(memberRoles),
});

export async function addPerson(_before: PeopleResult, form: FormData): Promise<PeopleResult> {
  const member = await requireMember(await headers(), "admin");
  const parsed = newPersonSchema.safeParse({
    name: text(form, "name"),
    email: text(form, "email").trim(),
    role: text(form, "role"),
  });
  if (!parsed.success) return { kind: "refused", code: "bad_request" };
  return told(async () => {
    const { person, password } = await createPerson(member.shopId, parsed.data);
    return { kind: "password", name: person.name, password };
  });
}

const changeSchema = z.discriminatedUnion("change", [
  z.object({ change: z.literal("role"), memberId: memberIdSchema, role: z.enum(memberRoles) }),
  z.object({ change: z.literal("remove"), memberId: memberIdSchema }),
  z.object({ change: z.literal("password"), memberId: memberIdSchema, name: z.string() }),
]);
/** What a browser may ask for; checked again here. */
export type PersonChange =
  | { readonly change: "role"; readonly memberId: MemberId; readonly role: string }
  | { readonly change: "remove"; readonly memberId: MemberId }
  | { readonly change: "password"; readonly memberId: MemberId; readonly name: string };

export async function changePerson(asked: PersonChange): Promise<PeopleResult> {
  const member = await requireMember(await headers(), "admin");
  const parsed = changeSchema.safeParse(asked);
  if (!parsed.success) return { kind: "refused", code: "bad_request" };
  const change = parsed.data;
  return told(async () => {
    switch (change.change) {
      case "role":
        await changeRole(member.shopId, change.memberId, change.role);
        return { kind: "done" };
      case "remove":
        await removePerson(member.shopId, change.memberId);
        return { kind: "done" };
      case "password": {
        const password = await resetPassword(member.shopId, change.memberId);
        return { kind: "password", name: change.name, password };
      }
    }
  });
}

async function told(work: () => Promise<PeopleResult>): Promise<PeopleResult> {
  try {
    const result = await work();
    revalidatePath(PAGE);
    return result;
  } catch (error) {
    if (error instanceof AppError) return { kind: "refused", code: error.code };
    throw error;
  }
}

export async function endSession(form: FormData): Promise<void> {
  const member = await requireMember(await headers(), "agent");
  const sessionId = text(form, "sessionId");
  await revokeSession(member, sessionId);
  if (sessionId === member.sessionId) redirect("/sign-in");
  revalidatePath(PAGE);
}

export async function endAllSessions(): Promise<void> {
  await revokeAllSessions(await requireMember(await headers(), "agent"));
  redirect("/sign-in");
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
