import { factsSql, isEarnedSql } from "./people-sql";

/** `facts` of conversations under the names of their rows. */
export const measuredSql = (chosen: string) => `
    with ${factsSql(chosen)},
    bought as (
      select c.id, count(distinct k."productId")::int as products
      from chosen c join "Credit" k on k."conversationId" = c.id where ${isEarnedSql} group by 1
    ),
    earned as (
      select id, jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor, 'claimed', claimed) order by currency) as influenced
      from (select id, currency, sum(minor) as minor, sum(claimed) as claimed from revenue group by 1, 2) r group by 1
    )
    select f.id, c."createdAt", c.device, c.channel, c.trigger, c.locale, f.answered, f.taken, f.first as "firstAnswerSeconds", f.wait as "waitSeconds",
      f.duration as "talkSeconds", f."firstProduct" as "firstProductSeconds", f.products, f.marks, f.compared, f.orders, f.pieces, f.recommended, f.score,
      coalesce(cardinality(f."repliesMs"), 0) as replies, (select avg(ms) / 1000 from unnest(f."repliesMs") ms)::float8 as "replyMeanSeconds",
      (select max(ms) / 1000.0 from unnest(f."repliesMs") ms)::float8 as "replyMaxSeconds",
      coalesce((select t.name from "Team" t where t.id = c."teamId"), '') as team,
      coalesce(b.products, 0) as "recommendationsBought", coalesce(e.influenced, '[]') as influenced
    from facts f join chosen c using (id) left join bought b using (id) left join earned e using (id)`;
