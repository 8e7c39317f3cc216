/**
 * What became of each product: seen, shown, drawn on, recommended, opened, in the cart, bought and returned, counted in
 * conversations, so that rates of it mean something (SPEC.md, IN150-IN154).
 */
import * as z from "zod/mini";
import { chosenParameters, chosenSql } from "../internal/chosen-sql";
import { namedProduct, productFactsSql } from "../internal/product-facts-sql";
import { runSql } from "../internal/run-sql";
import type { Question } from "../question";
import { shareOf } from "../small-cells";
import { type Interval, sureTogether } from "../statistics/interval";
import { scoreInterval } from "../statistics/score-interval";

/** Of a screen, which cannot show more; a file has all. */
const MAX_ROWS = 5_000;

const rowSchema = z.object({
  productId: z.string(),
  title: z.string(),
  /** First picture, where it has one. */
  pictureId: z.nullable(z.string()),
  pictureSizes: z.array(z.number()),
  /** Conversations. */
  seen: z.number(),
  shown: z.number(),
  drawn: z.number(),
  recommended: z.number(),
  opened: z.number(),
  carted: z.number(),
  bought: z.number(),
  returned: z.number(),
  /** Of those in which it was shown, the ones after which it was bought. */
  boughtOfShown: z.number(),
  /** Of those in which it was shown, the ones in which she put it there herself ("Ask about this product"). */
  asked: z.number(),
  /** In which she wrote while it was shown; how many messages, and how many of these ask something. */
  discussed: z.number(),
  messages: z.number(),
  questions: z.number(),
});

/** Sold after being shown less or more often than the shop's products together, as far as the sample can tell. */
type Verdict = "less" | "more" | "unclear";

export interface ProductRow extends z.infer<typeof rowSchema> {
  /** Of showings that ended in a purchase; null where they are too few to tell (IN179). */
  readonly sold: Interval | null;
  readonly verdict: Verdict;
}

export interface Products {
  readonly rows: readonly ProductRow[];
  /** Of all these products together: what a product is compared with. Null where too little was shown. */
  readonly soldOfShown: number | null;
}

const countOf = (name: string, condition: string) =>
  `(count(*) filter (where ${condition}))::int as "${name}"`;

const sql = `
  with ${chosenSql}, ${productFactsSql},
  counts as (
    select "productId", ${countOf("seen", '"seenAt" is not null')}, ${countOf("shown", '"shownAt" is not null')},
      ${countOf("drawn", '"drawnAt" is not null')}, ${countOf("recommended", '"recommendedAt" is not null')},
      ${countOf("opened", '"openedAt" is not null')}, ${countOf("carted", '"cartedLastAt" is not null')}, ${countOf("bought", '"boughtLastAt" is not null')},
      ${countOf("returned", "returned")}, ${countOf("asked", "asked")},
      ${countOf("boughtOfShown", '"shownAt" is not null and "boughtLastAt" is not null')},
      ${countOf("discussed", "messages > 0")}, sum(messages)::int as messages, sum(questions)::int as questions
    from products group by 1
  )
  select c.*, p.title, a.id as "pictureId", coalesce(a.sizes, '{}') as "pictureSizes"
  from counts c
  join "Product" p on p.id = c."productId" and p."shopId" = $1 and ${namedProduct("p")}
  left join lateral (select s.id, s.sizes from "ProductPicture" f join "Asset" s on s.id = f."assetId"
    where f."productId" = c."productId" and s."videoType" is null order by f.position limit 1) a on true
  order by c.shown desc, c.seen desc, p.title, p.id
  limit $5::int`;

/** @param most rows, those of most conversations first */
export async function loadProducts(question: Question, most = MAX_ROWS): Promise<Products> {
  const rows = z.array(rowSchema).parse(await runSql(sql, [...chosenParameters(question), most]));
  return judgeProducts(rows);
}

/** Each product's rate against that of all together; so many looks at once are held to be right together (ST2). */
export function judgeProducts(rows: readonly z.infer<typeof rowSchema>[]): Products {
  const shown = rows.reduce((sum, row) => sum + row.shown, 0);
  const bought = rows.reduce((sum, row) => sum + row.boughtOfShown, 0);
  const sure = sureTogether(rows.filter((row) => row.shown > 0).length);
  const all = shareOf(bought, shown);
  const judged = rows.map((row): ProductRow => {
    const rate = { successes: row.boughtOfShown, trials: row.shown };
    const few = shareOf(row.boughtOfShown, row.shown) === null;
    if (few || all === null) return { ...row, sold: few ? null : scoreInterval(rate), verdict: "unclear" };
    const { low, high } = scoreInterval(rate, sure);
    const verdict: Verdict = high < all ? "less" : low > all ? "more" : "unclear";
    return { ...row, sold: scoreInterval(rate), verdict };
  });
  return { rows: judged, soldOfShown: all };
}
