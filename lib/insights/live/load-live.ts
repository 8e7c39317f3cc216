/** What goes on in a shop now and since its midnight (SPEC.md, IN143-IN145): counts alone, one statement. */
import * as z from "zod/mini";
import { clocksAt, momentOf } from "@/lib/protocol/clocks";
import type { OpenDesk } from "@/lib/protocol/desk-watch";
import { memberIdSchema, type ShopId } from "@/lib/protocol/ids";
import type { LiveSnapshot } from "@/lib/protocol/live";
import { ruleSql } from "../internal/attribution-sql";
import { runSql } from "../internal/run-sql";
import { secondsSql } from "../internal/spread";
import { standsSql } from "../internal/stands-sql";
import { claimedMoneySchema } from "../money";

/** A visitor is on the shop now if a page of it told something within this time: who reads a page tells nothing meanwhile. */
export const VISITOR_HERE_MS = 5 * 60_000;

const rowSchema = z.object({
  visitors: z.number(),
  visitorsToday: z.number(),
  waiting: z.number(),
  longestSince: z.nullable(z.number()),
  talking: z.array(z.object({ memberId: z.nullable(memberIdSchema), name: z.string(), talking: z.number() })),
  conversations: z.number(),
  taken: z.number(),
  abandoned: z.number(),
  wait: z.nullable(z.number()),
  orders: z.number(),
  value: claimedMoneySchema,
});

const sql = `
  with ${ruleSql},
  open as (select * from "Conversation" where "shopId" = $1 and status <> 'closed'),
  begun as (select * from "Conversation" where "shopId" = $1 and "createdAt" >= $2::timestamptz),
  busy as (
    select o."memberId", coalesce(u.name, '') as name, count(*)::int as talking
    from open o left join "Member" m on m.id = o."memberId" left join "User" u on u.id = m."userId"
    where o.status = 'open' group by 1, 2
  ),
  sold as (
    select o.id, o.currency, o."confirmedAt" is not null as confirmed, coalesce((select sum(l."totalMinor" - l."refundedMinor") from "OrderLine" l where l."orderId" = o.id), 0) as minor
    from "Order" o cross join rule r
    where o."shopId" = $1 and o."updatedAt" >= $2::timestamptz and o."placedAt" >= $2::timestamptz and ${standsSql}
      and exists (
        select 1 from "Visitor" v join "Visitor" self on self.id = v.id or self."personId" = v."personId"
        join "Conversation" c on c."visitorId" = self.id and c."shopId" = $1
        where v.id = o."visitorId" and self."shopId" = $1 and c."acceptedAt" is not null
          and c."createdAt" <= o."placedAt" and c."createdAt" >= o."placedAt" - r."window")
  )
  select
    (select count(*) from "Visitor" where "shopId" = $1 and "lastSeenAt" >= $3::timestamptz)::int as visitors,
    (select count(*) from "Visitor" where "shopId" = $1 and "lastSeenAt" >= $2::timestamptz)::int as "visitorsToday",
    (select count(*) from open where status = 'waiting')::int as waiting,
    (select round(extract(epoch from min("createdAt")) * 1000)::float8 from open where status = 'waiting') as "longestSince",
    (select coalesce(jsonb_agg(to_jsonb(busy) order by name, "memberId"), '[]') from busy) as talking,
    (select count(*) from begun)::int as conversations,
    (select count(*) from begun where "acceptedAt" is not null)::int as taken,
    (select count(*) from begun where "acceptedAt" is null and status = 'closed')::int as abandoned,
    (select percentile_cont(0.5) within group (order by ${secondsSql('"createdAt"', '"acceptedAt"')}) from begun) as wait,
    (select count(*) from sold)::int as orders,
    (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor, 'claimed', claimed) order by currency), '[]')
      from (select currency, sum(minor) as minor, coalesce(sum(minor) filter (where not confirmed), 0) as claimed from sold group by 1) m) as value`;

export async function loadLive(input: {
  readonly shopId: ShopId;
  readonly timeZone: string;
  readonly now: Date;
  readonly desks: readonly OpenDesk[];
}): Promise<LiveSnapshot> {
  const { shopId, timeZone, desks } = input;
  const now = input.now.getTime();
  const since = momentOf(clocksAt(now, timeZone).day, timeZone);
  const parameters = [shopId, new Date(since).toISOString(), new Date(now - VISITOR_HERE_MS).toISOString()];
  const [row] = z.tuple([rowSchema]).parse(await runSql(sql, parameters));
  const { conversations, taken, abandoned, wait, orders, value } = row;
  return {
    now,
    visitors: row.visitors,
    waiting: row.waiting,
    longestSince: row.longestSince,
    talking: row.talking.reduce((sum, { talking }) => sum + talking, 0),
    people: peopleOf(row.talking, desks),
    today: { since, visitors: row.visitorsToday, conversations, taken, abandoned, wait, orders, value },
  };
}

/** Who is at a desk first; then who is not, and has conversations that go on all the same. */
function peopleOf(
  busy: z.infer<typeof rowSchema>["talking"],
  desks: readonly OpenDesk[],
): LiveSnapshot["people"] {
  const here = [...desks].sort((a, b) => a.name.localeCompare(b.name));
  const away = busy.filter(({ memberId }) => !desks.some((desk) => desk.memberId === memberId));
  return [
    ...here.map(({ memberId, name }) => ({
      memberId,
      name,
      atDesk: true,
      talking: busy.find((one) => one.memberId === memberId)?.talking ?? 0,
    })),
    ...away.flatMap(({ memberId, name, talking }) =>
      memberId === null ? [] : [{ memberId, name, atDesk: false, talking }],
    ),
  ];
}
