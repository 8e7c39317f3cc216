/** What can come of a conversation: each figure of the overview opens the conversations of one of these. */
import { windowSql } from "../internal/attribution-sql";
import { isEarnedSql } from "../internal/people-sql";

/** From the customer's beginning to the first word of somebody of the shop: a minute is the goal that chats are usually given. */
export const ANSWERED_WITHIN_SECONDS = 60;

const fact = (condition: string) =>
  `exists (select 1 from "ConversationFact" k where k."conversationId" = c.id and ${condition})`;
const ordered = (condition: string) => `(c."acceptedAt" is not null and exists (
        select 1 from "CountedOrder" o where o."conversationId" = c.id and o.stands and o."placedAt" ${condition}))`;

/**
 * As conditions on "Conversation" c, with $1 the shop and $3 the end of the report's range. Each reads only what it asks for: to
 * measure a year of conversations, of which one page is shown, takes seconds.
 */
export const stateSql = {
  all: "true",
  answered: fact(`k."firstResponseMs" is not null`),
  inTime: fact(`k."firstResponseMs" <= ${ANSWERED_WITHIN_SECONDS * 1_000}`),
  unanswered: `not ${fact(`k."firstResponseMs" is not null`)}`,
  recommended: fact("k.recommended > 0"),
  bought: `exists (select 1 from "Credit" k where k."conversationId" = c.id and ${isEarnedSql} and k."productId" is not null)`,
  /** Both of those with an order: before the report's range ended, as the overview counts; within the shop's window, as people do. */
  ordered: ordered("< $3::timestamptz"),
  orderedInWindow: ordered(`<= c."createdAt" + ${windowSql}`),
  rated: "c.score is not null",
} as const;
export type ConversationState = keyof typeof stateSql;

export const conversationStates = [
  "all",
  "answered",
  "inTime",
  "unanswered",
  "recommended",
  "bought",
  "ordered",
  "orderedInWindow",
  "rated",
] as const satisfies readonly ConversationState[];

/** Whatever is none of them shows all. */
export function parseState(text: string | undefined): ConversationState {
  return conversationStates.find((state) => state === text) ?? "all";
}
