import { standsSql } from "./stands-sql";

const like = (name: string) => `($4::jsonb->>'${name}' is null or s.${name} = $4::jsonb->>'${name}')`;

const who = `coalesce(v."personId", v.id)`;
const during = (moment: string) => `${moment} >= $2::timestamptz and ${moment} < $3::timestamptz`;

/**
 * `visits` by point, and in all as point '', from the roll-up: days of customers on the shop's pages; and customers, each once
 * however many browsers are hers, who had no conversation in the range, and of these who placed an order at that point that stands.
 * Parameters: those of `chosenParameters`, $5 time zone. @param pointOf a moment's point
 */
export const visitsSql = (pointOf: (moment: string) => string) => `
  looked as (
    select distinct coalesce(v."personId", s."visitorId") as who, s.day, ${pointOf("(s.day::timestamp at time zone $5)")} as point
    from "Visit" s left join "Visitor" v on v.id = s."visitorId" and v."shopId" = $1
    where s."shopId" = $1 and s.day between ($2::timestamptz at time zone $5)::date and ($3::timestamptz at time zone $5)::date
      and ${during('s."firstAt"')} and ${like("device")} and ${like("locale")}
  ),
  talkers as (
    select distinct ${who} as who from "Conversation" c join "Visitor" v on v.id = c."visitorId"
    where c."shopId" = $1 and ${during('c."createdAt"')}
  ),
  paid as (
    select distinct ${who} as who, ${pointOf('o."placedAt"')} as point from "Order" o join "Visitor" v on v.id = o."visitorId"
    where o."shopId" = $1 and ${standsSql} and ${during('o."placedAt"')}
  ),
  seen as (select * from looked union all select who, day, '' from looked),
  buyers as (select * from paid union select who, '' from paid),
  visits as (
    select s.point, count(*) as visits, count(distinct s.who) filter (where t.who is null) as alone,
      count(distinct s.who) filter (where t.who is null and b.who is not null) as "orderedAlone"
    from seen s left join talkers t using (who) left join buyers b using (who, point) group by s.point
  )`;
