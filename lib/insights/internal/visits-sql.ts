/** Of a "Visit" s. */
export const like = (name: string) => `($4::jsonb->>'${name}' is null or s.${name} = $4::jsonb->>'${name}')`;

/** Customers of whom more than a browser's token is known: few, while visits are many. */
export const known = `(select id, "personId" from "Visitor" where "shopId" = $1 and "personId" is not null)`;
export const during = (moment: string) => `${moment} >= $2::timestamptz and ${moment} < $3::timestamptz`;
const pointOf = (day: string) => `date_trunc($6::text, ${day}::timestamp)::date`;
const midnightOf = (day: string) => `(${day}::timestamp at time zone $5::text)`;
export const dayOf = (moment: string) => `(${moment} at time zone $5::text)::date`;
const first = dayOf("$2::timestamptz");
const last = dayOf("$3::timestamptz");

/** The days are what an index finds. @param order alias of "CountedOrder" */
export const orderedDuring = (order: string) =>
  `${order}.day between ${first} and ${last} and ${during(`${order}."placedAt"`)}`;

/** Looked up in a hash, row by row: of joins of that many the database has no idea, and sorts all visits for each. */
const talked = `who in (select who from talkers) as talked`;
const paidAtAll = `who in (select who from paid) as "paidAtAll"`;
const countsOf = `count(*) filter (where not talked) as alone,
        count(*) filter (where not talked and "paidAtAll" and (who, point) in (select who, point from paid)) as "orderedAlone"`;

/**
 * Days of customers on the shop's pages by point, from the roll-ups: of visitors who came once, and so are counted by day already,
 * `kept`, but for days of which the range holds a part; of everybody else `often`, a row for each customer, however many browsers are
 * hers, found again among all the others. Parameters: those of `chosenParameters`, $5 time zone, $6 unit of points.
 */
export const visitPartsSql = `
  points as materialized (
    select day::date, ${pointOf("day::date")} as point,
      ${midnightOf("day::date")} >= $2::timestamptz and ${midnightOf("(day::date + 1)")} <= $3::timestamptz as whole
    from generate_series(${first}, ${last}, interval '1 day') day
  ),
  kept as materialized (
    select p.point, sum(s.visits) as visits, sum(s.visits - s.talked) as alone, sum(s.ordered) as "orderedAlone"
    from "VisitCount" s join points p on p.day = s.day and p.whole
    where s."shopId" = $1 and s.day between ${first} and ${last} and ${like("device")} and ${like("locale")}
    group by 1
  ),
  looked as (
    select coalesce(v."personId", s."visitorId") as who, s.day, p.point
    from "Visit" s join points p on p.day = s.day left join ${known} v on v.id = s."visitorId"
    where s."shopId" = $1 and not s.once and s.day between ${first} and ${last}
      and ${during('s."firstAt"')} and ${like("device")} and ${like("locale")}
    union all
    select s."visitorId", s.day, p.point
    from "Visit" s join points p on p.day = s.day and not p.whole
    where s."shopId" = $1 and s.once and s.day in (${first}, ${last})
      and ${during('s."firstAt"')} and ${like("device")} and ${like("locale")}
  ),
  talkers as materialized (
    select coalesce(v."personId", c."visitorId") as who from "Conversation" c left join ${known} v on v.id = c."visitorId"
    where c."shopId" = $1 and ${during('c."createdAt"')}
  ),
  paid as materialized (
    select coalesce(v."personId", o."visitorId") as who, ${pointOf(dayOf('o."placedAt"'))} as point
    from "CountedOrder" o left join ${known} v on v.id = o."visitorId"
    where o."shopId" = $1 and o.stands and o."visitorId" is not null and ${orderedDuring("o")}
  ),
  often as materialized (
    select point, visits, who, ${talked}, ${paidAtAll}
    from (select who, point, count(distinct day) as visits from looked group by 1, 2) d offset 0
  )`;

/**
 * `visits` by point, and in all as point '': days of customers on the shop's pages; and customers, each once, who had no conversation
 * in the range, and of these who placed an order at that point that stands. Parameters as above.
 */
export const visitsSql = `
  ${visitPartsSql},
  visits as (
    select to_char(point, 'YYYY-MM-DD') as point, sum(visits) as visits, sum(alone) as alone, sum("orderedAlone") as "orderedAlone"
    from (
      select point, visits, alone, "orderedAlone" from kept
      union all
      select point, sum(visits), ${countsOf} from often group by 1
    ) p group by 1
    union all
    select '', sum(visits), sum(alone), sum("orderedAlone")
    from (
      select visits, alone, "orderedAlone" from kept
      union all
      select sum(o.visits), count(*) filter (where not talked), count(*) filter (where not talked and "paidAtAll")
      from (select sum(visits) as visits, bool_or(talked) as talked, bool_or("paidAtAll") as "paidAtAll" from often group by who) o
    ) w
  )`;
