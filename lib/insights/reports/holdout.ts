/**
 * What invitations are worth (SPEC.md, IN200-IN205): visitors who were invited against those who would have been and were
 * held out, by nothing but the draw. A visitor of several browsers is one person. Filters of conversations do not apply: the
 * held-out have fewer conversations, and that is what is measured.
 */
import * as z from "zod/mini";
import { decidedSql, HOLDOUT_DAYS } from "../internal/holdout-sql";
import { runSql } from "../internal/run-sql";
import type { Question } from "../question";
import type { Interval } from "../statistics/interval";
import { meanDifference, type Sample } from "../statistics/mean-difference";
import { rateDifference } from "../statistics/rate-difference";
import { type Rate, scoreInterval } from "../statistics/score-interval";

/** With fewer people than this in either group no difference is told: one buyer more or less would turn it. */
const MIN_GROUP = 30;

const moneySums = z.array(
  z.object({ currency: z.string(), minor: z.number(), claimed: z.number(), squares: z.number() }),
);
const groupSchema = z.object({
  people: z.number(),
  /** Opened the chat by the invitation. */
  opened: z.number(),
  /** Began a conversation. */
  talked: z.number(),
  bought: z.number(),
  revenue: moneySums,
});
const rowSchema = z.object({ heldOut: z.boolean(), ...groupSchema.shape });

type Counted = z.infer<typeof groupSchema>;

export interface HoldoutGroup extends Omit<Counted, "revenue"> {
  /** Buyers of one person. */
  readonly rate: Interval;
}

export interface Holdout {
  /** An order counts this many days after the decision; groups smaller than this are not compared. */
  readonly days: number;
  readonly minGroup: number;
  readonly invited: HoldoutGroup;
  readonly heldOut: HoldoutGroup;
  /** What the intervals allow to be said, and nothing more. */
  readonly verdict: "tooFew" | "more" | "less" | "open";
  /** Buyers of one invited person, less buyers of one held out: -1 to 1. */
  readonly difference: Interval;
  /** Minor units for each person, less the same of those held out; one row a currency. */
  readonly revenue: readonly {
    readonly currency: string;
    readonly invited: number;
    readonly heldOut: number;
    /** The part of both that only browsers claim, for each person likewise. */
    readonly claimed: { readonly invited: number; readonly heldOut: number };
    readonly difference: Interval;
  }[];
}

const sql = `
  with ${decidedSql},
  money as (
    select d."heldOut", o.currency, sum(o.minor) as minor, sum(o.claimed) as claimed, sum(o.minor * o.minor) as squares
    from decided d join orders o using (who) group by 1, 2
  )
  select d."heldOut", count(*)::int as people, count(op.who)::int as opened, count(t.who)::int as talked, count(b.who)::int as bought,
    (select coalesce(jsonb_agg(jsonb_build_object('currency', m.currency, 'minor', m.minor, 'claimed', m.claimed, 'squares', m.squares) order by m.currency), '[]')
      from money m where m."heldOut" = d."heldOut") as revenue
  from decided d left join opened op using (who) left join talked t using (who) left join bought b using (who)
  group by d."heldOut"`;

const nobody: Counted = { people: 0, opened: 0, talked: 0, bought: 0, revenue: [] };

export async function loadHoldout({ shopId, range }: Pick<Question, "shopId" | "range">): Promise<Holdout> {
  const rows = await runSql(sql, [shopId, range.from.toISOString(), range.to.toISOString()]);
  const groups = z.array(rowSchema).parse(rows);
  const invited = groups.find((group) => !group.heldOut) ?? nobody;
  const heldOut = groups.find((group) => group.heldOut) ?? nobody;
  const difference = rateDifference(buyers(invited), buyers(heldOut));
  const currencies = new Set([...invited.revenue, ...heldOut.revenue].map(({ currency }) => currency));
  return {
    days: HOLDOUT_DAYS,
    minGroup: MIN_GROUP,
    invited: groupOf(invited),
    heldOut: groupOf(heldOut),
    difference,
    verdict: verdictOf(invited, heldOut, difference),
    revenue: [...currencies].sort().map((currency) => {
      const [a, b] = [spending(invited, currency), spending(heldOut, currency)];
      const claimed = { invited: claimedOf(invited, currency), heldOut: claimedOf(heldOut, currency) };
      return { currency, invited: a.mean, heldOut: b.mean, claimed, difference: meanDifference(a, b) };
    }),
  };
}

const buyers = ({ bought, people }: Counted): Rate => ({ successes: bought, trials: people });

function groupOf(counted: Counted): HoldoutGroup {
  const { people, opened, talked, bought } = counted;
  return { people, opened, talked, bought, rate: scoreInterval(buyers(counted)) };
}

function verdictOf(invited: Counted, heldOut: Counted, { low, high }: Interval): Holdout["verdict"] {
  if (invited.people < MIN_GROUP || heldOut.people < MIN_GROUP) return "tooFew";
  if (low > 0) return "more";
  return high < 0 ? "less" : "open";
}

function claimedOf({ people, revenue }: Counted, currency: string): number {
  const { claimed } = revenue.find((sum) => sum.currency === currency) ?? { claimed: 0 };
  return people === 0 ? 0 : claimed / people;
}

/** Of everybody in the group: who bought nothing counts with nothing. */
function spending({ people, revenue }: Counted, currency: string): Sample {
  const { minor, squares } = revenue.find((sum) => sum.currency === currency) ?? {
    minor: 0,
    squares: 0,
  };
  if (people === 0) return { count: 0, mean: 0, variance: 0 };
  const mean = minor / people;
  const variance = people < 2 ? 0 : Math.max(0, (squares - people * mean ** 2) / (people - 1));
  return { count: people, mean, variance };
}
