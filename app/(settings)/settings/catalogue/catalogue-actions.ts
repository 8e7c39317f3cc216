"use server";
/** Writes of the catalogue's settings, and the look at a feed: each finds out who asks, parses, does one thing. */
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import * as z from "zod/mini";
import { requireMember } from "@/lib/auth/require-member";
import { lookAtFeed, lookAtSource } from "@/lib/catalogue/imports/look-at-feed";
import {
  createSource,
  deleteSource,
  moveSchedules,
  updateReading,
  updateSchedule,
} from "@/lib/catalogue/imports/source";
import { answerImport, cancelImport, startImport } from "@/lib/catalogue/imports/start-import";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import type { FeedPreview } from "@/lib/protocol/feeds";
import { type FeedReading, feedPlaceSchema, feedReadingSchema, scheduleSchema } from "@/lib/protocol/imports";
import { findShop } from "@/lib/shops/find-shop";
import { updateTimeZone } from "@/lib/shops/update-time-zone";

const PAGE = "/settings/catalogue";

const admin = async () => requireMember(await headers(), "admin");

/** A code of ours stays one across the wire; anything else is a fault, and thrown. */
interface Refused {
  readonly kind: "refused";
  readonly code: ErrorCode;
  readonly detail: string;
}

/** What is looked at: a place as the admin names it, or a source that is known already. */
const lookedAtSchema = z.union([
  feedPlaceSchema,
  z.object({ kind: z.literal("source"), sourceId: z.string().check(z.maxLength(80)) }),
]);
export type LookedAt = z.infer<typeof lookedAtSchema>;
export type LookResult = Refused | { readonly kind: "preview"; readonly preview: FeedPreview };

export async function look(at: LookedAt, reading: FeedReading): Promise<LookResult> {
  const { shopId } = await admin();
  return told(async () => {
    const place = lookedAtSchema.parse(at);
    const read = feedReadingSchema.parse(reading);
    const now = new Date();
    const preview =
      place.kind === "source"
        ? await lookAtSource(shopId, place.sourceId, read, now)
        : await lookAtFeed(shopId, place, read, now);
    return { kind: "preview", preview };
  });
}

export type ConnectResult = Refused | { readonly kind: "started"; readonly importId: string };

/**
 * @param sourceId of the source that is from now on read in this way; empty for a new one
 * @returns running when it cannot move to another storefront, because it is being imported
 */
export async function connect(
  at: LookedAt,
  reading: FeedReading,
  sourceId: string,
): Promise<ConnectResult | { readonly kind: "running" }> {
  const member = await admin();
  return told(async () => {
    const place = lookedAtSchema.parse(at);
    const read = feedReadingSchema.parse(reading);
    let target = String(sourceId);
    if (target !== "") {
      if (!(await changesReading(member.shopId, target, read))) return { kind: "running" };
    } else if (place.kind === "source") throw new AppError("bad_request", "a source that is known already");
    else target = await createSource(member.shopId, place, read);
    const file = place.kind === "upload" ? place.file : "";
    return { kind: "started", importId: await startImport(member.shopId, target, member.name, file) };
  });
}

/** False while it is imported for another storefront. */
async function changesReading(...said: Parameters<typeof updateReading>): Promise<boolean> {
  try {
    await updateReading(...said);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "conflict") return false;
    throw error;
  }
}

/** A newer file for a source of files. */
export async function importFile(sourceId: string, file: string): Promise<ConnectResult> {
  const member = await admin();
  return told(async () => ({
    kind: "started",
    importId: await startImport(member.shopId, String(sourceId), member.name, String(file)),
  }));
}

export async function importNow(form: FormData): Promise<void> {
  const member = await admin();
  const sourceId = text(form, "sourceId");
  const importId = await startImport(member.shopId, sourceId, member.name).catch((error: unknown) => {
    // One waits already, and is seen on the source's page.
    if (error instanceof AppError && error.code === "conflict") return null;
    throw error;
  });
  redirect(importId === null ? `${PAGE}/sources/${sourceId}` : `${PAGE}/imports/${importId}`);
}

export async function stopImport(form: FormData): Promise<void> {
  const { shopId } = await admin();
  await cancelImport(shopId, text(form, "importId"), new Date());
  revalidatePath(PAGE, "layout");
}

export async function answer(form: FormData): Promise<void> {
  const { shopId } = await admin();
  const said = text(form, "answer") === "import" ? "import" : "keep";
  await answerImport(shopId, text(form, "importId"), said, new Date()).catch((error: unknown) => {
    // Somebody else was quicker: the page shows what they said.
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
  });
  revalidatePath(PAGE, "layout");
}

export type ScheduleResult = { readonly kind: "idle" | "saved" | "failed" };

export async function saveSchedule(_before: ScheduleResult, form: FormData): Promise<ScheduleResult> {
  const { shopId } = await admin();
  const [hour = Number.NaN, minute = Number.NaN] = text(form, "time").split(":").map(Number);
  const parsed = scheduleSchema.safeParse({
    kind: text(form, "kind"),
    everyHours: Number(text(form, "everyHours")),
    dailyAt: hour * 60 + minute,
  });
  const shop = await findShop(shopId);
  if (!parsed.success || shop === null) return { kind: "failed" };
  // Asked for only where it matters.
  const timeZone = text(form, "timeZone") || shop.timeZone;
  const result = await told(async () => {
    if (timeZone !== shop.timeZone) {
      await updateTimeZone(shopId, timeZone);
      await moveSchedules(shopId, timeZone, new Date());
    }
    await updateSchedule(shopId, text(form, "sourceId"), parsed.data, timeZone, new Date());
    return { kind: "saved" as const };
  });
  revalidatePath(PAGE, "layout");
  return result.kind === "saved" ? result : { kind: "failed" };
}

export async function forget(form: FormData): Promise<void> {
  const { shopId } = await admin();
  await deleteSource(shopId, text(form, "sourceId"), form.get("products") === "on", new Date());
  redirect(PAGE);
}

async function told<Result>(work: () => Promise<Result>): Promise<Result | Refused> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return { kind: "refused", code: error.code, detail: error.message };
    if (error instanceof z.core.$ZodError) return { kind: "refused", code: "bad_request", detail: "" };
    throw error;
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
