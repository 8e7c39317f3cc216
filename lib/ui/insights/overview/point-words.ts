import type { Unit } from "@/lib/insights/range";
import type { Locale } from "@/lib/protocol/locales";

const looks: Record<Unit, Intl.DateTimeFormatOptions> = {
  day: { day: "numeric", month: "short" },
  week: { day: "numeric", month: "short" },
  month: { month: "short", year: "numeric" },
};

/** Names of points of time: a day, the first of a week, a month. @param days such as 2026-03-29 */
export function pointWords(days: readonly string[], unit: Unit, locale: Locale): string[] {
  const dates = new Intl.DateTimeFormat(locale, { ...looks[unit], timeZone: "UTC" });
  return days.map((day) => dates.format(new Date(`${day}T00:00:00Z`)));
}
