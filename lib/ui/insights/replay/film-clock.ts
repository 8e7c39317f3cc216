/** Times of a film in words. */
import type { Locale } from "@/lib/protocol/locales";

const S = 1_000;
const MINUTE_S = 60;
const HOUR_S = 3_600;

/** "4:05", and "1:04:05" from an hour on. */
export function filmTime(ms: number): string {
  const all = Math.floor(ms / S);
  const [hours, minutes, seconds] = [Math.floor(all / HOUR_S), Math.floor(all / MINUTE_S) % 60, all % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** "14:05:12", in the reader's own time zone as everything else on the page. */
export function wallTime(at: number, locale: Locale): string {
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  return new Intl.DateTimeFormat(locale, options).format(at);
}

const units = [
  ["day", 86_400],
  ["hour", HOUR_S],
  ["minute", MINUTE_S],
  ["second", 1],
] as const;

/** "3 days", "12 min": the largest unit that it fills. */
export function spanWords(ms: number, locale: Locale): string {
  const seconds = Math.round(ms / S);
  const [unit, length] = units.find(([, size]) => seconds >= size) ?? ["second", 1];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(
    Math.round(seconds / length),
  );
}
