/** The two reports as rows of a spreadsheet: one row for each currency, amounts in the currency's own unit. */
import type { BoughtRecommendations, BoughtRow } from "@/lib/insights/reports/bought-recommendations";
import type { JourneyRow } from "@/lib/insights/reports/journeys";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsKey } from "@/lib/ui/messages/insights";
import { majorOf } from "./format";

type Cells = (string | number)[];

export function recommendationCells(report: BoughtRecommendations, t: Translate<InsightsKey>): Cells[] {
  const lines = (by: string, gone: string, rows: readonly BoughtRow[]) =>
    rows.flatMap((row) =>
      perCurrency(row.revenue).map(
        ([currency, amount]): Cells => [
          by,
          row.name || gone,
          row.id,
          row.recommended,
          row.bought,
          row.pieces,
          currency,
          amount,
          t("reported"),
        ],
      ),
    );
  return [
    [
      t("csvBy"),
      t("csvName"),
      "id",
      t("recommended"),
      t("boughtShort"),
      t("csvPieces"),
      t("csvCurrency"),
      t("revenueShort"),
      t("csvSource"),
    ],
    ...lines(t("agent"), t("formerAgent"), report.byAgent),
    ...lines(t("product"), t("goneProduct"), report.byProduct),
  ];
}

export function conversationCells(rows: readonly JourneyRow[], t: Translate<InsightsKey>): Cells[] {
  const iso = (ms: number | null) => (ms === null ? "" : new Date(ms).toISOString());
  return [
    [
      t("csvId"),
      t("customer"),
      t("agent"),
      t("start"),
      t("csvEnd"),
      t("seenShort"),
      t("shownShort"),
      t("drawnShort"),
      t("recommendedShort"),
      t("cartedShort"),
      t("boughtShort"),
      t("csvCurrency"),
      t("value"),
      t("csvSource"),
    ],
    ...rows.flatMap((row) =>
      perCurrency(row.value).map(
        ([currency, amount]): Cells => [
          row.conversationId,
          row.customer,
          row.agent,
          iso(row.startedAt),
          iso(row.endedAt),
          row.seen,
          row.shown,
          row.drawn,
          row.recommended,
          row.carted,
          row.bought,
          currency,
          amount,
          t("reported"),
        ],
      ),
    ),
  ];
}

/** One entry a currency, or one empty one, so that a row without money still appears. */
function perCurrency(
  money: readonly { readonly currency: string; readonly minor: number }[],
): [string, string | number][] {
  if (money.length === 0) return [["", ""]];
  return money.map(({ currency, minor }) => [currency, majorOf(minor, currency)]);
}
