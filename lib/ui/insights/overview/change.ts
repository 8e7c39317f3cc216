import type { Locale } from "@/lib/protocol/locales";

/** "+12 %" against before; nothing where before was nothing. */
export function changeOf(now: number, before: number, locale: Locale): string | undefined {
  if (before <= 0) return undefined;
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 0,
    signDisplay: "exceptZero",
  });
  return percent.format((now - before) / before);
}

/** A rate's change, in points of a percent; to be put into words. */
export function pointsOf(now: number | null, before: number | null, locale: Locale): string | undefined {
  if (now === null || before === null) return undefined;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: "exceptZero" });
  return number.format((now - before) * 100);
}

export function percentOf(share: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(share);
}
