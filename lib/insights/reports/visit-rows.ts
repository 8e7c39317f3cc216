/**
 * Visits one by one (SPEC.md, IN175-IN177, IN242): one customer's day on the shop's pages, however many browsers are hers, with the
 * conversations and orders of that day; all of them, or those of customers who had no conversation in the range.
 */
import * as z from "zod/mini";
import { DAY_MS } from "@/lib/protocol/clocks";
import { chosenParameters } from "../internal/chosen-sql";
import { runSql } from "../internal/run-sql";
import { dayOf, during, known, like, orderedDuring } from "../internal/visits-sql";
import { ALL_ROWS } from "../list-page";
import type { Question } from "../question";
import { localDay } from "../range";
import { countVisitsByDay, type Days, placeOf, type VisitState } from "./visit-days";

const rowSchema = z.object({
  /** Of the shop's time zone, such as 2026-03-29. */
  day: z.string(),
  /** What agents call her; null when she never began a conversation, or is gone. */
  guestNumber: z.nullable(z.number()),
  /** The first and the last that her pages told, milliseconds since 1970. */
  firstAt: z.number(),
  lastAt: z.number(),
  pages: z.number(),
  /** Different ones, at each browser. */
  products: z.number(),
  /** Empty when unknown. */
  device: z.string(),
  locale: z.string(),
  /** Begun on this day, and orders of this day that stand, by the shop's own ids. */
  conversations: z.array(z.string()),
  orders: z.array(z.string()),
});
export type VisitRow = z.infer<typeof rowSchema>;
const listedSchema = z.array(rowSchema);

const alone = "who not in (select who from talkers)";
const stateSql: Record<VisitState, string> = {
  all: "true",
  alone,
  orderedAlone: `${alone} and who in (select who from paid)`,
};

const ms = (time: string) => `round(extract(epoch from ${time}) * 1000)::float8`;
const whoOf = (visitor: string) => `coalesce(v."personId", ${visitor}) as who`;

/** Parameters: those of `chosenParameters`, $5 time zone, $6 and $7 the page, $8 and $9 the days to be listed, of the range's. */
const sqlOf = (state: VisitState) => `
  with talkers as materialized (
    select ${whoOf('c."visitorId"')} from "Conversation" c left join ${known} v on v.id = c."visitorId"
    where c."shopId" = $1 and ${during('c."createdAt"')}
  ),
  paid as materialized (
    select ${whoOf('o."visitorId"')} from "CountedOrder" o left join ${known} v on v.id = o."visitorId"
    where o."shopId" = $1 and o.stands and o."visitorId" is not null and ${orderedDuring("o")}
  ),
  looked as (
    select ${whoOf('s."visitorId"')}, s.day, s."firstAt", s."lastAt", s.pages, s.products, s.device, s.locale
    from "Visit" s left join ${known} v on v.id = s."visitorId"
    where s."shopId" = $1 and s.day between $8::date and $9::date and ${during('s."firstAt"')} and ${like("device")} and ${like("locale")}
  ),
  fitting as materialized (
    select who, day, min("firstAt") as "firstAt", max("lastAt") as "lastAt", sum(pages)::int as pages, sum(products)::int as products,
      max(device) as device, max(locale) as locale
    from looked where ${stateSql[state]} group by who, day
  ),
  page as (
    select * from fitting order by day desc, "firstAt" desc, who limit $6::int offset $7::int
  )
  select to_char(p.day, 'YYYY-MM-DD') as day, h."guestNumber", ${ms('p."firstAt"')} as "firstAt", ${ms('p."lastAt"')} as "lastAt",
    p.pages, p.products, p.device, p.locale, t.conversations, b.orders
  from page p
  cross join lateral (
    select array_agg(v.id) as ids, min(v."guestNumber") as "guestNumber" from "Visitor" v
    where v."shopId" = $1 and (v.id = p.who or v."personId" = p.who)
  ) h
  cross join lateral (
    select coalesce(jsonb_agg(c.id order by c."createdAt", c.id), '[]') as conversations from "Conversation" c
    where c."shopId" = $1 and c."visitorId" = any(h.ids) and ${during('c."createdAt"')} and ${dayOf('c."createdAt"')} = p.day
  ) t
  cross join lateral (
    select coalesce(jsonb_agg(x."externalId" order by o."placedAt", x.id), '[]') as orders
    from "CountedOrder" o join "Order" x on x.id = o."orderId"
    where o."shopId" = $1 and o."visitorId" = any(h.ids) and o.stands and o.day = p.day and ${during('o."placedAt"')}
  ) b
  order by p.day desc, p."firstAt" desc, p.who`;

const sqls: Record<VisitState, string> = {
  all: sqlOf("all"),
  alone: sqlOf("alone"),
  orderedAlone: sqlOf("orderedAlone"),
};

interface VisitRows {
  readonly rows: readonly VisitRow[];
  /** On all pages: visits, and different customers whose they are. */
  readonly total: number;
  readonly customers: number;
}

/** Newest first. */
export async function listVisitRows(
  question: Question,
  state: VisitState,
  page: { readonly offset: number; readonly limit: number },
): Promise<VisitRows> {
  const { days, customers } = await countVisitsByDay(question, state);
  const total = days.reduce((sum, { visits }) => sum + visits, 0);
  const place = placeOf(days, page);
  const rows =
    place === null ? [] : await load(question, state, { ...page, offset: place.offset }, place.days);
  return { rows, total, customers };
}

/** Days that are read at a time: one holds some thousand visits of a large shop. */
const DAYS_AT_ONCE = 7;

/** All of them, newest first, some days at a time: as much as one piece of a file holds. */
export async function* readVisitRows(
  question: Question,
  state: VisitState,
): AsyncGenerator<readonly VisitRow[]> {
  const [first, last] = daysOf(question);
  let to = await findLastDay(question.shopId, [first, last]);
  while (to !== null) {
    // Days before the range's first hold no visit of the range.
    const from = addDays(to, 1 - DAYS_AT_ONCE);
    const rows = await load(question, state, { offset: 0, limit: ALL_ROWS }, [from, to]);
    if (rows.length > 0) yield rows;
    to = await findLastDay(question.shopId, [first, addDays(from, -1)]);
  }
}

const lastDaySql = `
  select to_char(max(day), 'YYYY-MM-DD') as day from "Visit" where "shopId" = $1 and day between $2::date and $3::date`;

/** The last of these days on which anybody came; null for none. */
async function findLastDay(shopId: string, days: Days): Promise<string | null> {
  const rows = z
    .array(z.object({ day: z.nullable(z.string()) }))
    .parse(await runSql(lastDaySql, [shopId, ...days]));
  return rows[0]?.day ?? null;
}

/** @param day such as 2026-03-29 */
const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

function daysOf({ range, timeZone }: Question): Days {
  return [localDay(range.from, timeZone), localDay(new Date(range.to.getTime() - 1), timeZone)];
}

async function load(
  question: Question,
  state: VisitState,
  page: { readonly offset: number; readonly limit: number },
  days: Days,
): Promise<readonly VisitRow[]> {
  const parameters = [...chosenParameters(question), question.timeZone, page.limit, page.offset, ...days];
  return listedSchema.parse(await runSql(sqls[state], parameters));
}
