/** When people come: the shop's week and day, by the shop's own clocks. */
import { clocksAt, DAY_MS, momentOf } from "@/lib/protocol/clocks";
import type { Dice } from "./dice";

/** Sunday first. A weekend is for looking round. */
const WEEK = [1.25, 0.92, 0.94, 0.98, 1, 0.96, 1.18] as const;
/** Visitors by the hour; the shop is quiet at night, and busiest after dinner. */
const DAY = [
  6, 3, 2, 1, 1, 3, 9, 20, 34, 46, 54, 58, 66, 60, 50, 48, 50, 55, 60, 66, 82, 86, 60, 24,
] as const;
/** How much livelier the last day is than the first. */
const GROWTH = 0.15;
/** From one day to the next, as the weather makes it. */
const SWAY = 0.08;
const HOUR_MS = 3_600_000;

/** Agents answer from the first hour up to the second, by the shop's clocks. */
export const OPEN_HOURS = { from: 8, to: 23 } as const;

export interface TrafficDay {
  readonly visitors: number;
  /** A moment of this day, milliseconds since 1970. */
  moment(): number;
}

/** @param clocks the day's midnight as clocks show it @param progress 0 on the first day, 1 on the last */
export function trafficDay(
  dice: Dice,
  clocks: number,
  timeZone: string,
  usual: number,
  progress: number,
): TrafficDay {
  const week = WEEK[new Date(clocks).getUTCDay()] ?? 1;
  const sway = Math.max(0.5, 1 + SWAY * dice.normal());
  const hours = DAY.map((weight, hour) => ({ weight, starts: momentOf(clocks + hour * HOUR_MS, timeZone) }));
  return {
    visitors: Math.round(usual * week * sway * (1 + GROWTH * progress)),
    moment: () => dice.weighted(hours).starts + dice.int(0, HOUR_MS - 1),
  };
}

/** Midnight of the day that a moment falls on, as the shop's clocks show it. */
export const dayOf = (moment: number, timeZone: string): number => clocksAt(moment, timeZone).day;

/** The days of a span, first to last, each by its midnight as clocks show it. */
export function daysUpTo(lastDay: number, days: number): number[] {
  return Array.from({ length: days }, (_, index) => lastDay - (days - 1 - index) * DAY_MS);
}
