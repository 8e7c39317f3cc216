/**
 * Compares agents no further than their samples allow (SPEC.md, IN137-IN141): pure. An agent's place is a span, since
 * whoever cannot be told apart shares it; words such as "above the rest" need more than a higher figure.
 */
import { type HabitComparison, habitsOf } from "./internal/habits";
import type { PeopleRow } from "./internal/people-row";
import { type Interval, overlap, sureTogether } from "./statistics/interval";
import { meanInterval } from "./statistics/mean-interval";
import { rateDifference } from "./statistics/rate-difference";
import { type Rate, scoreInterval } from "./statistics/score-interval";

/** Conversations from which on an agent is ranked: with fewer, a rate of 30 % is unsure by more than 15 points either way. */
export const LEAST_RANKED = 30;
/** Conversations from which on rates, times and amounts are shown at all: with fewer they tell of single customers. */
export const LEAST_SHOWN = 5;

interface RevenueFigures {
  readonly currency: string;
  /** Minor units, of all conversations. */
  readonly minor: number;
  /** Of these, what only browsers claim (AT26). */
  readonly claimed: number;
  /** Minor units a conversation, those that brought nothing included. */
  readonly perConversation: Interval | null;
}

interface Rank {
  /** The best and the worst place that the intervals leave open; the same where nobody else can have it. */
  readonly first: number;
  readonly last: number;
  /** Against all the other ranked agents together. */
  readonly standing: "above" | "below" | "level";
  /** By how much more, or less, of the conversations end in a purchase than theirs. */
  readonly difference: Interval;
}

export interface Agent extends Omit<PeopleRow, "memberId" | "revenue" | "satisfied"> {
  /** Empty: everybody who is no longer the shop's, who are not ranked. */
  readonly memberId: string;
  readonly conversion: Interval;
  /** Of the rated ones, those that were good or very good; null where too few were rated. */
  readonly satisfaction: Interval | null;
  readonly revenue: readonly RevenueFigures[];
  /** Null below LEAST_RANKED. */
  readonly rank: Rank | null;
  /** Fewer than LEAST_SHOWN. */
  readonly tooFew: boolean;
}

export interface PeopleLeague {
  /** Conversations from which on an agent is ranked. */
  readonly leastRanked: number;
  /** Ratings from which on satisfaction is told. */
  readonly leastShown: number;
  readonly shop: Omit<Agent, "memberId" | "rank"> | null;
  /** The ranked ones first, by the middle of their conversion; then the others, by how many conversations they took. */
  readonly agents: readonly Agent[];
  /** Null while nobody stands clearly above the rest. */
  readonly habits: readonly HabitComparison[] | null;
}

export function leagueOf(rows: readonly PeopleRow[]): PeopleLeague {
  const everybody = rows.find((row) => row.memberId === null);
  const mine = rows.filter((row) => row.memberId !== null && row.taken > 0);
  const ranked = mine.filter((row) => row.memberId !== "" && row.taken >= LEAST_RANKED);
  const agents = mine.map(
    (row): Agent => ({
      ...figuresOf(row),
      memberId: row.memberId ?? "",
      rank: ranked.includes(row) ? rankOf(row, ranked) : null,
    }),
  );
  const isAbove = (row: PeopleRow) =>
    agents.some((agent) => agent.memberId === row.memberId && agent.rank?.standing === "above");
  return {
    leastRanked: LEAST_RANKED,
    leastShown: LEAST_SHOWN,
    shop: everybody ? figuresOf(everybody) : null,
    agents: agents.sort(byPlace),
    habits: habitsOf(
      ranked.filter(isAbove),
      ranked.filter((row) => !isAbove(row)),
    ),
  };
}

/** The same for a file: of whoever had too few conversations only how many they were (IN137). */
export function withoutFew(league: PeopleLeague) {
  const { shop } = league;
  return {
    ...league,
    shop: shop?.tooFew ? { conversations: shop.conversations, taken: shop.taken, tooFew: true } : shop,
    agents: league.agents.map((agent) => {
      const { memberId, name, taken, rank, tooFew } = agent;
      return tooFew ? { memberId, name, taken, rank, tooFew } : agent;
    }),
  };
}

const rateOf = ({ buying, taken }: Pick<PeopleRow, "buying" | "taken">): Rate => ({
  successes: buying,
  trials: taken,
});

function figuresOf({ memberId: _, satisfied, ...row }: PeopleRow) {
  return {
    ...row,
    tooFew: row.taken < LEAST_SHOWN,
    conversion: scoreInterval(rateOf(row)),
    satisfaction: row.rated < LEAST_SHOWN ? null : scoreInterval({ successes: satisfied, trials: row.rated }),
    revenue: row.revenue.map(({ currency, amounts, claimed }) => ({
      currency,
      claimed,
      minor: amounts.reduce((sum, amount) => sum + amount, 0),
      perConversation: meanInterval([
        ...amounts,
        ...new Array<number>(Math.max(0, row.taken - amounts.length)).fill(0),
      ]),
    })),
  };
}

function rankOf(row: PeopleRow, ranked: readonly PeopleRow[]): Rank {
  const own = scoreInterval(rateOf(row));
  const others = ranked.filter((other) => other !== row);
  const apart = others.map((other) => scoreInterval(rateOf(other))).filter((other) => !overlap(own, other));
  const better = apart.filter((other) => other.value > own.value).length;
  const rest = {
    successes: others.reduce((sum, other) => sum + other.buying, 0),
    trials: others.reduce((sum, other) => sum + other.taken, 0),
  };
  // Each agent is held against the rest: looked at one by one, one in twenty would stand out by chance.
  const difference = rateDifference(rateOf(row), rest, sureTogether(ranked.length));
  return {
    first: 1 + better,
    last: ranked.length - (apart.length - better),
    standing: difference.low > 0 ? "above" : difference.high < 0 ? "below" : "level",
    difference,
  };
}

function byPlace(a: Agent, b: Agent): number {
  if (a.rank && b.rank) return b.conversion.value - a.conversion.value || b.taken - a.taken;
  if (a.rank || b.rank) return a.rank ? -1 : 1;
  return b.taken - a.taken;
}
