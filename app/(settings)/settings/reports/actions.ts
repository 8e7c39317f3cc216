"use server";
/** Writes of the reports' settings. */
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import * as z from "zod/mini";
import { requireMember } from "@/lib/auth/require-member";
import { moveSchedules } from "@/lib/catalogue/imports/source";
import { attributionRuleSchema } from "@/lib/protocol/attribution";
import { loadReportSettings, saveAttributionRule } from "@/lib/shops/report-settings";
import { timeZones } from "@/lib/shops/time-zones";
import { updateTimeZone } from "@/lib/shops/update-time-zone";

const settingsSchema = z.object({
  rule: attributionRuleSchema,
  timeZone: z.string().check(z.refine((zone) => timeZones.includes(zone), "no such time zone")),
});

export type ReportSettingsResult = { readonly kind: "idle" | "saved" | "invalid" };

export async function saveReportSettings(
  _before: ReportSettingsResult,
  form: FormData,
): Promise<ReportSettingsResult> {
  const { shopId } = await requireMember(await headers(), "admin");
  const before = await loadReportSettings(shopId);
  const parsed = settingsSchema.safeParse({
    rule: {
      model: form.get("model"),
      days: Number(form.get("days")),
      halfLifeDays: Number(form.get("halfLifeDays")),
    },
    timeZone: form.get("timeZone"),
  });
  if (!parsed.success) return { kind: "invalid" };
  const { rule, timeZone } = parsed.data;
  await saveAttributionRule(shopId, rule);
  if (timeZone !== before.timeZone) {
    await updateTimeZone(shopId, timeZone);
    // Feeds that are read at an hour of the day are read at that hour of the new clocks.
    await moveSchedules(shopId, timeZone, new Date());
  }
  revalidatePath("/settings/reports");
  return { kind: "saved" };
}
