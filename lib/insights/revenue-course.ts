/** Revenue influenced over time, of what an influence report holds: pure. */
import type { ClaimedMoney } from "./money";
import type { Question } from "./question";
import { pointOfDay, pointsOf } from "./range";
import type { Influence } from "./reports/influence";

/** What is left of recommendations' revenue, the most first, and what of it only browsers claim. */
export function revenueOf({ kinds }: Pick<Influence, "kinds">): ClaimedMoney {
  return kinds
    .filter(({ kind }) => kind === "recommended")
    .map(({ currency, gained, taken, claimed }) => ({ currency, minor: gained - taken, claimed }))
    .toSorted((a, b) => b.minor - a.minor);
}

/** Of one currency, for each point of the range: gained on the day of the order, less what was given back on its day. */
export function courseOf(
  { days }: Pick<Influence, "days">,
  { range, timeZone }: Question,
  currency: string | undefined,
): number[] {
  const { unit, days: points } = pointsOf(range, timeZone);
  const at = new Map(points.map((point) => [point, 0]));
  for (const row of days) {
    if (row.kind !== "recommended" || row.currency !== currency) continue;
    const point = pointOfDay(row.day, unit);
    at.set(point, (at.get(point) ?? 0) + row.gained - row.taken);
  }
  return points.map((point) => at.get(point) ?? 0);
}

/** Each with all before it. */
export function addedUp(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}
