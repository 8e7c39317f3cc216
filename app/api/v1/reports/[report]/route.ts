import { tableReports } from "@/app/(insights)/table-reports";
import { readReport } from "@/lib/api/operations";
import { serve } from "@/lib/api/serve";
import { findFilters } from "@/lib/insights/api-filters";
import { parseQuestion } from "@/lib/insights/question";
import { localDay } from "@/lib/insights/range";
import { requireCounted } from "@/lib/insights/rollups/behind";
import { AppError } from "@/lib/protocol/errors";
import { defaultLocale } from "@/lib/protocol/locales";
import { findShop } from "@/lib/shops/find-shop";

/** For the shop's own systems, with a key: a report of the screens, by the heads of its file. */
export const GET = serve(readReport, async ({ shopId, query, path: { report = "" } }) => {
  const load = tableReports.get(report);
  if (load === undefined) throw new AppError("not_found", "no such report");
  await requireCounted(shopId);
  const timeZone = (await findShop(shopId))?.timeZone ?? "UTC";
  const { days, from, to, ...asked } = query;
  const span = parseQuestion({ days, from, to }, { shopId, timeZone }, new Date());
  const filters = await findFilters(shopId, asked);
  const { head, rows } = await load({ ...span, filters }, defaultLocale, new URLSearchParams());
  const day = (at: Date) => localDay(at, timeZone);
  return {
    ...{ report, timeZone, from: day(span.range.from), to: day(new Date(span.range.to.getTime() - 1)) },
    rows: rows.map((row) => Object.fromEntries(head.map((name, i) => [String(name), row[i] ?? null]))),
  };
});
