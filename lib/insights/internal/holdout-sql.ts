/**
 * Who was invited and who was held out, and what became of each (SPEC.md, IN200-IN205): for the comparison of both groups and for
 * the list of the people in one.
 */

/** An order counts this long after the moment at which it was decided. Days. */
export const HOLDOUT_DAYS = 7;

const window = `interval '${HOLDOUT_DAYS * 24} hours'`;

/**
 * `decided`: a row a person; `browsers`: hers; `orders`: her sums of a currency; `opened`, `talked`, `bought`: who did.
 * $1 shop, $2 from, $3 to.
 */
export const decidedSql = `
  decided as (
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
  placed as (
    select b.who, o."externalId", o."placedAt", o.currency, o."confirmedAt" is null as claimed,
      case when k.lines = 0 then o."totalMinor" else k.kept end as minor
    from browsers b
    join "Order" o on o."visitorId" = b."visitorId" and o."shopId" = $1 and o.status <> 'cancelled'
      and o."placedAt" >= b.at and o."placedAt" <= b.at + ${window}
    cross join lateral (
      select count(*) as lines, sum(l."totalMinor" - l."refundedMinor") as kept,
        bool_or(l.quantity > l."refundedQuantity") as keeps
      from "OrderLine" l where l."orderId" = o.id) k
    where k.lines = 0 or k.keeps
  ),
  orders as (
    select who, currency, coalesce(sum(minor), 0)::float8 as minor, coalesce(sum(minor) filter (where claimed), 0)::float8 as claimed
    from placed group by 1, 2
  ),
  -- One of each, asked of everybody's browsers.
  opened as (
    select distinct b.who from browsers b join "Event" e on e."visitorId" = b."visitorId" and e."shopId" = $1
    where e.type = 'invitation_opened' and e."occurredAt" between b.at and b.at + ${window}
  ),
  begun as (
    select b.who, c.id, c."createdAt" from browsers b join "Conversation" c on c."visitorId" = b."visitorId" and c."shopId" = $1
    where c."createdAt" between b.at and b.at + ${window}
  ),
  talked as (select distinct who from begun),
  bought as (select distinct who from placed)`;
