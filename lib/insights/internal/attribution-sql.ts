/**
 * The rule of attribution.ts as common table expressions: the one implementation in SQL that every report and message uses.
 * $1 is the shop. Put together in this order: `ruleSql`, lines (one of the two below, or a report's own), `creditsSql`.
 */
import { type CreditKind, FULL_WEIGHT } from "../attribution";

/** `rule`: the shop's own. */
export const ruleSql = `
  rule as (
    select "attributionModel" as model, "attributionDays" * interval '24 hours' as "window", "attributionHalfLifeDays" * 86400000::float8 as "halfLifeMs"
    from "Shop" where id = $1
  )`;

/** Columns of `lines`, from "Order" o, "OrderLine" l and "Visitor" v. */
const lineColumns = `
    select l.id as "lineId", o."visitorId", v."personId", l."productId", l."externalId", o."placedAt", o.currency, o."confirmedAt" is not null as confirmed,`;
const lineTables = `
    from "Order" o join "OrderLine" l on l."orderId" = o.id join "Visitor" v on v.id = o."visitorId"
    where o."shopId" = $1`;

/** `lines` and `moments` of orders for which a condition on "Order" o holds: what is left of each line (IN44). */
export const standingLinesSql = (condition: string) => `
  lines as (${lineColumns}
      l.quantity - l."refundedQuantity" as quantity, l."totalMinor" - l."refundedMinor" as minor${lineTables}
      and o.status <> 'cancelled' and l.quantity > l."refundedQuantity" and ${condition}
  ),
  moments as (select "lineId", 0 as n, "placedAt" as at, minor, quantity from lines)`;

/**
 * The same with their history, cancelled orders too: what each line was when it was placed (n = 0), and what each refund or
 * cancellation left of it.
 */
export const linesWithHistorySql = (condition: string) => `
  lines as (${lineColumns}
      l.quantity, l."totalMinor" as minor${lineTables} and ${condition}
  ),
  moments as (
    select "lineId", 0 as n, "placedAt" as at, minor, quantity from lines
    union all
    select "lineId", b.seq, b."occurredAt",
      l.minor - sum(b.minor) over (partition by "lineId" order by b.seq), l.quantity - sum(b.quantity) over (partition by "lineId" order by b.seq)
    from lines l join "OrderLineReturn" b on b."orderLineId" = l."lineId"
  )`;

/** Of orders that were placed, or of which something was taken back, from $2 until $3. */
export const movedLinesSql = `
  moved as (
    select id from "Order" where "shopId" = $1 and "placedAt" >= $2::timestamptz and "placedAt" < $3::timestamptz
    union select l."orderId" from "OrderLineReturn" b join "OrderLine" l on l.id = b."orderLineId"
    where b."shopId" = $1 and b."occurredAt" >= $2::timestamptz and b."occurredAt" < $3::timestamptz
  ),
  ${linesWithHistorySql("o.id in (select id from moved)")}`;

const during = (moment: string) => `${moment} <= t."placedAt" and ${moment} >= t."placedAt" - r."window"`;

/** Conversation by conversation (offset 0): joined freely, a year of recommendations is held against a year of lines, pair by pair. */
const aboutItsProduct = (tier: number, types: string, member: string) => `
    select t."lineId", ${tier} as tier, t."conversationId", ${member} as "memberId", e."occurredAt" as at, e.id
    from talks t cross join rule r
    cross join lateral (
      select * from "Event" e where e."conversationId" = t."conversationId" and e."shopId" = $1 and e."productId" = t."productId"
        and e.type in (${types}) and e.source = 'server' and ${during('e."occurredAt"')}
      offset 0
    ) e`;

const factsOf: Record<CreditKind, string> = {
  recommended: aboutItsProduct(1, "'product_recommended'", `coalesce(e."memberId", '')`),
  shown: aboutItsProduct(2, "'item_shown', 'mark_drawn'", `coalesce(e."memberId", t."memberId", '')`),
  talked: `
    select t."lineId", 3, t."conversationId", coalesce(t."memberId", ''), t."acceptedAt", t."conversationId"
    from talks t cross join rule r where ${during('t."acceptedAt"')}`,
};

