import type { Locale } from "@/lib/protocol/locales";

/** Seconds up to this many are told as such; minutes up to as many likewise. */
const LONGEST = 90;
/** Below this a decimal is told. */
const FEW = 10;

/** A span as people of this language read it: "45 sec", "3.4 min", "2 hr". */
export function formatTime(seconds: number, locale: Locale): string {
  if (seconds < LONGEST) return inUnit(Math.round(seconds), "second", locale);
  const minutes = seconds / 60;
  return minutes < LONGEST ? inUnit(minutes, "minute", locale) : inUnit(minutes / 60, "hour", locale);
}

function inUnit(value: number, unit: "second" | "minute" | "hour", locale: Locale): string {
  const maximumFractionDigits = value < FEW && unit !== "second" ? 1 : 0;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits,
  }).format(value);
}
