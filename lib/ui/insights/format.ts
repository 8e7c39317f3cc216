import type { Locale } from "@/lib/protocol/locales";

/** An amount in minor units as people of this language read it. */
export function formatMoney(minor: number, currency: string, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(majorOf(minor, currency));
}

/** Minor units to the currency's own unit: 100 cents to a euro, but a yen is a yen. */
export function majorOf(minor: number, currency: string): number {
  return minor / 10 ** fractionDigits(currency);
}

function fractionDigits(currency: string): number {
  const options = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return options.maximumFractionDigits ?? 2;
}

export function formatRate(part: number, whole: number, locale: Locale): string {
  if (whole === 0) return "–";
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(part / whole);
}

export function formatCount(count: number, locale: Locale): string {
  return new Intl.NumberFormat(locale).format(count);
}

/** An address as people read it: "shop.example/hats". */
export function shortAddress(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
}

const MINUTE_MS = 60_000;

/** Whole minutes and hours of a span, for the message catalogue to word. */
export function spanParts(ms: number): { readonly hours: number; readonly minutes: number } {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE_MS);
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}
