/** What agents who stand out do differently from the rest, and whether that is more than chance (IN141): pure. */
import { combineMeans, combineVariances } from "simple-statistics";
import { type Interval, sureTogether } from "../statistics/interval";
import { meanDifference } from "../statistics/mean-difference";
import { type Habit, type HabitFigures, habits, type PeopleRow } from "./people-row";

export interface HabitComparison {
  readonly habit: Habit;
  /** A conversation, of those who stand above and of the rest. */
  readonly best: number;
  readonly rest: number;
  /** Best less rest; an interval that holds 0 tells no difference. */
  readonly difference: Interval;
}

/** Null where one of the two groups is empty. */
export function habitsOf(
  best: readonly PeopleRow[],
  rest: readonly PeopleRow[],
): readonly HabitComparison[] | null {
  if (best.length === 0 || rest.length === 0) return null;
  return habits.map((habit) => {
    const [ofBest, ofRest] = [pool(best, habit), pool(rest, habit)];
    const difference = meanDifference(asSample(ofBest), asSample(ofRest), sureTogether(habits.length));
    return { habit, best: ofBest.mean, rest: ofRest.mean, difference };
  });
}

function pool(rows: readonly PeopleRow[], habit: Habit) {
  const parts = rows.map((row) => row[habit]).filter(({ count }) => count > 0);
  return parts.reduce<HabitFigures>(
    (a, b) => ({
      count: a.count + b.count,
      mean: combineMeans(a.mean, a.count, b.mean, b.count),
      variance: combineVariances(a.variance, a.mean, a.count, b.variance, b.mean, b.count),
    }),
    parts.shift() ?? { count: 0, mean: 0, variance: 0 },
  );
}

/** The database tells the variance of all values; an interval is about a sample. */
function asSample(all: HabitFigures): HabitFigures {
  return { ...all, variance: (all.variance * all.count) / Math.max(1, all.count - 1) };
}
