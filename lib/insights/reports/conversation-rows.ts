/**
 * One row a conversation, with everything that is measured of it (SPEC.md, IN172-IN176): the list behind every figure, the files
 * and the public API read the same rows, so that they can be added up to what the screens show.
 */
import * as z from "zod/mini";
import { chosenOffsetSql, chosenPageSql, chosenParameters, chosenSql } from "../internal/chosen-sql";
import { measuredSql } from "../internal/measured-sql";
import { FILE_MS, runSql } from "../internal/run-sql";
import { claimedMoneySchema } from "../money";
import type { Question } from "../question";
import type { ConversationState } from "./conversation-states";
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
  "fits",
] as const;

const countSql = `with ${chosenSql} select count(*)::int as total from chosen`;
const countSchema = z.tuple([z.object({ total: z.number() })]);

/** @param chosen one page of them: only of these is anything measured */
const pageSqlOf = (chosen: string, state: ConversationState) =>
  journeyRowsSql(`select m.id as "pageId", 0 as total, m.* from (${measuredSql(chosen, state)}) m`, more);

const offsetSql = pageSqlOf(chosenOffsetSql, "all");

const listSql = (state: ConversationState) =>
  journeyRowsSql(
    `select m.id as "pageId", count(*) over () as total, m.* from (${measuredSql(chosenSql, state)}) m where m.fits
    order by m."createdAt" desc, m.id desc limit $5::int offset $6::int`,
    more,
  );

const listedSchema = z.array(z.extend(rowSchema, { total: z.number() }));

/** Newest first. */
export async function listConversationRows(
  question: Question,
  state: ConversationState,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly ConversationRow[]; readonly total: number }> {
  const chosen = chosenParameters(question);
  const parameters = [...chosen, page.limit, page.offset];
  if (state === "all") {
    const [[{ total }], rows] = await Promise.all([
      runSql(countSql, chosen).then((counted) => countSchema.parse(counted)),
      runSql(offsetSql, parameters).then((listed) => z.array(rowSchema).parse(listed)),
    ]);
    return { rows, total };
  }
  const rows = listedSchema.parse(await runSql(listSql(state), parameters));
  return { rows, total: rows[0]?.total ?? 0 };
}

/** After the row of this time and id. */
export interface RowPlace {
  readonly at: string;
  readonly id: string;
}
const BEFORE_ALL: RowPlace = { at: "infinity", id: "" };

const fittingSchema = z.array(z.extend(rowSchema, { fits: z.boolean() }));

/** One page by place, newest first; `next` is null after the last one. Those of another state are left out of it. */
export async function pageOfConversationRows(
  question: Question,
  state: ConversationState,
  limit: number,
  after: RowPlace = BEFORE_ALL,
): Promise<{ readonly rows: readonly ConversationRow[]; readonly next: RowPlace | null }> {
  const parameters = [...chosenParameters(question), after.at, after.id, limit];
  const read = fittingSchema.parse(await runSql(pageSqlOf(chosenPageSql, state), parameters, FILE_MS));
  const last = read.at(-1);
  const rows = read.filter(({ fits }) => fits).map(({ fits: _, ...row }) => row);
  const next = last && read.length === limit;
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
