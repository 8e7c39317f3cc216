/** The conversations behind a product's numbers, newest first (SPEC.md, IN150-IN153, IN165). */
import * as z from "zod/mini";
import type { HeatKind, HeatSide } from "../heat/map/spots";
import { chosenParameters, chosenSql } from "../internal/chosen-sql";
import { runSql } from "../internal/run-sql";
import type { Question } from "../question";
import { withoutProducts } from "../without-products";

const rowSchema = z.object({
  conversationId: z.string(),
  customer: z.string(),
  /** Empty when nobody accepted it, or she is gone. */
  agent: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  seen: z.boolean(),
  shown: z.boolean(),
  drawn: z.boolean(),
  recommended: z.boolean(),
  opened: z.boolean(),
  carted: z.boolean(),
  bought: z.boolean(),
  returned: z.boolean(),
  /** Of hers while it was shown. */
  messages: z.number(),
});
export type ProductConversation = z.infer<typeof rowSchema>;

export interface ProductConversations {
  readonly rows: readonly ProductConversation[];
  /** On all pages. */
  readonly total: number;
}

/** Those that left something in one of these cells of a picture. */
export interface MarkedIn {
  readonly assetId: string;
  readonly kind: HeatKind;
  readonly side: HeatSide;
  readonly cells: readonly number[];
}

/** A step that a product came to in a conversation, as the product's bars count it. */
const reached = {
  seen: 'f."seenAt" is not null',
  shown: 'f."shownAt" is not null',
  drawn: 'f."drawnAt" is not null',
  recommended: 'f."recommendedAt" is not null',
  opened: 'f."openedAt" is not null',
  carted: 'f."cartedLastAt" is not null',
  bought: 'f."boughtLastAt" is not null',
  returned: "f.returned",
} as const;
export type ProductStep = keyof typeof reached;
const inStep = Object.entries(reached).map(([step, condition]) => `when '${step}' then ${condition}`);

const sql = `
  with ${chosenSql}
  select c.id as "conversationId", round(extract(epoch from c."createdAt") * 1000)::float8 as "startedAt",
    coalesce((select pt.name from "Participant" pt where pt."conversationId" = c.id and pt.role = 'customer' limit 1), '') as customer,
    coalesce((select u.name from "Member" m join "User" u on u.id = m."userId" where m.id = c."memberId"), '') as agent,
    ${Object.entries(reached)
      .map(([step, condition]) => `${condition} as ${step}`)
      .join(", ")}, f.messages, count(*) over ()::int as total
  from "ProductFact" f join chosen c on c.id = f."conversationId"
  where f."productId" = $5 and case $12::text ${inStep.join(" ")} else true end and ($8::text = '' or exists (
    select from "HeatTrace" h where h."conversationId" = c.id and h."productId" = $5 and h."assetId" = $8
      and $11::int[] && case $9::text || ' ' || $10::text
        when 'drawn customer' then h."drawnByCustomer" when 'drawn agent' then h."drawnByAgent"
        when 'drawn both' then h."drawnByCustomer" || h."drawnByAgent"
        when 'zoomed customer' then h."zoomedByCustomer" when 'zoomed agent' then h."zoomedByAgent"
        else h."zoomedByCustomer" || h."zoomedByAgent" end))
  order by c."createdAt" desc, c.id desc limit $6::int offset $7::int`;

export async function listProductConversations(
  question: Question,
  of: {
    readonly productId: string;
    readonly marked: MarkedIn | null;
    /** Null for all. */
    readonly step: ProductStep | null;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<ProductConversations> {
  const { productId, marked, step, limit, offset } = of;
  const rows = z
    .array(z.extend(rowSchema, { total: z.number() }))
    .parse(
      await runSql(sql, [
        ...chosenParameters(withoutProducts(question)),
        productId,
        limit,
        offset,
        marked?.assetId ?? "",
        marked?.kind ?? "",
        marked?.side ?? "",
        `{${marked?.cells.join(",") ?? ""}}`,
        step ?? "",
      ]),
    );
  return { rows, total: rows[0]?.total ?? 0 };
}
