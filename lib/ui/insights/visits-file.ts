/** Visits as rows of a file: one a customer's day; several ids are told apart by blanks. */
import type { Cell } from "@/lib/insights/csv";
import type { VisitRow } from "@/lib/insights/reports/visit-rows";

export const visitHead: readonly Cell[] = [
  ...["day", "guest", "from", "until", "pages", "products", "device", "language"],
  ...["conversations", "orders"],
];

export function visitCells(row: VisitRow): readonly Cell[] {
  const time = (ms: number) => new Date(ms).toISOString();
  return [
    ...[row.day, row.guestNumber, time(row.firstAt), time(row.lastAt), row.pages, row.products],
    ...[row.device, row.locale, row.conversations.join(" "), row.orders.join(" ")],
  ];
}
