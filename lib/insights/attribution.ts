/**
 * Which recommendation an order line is credited to, as a pure function. The reports use the same rule as SQL
 * (internal/attribution-sql.ts); random journeys compare the two.
 */

/** How long after a recommendation a purchase still counts. Hours, not days: a day has 23 or 25 of them twice a year. */
export const ATTRIBUTION_HOURS = 720;
const ATTRIBUTION_MS = ATTRIBUTION_HOURS * 60 * 60 * 1_000;

export interface Recommendation {
  readonly id: string;
  readonly visitorId: string;
  readonly productId: string;
  readonly atMs: number;
}

export interface BoughtLine {
  readonly id: string;
  readonly visitorId: string | null;
  readonly productId: string | null;
  readonly placedAtMs: number;
}

/** Line id to the recommendation it is credited to; lines that count for nobody are absent. */
export function attributeLines(
  recommendations: readonly Recommendation[],
  lines: readonly BoughtLine[],
): Map<string, string> {
  const credited = new Map<string, string>();
  for (const line of lines) {
    const last = recommendations
      .filter(
        (r) =>
          r.visitorId === line.visitorId &&
          r.productId === line.productId &&
          r.atMs <= line.placedAtMs &&
          r.atMs >= line.placedAtMs - ATTRIBUTION_MS,
      )
      .reduce<Recommendation | null>((best, r) => (best === null || isLater(r, best) ? r : best), null);
    if (last) credited.set(line.id, last.id);
  }
  return credited;
}

/** Two recommendations in the same millisecond: the higher id, so that everybody counts the same. */
function isLater(a: Recommendation, b: Recommendation): boolean {
  return a.atMs > b.atMs || (a.atMs === b.atMs && a.id > b.id);
}
