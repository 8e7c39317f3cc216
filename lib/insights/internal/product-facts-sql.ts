/**
 * `people`: who a conversation's customer is, with the other browsers of the same person, and the span that counts: the shop's
 * window before and after. @param chosen a CTE of conversations @param columns of "Conversation" c, with `id` and "visitorId"
 */
export const selvesSql = (chosen: string, columns: string) => `
  windows as (select ${columns} from ${chosen} c),
  people as (
    select w.id as "conversationId", w."visitorId", w."startedAt", w."windowFrom", w."windowTo" from windows w
    union
    select w.id, v.id, w."startedAt", w."windowFrom", w."windowTo"
    from windows w join "Visitor" o on o.id = w."visitorId"
    join "Visitor" v on v."personId" = o."personId" and v."shopId" = w."shopId"
  )`;

/** `products`: from the roll-up, what became of each product in and around the conversations of a CTE `chosen`. */
export const productFactsSql = `
  products as (
    select f.* from chosen c join "ProductFact" f on f."conversationId" = c.id
  )`;

/** Whether a product is one that the question's filters name. @param product alias of "Product" */
export const namedProduct = (product: string) => `(
    ($4::jsonb->>'productId' is null or ${product}.id = $4::jsonb->>'productId')
    and ($4::jsonb->>'category' is null or ${product}.category = $4::jsonb->>'category'
      or starts_with(${product}.category, $4::jsonb->>'category' || ' > ')))`;
