/** Prices as people write them: minor units in, "1.299,00 €" out. */

export function formatPrice(minor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  // Yen has no cents, dinars have thousandths: the currency knows its own digits.
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

/** What is asked now and, only while it is truly reduced, what was asked before. */
export function pricesOf(priced: { readonly priceMinor: number | null; readonly saleMinor: number | null }): {
  readonly now: number | null;
  readonly before: number | null;
} {
  const { priceMinor, saleMinor } = priced;
  if (saleMinor === null) return { now: priceMinor, before: null };
  return { now: saleMinor, before: priceMinor !== null && priceMinor > saleMinor ? priceMinor : null };
}

/** The variant that costs least now; the first of equal ones. */
export function cheapestOf<V extends { readonly priceMinor: number; readonly saleMinor: number | null }>(
  variants: readonly V[],
): V | null {
  const toPay = (variant: V) => variant.saleMinor ?? variant.priceMinor;
  return variants.reduce<V | null>(
    (best, one) => (best === null || toPay(one) < toPay(best) ? one : best),
    null,
  );
}
