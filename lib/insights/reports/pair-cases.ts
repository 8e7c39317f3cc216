/** The cases behind a pair of products, newest first (SPEC.md, IN243): orders, or conversations in which one was recommended. */
import * as z from "zod/mini";
import { type ProductId, productIdSchema } from "@/lib/protocol/ids";
import { chosenParameters } from "../internal/chosen-sql";
import { advisedSql, basketsSql, isNarrowed, metSql } from "../internal/pairs-sql";
import { runSql } from "../internal/run-sql";
import type { Question } from "../question";
import { type PairKind, pairKinds } from "./pairs";

const rowSchema = z.object({
  /** When it was ordered, or the conversation began, milliseconds since 1970. */
  at: z.number(),
  /** By the shop's own id; empty of what is a conversation. */
  orderId: z.string(),
  /** Of an order the last that somebody took before it; empty for none. */
  conversationId: z.string(),
  customer: z.string(),
  /** Empty when nobody accepted it, or she is gone. */
  agent: z.string(),
  /** The second product is in the order, too, or was bought after the recommendation. */
  both: z.boolean(),
});
export type PairCase = z.infer<typeof rowSchema>;
const listedSchema = z.array(z.extend(rowSchema, { total: z.number() }));

/** Cases with both, or all in which the first was there: what the pair's rate is a share of. */
export const pairStates = ["both", "first"] as const;
export type PairState = (typeof pairStates)[number];

/** Parameters: those of `chosenParameters`, $5 and $6 the products, $7 and $8 the page. @param found their rows: id, at, "orderId", "conversationId", both */
const listSql = (found: string, state: PairState) => `
  with ${found},
  page as (
    select f.*, count(*) over ()::int as total from found f where ${state === "both" ? "f.both" : "true"}
    order by f.at desc, f.id desc limit $7::int offset $8::int
  )
  select round(extract(epoch from p.at) * 1000)::float8 as at, p."orderId", coalesce(p."conversationId", '') as "conversationId",
    coalesce((select t.name from "Participant" t where t."conversationId" = c.id and t.role = 'customer' limit 1), '') as customer,
    coalesce((select u.name from "Member" m join "User" u on u.id = m."userId" where m.id = c."memberId"), '') as agent,
    p.both, p.total
  from page p left join "Conversation" c on c.id = p."conversationId"
  order by p.at desc, p.id desc`;

/** Filters are read only where they narrow, and PostgreSQL wants to know of what type each parameter is. @param narrowed as `basketsSql` says */
const ordersSql = (narrowed: boolean) => `
  ${basketsSql(narrowed, 'bool_or(l."productId" = $5::text)')},
  found as (
    select b.id, o."placedAt" as at, o."externalId" as "orderId", k."conversationId", $6::text = any(b.ids) as both
    from baskets b join "Order" o on o.id = b.id left join "CountedOrder" k on k."orderId" = b.id
    where $4::jsonb is not null
  )`;

const adviceSql = `
  ${advisedSql},
  ${metSql('x."productId" = $5::text and y."productId" = $6::text')},
  found as (
    select m.id, c."createdAt" as at, '' as "orderId", m.id as "conversationId", m.bought as both
    from met m join "Conversation" c on c.id = m.id
  )`;

interface PairOf {
  readonly kind: PairKind;
  readonly firstId: ProductId;
  readonly secondId: ProductId;
}

/** What an address names; null where it names no pair. Whatever is no state is the cases with both. */
export function parsePair(
  named: (name: string) => string | undefined,
): (PairOf & { readonly state: PairState }) | null {
  const kind = pairKinds.find((one) => one === named("kind"));
  const [first, second] = [
    productIdSchema.safeParse(named("first")),
    productIdSchema.safeParse(named("second")),
  ];
  if (kind === undefined || !first.success || !second.success) return null;
  const state = pairStates.find((one) => one === named("state")) ?? "both";
  return { kind, firstId: first.data, secondId: second.data, state };
}

export async function listPairCases(
  question: Question,
  { kind, firstId, secondId }: PairOf,
  state: PairState,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly PairCase[]; readonly total: number }> {
  const found = kind === "together" ? ordersSql(isNarrowed(question)) : adviceSql;
  const parameters = [...chosenParameters(question), firstId, secondId, page.limit, page.offset];
  const listed = listedSchema.parse(await runSql(listSql(found, state), parameters));
  return { rows: listed.map(({ total: _, ...row }) => row), total: listed[0]?.total ?? 0 };
}
