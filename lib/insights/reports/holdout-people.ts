/** The people of one group of the hold-out, newest decision first, with what came of each (SPEC.md, IN206): nothing of a person but her number. */
import * as z from "zod/mini";
import { decidedSql, HOLDOUT_DAYS } from "../internal/holdout-sql";
import { runSql } from "../internal/run-sql";
import type { Question } from "../question";

export const holdoutGroups = ["invited", "heldOut"] as const;
export type HoldoutGroupName = (typeof holdoutGroups)[number];

export const holdoutStates = ["all", "opened", "talked", "bought"] as const;
export type HoldoutState = (typeof holdoutStates)[number];

/** Whatever is none of them is the invited, and all of them. */
export function parseHoldoutPeople(named: (name: string) => string | undefined): {
  readonly group: HoldoutGroupName;
  readonly state: HoldoutState;
} {
  return {
    group: holdoutGroups.find((one) => one === named("group")) ?? "invited",
    state: holdoutStates.find((one) => one === named("state")) ?? "all",
  };
}

const rowSchema = z.object({
  /** When it was decided, milliseconds since 1970. */
  at: z.number(),
  /** What agents call her; null when she never began a conversation. */
  guestNumber: z.nullable(z.number()),
  /** The chat, by the invitation. */
  opened: z.boolean(),
  /** Begun, and orders placed that stand by the shop's own ids, both within the days that count. */
  conversations: z.array(z.string()),
  orders: z.array(z.string()),
});
export type HoldoutPerson = z.infer<typeof rowSchema>;
const listedSchema = z.array(z.extend(rowSchema, { total: z.number() }));

const stateSql: Record<HoldoutState, string> = {
  all: "true",
  opened: "who in (select who from opened)",
  talked: "who in (select who from talked)",
  bought: "who in (select who from bought)",
};

/** $4 whether the held-out are wanted, $5 and $6 the page. */
const sqlOf = (state: HoldoutState) => `
  with ${decidedSql},
  page as materialized (
    select *, count(*) over ()::int as total from decided
    where "heldOut" = $4::boolean and ${stateSql[state]} order by at desc, who limit $5::int offset $6::int
  )
  select round(extract(epoch from p.at) * 1000)::float8 as at, g."guestNumber", p.who in (select who from opened) as opened,
    coalesce(t.conversations, '[]') as conversations, coalesce(b.orders, '[]') as orders, p.total
  from page p
  left join (
    select b.who, min(v."guestNumber") as "guestNumber" from page join browsers b using (who) join "Visitor" v on v.id = b."visitorId" group by 1
  ) g using (who)
  left join (select who, jsonb_agg(id order by "createdAt", id) as conversations from begun group by 1) t using (who)
  left join (select who, jsonb_agg("externalId" order by "placedAt", "externalId") as orders from placed group by 1) b using (who)
  order by p.at desc, p.who`;

const sqls: Record<HoldoutState, string> = {
  all: sqlOf("all"),
  opened: sqlOf("opened"),
  talked: sqlOf("talked"),
  bought: sqlOf("bought"),
};

interface HoldoutPeople {
  /** After the decision, within which something counts. */
  readonly days: number;
  readonly rows: readonly HoldoutPerson[];
  /** On all pages. */
  readonly total: number;
}

export async function listHoldoutPeople(
  { shopId, range }: Pick<Question, "shopId" | "range">,
  of: { readonly group: HoldoutGroupName; readonly state: HoldoutState },
  page: { readonly offset: number; readonly limit: number },
): Promise<HoldoutPeople> {
  const heldOut = String(of.group === "heldOut");
  const parameters = [
    shopId,
    range.from.toISOString(),
    range.to.toISOString(),
    heldOut,
    page.limit,
    page.offset,
  ];
  const listed = listedSchema.parse(await runSql(sqls[of.state], parameters));
  const rows = listed.map(({ total: _, ...row }) => row);
  return { days: HOLDOUT_DAYS, rows, total: listed[0]?.total ?? 0 };
}
