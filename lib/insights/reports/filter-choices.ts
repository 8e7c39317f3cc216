/** What the pages' filters offer: the shop's people and its catalogue's categories; and the name of the product that is chosen. */
import * as z from "zod/mini";
import { runSql } from "../internal/run-sql";
import type { Question } from "../question";

/** Categories that a list can hold and somebody can still look through. */
const MAX_CATEGORIES = 500;

const rowSchema = z.object({
  kind: z.enum(["member", "team", "category", "product"]),
  value: z.string(),
  name: z.string(),
});

interface Choice {
  readonly value: string;
  readonly name: string;
}
export interface FilterChoices {
  readonly members: readonly Choice[];
  readonly teams: readonly Choice[];
  readonly categories: readonly string[];
  /** Empty when none is chosen, or it is gone. */
  readonly productTitle: string;
}

/** Categories by one look into the index each, not by reading all products. */
const sql = `
  with recursive steps(category) as (
    (select category from "Product" where "shopId" = $1 and category > '' order by category limit 1)
    union all
    select (select p.category from "Product" p where p."shopId" = $1 and p.category > s.category order by p.category limit 1)
    from steps s where s.category is not null
  )
  select 'member' as kind, m.id as value, u.name from "Member" m join "User" u on u.id = m."userId" where m."shopId" = $1
  union all
  select 'team', id, name from "Team" where "shopId" = $1
  union all
  (select 'category', category, category from steps where category is not null limit ${MAX_CATEGORIES})
  union all
  select 'product', id, title from "Product" where "shopId" = $1 and id = $2`;

export async function loadFilterChoices({ shopId, filters }: Question): Promise<FilterChoices> {
  const rows = z.array(rowSchema).parse(await runSql(sql, [shopId, filters.productId ?? ""]));
  const paths = rows.filter(({ kind }) => kind === "category").flatMap(({ value }) => withParents(value));
  const named = (which: "member" | "team") =>
    rows
      .filter(({ kind }) => kind === which)
      .toSorted((a, b) => a.name.localeCompare(b.name) || a.value.localeCompare(b.value));
  return {
    members: named("member"),
    teams: named("team"),
    categories: [...new Set(paths)].toSorted((a, b) => a.localeCompare(b)),
    productTitle: rows.find(({ kind }) => kind === "product")?.name ?? "",
  };
}

/** "Women > Dresses" lies in "Women", which is a choice as well. */
function withParents(path: string): string[] {
  const parts = path.split(" > ");
  return parts.map((_, index) => parts.slice(0, index + 1).join(" > "));
}
