import { expect, it } from "vitest";
import type { PeopleRow } from "@/lib/insights/internal/people-row";
import { LEAST_SHOWN, leagueOf } from "@/lib/insights/people-league";
import { peopleTable } from "./people-table";

const NOTHING = { count: 0, mean: 0, variance: 0 };
const row = (memberId: string | null, taken: number): PeopleRow => ({
  ...{
    memberId,
    name: memberId ?? "",
    conversations: taken,
    taken,
    answered: taken,
    abandoned: 0,
    dropped: 0,
  },
  ...{
    wait: null,
    first: null,
    reply: null,
    duration: null,
    recommended: 1,
    buying: 1,
    orders: 1,
    pieces: 1,
    rated: 0,
    satisfied: 0,
  },
  revenue: [{ currency: "EUR", amounts: [10_000], claimed: 2_500 }],
  ...{ products: NOTHING, marks: NOTHING, compared: NOTHING, firstProduct: NOTHING },
});

it("[AT26][IN137] a file of people says what only browsers claim of each one's revenue, and nothing of few", () => {
  const league = leagueOf([row(null, 9), row("Anna", LEAST_SHOWN), row("Ben", LEAST_SHOWN - 1)]);
  const { head, rows } = peopleTable(league, { model: "last", days: 14, halfLifeDays: 7 }, "en");
  const amounts = (index: number) =>
    ["Revenue EUR", "Revenue EUR: not confirmed"].map((name) => rows[index]?.[head.indexOf(name)]);
  expect(amounts(0)).toEqual([100, 25]);
  expect(amounts(1)).toEqual([null, null]);
  expect(rows[0]).toHaveLength(head.length);
});

it("[AT9] the rule stands in every row of a file of people", () => {
  const league = leagueOf([row(null, 9), row("Anna", 9)]);
  const { head, rows } = peopleTable(league, { model: "last", days: 14, halfLifeDays: 7 }, "en");
  expect(rows.map((cells) => cells[head.indexOf("Rule")])).toEqual([
    "Rule: last one takes all · window 14 days",
  ]);
});