/** One part of a line's amount by weight: rounded down, and the remainder by which the units that are left are given out. */
const sharesOf = (column: string) => `
      div(m.${column}::numeric * w.weight, sum(w.weight) over part) as "${column}Down",
      mod(m.${column}::numeric * w.weight, sum(w.weight) over part) as "${column}Rest", m.${column} as "${column}Whole"`;
const exactly = (column: string) => `
      "${column}Down" + (row_number() over (partition by "lineId", n order by "${column}Rest" desc, place)
        <= "${column}Whole" - sum("${column}Down") over (partition by "lineId", n))::int as ${column}`;
const change = (column: string) => `
      x.${column} - coalesce(lag(x.${column}) over (partition by x."lineId", x.place order by x.n), 0) as ${column}`;

/**
 * `credits`: one row for each line, agent and conversation it is credited to, and moment: minor units and pieces gained with
 * the order (n = 0), or taken back (negative). "touchedAt": when that happened which it is credited to.
 * @param kinds all of them, or the strongest alone: weaker ones change nothing of those, and need not be looked for
 */
export const creditsSql = (kinds: readonly CreditKind[]) => `
  hers as (
    select "lineId", "visitorId" from lines
    union select l."lineId", v.id from lines l join "Visitor" v on v."personId" = l."personId" and v."shopId" = $1
  ),
  talks as materialized (
    select l."lineId", l."productId", l."placedAt", c.id as "conversationId", c."memberId", c."acceptedAt"
    from hers join lines l using ("lineId") join "Conversation" c on c."visitorId" = hers."visitorId" and c."shopId" = $1
  ),
  touches as (${kinds.map((kind) => factsOf[kind]).join("\n    union all")}
  ),
  placed as (
    select t.*, extract(epoch from t.at) * case when r.model = 'first' then -1 else 1 end as position, min(t.tier) over (partition by t."lineId") as best
    from touches t cross join rule r
  ),
  decisive as (
    select distinct on ("lineId", "conversationId", "memberId") * from placed where tier = best
    order by "lineId", "conversationId", "memberId", position desc, id collate "C" desc
  ),
  ranked as (
    select *, row_number() over (partition by "lineId" order by position desc, id collate "C" desc) as place from decisive
  ),
  weighted as (
    select k."lineId", k.tier, k."conversationId", k."memberId", k.at as "touchedAt", k.place, case r.model
        when 'time_decay' then greatest(1, floor(${FULL_WEIGHT} * power(2::float8,
          -((extract(epoch from l."placedAt" - k.at) * 1000)::float8 / r."halfLifeMs")) + 0.5))::numeric
        else 1 end as weight
    from ranked k join lines l using ("lineId") cross join rule r
    where k.place = 1 or r.model in ('linear', 'time_decay')
  ),
  shared as (
    select w.*, m.n, m.at as "movedAt",${sharesOf("minor")},${sharesOf("quantity")}
    from weighted w join moments m using ("lineId")
    window part as (partition by "lineId", m.n)
  ),
  exact as (
    select "lineId", tier, "conversationId", "memberId", "touchedAt", place, n, "movedAt",${exactly("minor")},${exactly("quantity")}
    from shared
  ),
  credits as (
    select x."lineId", case x.tier when 1 then 'recommended' when 2 then 'shown' else 'talked' end as kind, x."conversationId", x."memberId",
      x."touchedAt", x.n, x."movedAt", l."productId", l."externalId", l."placedAt", l.currency, l.confirmed,${change("minor")},${change("quantity")}
    from exact x join lines l using ("lineId")
  )`;

/**
 * Recommendations of a range ($2, $3) and what was bought of them (AT5): `cohort`, one row for each agent, conversation and
 * product; `cohort_lines`, what is left of the lines that are credited to them. Orders until the window after the range's end count.
 */
export const cohortSql = `${ruleSql},
  ${standingLinesSql(`o."placedAt" >= $2::timestamptz and o."placedAt" <= $3::timestamptz + (select "window" from rule)`)},
  ${creditsSql(["recommended"])},
  cohort as (
    select coalesce("memberId", '') as "memberId", "conversationId", "productId" from "Event"
    where "shopId" = $1 and type = 'product_recommended' and source = 'server' and "productId" is not null
      and "occurredAt" >= $2::timestamptz and "occurredAt" < $3::timestamptz
    group by 1, 2, 3
  ),
  cohort_lines as (
    select * from credits where "touchedAt" >= $2::timestamptz and "touchedAt" < $3::timestamptz
  )`;
