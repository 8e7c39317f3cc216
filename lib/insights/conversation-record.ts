/** A row of a conversation as it leaves the house: the same names in JSON files, over the public API, and as heads of CSV files. */
import type { ListConversationsAnswer } from "@/lib/protocol/api/answers";
import type { ConversationRow } from "./reports/conversation-rows";

export type ConversationRecord = ListConversationsAnswer["conversations"][number];

export function conversationRecord(row: ConversationRow): ConversationRecord {
  return {
    id: row.conversationId,
    customer: row.customer,
    agent: row.agent,
    team: row.team,
    status: row.status,
    startedAt: iso(row.startedAt),
    endedAt: row.endedAt === null ? null : iso(row.endedAt),
    device: row.device,
    channel: row.channel,
    trigger: row.trigger,
    language: row.locale,
    answered: row.answered,
    firstAnswerSeconds: row.firstAnswerSeconds,
    waitSeconds: row.waitSeconds,
    talkSeconds: row.talkSeconds,
    replies: row.replies,
    replyMeanSeconds: row.replyMeanSeconds,
    replyMaxSeconds: row.replyMaxSeconds,
    firstProductSeconds: row.firstProductSeconds,
    products: row.products,
    seen: row.seen,
    shown: row.shown,
    drawnOn: row.drawn,
    marks: row.marks,
    compared: row.compared,
    recommended: row.recommended,
    recommendationsBought: row.recommendationsBought,
    inCart: row.carted,
    bought: row.bought,
    orders: row.orders,
    pieces: row.pieces,
    value: row.value,
    influenced: row.influenced,
    score: row.score,
  };
}

const iso = (ms: number) => new Date(ms).toISOString();
