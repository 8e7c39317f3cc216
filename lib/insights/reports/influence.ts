/**
 * What conversations earned in a range, by the shop's rule of attribution: gained on the day of the order, taken back on the day
 * of the refund; direct and assisted apart; by kind, by day, and by product with its variants (SPEC.md, AT9-AT26).
 */
import * as z from "zod/mini";
import { type AttributionRule, attributionRuleSchema } from "@/lib/protocol/attribution";
import { type CreditKind, creditKinds } from "../attribution";
import { countedParameters, countedSql } from "../internal/influence-sql";
import { runSql } from "../internal/run-sql";
import type { Question } from "../question";

/** Minor units of one currency. `taken`: what was given back, as a positive number. */
const amountsSchema = z.object({
  currency: z.string(),
  gained: z.number(),
  taken: z.number(),
  /** Of what is left, what only browsers claim. */
  claimed: z.number(),
});

const kindRowSchema = z.extend(amountsSchema, {
  kind: z.enum(creditKinds),
  /** Order lines gained in the range of which a part is credited. */
  lines: z.number(),
  pieces: z.number(),
});
export type KindRow = z.infer<typeof kindRowSchema>;

const dayRowSchema = z.extend(amountsSchema, {
  kind: z.enum(creditKinds),
  /** Of the shop's time zone, such as 2026-03-29. */
  day: z.string(),
});
export type DayRow = z.infer<typeof dayRowSchema>;

const variantRowSchema = z.object({
  /** Null when the catalogue does not know it (any more). */
  productId: z.nullable(z.string()),
  title: z.string(),
  /** The shop's id of what was bought. */
  externalId: z.string(),
  variant: z.string(),
  currency: z.string(),
  /** What is left, minor units: of recommendations, and of all else. */
  direct: z.number(),
  assisted: z.number(),
  pieces: z.number(),
  /** Of these, pieces of the very variant that an agent had proposed for the cart. */
  proposed: z.number(),
});
export type VariantRow = z.infer<typeof variantRowSchema>;

const influenceSchema = z.object({
  rule: attributionRuleSchema,
  kinds: z.array(kindRowSchema),
  days: z.array(dayRowSchema),
  variants: z.array(variantRowSchema),
});

export interface Influence extends z.infer<typeof influenceSchema> {
  readonly rule: AttributionRule;
}

const sums = `currency, coalesce(sum(minor) filter (where n = 0), 0) as gained, coalesce(-sum(minor) filter (where n > 0), 0) as taken,
      coalesce(sum(minor) filter (where not confirmed), 0) as claimed`;
const rowsOf = (query: string, order: string) =>
  `(select coalesce(jsonb_agg(to_jsonb(q) order by ${order}), '[]') from (${query}) q)`;
const left = (kind: string) => `coalesce(sum(k.minor) filter (where k.kind ${kind} 'recommended'), 0)`;
const sql = `
  with ${countedSql},
  by_variant as (
    select k."productId", coalesce(k.title, '') as title, k."externalId",
      coalesce(nullif(concat_ws(' ', nullif(v.color, ''), nullif(v.size, '')), ''), nullif(v.title, k.title), '') as variant, k.currency,
      ${left("=")} as direct, ${left("<>")} as assisted, sum(k.quantity) as pieces,
      coalesce(sum(k.quantity) filter (where exists (select 1 from "BasketLine" b
        where b."conversationId" = k."conversationId" and b."externalId" = k."externalId" and b."createdAt" <= k."placedAt")), 0) as proposed
    from counted k left join "Variant" v on v."shopId" = $1 and v."externalId" = k."externalId" and v."productId" = k."productId"
    group by 1, 2, 3, 4, 5
  )
  select
    (select jsonb_build_object('model', "attributionModel", 'days', "attributionDays", 'halfLifeDays', "attributionHalfLifeDays")
      from "Shop" where id = $1) as rule,
    ${rowsOf(
      `select kind, ${sums}, (count(distinct "lineId") filter (where n = 0))::int as lines, sum(quantity) as pieces from counted group by kind, currency`,
      "currency, kind",
    )} as kinds,
    ${rowsOf(`select kind, day, ${sums} from counted group by kind, day, currency`, "day, currency, kind")} as days,
    ${rowsOf("select * from by_variant", 'direct desc, assisted desc, "externalId", currency')} as variants`;

export async function loadInfluence(question: Question): Promise<Influence> {
  const rows = await runSql(sql, countedParameters(question));
  const [influence] = z.tuple([influenceSchema]).parse(rows);
  return influence;
}

/** What is left of one kind's revenue, or of all that is assisted, per currency. */
export function revenueLeft(influence: Pick<Influence, "kinds">, kinds: readonly CreditKind[]) {
  const sums = new Map<string, number>();
  for (const { kind, currency, gained, taken } of influence.kinds) {
    if (kinds.includes(kind)) sums.set(currency, (sums.get(currency) ?? 0) + gained - taken);
  }
  return [...sums].map(([currency, minor]) => ({ currency, minor }));
}
