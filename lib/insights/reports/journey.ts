/** One conversation: what its customer saw, was shown, was recommended, put into the cart and bought, in order (SPEC.md, IN20-IN25). */
import * as z from "zod/mini";
import { conversationWindow, journeyStepsSql } from "../internal/journey-sql";
import { runSql } from "../internal/run-sql";

/** Steps of one journey; more are cut off and the screen says so. */
export const MAX_STEPS = 1_000;

const stepKinds = ["seen", "shown", "drawn", "recommended", "carted", "bought"] as const;
export type StepKind = (typeof stepKinds)[number];

const stepSchema = z.object({
  kind: z.enum(stepKinds),
  /** Relative to the conversation. */
  phase: z.enum(["before", "during", "after"]),
  /** Milliseconds since 1970: the first and the last fact of this step. */
  at: z.number(),
  until: z.number(),
  /** Facts in it: marks drawn, times looked at. */
  times: z.number(),
  source: z.enum(["server", "browser"]),
  /** Null for a customer's photo, and for an id the catalogue does not know. */
  productId: z.nullable(z.string()),
  externalId: z.nullable(z.string()),
  /** The catalogue's title, else the page's claim, else empty. */
  title: z.string(),
  /** First picture, with its sizes' longest sides in pixels. */
  pictureId: z.nullable(z.string()),
  pictureSizes: z.array(z.number()),
  /** Names of those who did it; empty for what the customer did on her own. */
  who: z.array(z.string()),
  quantity: z.nullable(z.number()),
  minor: z.nullable(z.number()),
  currency: z.nullable(z.string()),
});
export type JourneyStep = z.infer<typeof stepSchema>;

const journeySchema = z.object({
  conversationId: z.string(),
  customer: z.string(),
  /** The agent who accepted it; empty when none did or she is gone. */
  agent: z.string(),
  startedAt: z.number(),
  endedAt: z.nullable(z.number()),
  steps: z.array(stepSchema),
});
export type Journey = z.infer<typeof journeySchema> & { readonly cut: boolean };

const ms = (time: string) => `round(extract(epoch from ${time}) * 1000)`;

const sql = `
  with convs as (select ${conversationWindow}, c."memberId" from "Conversation" c where c."shopId" = $1 and c.id = $2),
  ${journeyStepsSql},
  placed as (
    select s.*, case when s.kind = 'drawn' then '' else coalesce(s."participantId", s."memberId", '') end as person,
      case when s.at < c."startedAt" then 'before' when s.at <= coalesce(c."endedAt", s.at) then 'during' else 'after' end as phase
    from steps s cross join convs c
  ),
  numbered as (
    select *, row_number() over (order by at, rank, "productId", person)
      - row_number() over (partition by kind, source, "productId", "externalId", person, currency, phase
          order by at, rank, "productId", person) as run
    from placed
  ),
  runs as (
    select kind, rank, phase, source, "productId", "externalId", currency, min(at) as at, max(at) as until, count(*) as times,
      max(title) as title, sum(quantity) as quantity, sum(minor) as minor,
      array_agg(distinct "participantId") as participants, array_agg(distinct "memberId") filter (where "participantId" is null) as members
    from numbered group by kind, rank, phase, source, "productId", "externalId", person, currency, run
    order by min(at), rank, "productId" limit ${MAX_STEPS + 1}
  ),
  described as (
    select jsonb_build_object(
      'kind', r.kind, 'phase', r.phase, 'at', ${ms("r.at")}, 'until', ${ms("r.until")}, 'times', r.times, 'source', r.source,
      'productId', r."productId", 'externalId', r."externalId", 'title', coalesce(p.title, r.title, ''),
      'pictureId', a.id, 'pictureSizes', coalesce(to_jsonb(a.sizes), '[]'),
      'who', (select coalesce(jsonb_agg(name order by name), '[]') from (
        select name from "Participant" where id = any(r.participants)
        union select u.name from "Member" m join "User" u on u.id = m."userId" where m.id = any(r.members) and m."shopId" = $1) w),
      'quantity', r.quantity, 'minor', r.minor, 'currency', r.currency) as step, r.at, r.rank, r."productId"
    from runs r
    left join "Product" p on p.id = r."productId" and p."shopId" = $1
    left join lateral (select a.id, a.sizes from "ProductPicture" pp join "Asset" a on a.id = pp."assetId"
      where pp."productId" = p.id and a."videoType" is null order by pp.position limit 1) a on true
  )
  select c.id as "conversationId",
    coalesce((select pt.name from "Participant" pt where pt."conversationId" = c.id and pt.role = 'customer' limit 1), '') as customer,
    coalesce((select u.name from "Member" m join "User" u on u.id = m."userId" where m.id = c."memberId"), '') as agent,
    ${ms('c."startedAt"')}::float8 as "startedAt", ${ms('c."endedAt"')}::float8 as "endedAt",
    coalesce((select jsonb_agg(d.step order by d.at, d.rank, d."productId") from described d), '[]') as steps
  from convs c`;

/** Null when the shop has no such conversation. */
export async function findJourney(input: {
  readonly shopId: string;
  readonly conversationId: string;
}): Promise<Journey | null> {
  const [journey] = z.array(journeySchema).parse(await runSql(sql, [input.shopId, input.conversationId]));
  if (!journey) return null;
  return { ...journey, steps: journey.steps.slice(0, MAX_STEPS), cut: journey.steps.length > MAX_STEPS };
}
