/** Clocks and days of a time zone, by the platform's own table of zones. Takes and returns milliseconds since 1970. */

/** Of a day without a change of clocks; days are added to what clocks show, never to moments. */
export const DAY_MS = 86_400_000;

/** When the clocks of a zone show this; in the hour that a clock leaves out, as much later. */
export function momentOf(clocks: number, timeZone: string): number {
  const first = clocks - clocksAt(clocks, timeZone).ahead;
  // The zone may have changed its clocks between the guess and the moment.
  const second = clocks - clocksAt(first, timeZone).ahead;
  return clocksAt(second, timeZone).clocks === clocks ? second : Math.max(first, second);
}

/** What clocks show, as if it were UTC; their midnight; and how far they are ahead of UTC. Milliseconds. */
export function clocksAt(
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
