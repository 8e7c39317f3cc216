/**
 * The rule of attribution.ts as common table expressions: the one implementation in SQL that every report and message uses.
 * $1 is the shop. Put together in this order: `ruleSql`, lines (one of those below), `creditsSql`.
 */
import { type CreditKind, FULL_WEIGHT } from "../attribution";
import { firstAnswerSql } from "./answered-sql";

/** The shop's window alone. */
export const windowSql = `(select "attributionDays" * interval '24 hours' from "Shop" where id = $1)`;

/** `rule`: the shop's own. */
export const ruleSql = `
  rule as (
    select "attributionModel" as model, "attributionDays" * interval '24 hours' as "window", "attributionHalfLifeDays" * 86400000::float8 as "halfLifeMs"
    from "Shop" where id = $1
  )`;

/**
 * `lines`, from "Order" o, "OrderLine" l and "Visitor" v. Nothing below joins two expressions of this text with one another: how many
 * rows they have is not known to the database, which then compares each with each. What is needed later is carried along.
 */
const linesOf = (moments: string, condition: string, histories = "") => `
  lines as (
    select l.id as "lineId", o."visitorId", v."personId", l."productId", l."externalId", o."placedAt", o.currency,
      o."confirmedAt" is not null as confirmed, ${moments}
    from "Order" o join "OrderLine" l on l."orderId" = o.id join "Visitor" v on v.id = o."visitorId"${histories}
    where o."shopId" = $1 and ${condition}
  )`;

/** `lines` of orders for which a condition on "Order" o holds: what is left of each (IN44). */
export const standingLinesSql = (condition: string) =>
  linesOf(
    `array[0] as seqs, array[o."placedAt"] as ats, array[l."totalMinor" - l."refundedMinor"] as minors,
      array[l.quantity - l."refundedQuantity"] as quantities`,
    `o.status <> 'cancelled' and l.quantity > l."refundedQuantity" and ${condition}`,
  );

/**
 * The same with their history, cancelled orders too: what each line was when it was placed (0), and what each refund or
 * cancellation left of it (1, 2, 3 ...).
 */
export const linesWithHistorySql = (condition: string) =>
  linesOf(
    `array_prepend(0, b.seqs) as seqs, array_prepend(o."placedAt", b.ats) as ats,
      array_prepend(l."totalMinor"::numeric, b.minors) as minors, array_prepend(l.quantity::bigint, b.quantities) as quantities`,
    condition,
    `
    left join lateral (
      select array_agg(r.seq order by r.seq) as seqs, array_agg(r."occurredAt" order by r.seq) as ats,
        array_agg(l."totalMinor" - r.minor order by r.seq) as minors, array_agg(l.quantity - r.quantity order by r.seq) as quantities
      from (select seq, "occurredAt", sum(minor) over (order by seq) as minor, sum(quantity) over (order by seq) as quantity
        from "OrderLineReturn" where "orderLineId" = l.id) r
    ) b on true`,
  );

/** Of orders that were placed, or of which something was taken back, from $2 until $3. */
export const movedLinesSql = `
  moved as (
    select id from "Order" where "shopId" = $1 and "placedAt" >= $2::timestamptz and "placedAt" < $3::timestamptz
    union select l."orderId" from "OrderLineReturn" b join "OrderLine" l on l.id = b."orderLineId"
    where b."shopId" = $1 and b."occurredAt" >= $2::timestamptz and b."occurredAt" < $3::timestamptz
  ),
  ${linesWithHistorySql("o.id in (select id from moved)")}`;

const during = (moment: string) => `${moment} <= t."placedAt" and ${moment} >= t."placedAt" - r."window"`;

const eventTypes: Record<Exclude<CreditKind, "talked">, string> = {
  recommended: "'product_recommended'",
  shown: "'item_shown', 'mark_drawn'",
};
const carried = `t."lineId", t."productId", t."externalId", t."placedAt", t.currency, t.confirmed, t.seqs, t.ats, t.minors, t.quantities, t."conversationId"`;

/**
 * Conversation by conversation (offset 0): joined freely, a year of recommendations is held against a year of lines, pair by pair.
 * The product is compared so that no index answers: a conversation has a few events, a product thousands.
 * What no member did is the customer's own.
 */
