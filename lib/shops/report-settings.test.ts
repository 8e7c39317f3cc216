import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { attributionRuleSchema, defaultAttributionRule } from "@/lib/protocol/attribution";
import { shopIdSchema } from "@/lib/protocol/ids";
import { openTestDatabase } from "@/tests/support/database";
import { loadReportSettings, saveAttributionRule } from "./report-settings";

describe("report settings", () => {
  let database: { close(): Promise<void> };
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  const makeShop = async (key: string) =>
    shopIdSchema.parse((await getDb().shop.create({ data: { key, name: key, origins: [] } })).id);

  it("[AT9] a shop begins with the default rule, and each keeps its own", async () => {
    const [one, other] = [await makeShop("one"), await makeShop("other")];
    expect(await loadReportSettings(one)).toEqual({ rule: defaultAttributionRule, timeZone: "UTC" });
    const rule = { model: "time_decay", days: 90, halfLifeDays: 14 } as const;
    await saveAttributionRule(one, rule);
    expect(await loadReportSettings(one)).toEqual({ rule, timeZone: "UTC" });
    expect(await loadReportSettings(other)).toEqual({ rule: defaultAttributionRule, timeZone: "UTC" });
  });

  it("[AT9] takes windows of 1 to 365 days and half-lives of 1 to 90", () => {
    const takes = (more: object) =>
      attributionRuleSchema.safeParse({ ...defaultAttributionRule, ...more }).success;
    for (const days of [1, 365]) expect(takes({ days })).toBe(true);
    for (const days of [0, 366, 1.5, Number.NaN]) expect(takes({ days })).toBe(false);
    for (const halfLifeDays of [0, 91]) expect(takes({ halfLifeDays })).toBe(false);
    expect(takes({ model: "best" })).toBe(false);
  });
});
