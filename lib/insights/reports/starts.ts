/**
 * Where conversations begin (SPEC.md, IN230-IN231): by the page on which the customer was, by what opened the chat and by how it
 * came, with how many were begun and taken, and after how many of these she ordered.
 */
import * as z from "zod/mini";
import { ruleSql } from "../internal/attribution-sql";
import { chosenParameters, chosenSql } from "../internal/chosen-sql";
import { runSql } from "../internal/run-sql";
import { LEAST_SHOWN } from "../people-league";
import type { Question } from "../question";
import type { Interval } from "../statistics/interval";
import { scoreInterval } from "../statistics/score-interval";

/** Pages that a screen shows, those of most conversations; a file has all. */
const SHOWN_PAGES = 20;

const startKinds = ["trigger", "channel", "page"] as const;
export type StartKind = (typeof startKinds)[number];

const rowSchema = z.object({
  kind: z.enum(startKinds),
  /** Of a page its address without parameters; empty where nothing is known. */
  name: z.string(),
  /** Of the page, as it told it. */
  title: z.string(),
  conversations: z.number(),
  taken: z.number(),
  /** Of those taken: with an order within the shop's window. */
  bought: z.number(),
});

export interface StartRow extends z.infer<typeof rowSchema> {
  /** Of those taken that ended in an order; null where they are too few to tell (IN179). */
  readonly conversion: Interval | null;
}

export interface Starts {
  /** Kind by kind, those of most conversations first. */
  readonly rows: readonly StartRow[];
  /** Different ones on which conversations began, shown or not. */
  readonly pages: number;
}

const countsOf = (kind: StartKind, name: string, title: string) => `
    select '${kind}' as kind, ${name} as name, ${title} as title, count(*)::int as conversations,
      count(*) filter (where taken)::int as taken, count(*) filter (where taken and bought)::int as bought
    from started group by 2`;

const sql = `
  with ${chosenSql}, ${ruleSql},
  buying as (
    select distinct c.id from chosen c cross join rule r join "CountedOrder" o on o."conversationId" = c.id and o.stands
      and o."placedAt" <= c."createdAt" + r."window"
  ),
  started as (
    select c."trigger" as opener, c.channel, coalesce(k."startUrl", '') as url, coalesce(k."startTitle", '') as headline,
      c."acceptedAt" is not null as taken, b.id is not null as bought
    from chosen c left join "ConversationFact" k on k."conversationId" = c.id left join buying b on b.id = c.id
  ),
  counted as (${countsOf("trigger", "opener", "''")}
    union all${countsOf("channel", "channel", "''")}
    union all${countsOf("page", "url", "max(headline)")}
  ),
  placed as (
    select *, row_number() over (partition by kind order by conversations desc, name) as place,
      (count(*) filter (where kind = 'page' and name <> '') over ())::int as pages
    from counted
  )
  select * from placed where kind <> 'page' or place <= $5::int order by kind, place`;

/** @param most pages */
export async function loadStarts(question: Question, most = SHOWN_PAGES): Promise<Starts> {
  const found = z
    .array(z.extend(rowSchema, { pages: z.number() }))
    .parse(await runSql(sql, [...chosenParameters(question), most]));
  const rows = startKinds.flatMap((kind) =>
    found.filter((row) => row.kind === kind).map(({ pages: _, ...row }) => withConversion(row)),
  );
  return { rows, pages: found[0]?.pages ?? 0 };
}

function withConversion(row: z.infer<typeof rowSchema>): StartRow {
  const { taken, bought } = row;
  const conversion = taken < LEAST_SHOWN ? null : scoreInterval({ successes: bought, trials: taken });
  return { ...row, conversion };
}
