import { LEAST_SHOWN } from "./people-league";

/** Null where it would say too much of too few: of persons rather than of a shop. */
export function shareOf(part: number, whole: number): number | null {
  return whole < LEAST_SHOWN ? null : part / whole;
}
