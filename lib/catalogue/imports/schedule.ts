/** When a source is due. Takes and returns moments; the clock is the caller's. */

export type Schedule =
  | { readonly kind: "never" }
  | { readonly kind: "hours"; readonly everyHours: number }
  /** Minutes after midnight, by the clocks of the shop's zone. */
  | { readonly kind: "daily"; readonly dailyAt: number };

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Days that are tried: today, tomorrow, and one more for a clock that is put forward. */
const DAYS_AHEAD = 3;

/** The first moment after `after` that the schedule names. @param timeZone IANA name */
export function nextRun(schedule: Schedule, timeZone: string, after: Date): Date | null {
  switch (schedule.kind) {
    case "never":
      return null;
    case "hours":
      return new Date(after.getTime() + schedule.everyHours * HOUR_MS);
    case "daily": {
      const { day } = clocksAt(after.getTime(), timeZone);
      for (let ahead = 0; ahead < DAYS_AHEAD; ahead += 1) {
        const at = momentOf(day + ahead * DAY_MS + schedule.dailyAt * MINUTE_MS, timeZone);
        if (at > after.getTime()) return new Date(at);
      }
      return null;
    }
  }
}

/** When the clocks of a zone show this; in the hour that a clock leaves out, as much later. */
function momentOf(clocks: number, timeZone: string): number {
  const first = clocks - clocksAt(clocks, timeZone).ahead;
  // The zone may have changed its clocks between the guess and the moment.
  const second = clocks - clocksAt(first, timeZone).ahead;
  return clocksAt(second, timeZone).clocks === clocks ? second : Math.max(first, second);
}

/** What clocks show, as if it were UTC; their midnight; and how far they are ahead of UTC. Milliseconds. */
function clocksAt(
  moment: number,
  timeZone: string,
): { readonly clocks: number; readonly day: number; readonly ahead: number } {
  const whole = Math.floor(moment / 1_000) * 1_000;
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = new Map(format.formatToParts(whole).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const day = Date.UTC(part("year"), part("month") - 1, part("day"));
  const clocks = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return { clocks: clocks + (moment - whole), day, ahead: clocks - whole };
}
