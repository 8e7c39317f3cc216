/** How a shop's reports count: the rule of attribution, and whose clocks their days are. */
import { getDb } from "@/lib/db/client";
import { type AttributionRule, attributionRuleSchema } from "@/lib/protocol/attribution";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";

export interface ReportSettings {
  readonly rule: AttributionRule;
  /** IANA name. */
  readonly timeZone: string;
}

/** @throws AppError not_found */
export async function loadReportSettings(shopId: ShopId): Promise<ReportSettings> {
  const shop = await getDb().shop.findUnique({
    where: { id: shopId },
    select: { attributionModel: true, attributionDays: true, attributionHalfLifeDays: true, timeZone: true },
  });
  if (shop === null) throw new AppError("not_found", "no such shop");
  const rule = attributionRuleSchema.parse({
    model: shop.attributionModel,
    days: shop.attributionDays,
    halfLifeDays: shop.attributionHalfLifeDays,
  });
  return { rule, timeZone: shop.timeZone };
}

/** Holds for every report from now on, also of the past. @throws AppError not_found */
export async function saveAttributionRule(shopId: ShopId, rule: AttributionRule): Promise<void> {
  const { count } = await getDb().shop.updateMany({
    where: { id: shopId },
    data: {
      attributionModel: rule.model,
      attributionDays: rule.days,
      attributionHalfLifeDays: rule.halfLifeDays,
    },
  });
  if (count === 0) throw new AppError("not_found", "no such shop");
}
