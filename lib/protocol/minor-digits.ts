const known = new Map<string, number | null>();

/** How many digits a currency (ISO 4217) has behind the point: EUR 2, JPY 0, KWD 3. Null when it is not in use anywhere. */
export function minorDigits(currency: string): number | null {
  let digits = known.get(currency);
  if (digits === undefined) {
    digits = Intl.supportedValuesOf("currency").includes(currency)
      ? (new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions()
          .maximumFractionDigits ?? null)
      : null;
    // Three letters from outside: only what exists is remembered.
    if (digits !== null) known.set(currency, digits);
  }
  return digits;
}
