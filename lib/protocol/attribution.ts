/** By which rule an order line is credited to what happened in conversations: each shop chooses its own. */
import * as z from "zod/mini";

export const attributionModels = ["last", "first", "linear", "time_decay"] as const;

/** Of the window, days. A year is the longest range of a report, and longer than anybody ponders a purchase. */
export const MAX_ATTRIBUTION_DAYS = 365;
/** Of the half-life, days. Beyond a quarter of a year the weights of a usual window hardly differ. */
export const MAX_HALF_LIFE_DAYS = 90;

export const attributionRuleSchema = z.object({
  model: z.enum(attributionModels),
  /** How long after a conversation's fact an order still counts: so many times 24 hours. */
  days: z.int().check(z.gte(1), z.lte(MAX_ATTRIBUTION_DAYS)),
  /** Of `time_decay`: after so many times 24 hours a fact weighs half. */
  halfLifeDays: z.int().check(z.gte(1), z.lte(MAX_HALF_LIFE_DAYS)),
});
export type AttributionRule = z.infer<typeof attributionRuleSchema>;

/**
 * For shops that chose nothing. 30 days and the last fact are what the product had before there was a choice; 7 days is
 * the half-life that Google Analytics had.
 */
export const defaultAttributionRule: AttributionRule = { model: "last", days: 30, halfLifeDays: 7 };
