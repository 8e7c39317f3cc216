/** What can come of a conversation: each figure of the overview opens the conversations of one of these. */

/** From the customer's beginning to the first word of somebody of the shop: a minute is the goal that chats are usually given. */
export const ANSWERED_WITHIN_SECONDS = 60;

/** As conditions on `facts` under the names of conversation-rows.ts. */
export const stateSql = {
  all: "true",
  answered: "answered",
  inTime: `"firstAnswerSeconds" <= ${ANSWERED_WITHIN_SECONDS}`,
  unanswered: "not answered",
  recommended: "recommended > 0",
  bought: `"recommendationsBought" > 0`,
  /** Both of those with an order: before the report's range ended, as the overview counts; within the shop's window, as people do. */
  ordered: `taken and "ordersInRange" > 0`,
  orderedInWindow: "taken and orders > 0",
  rated: "score is not null",
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
