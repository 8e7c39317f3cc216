import type { Question } from "../question";
import { chosenParameters, startedOnSql, takenBySql } from "./chosen-sql";
import { namedProduct } from "./product-facts-sql";

const filter = (name: keyof Question["filters"]) => `($4::jsonb->>'${name}')`;
const passes = (name: keyof Question["filters"], column: string) =>
  `(${filter(name)} is null or ${column} = ${filter(name)})`;

/**
 * `counted`: the credits whose money moved in the range, by the day of the shop on which it did. Filters choose among them, by
 * conversation, agent and product; they never change who is credited (SPEC.md, AT25).
 */
export const countedSql = `
  counted as (
    select k.*, to_char(k."movedAt" at time zone $5, 'YYYY-MM-DD') as day, p.title
    from "Credit" k join "Conversation" c on c.id = k."conversationId" left join "Product" p on p.id = k."productId"
    where k."shopId" = $1 and k."movedAt" >= $2::timestamptz and k."movedAt" < $3::timestamptz
      and ${passes("device", "c.device")} and ${passes("trigger", "c.trigger")} and ${passes("locale", "c.locale")}
      and ${passes("channel", "c.channel")} and ${passes("teamId", 'c."teamId"')}
      and ${takenBySql} and ${startedOnSql} and ${passes("memberId", 'k."memberId"')} and ${namedProduct("p")}
  )`;

/** $1 shop, $2 from, $3 to, $4 filters, $5 time zone; a report's own parameters begin with $6. */
export function countedParameters(question: Question): readonly [string, ...string[]] {
  return [...chosenParameters(question), question.timeZone];
}
