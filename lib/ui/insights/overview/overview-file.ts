/** The overview as rows of a file: every count by day, week or month, and the whole period in the last row. Rates are theirs to divide. */
import type { Cell } from "@/lib/insights/csv";
import type { Overview, OverviewFigures } from "@/lib/insights/reports/overview";

const names = [
  "visits",
  "conversations",
  "answered",
  "inTime",
  "taken",
  "ordered",
  "alone",
  "orderedAlone",
  "recommended",
  "recommendationsBought",
  "rated",
  "satisfied",
] as const satisfies readonly (keyof OverviewFigures)[];

export function overviewFile({ unit, points, total }: Overview) {
  const row = (from: string, figures: OverviewFigures): Cell[] => [
    from,
    ...names.map((name) => figures[name]),
  ];
  return {
    head: [`${unit}From`, ...names],
    rows: [...points.map(({ day, ...figures }) => row(day, figures)), row("all", total)],
  };
}
