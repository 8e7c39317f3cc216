/**
 * What invitations are worth (SPEC.md, IN200-IN205): visitors who were invited against those who would have been and were
 * held out, by nothing but the draw. A visitor of several browsers is one person. Filters of conversations do not apply: the
 * held-out have fewer conversations, and that is what is measured.
 */
import * as z from "zod/mini";
import { runSql } from "../internal/run-sql";
import type { Question } from "../question";
import type { Interval } from "../statistics/interval";
import { meanDifference, type Sample } from "../statistics/mean-difference";
import { rateDifference } from "../statistics/rate-difference";
import { type Rate, scoreInterval } from "../statistics/score-interval";

/** An order counts this long after the moment at which it was decided. Days. */
const HOLDOUT_DAYS = 7;
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

const window = `interval '${HOLDOUT_DAYS * 24} hours'`;

const sql = `
  with decided as (
    select distinct on (who) who, at, "heldOut" from (
      select coalesce(v."personId", v.id) as who, e."occurredAt" as at, e.id, e.type = 'invitation_held_out' as "heldOut"
      from "Event" e join "Visitor" v on v.id = e."visitorId" and v."shopId" = e."shopId"
      where e."shopId" = $1 and e.type in ('invitation_shown', 'invitation_held_out') and e.source = 'server'
        and e."occurredAt" >= $2::timestamptz and e."occurredAt" < $3::timestamptz) facts
    order by who, at, id
  ),
  browsers as (
    select d.*, v.id as "visitorId" from decided d join "Visitor" v on v.id = d.who and v."shopId" = $1
    union select d.*, v.id from decided d join "Visitor" v on v."personId" = d.who and v."shopId" = $1
  ),
  orders as (
    select b.who, o.currency, coalesce(sum(l.minor), 0)::float8 as minor,
      coalesce(sum(l.minor) filter (where o."confirmedAt" is null), 0)::float8 as claimed
    from browsers b
    join "Order" o on o."visitorId" = b."visitorId" and o."shopId" = $1 and o.status <> 'cancelled'
      and o."placedAt" >= b.at and o."placedAt" <= b.at + ${window}
    cross join lateral (
      select count(*) as lines, sum(l."totalMinor" - l."refundedMinor") as kept,
        bool_or(l.quantity > l."refundedQuantity") as keeps
      from "OrderLine" l where l."orderId" = o.id) k
    cross join lateral (select case when k.lines = 0 then o."totalMinor" else k.kept end as minor) l
    where k.lines = 0 or k.keeps
    group by 1, 2
  ),
  money as (
    select d."heldOut", o.currency, sum(o.minor) as minor, sum(o.claimed) as claimed, sum(o.minor * o.minor) as squares
    from decided d join orders o using (who) group by 1, 2
  ),
  -- One of each, asked of everybody's browsers.
  opened as (
    select distinct b.who from browsers b join "Event" e on e."visitorId" = b."visitorId" and e."shopId" = $1
    where e.type = 'invitation_opened' and e."occurredAt" between b.at and b.at + ${window}
  ),
  talked as (
    select distinct b.who from browsers b join "Conversation" c on c."visitorId" = b."visitorId" and c."shopId" = $1
    where c."createdAt" between b.at and b.at + ${window}
  ),
  bought as (select distinct who from orders)
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
