/** When a source is due. Takes and returns moments; the clock is the caller's. */
import { clocksAt, DAY_MS, momentOf } from "@/lib/protocol/clocks";

export type Schedule =
  | { readonly kind: "never" }
  | { readonly kind: "hours"; readonly everyHours: number }
  /** Minutes after midnight, by the clocks of the shop's zone. */
  | { readonly kind: "daily"; readonly dailyAt: number };

const HOUR_MS = 3_600_000;
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