const aboutItsProduct = (kinds: readonly Exclude<CreditKind, "talked">[]) => `
    select ${carried}, case e.type when 'product_recommended' then 1 else 2 end as tier, e."occurredAt" as at, e.id,
      coalesce(e."memberId", case when e.type <> 'product_recommended' then t."memberId" end, '') as "memberId"
    from talks t cross join rule r
    cross join lateral (
      select * from "Event" e where e."conversationId" = t."conversationId" and e."shopId" = $1 and coalesce(e."productId", '') = t."productId"
        and e.type in (${kinds.map((kind) => eventTypes[kind]).join(", ")}) and e.source = 'server' and ${during('e."occurredAt"')}
        and (e."memberId" is not null or e.type = 'product_recommended' or ${firstAnswerSql('t."conversationId"')} <= t."placedAt")
      offset 0
    ) e`;
const talked = `
    union all
    select ${carried}, 3, a.at, t."conversationId", coalesce(t."memberId", '')
    from talks t cross join rule r cross join lateral (select ${firstAnswerSql('t."conversationId"')} as at offset 0) a
    where ${during("a.at")}`;

/** One part of a line's amount by weight: rounded down, and the remainder by which the units that are left are given out. */
const sharesOf = (column: string) => `
      div(m.${column}::numeric * w.weight, sum(w.weight) over part) as "${column}Down",
      mod(m.${column}::numeric * w.weight, sum(w.weight) over part) as "${column}Rest", m.${column}::numeric as "${column}Whole"`;
const exactly = (column: string) => `
      "${column}Down" + (row_number() over (partition by "lineId", n order by "${column}Rest" desc, place)
        <= "${column}Whole" - sum("${column}Down") over (partition by "lineId", n))::int as ${column}`;
const change = (column: string) => `
      ${column} - coalesce(lag(${column}) over (partition by "lineId", place order by n), 0) as ${column}`;

/** Who took a "Conversation" c and has left since: the conversation does not name her any more, the fact does. */
const takerWhoLeft = `case when c."acceptedAt" is not null then (
      select e."memberId" from "Event" e where e."conversationId" = c.id and e."shopId" = $1
        and e.type = 'conversation_accepted' and e.source = 'server' limit 1) end`;

/**
 * `credits`: one row for each line, agent and conversation it is credited to, and moment: minor units and pieces gained with
 * the order (n = 0), or taken back (negative). "touchedAt": when that happened which it is credited to.
 * @param kinds all of them, or the strongest alone: weaker ones change nothing of those, and need not be looked for
 */
export const creditsSql = (kinds: readonly CreditKind[]) => `
  talks as materialized (
    select l.*, c.id as "conversationId", coalesce(c."memberId", ${takerWhoLeft}) as "memberId"
    from lines l
    cross join lateral (
      select l."visitorId" as id union select v.id from "Visitor" v where v."personId" = l."personId" and v."shopId" = $1
    ) her
    join "Conversation" c on c."visitorId" = her.id and c."shopId" = $1
  ),
  touches as (${aboutItsProduct(kinds.filter((kind) => kind !== "talked"))}${kinds.includes("talked") ? talked : ""}
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
    select k.*, case r.model
        when 'time_decay' then greatest(1, floor(${FULL_WEIGHT} * power(2::float8,
          -((extract(epoch from k."placedAt" - k.at) * 1000)::float8 / r."halfLifeMs")) + 0.5))::numeric
        else 1 end as weight
    from ranked k cross join rule r
    where k.place = 1 or r.model in ('linear', 'time_decay')
  ),
  shared as (
    select w.*, m.n, m."movedAt",${sharesOf("minor")},${sharesOf("quantity")}
    from weighted w cross join lateral unnest(w.seqs, w.ats, w.minors, w.quantities) as m(n, "movedAt", minor, quantity)
    window part as (partition by w."lineId", m.n)
  ),
  exact as (
    select *,${exactly("minor")},${exactly("quantity")} from shared
  ),
  credits as (
    select "lineId", case tier when 1 then 'recommended' when 2 then 'shown' else 'talked' end as kind, "conversationId", "memberId",
      at as "touchedAt", n, "movedAt", "productId", "externalId", "placedAt", currency, confirmed,${change("minor")},${change("quantity")}
    from exact
  )`;
