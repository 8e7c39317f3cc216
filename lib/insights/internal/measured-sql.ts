import { type ConversationState, stateSql } from "../reports/conversation-states";
import { factsSql } from "./people-sql";

/** `facts` of conversations under the names of their rows, and whether each `fits` a state. The names inside stay inside. */
export const measuredSql = (chosen: string, state: ConversationState) => `
  select m.*, coalesce(${stateSql[state]}, false) as fits from (
    with ${factsSql(chosen)}
    select f.id, c."createdAt", c.device, c.channel, c.trigger, c.locale, f.answered, f.taken, f.first as "firstAnswerSeconds", f.wait as "waitSeconds",
      f.duration as "talkSeconds", f."firstProduct" as "firstProductSeconds", f.marks, f.compared, f.orders, f.pieces, f."ordersInRange", f.recommended, f.score,
      coalesce((select t.name from "Team" t where t.id = c."teamId"), '') as team,
      (select count(distinct k."productId") from credits k where k."conversationId" = f.id)::int as "recommendationsBought",
      coalesce((select jsonb_agg(jsonb_build_object('currency', r.currency, 'minor', r.minor, 'claimed', r.claimed) order by r.currency)
        from (select currency, sum(minor) as minor, sum(claimed) as claimed from revenue where id = f.id group by 1) r), '[]') as influenced
    from facts f join chosen c using (id)
  ) m`;
