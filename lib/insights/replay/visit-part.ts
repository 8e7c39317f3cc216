/** What a customer's visit and orders add to a film: products shown to her, products and pages seen by her, her cart, what she ordered. */
import * as z from "zod/mini";
import { mediaSizes } from "@/lib/media/address";
import type { Film } from "@/lib/protocol/film";
import { assetIdSchema } from "@/lib/protocol/ids";
import { runSql } from "../internal/run-sql";
import { cartSteps } from "./cart-steps";
import { visitOf } from "./visit-of";
import { withoutTwins } from "./without-twins";

/** Facts of one film; a visit of an hour has a few dozen. */
const MAX_FACTS = 3_000;
/** No visit is longer: half a day before and after. */
const LONGEST_VISIT_MS = 43_200_000;
const DAY_MS = 86_400_000;

const pictureSchema = z.nullable(z.object({ id: z.string(), sizes: z.array(z.number()) }));
const factSchema = z.object({
  type: z.enum(["page_viewed", "product_viewed", "cart_changed", "item_shown"]),
  at: z.number(),
  visitorId: z.string(),
  title: z.string(),
  url: z.string(),
  picture: pictureSchema,
  currency: z.string(),
  lines: z.array(z.object({ key: z.string(), title: z.string(), quantity: z.number() })),
});
const orderSchema = z.object({
  at: z.number(),
  number: z.string(),
  currency: z.string(),
  totalMinor: z.number(),
  confirmed: z.boolean(),
  cancelled: z.boolean(),
  lines: z.array(z.object({ title: z.string(), quantity: z.number() })),
});

const ms = (time: string) => `round(extract(epoch from ${time}) * 1000)::float8`;
const pictureOf = (productId: string) => `
  (select jsonb_build_object('id', a.id, 'sizes', to_jsonb(a.sizes)) from "ProductPicture" pp join "Asset" a on a.id = pp."assetId"
    where pp."productId" = ${productId} and a."videoType" is null order by pp.position limit 1)`;

/** What a page is called that has no title: the address without its host and question. */
const pathOf = (url: string) => `regexp_replace(split_part(${url}, '?', 1), '^[a-z]+://[^/]*', '')`;

/** Every browser of the person whose visitor $2 is. */
const hers = `(select $2::text union select other.id from "Visitor" v
  join "Visitor" other on other."personId" = v."personId" and other."shopId" = v."shopId" where v.id = $2)`;

/** Parameters: $1 shop, $2 visitor, $3 conversation, $4 from, $5 to. A cart's lines come with the catalogue's titles. */
const factsSql = `
  select e.type, ${ms('e."occurredAt"')} as at, coalesce(e."visitorId", '') as "visitorId",
    coalesce(p.title, nullif(e.data->>'title', ''), e."externalId", ${pathOf("e.data->>'url'")}, '') as title,
    coalesce(e.data->>'url', '') as url,
    ${pictureOf("p.id")} as picture, coalesce(e.data->>'currency', '') as currency,
    case when e.type = 'cart_changed' then (
      select coalesce(jsonb_agg(jsonb_build_object('key', coalesce(x->>'productId', x->>'externalId', ''),
        'title', coalesce(lp.title, x->>'externalId', ''), 'quantity', (x->>'quantity')::int)), '[]')
      from jsonb_array_elements(e.data->'lines') x
      left join "Product" lp on lp.id = x->>'productId' and lp."shopId" = $1) else '[]' end as lines
  from "Event" e left join "Product" p on p.id = e."productId" and p."shopId" = $1
  where e."shopId" = $1 and e."occurredAt" between $4::timestamptz and $5::timestamptz and (
    (e."visitorId" in ${hers} and e.type in ('page_viewed', 'product_viewed', 'cart_changed') and e.source = 'browser')
    or (e."conversationId" = $3 and e.type = 'item_shown' and e.source = 'server' and e."productId" is not null))
  order by e."occurredAt", e.id limit ${MAX_FACTS}`;

/** Parameters: $1 shop, $2 visitor, $3 from, $4 to. */
const ordersSql = `
  select ${ms('o."placedAt"')} as at, o."externalId" as number, o.currency, o."totalMinor"::float8 as "totalMinor",
    o."confirmedAt" is not null as confirmed, o.status = 'cancelled' as cancelled,
    (select coalesce(jsonb_agg(jsonb_build_object('title', coalesce(p.title, nullif(l.title, ''), l."externalId"),
      'quantity', l.quantity) order by l.id), '[]') from "OrderLine" l
      left join "Product" p on p.id = l."productId" and p."shopId" = $1 where l."orderId" = o.id) as lines
  from "Order" o where o."shopId" = $1 and o."visitorId" in ${hers} and o."placedAt" between $3::timestamptz and $4::timestamptz
  order by o."placedAt", o.id limit ${MAX_FACTS}`;

export async function loadVisit(input: {
  readonly shopId: string;
  readonly visitorId: string;
  readonly conversationId: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Days after the conversation for which orders are looked for: the shop's window of attribution, as in a journey (IN20). */
  readonly orderDays: number;
}): Promise<Pick<Film, "shown" | "trail" | "carts" | "orders">> {
  const { shopId, visitorId, conversationId, startedAt } = input;
  const endedAt = input.endedAt ?? Date.now();
  const [factRows, orderRows] = await Promise.all([
    runSql(factsSql, [
      ...[shopId, visitorId, conversationId],
      ...[iso(startedAt - LONGEST_VISIT_MS), iso(endedAt + LONGEST_VISIT_MS)],
    ]),
    runSql(ordersSql, [shopId, visitorId, iso(startedAt), iso(endedAt + input.orderDays * DAY_MS)]),
  ]);
  const facts = z.array(factSchema).parse(factRows);
  const own = facts.filter(({ type }) => type !== "item_shown");
  const visit = visitOf(own, input);
  const seen = withoutTwins(visit.filter(({ type }) => type !== "cart_changed"));
  const during = new Set(visit);
  return {
    shown: facts.filter(({ type }) => type === "item_shown").map(({ at, title }) => ({ at, title })),
    trail: await Promise.all(
      seen.map(async ({ at, title, picture }) => ({ at, title, picture: await addressed(picture) })),
    ),
    // Those from before the visit only say what later ones have grown by.
    carts: cartSteps(own.filter(({ type }) => type === "cart_changed"))
      .filter(({ cart }) => during.has(cart))
      .map(({ cart: { at, currency, lines }, added }) => ({ at, currency, lines, added })),
    orders: z.array(orderSchema).parse(orderRows),
  };
}

/** A catalogue's picture, which is anybody's whom we tell. */
async function addressed(picture: z.infer<typeof pictureSchema>) {
  if (picture === null) return null;
  const sizes = await mediaSizes({ assetId: assetIdSchema.parse(picture.id), sizes: picture.sizes }, null);
  const [smallest] = sizes;
  if (smallest === undefined) return null;
  const two = sizes.slice(0, 2);
  return { src: smallest.url, srcSet: two.map(({ longest, url }) => `${url} ${longest}w`).join(", ") };
}

const iso = (time: number) => new Date(time).toISOString();
