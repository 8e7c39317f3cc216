export interface Price {
  readonly minor: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** In minor units: above a hundred million of anything is a mistake, and it fits the database's integer. */
const MAX_MINOR = 2_000_000_000;

/** Google's form "1299.90 EUR"; the currency may stand first, thousands may be grouped by commas. Null for anything else. */
export function parsePrice(text: string): Price | null {
  const form = /^(?:([A-Z]{3})\s*)?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,4}))?(?:\s*([A-Z]{3}))?$/i.exec(
    text.trim(),
  );
  const [, before, whole = "", fraction = "", after] = form ?? [];
  const currency = (before ?? after)?.toUpperCase();
  if (!currency || (before && after)) return null;
  const digits = minorDigits(currency);
  if (digits === null) return null;
  const minor = Math.round(Number(`${whole.replaceAll(",", "")}.${fraction || "0"}`) * 10 ** digits);
  return minor <= MAX_MINOR ? { minor, currency } : null;
}

/** How many digits a currency has behind the point: EUR 2, JPY 0, KWD 3. Null when it is not in use anywhere. */
export function minorDigits(currency: string): number | null {
  if (!Intl.supportedValuesOf("currency").includes(currency)) return null;
  const { maximumFractionDigits } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  return maximumFractionDigits ?? null;
}
