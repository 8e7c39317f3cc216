import { conversationWindow } from "../internal/journey-sql";
import { selvesSql } from "../internal/product-facts-sql";
import { COUNTED } from "./conversation-facts-sql";

/** What each product's row holds, of `happened`; the time of a kind is null where it never came. */
const columns: Readonly<Record<string, string>> = {
  seenAt: "min(at) filter (where kind = 'product_viewed')",
  shownAt: "min(at) filter (where kind = 'item_shown')",
  asked: "coalesce(bool_or(hers) filter (where kind = 'item_shown'), false)",
  drawnAt: "min(at) filter (where kind = 'mark_drawn')",
  recommendedAt: "min(at) filter (where kind = 'product_recommended')",
  recommendedLastAt: "max(at) filter (where kind = 'product_recommended')",
  openedAt: "min(at) filter (where kind = 'card_opened')",
  cartedLastAt: "max(at) filter (where kind = 'carted')",
  boughtLastAt: "max(at) filter (where kind = 'bought')",
  returned: "coalesce(bool_or(kind = 'returned'), false)",
  messages: "coalesce(sum(messages), 0)::int",
  questions: "coalesce(sum(questions), 0)::int",
};
const names = Object.keys(columns).map((name) => `"${name}"`);
/** What only pages told: it stays when the claims it was read from are forgotten. */
const told = new Set(['"seenAt"', '"openedAt"', '"cartedLastAt"']);

/**
 * Before `countProductsSql`, with its parameters and $3, from when on claims are kept: a product that is in no row any more leaves
 * its conversation. Of older ones rows stay, and with them what pages told.
 */
export const forgetProductsSql = `
  delete from "ProductFact" f using (${COUNTED}) c where f."conversationId" = c.id and c."createdAt" >= $3::timestamptz`;

/**
 * Counts what became of products in and around conversations: seen by her within the shop's window before and after; shown,
 * drawn on and recommended in it, and opened by her from then on; in the cart, bought and returned from its beginning on (SPEC.md, IN118). Parameters: those of COUNTED.
 * What customers wrote while a product lay on the panel is counted, and nothing of it kept: the product that is shown last stays on the
 * panel until something else is shown, be it her own photo.
 */
export const countProductsSql = `
  with chosen as materialized (${COUNTED}),
  ${selvesSql("chosen", conversationWindow)},
  own as materialized (
    select p."conversationId", p."visitorId", p."startedAt", e.*
    from people p cross join lateral (
      select e.id, e.type, e."productId", e."occurredAt" as at, case when e.type = 'cart_changed' then e.data->'lines' end as lines
      from "Event" e
      where e."visitorId" = p."visitorId" and e."shopId" = $1 and e.type in ('product_viewed', 'cart_changed')
        and e."occurredAt" between p."windowFrom" and p."windowTo" offset 0) e
  ),
  carts as (
    select *, row_number() over (partition by "conversationId", "visitorId" order by at, id) as n from own where type = 'cart_changed'
  ),
  cart_lines as (
    select c."conversationId", c."visitorId", c."startedAt", c.at, c.n, x->>'productId' as "productId",
      sum((x->>'quantity')::int) as quantity
    from carts c cross join lateral jsonb_array_elements(c.lines) x
    where x->>'productId' is not null group by 1, 2, 3, 4, 5, 6
  ),
  grown as (
    select *, case when lag(n) over line = n - 1 then lag(quantity) over line else 0 end as before
    from cart_lines window line as (partition by "conversationId", "visitorId", "productId" order by n)
  ),
  sold as (
    select p."conversationId", l."productId", o."placedAt" as at,
      o.status <> 'cancelled' and l.quantity > l."refundedQuantity" as kept,
      o.status = 'cancelled' or l."refundedQuantity" > 0 as returned
    from people p join "Order" o on o."visitorId" = p."visitorId" and o."shopId" = $1
      and o."placedAt" between p."startedAt" and p."windowTo"
    join "OrderLine" l on l."orderId" = o.id and l."productId" is not null
  ),
  inside as materialized (
    select c.id as "conversationId", e.*
    from chosen c cross join lateral (
      select e.id, e.type, e."productId", e."visitorId", e."occurredAt" as at from "Event" e
      where e."conversationId" = c.id and e."occurredAt" >= c."createdAt"
        and (e.source = 'server' and e.type in ('item_shown', 'mark_drawn', 'product_recommended') or e.type = 'card_opened') offset 0) e
  ),
  -- Who put a product forward first: what an agent had, she opens or leafs through, and does not ask about.
  forward as (
    select *, row_number() over (partition by "conversationId", "productId" order by at, id) as n
    from inside where type in ('item_shown', 'product_recommended')
  ),
  stage as (
    select "conversationId", "productId", at as since,
      lead(at) over (partition by "conversationId" order by at, id) as until
    from inside where type = 'item_shown'
  ),
  asides as (
    select s."conversationId", s."productId", count(*)::int as messages,
      (count(*) filter (where m.text similar to '%[?？؟]%'))::int as questions
    from stage s cross join lateral (
      select m.body->>'text' as text from "Message" m join "Participant" p on p.id = m."participantId" and p.role = 'customer'
      where m."conversationId" = s."conversationId" and m."createdAt" >= s.since
        and (s.until is null or m."createdAt" < s.until) and m.body->>'kind' = 'text' offset 0) m
    where s."productId" is not null
    group by 1, 2
  ),
  happened as (
    select "conversationId", "productId", type as kind, at, false as hers, 0 as messages, 0 as questions from own where type = 'product_viewed'
    union all select "conversationId", "productId", type, at, n = 1 and "visitorId" is not null, 0, 0 from forward
    union all select "conversationId", "productId", type, at, false, 0, 0 from inside where type = 'mark_drawn'
    union all select o."conversationId", o."productId", o.type, o.at, false, 0, 0 from inside o where o.type = 'card_opened' and exists (
      select from inside r where r.type = 'product_recommended' and r."conversationId" = o."conversationId"
        and r."productId" = o."productId" and r.at <= o.at)
    union all select "conversationId", "productId", 'carted', at, false, 0, 0 from grown where at >= "startedAt" and quantity > before
    union all select "conversationId", "productId", 'bought', at, false, 0, 0 from sold where kept
    union all select "conversationId", "productId", 'returned', at, false, 0, 0 from sold where returned
    union all select "conversationId", "productId", 'asides', null, false, messages, questions from asides
  )
  insert into "ProductFact" ("conversationId", "productId", "shopId", ${names.join(", ")})
  select h."conversationId", p.id, $1, ${names.map((name) => `h.${name}`).join(", ")}
  from (
    select "conversationId", "productId", ${Object.entries(columns)
      .map(([name, sql]) => `${sql} as "${name}"`)
      .join(", ")}
    from happened where "productId" is not null group by 1, 2
  ) h
  join "Product" p on p.id = h."productId" and p."shopId" = $1
  on conflict ("conversationId", "productId") do update set ${names
    .map(
      (name) =>
        `${name} = ${told.has(name) ? `greatest(excluded.${name}, "ProductFact".${name})` : `excluded.${name}`}`,
    )
    .join(", ")}`;
