/** What the best do differently as rows of a file (IN141): means of a conversation, times in seconds; nothing where nobody stands apart. */
import type { Cell } from "@/lib/insights/csv";
import type { PeopleLeague } from "@/lib/insights/people-league";

export function habitsFile({ habits }: Pick<PeopleLeague, "habits">) {
  return {
    head: ["habit", "best", "rest", "difference", "difference_low", "difference_high"],
    rows: (habits ?? []).map(({ habit, best, rest, difference }): Cell[] => [
      ...[habit, best, rest],
      ...[difference.value, difference.low, difference.high],
    ]),
    whole: habits,
  };
}
