/** The span of time a report covers, in days of the shop's time zone. A day has 23 to 25 hours: days are counted by dates, never by hours. */
import { clocksAt, DAY_MS, momentOf } from "@/lib/protocol/clocks";

/** Half-open: from inclusive, to exclusive. */
export interface Range {
  readonly from: Date;
  readonly to: Date;
}

/** Today and so many days before it, less one; 365 are called twelve months. */
export const presetDays = [7, 30, 90, 365] as const;
export type PresetDays = (typeof presetDays)[number];

/** From the local midnight that begins the first of so many days, today being the last, until now. */
export function lastDays(days: number, timeZone: string, now: Date): Range {
  const { day } = clocksAt(now.getTime(), timeZone);
  return { from: new Date(momentOf(day - (days - 1) * DAY_MS, timeZone)), to: now };
}

/** Whole local days, the last one included. @param from, to such as 2026-03-29 */
export function wholeDays(from: string, to: string, timeZone: string): Range {
  const midnight = (clocks: number) => new Date(momentOf(clocks, timeZone));
  return { from: midnight(clocksOf(from)), to: midnight(clocksOf(to) + DAY_MS) };
}

/** As many local days before the range, ending by the same clock: part of a day is compared with the same part. */
export function rangeBefore({ from, to }: Range, timeZone: string): Range {
  const first = clocksAt(from.getTime(), timeZone).day;
  const last = clocksAt(to.getTime(), timeZone);
  // Where clocks leave out midnight, a day begins later: it is its beginning all the same.
  const end = momentOf(last.day, timeZone) === to.getTime() ? last.day : last.clocks;
  const back = Math.ceil((end - first) / DAY_MS) * DAY_MS;
  return { from: new Date(momentOf(first - back, timeZone)), to: new Date(momentOf(end - back, timeZone)) };
}

/** The date that clocks show, such as 2026-03-29. */
export function localDay(moment: Date, timeZone: string): string {
  return new Date(clocksAt(moment.getTime(), timeZone).day).toISOString().slice(0, 10);
}

/** The first local day that has not begun before a moment, such as 2026-03-29. */
export function firstWholeDay(moment: Date, timeZone: string): string {
  const day = localDay(moment, timeZone);
  const { from, to } = wholeDays(day, day, timeZone);
  return from < moment ? localDay(to, timeZone) : day;
}

export function isLocalDay(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  const clocks = clocksOf(text);
  return !Number.isNaN(clocks) && new Date(clocks).toISOString().startsWith(text);
}

function clocksOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** What a point of a chart stands for: at most a few dozen points, so that a line still says something. */
export type Unit = "day" | "week" | "month";
/** A quarter by days, two years by weeks. Days. */
const MOST_DAYS = 92;
const MOST_WEEK_DAYS = 731;

/** The points of a range: the local day on which each begins, as PostgreSQL's date_trunc has it. */
export function pointsOf(
  { from, to }: Range,
  timeZone: string,
): { readonly unit: Unit; readonly days: readonly string[] } {
  const first = clocksAt(from.getTime(), timeZone).day;
  const last = clocksAt(Math.max(from.getTime(), to.getTime() - 1), timeZone).day;
  const count = (last - first) / DAY_MS + 1;
  const unit = count <= MOST_DAYS ? "day" : count <= MOST_WEEK_DAYS ? "week" : "month";
  const days = Array.from({ length: count }, (_, index) => startOf(first + index * DAY_MS, unit));
  return { unit, days: [...new Set(days)] };
}

/** On which day the point of a day begins. */
export function pointOfDay(day: string, unit: Unit): string {
  return startOf(clocksOf(day), unit);
}

/** The days of each point that lie in the range, such as 2026-03-30 to 2026-04-05. */
export function spansOfPoints(
  range: Range,
  timeZone: string,
): readonly { readonly from: string; readonly to: string }[] {
  const first = localDay(range.from, timeZone);
  const last = localDay(new Date(Math.max(range.from.getTime(), range.to.getTime() - 1)), timeZone);
  const { days } = pointsOf(range, timeZone);
  return days.map((day, index) => {
    const next = days[index + 1];
    const to = next === undefined ? last : new Date(clocksOf(next) - DAY_MS).toISOString().slice(0, 10);
    return { from: index === 0 ? first : day, to };
  });
}

/** Weeks begin on Monday. */
function startOf(day: number, unit: Unit): string {
  const date = new Date(day);
  if (unit === "week") date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  if (unit === "month") date.setUTCDate(1);
  return date.toISOString().slice(0, 10);
}
