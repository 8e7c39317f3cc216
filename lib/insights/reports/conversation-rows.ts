/**
 * One row a conversation, with everything that is measured of it (SPEC.md, IN172-IN176): the list behind every figure, the files
 * and the public API read the same rows, so that they can be added up to what the screens show.
 */
import * as z from "zod/mini";
import { chosenIfSql, chosenOffsetSql, chosenPageSql, chosenParameters } from "../internal/chosen-sql";
import { measuredSql } from "../internal/measured-sql";
import { FILE_MS, runSql } from "../internal/run-sql";
import { claimedMoneySchema } from "../money";
import type { Question } from "../question";
import { type ConversationState, stateSql } from "./conversation-states";
import { journeyRowSchema, journeyRowsSql } from "./journeys";

const seconds = z.nullable(z.number());
const rowSchema = z.extend(journeyRowSchema, {
  /** In which its member was when she took it; empty for none. */
  team: z.string(),
  device: z.string(),
  channel: z.string(),
  trigger: z.string(),
  locale: z.string(),
  /** Somebody of the shop wrote in it; and how soon, both from its beginning. */
  answered: z.boolean(),
  firstAnswerSeconds: seconds,
  /** From its beginning until somebody accepted it; from then until its end, and until the first product was put forward. */
  waitSeconds: seconds,
  talkSeconds: seconds,
  firstProductSeconds: seconds,
  /** Answers to what its customer said after somebody took it, and how long they took: on average, and the slowest. */
  replies: z.number(),
  replyMeanSeconds: seconds,
  replyMaxSeconds: seconds,
  /** Different products put forward: shown or recommended. */
  products: z.number(),
  /** Marks that agents drew; and how often they put two things side by side. */
  marks: z.number(),
  compared: z.number(),
  /** Orders of its customer for which it was the last conversation before, and the pieces kept of them. */
  orders: z.number(),
  pieces: z.number(),
  /** Products recommended in it that were bought and kept; and what these lines came to. */
  recommendationsBought: z.number(),
  influenced: claimedMoneySchema,
  /** What its customer said of it, 1 to 5; null when she did not. */
  score: z.nullable(z.number()),
});
export type ConversationRow = z.infer<typeof rowSchema>;

const more = [
  "team",
  "device",
  "channel",
  "trigger",
  "locale",
  "answered",
  "firstAnswerSeconds",
  "waitSeconds",
  "talkSeconds",
  "firstProductSeconds",
  "replies",
  "replyMeanSeconds",
  "replyMaxSeconds",
  "products",
  "marks",
  "compared",
  "orders",
  "pieces",
  "recommendationsBought",
  "influenced",
  "score",
] as const;

const countSql = (state: ConversationState) =>
  `with ${chosenIfSql(stateSql[state])} select count(*)::int as total from chosen`;
const countSchema = z.tuple([z.object({ total: z.number() })]);

/** @param chosen one page of them: only of these is anything measured */
const pageSqlOf = (chosen: string) =>
  journeyRowsSql(`select m.id as "pageId", 0 as total, m.* from (${measuredSql(chosen)}) m`, more);

/** Newest first. */
export async function listConversationRows(
  question: Question,
  state: ConversationState,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly ConversationRow[]; readonly total: number }> {
  const chosen = chosenParameters(question);
  const [[{ total }], rows] = await Promise.all([
    runSql(countSql(state), chosen).then((counted) => countSchema.parse(counted)),
    runSql(pageSqlOf(chosenOffsetSql(stateSql[state])), [...chosen, page.limit, page.offset]),
  ]);
  return { rows: z.array(rowSchema).parse(rows), total };
}

/** After the row of this time and id. */
export interface RowPlace {
  readonly at: string;
  readonly id: string;
}
const BEFORE_ALL: RowPlace = { at: "infinity", id: "" };

/** One page by place, newest first; `next` is null after the last one. */
export async function pageOfConversationRows(
  question: Question,
  state: ConversationState,
  limit: number,
  after: RowPlace = BEFORE_ALL,
): Promise<{ readonly rows: readonly ConversationRow[]; readonly next: RowPlace | null }> {
  const parameters = [...chosenParameters(question), after.at, after.id, limit];
  const read = await runSql(pageSqlOf(chosenPageSql(stateSql[state])), parameters, FILE_MS);
  const rows = z.array(rowSchema).parse(read);
  const last = rows.at(-1);
  const next = last && rows.length === limit;
  return {
    rows,
    next: next ? { at: new Date(last.startedAt).toISOString(), id: last.conversationId } : null,
  };
}

/** Rows that are held in memory at a time while a file is written. */
const ROWS_AT_ONCE = 500;

/** All of them, page by page: a file of any length takes the memory of one page. */
export async function* readConversationRows(
  question: Question,
  state: ConversationState,
): AsyncGenerator<readonly ConversationRow[]> {
  let place: RowPlace | null = BEFORE_ALL;
  while (place !== null) {
    const page: Awaited<ReturnType<typeof pageOfConversationRows>> = await pageOfConversationRows(
      question,
      state,
      ROWS_AT_ONCE,
      place,
    );
    if (page.rows.length > 0) yield page.rows;
    place = page.next;
  }
}
