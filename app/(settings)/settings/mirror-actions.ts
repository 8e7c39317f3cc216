"use server";
/** Writes of the mirror's settings. */
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { requireMember } from "@/lib/auth/require-member";
import type { DryRunAnswer } from "@/lib/mirror/dry-run/dry-run-port";
import { readGenesysXml } from "@/lib/mirror/rules/read-genesys-xml";
import { AppError } from "@/lib/protocol/errors";
import { memberRoles } from "@/lib/protocol/roles";
import { saveMirrorSettings } from "@/lib/shops/mirror-settings";
import { tryMirrorRules } from "@/lib/shops/try-mirror-rules";

export type MirrorResult = { readonly kind: "idle" | "saved" | "failed" };

/** Characters of all rules: 200 of each kind at their longest are far below. */
const MAX_RULES_CHARS = 400_000;
/** Characters of a file of restrictions. */
const MAX_XML_CHARS = 1_000_000;

export async function saveMirror(_before: MirrorResult, form: FormData): Promise<MirrorResult> {
  const member = await requireMember(await headers(), "admin");
  const text = form.get("rules");
  const writeBy = memberRoles.find((role) => role === form.get("writeBy"));
  if (typeof text !== "string" || text.length > MAX_RULES_CHARS || writeBy === undefined) {
    return { kind: "failed" };
  }
  const problems = await saveMirrorSettings(member.shopId, {
    on: form.get("on") === "on",
    rules: parse(text),
    write: form.get("write") === "on",
    writeBy,
  });
  if (problems.length > 0) return { kind: "failed" };
  revalidatePath("/settings");
  return { kind: "saved" };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Reads the restrictions of Genesys Co-browse: nothing is saved. */
export async function readRestrictions(
  xml: string,
): Promise<{ readonly rules: unknown; readonly left: readonly string[] } | null> {
  await requireMember(await headers(), "admin");
  if (typeof xml !== "string" || xml.length > MAX_XML_CHARS) return null;
  try {
    return readGenesysXml(xml);
  } catch {
    // Whatever is wrong with the file, the admin is told that it could not be read.
    return null;
  }
}

/** What edited rules would make of one of the shop's pages: nothing is saved. @param rules as JSON */
export async function tryRules(address: string, rules: string): Promise<DryRunAnswer> {
  const member = await requireMember(await headers(), "admin");
  if (typeof address !== "string" || typeof rules !== "string" || rules.length > MAX_RULES_CHARS) {
    return { kind: "problem", problem: "rules" };
  }
  try {
    return await tryMirrorRules(member.shopId, address, parse(rules));
  } catch (error) {
    if (error instanceof AppError && error.code === "too_many")
      return { kind: "problem", problem: "too often" };
    throw error;
  }
}
