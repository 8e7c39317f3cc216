import type { Question } from "../question";

const filter = (name: keyof Question["filters"]) => `($4::jsonb->>'${name}')`;
const without = (name: keyof Question["filters"]) => `${filter(name)} is null`;

/** Of "Conversation" c. */
export const takenBySql = `(${without("takenBy")} or (c."acceptedAt" is not null and c."memberId" = ${filter("takenBy")}))`;

/** Of "Conversation" c. */
export const startedOnSql = `(${without("startedOn")} or exists (
        select 1 from "ConversationFact" k where k."conversationId" = c.id and k."startUrl" = ${filter("startedOn")}))`;

/** A fact of this conversation puts such a product forward. Nothing in a conversation happens before it begins, so older months stay unread. */
const aboutProduct = (condition: string, join = "") => `exists (
        select 1 from "Event" e ${join}
        where e."conversationId" = c.id and e."shopId" = c."shopId" and e."occurredAt" >= $2::timestamptz
          and e.type in ('item_shown', 'mark_drawn', 'product_recommended') and ${condition})`;

const chosenFrom = (which: string) => `
  chosen as (
    select c.* from "Conversation" c
    where c."shopId" = $1 and c."createdAt" >= $2::timestamptz and c."createdAt" < $3::timestamptz
      and (${without("device")} or c.device = ${filter("device")})
      and (${without("channel")} or c.channel = ${filter("channel")})
      and (${without("trigger")} or c.trigger = ${filter("trigger")})
      and (${without("teamId")} or c."teamId" = ${filter("teamId")})
      and (${without("locale")} or c.locale = ${filter("locale")})
      and (${without("memberId")} or c."memberId" = ${filter("memberId")} or exists (
        select 1 from "Participant" p
        where p."conversationId" = c.id and p.role = 'agent' and p."memberId" = ${filter("memberId")}))
      and ${takenBySql} and ${startedOnSql}
      and (${without("productId")} or ${aboutProduct(`e."productId" = ${filter("productId")}`)})
      and (${without("category")} or ${aboutProduct(
        `(p.category = ${filter("category")} or starts_with(p.category, ${filter("category")} || ' > '))`,
        `join "Product" p on p.id = e."productId" and p."shopId" = c."shopId"`,
      )})
      ${which}
  )`;

/**
 * `chosen`: the conversations begun in the range that pass the filters, with all columns. Parameters: those of `chosenParameters`.
 * An agent's are those she accepted or took part in; taken by her, those she accepted; a product's, and a category's, those in which it was shown, drawn on or recommended.
 */
export const chosenSql = chosenFrom("");

/** Those for which a condition on "Conversation" c holds, too. */
export const chosenIfSql = (condition: string) => chosenFrom(`and ${condition}`);

/** A page of these, newest first: $5 and $6 the row before (time and id), $7 rows. */
export const chosenPageSql = (condition: string) =>
  chosenIfSql(`${condition} and (c."createdAt", c.id) < ($5::timestamptz, $6::text)
      order by c."createdAt" desc, c.id desc limit $7::int`);

/** A page of these, newest first: $5 rows, after so many: $6. */
export const chosenOffsetSql = (condition: string) =>
  chosenIfSql(`${condition} order by c."createdAt" desc, c.id desc limit $5::int offset $6::int`);

/** $1 shop, $2 from, $3 to, $4 filters; a report's own parameters begin with $5. */
export function chosenParameters({ shopId, range, filters }: Question): readonly [string, ...string[]] {
  return [shopId, range.from.toISOString(), range.to.toISOString(), JSON.stringify(filters)];
}
