/**
 * What pairs of products are counted from, and opened to: `baskets`, the orders of the range, and `met`, the conversations in
 * which something was recommended to whoever had seen something else (SPEC.md, IN155-IN158). Parameters: those of `chosenParameters`.
 */
import type { Filters, Question } from "../question";
import { chosenSql } from "./chosen-sql";
import { conversationWindow } from "./journey-sql";
import { selvesSql } from "./product-facts-sql";

/** Filters about a conversation, not about a product: with one of them only orders that follow such a conversation are looked at. */
const conversationFilters: readonly (keyof Filters)[] = [
  "memberId",
  "takenBy",
  "teamId",
  "locale",
  "device",
  "channel",
  "trigger",
  "startedOn",
];

export const isNarrowed = ({ filters }: Question): boolean =>
  conversationFilters.some((name) => filters[name] !== undefined);

/**
 * One row an order: its products are paired within it, which no plan can make slow.
 *
 * @param narrowed orders from the beginning of a chosen conversation on, within the shop's window
 * @param having of the order's lines "OrderLine" l; all orders without it
 */
export const basketsSql = (narrowed: boolean, having = "true") => `
  ${narrowed ? `${chosenSql}, ${selvesSql("chosen", conversationWindow)},` : ""}
  baskets as materialized (
    select o.id, coalesce(v."personId", o."visitorId", o.id) as buyer, array_agg(distinct l."productId") as ids
    from "Order" o join "OrderLine" l on l."orderId" = o.id
    left join "Visitor" v on v.id = o."visitorId" and v."personId" is not null
    where o."shopId" = $1 and o."placedAt" >= $2::timestamptz and o."placedAt" < $3::timestamptz and o.status <> 'cancelled'
      and l."productId" is not null and l.quantity > l."refundedQuantity"
      ${
        narrowed
          ? `and exists (select from people p
        where p."visitorId" = o."visitorId" and o."placedAt" between p."startedAt" and p."windowTo")`
          : ""
      }
    group by o.id, v."personId" having ${having}
  )`;

/** `advised`: a row for each product that was recommended in a chosen conversation, and whether it was bought afterwards. */
export const advisedSql = `
  ${chosenSql},
  advised as materialized (
    select c.id, coalesce(v."personId", c."visitorId") as buyer, f."productId", f."recommendedLastAt" as at,
      coalesce(f."boughtLastAt" >= f."recommendedAt", false) as bought
    from chosen c join "ProductFact" f on f."conversationId" = c.id
    left join "Visitor" v on v.id = c."visitorId" and v."personId" is not null
    where f."recommendedAt" is not null
  )`;

/** Of `advised`: once for each other product that its customer had seen before. @param condition of what was seen, x, and recommended, y */
export const metSql = (condition: string) => `
  met as materialized (
    select y.id, x."productId" as "firstId", y."productId" as "secondId", y.buyer, y.bought
    from advised y join "ProductFact" x on x."conversationId" = y.id and x."seenAt" < y.at and x."productId" <> y."productId"
    where ${condition}
  )`;
