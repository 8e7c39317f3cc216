/**
 * A shop with a year of visits, conversations and orders, written straight into the tables: each visitor has ten events on
 * one day, every tenth has a conversation of six facts and four messages with its traces on one picture, every twentieth an order, every
 * twentieth is invited or held out. More visitors make every day fuller.
 */
import { randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { openMonths } from "@/lib/insights/events-by-month";
import { type ShopId, shopIdSchema } from "@/lib/protocol/ids";

export const PRODUCTS = 500;
const AGENTS = 8;
const DAYS = 365;
/** Visitors written by one statement. */
const STEP = 20_000;
/** Milliseconds. */
const STEP_WITHIN_MS = 600_000;
/** Of a visitor: ten pages' events, a tenth of a conversation's six, and what a twentieth was decided. */
export const EVENTS_A_VISITOR = 10.65;
/** One that conversations were about, what some orders hold beside it, and what some had seen before it was recommended. */
export const ONE_PRODUCT = "p17";
export const BOUGHT_WITH_IT = "p107";
export const SEEN_BEFORE = "p153";

/** The visitors of one fill come in their order, evenly over the year: rows lie on the disk as they came in, as a shop's do. */
const momentIn = (from: number, to: number) => (k: string) =>
  `date_trunc('day', now()) - ${DAYS} * interval '1 day' * (1 - (${k} - ${from})::float8 / ${to - from})`;
type Moment = ReturnType<typeof momentIn>;

export async function makeShop(): Promise<ShopId> {
  const db = getDb();
  const shop = await db.shop.create({
    data: { key: randomUUID(), name: "Bench", timeZone: "Europe/Berlin" },
  });
  await db.product.createMany({
    data: Array.from({ length: PRODUCTS }, (_, i) => ({
      ...{ id: `p${i}`, shopId: shop.id, externalId: `P-${i}`, title: `Product ${i}` },
      category: `Category ${i % 12}`,
    })),
  });
  for (let i = 0; i < AGENTS; i++) {
    const user = await db.user.create({ data: { name: `Agent ${i}`, email: `${randomUUID()}@bench.test` } });
    await db.member.create({ data: { id: `m${i}`, shopId: shop.id, userId: user.id, role: "agent" } });
  }
  // One event a month, so that each has its part before the rest comes.
  await db.$executeRaw`
    INSERT INTO "Event" ("id", "shopId", "type", "source", "occurredAt")
    SELECT gen_random_uuid()::text, ${shop.id}, 'page_viewed', 'browser', now() - m * interval '1 month' FROM generate_series(0, 12) m`;
  await openMonths(new Date());
  return shopIdSchema.parse(shop.id);
}

/**
 * Brings the shop from one number of visitors to another. As one loads a copy of a database: the events' indexes are made when all
 * rows are there, and foreign keys, which these rows keep, are not looked after. What is measured afterwards has all of them.
 */
export async function fill(shopId: ShopId, from: number, to: number): Promise<void> {
  const indexes = await getDb().$queryRaw<{ name: string; sql: string }[]>`
    SELECT indexname::text AS name, replace(indexdef, ' ON ONLY ', ' ON ') AS sql FROM pg_indexes
    WHERE tablename = 'Event' AND indexname <> 'Event_pkey'`;
  for (const { name } of indexes) await getDb().$executeRawUnsafe(`DROP INDEX "${name}"`);
  await getDb().$executeRaw`ALTER TABLE "Event" DROP CONSTRAINT "Event_pkey"`;
  const moment = momentIn(from, to);
  const statements = [...visitors(moment), ...conversations(moment), ...orders(moment)];
  for (let first = from; first < to; first += STEP) {
    const last = Math.min(first + STEP, to) - 1;
    await getDb().$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT set_config('session_replication_role', 'replica', true)`;
        for (const sql of statements) {
          await tx.$executeRawUnsafe(sql, shopId, first, last);
        }
      },
      { timeout: STEP_WITHIN_MS },
    );
  }
  await getDb().$executeRaw`ALTER TABLE "Event" ADD CONSTRAINT "Event_pkey" PRIMARY KEY ("id", "occurredAt")`;
  for (const { sql } of indexes) await getDb().$executeRawUnsafe(sql);
  for (const table of [
    ...[
      "Event",
      "Conversation",
      "Message",
      "Participant",
      "Order",
      "OrderLine",
      "Visitor",
      "HeatTrace",
      "Product",
    ],
  ]) {
    await getDb().$executeRawUnsafe(`ANALYZE "${table}"`);
  }
}

const visitors = (moment: Moment) => [
  `INSERT INTO "Visitor" ("id", "shopId", "device", "locale")
   SELECT 'v' || k, $1, (ARRAY['phone','desktop','tablet'])[1 + k % 3], (ARRAY['de','en','it'])[1 + k % 3] FROM generate_series($2::int, $3::int) k`,
  `INSERT INTO "Event" ("id", "shopId", "type", "source", "visitorId", "externalId", "productId", "data", "occurredAt", "receivedAt")
   SELECT gen_random_uuid()::text, $1, t.type, 'browser', 'v' || k, CASE WHEN t.type = 'product_viewed' THEN 'P-' || n END,
     CASE WHEN t.type = 'product_viewed' THEN 'p' || n END,
     CASE WHEN t.type = 'cart_changed' THEN jsonb_build_object('currency', 'EUR', 'lines', jsonb_build_array(
         jsonb_build_object('externalId', 'P-' || n, 'productId', 'p' || n, 'quantity', 1, 'unitMinor', 4900)))
       ELSE jsonb_build_object('url', 'https://shop.test/p/' || n, 'title', 'Product ' || n) END, at, at
   FROM generate_series($2::int, $3::int) k CROSS JOIN generate_series(0, 9) i
   CROSS JOIN LATERAL (SELECT (k * 31 + i * i * 17) % ${PRODUCTS} AS n, ${moment("k")} + i * interval '40 seconds' AS at,
     CASE WHEN i % 2 = 0 THEN 'page_viewed' WHEN i = 9 AND k % 4 = 0 THEN 'cart_changed' ELSE 'product_viewed' END AS type) t`,
  `INSERT INTO "Event" ("id", "shopId", "type", "source", "visitorId", "data", "occurredAt", "receivedAt")
   SELECT gen_random_uuid()::text, $1, CASE WHEN k / 20 % 10 = 0 THEN 'invitation_held_out' ELSE 'invitation_shown' END, 'server', 'v' || k, '{}', at, at
   FROM ${talking(moment)} WHERE k % 20 = 10`,
];

const talking = (moment: Moment) =>
  `generate_series($2::int, $3::int) k CROSS JOIN LATERAL (SELECT ${moment("k")} + interval '5 minutes' AS at) t`;
/** Of a picture's grid. */
const cells = (seed: string, many: number) =>
  `(SELECT array_agg(DISTINCT (${seed} / 10 * 7 + d * 5) % 576) FROM generate_series(1, ${many}) d)`;
const conversations = (moment: Moment) => [
  `INSERT INTO "Conversation" ("id", "shopId", "visitorId", "status", "memberId", "locale", "device", "trigger", "lastSeq", "createdAt", "acceptedAt", "closedAt", "closedBy")
   SELECT 'c' || k, $1, 'v' || k, 'closed', CASE WHEN k % 70 <> 0 THEN 'm' || k / 10 % ${AGENTS} END, (ARRAY['de','en','it'])[1 + k % 3],
     (ARRAY['phone','desktop','tablet'])[1 + k % 3], (ARRAY['launcher','product','page'])[1 + k / 10 % 3], 4, at,
     CASE WHEN k % 70 <> 0 THEN at + k % 90 * interval '1 second' END, at + interval '12 minutes', 'customer'
   FROM ${talking(moment)} WHERE k % 10 = 0`,
  `INSERT INTO "Participant" ("id", "conversationId", "role", "visitorId", "memberId", "name", "color")
   SELECT r.role || k, 'c' || k, r.role, CASE WHEN r.role = 'customer' THEN 'v' || k END,
     CASE WHEN r.role = 'agent' THEN 'm' || k / 10 % ${AGENTS} END, r.role, 0
   FROM generate_series($2::int, $3::int) k CROSS JOIN (VALUES ('customer'), ('agent')) r (role) WHERE k % 10 = 0 AND $1 <> ''`,
  `INSERT INTO "Message" ("id", "conversationId", "seq", "clientId", "participantId", "body", "createdAt")
   SELECT gen_random_uuid()::text, 'c' || k, s, s::text, CASE WHEN s % 2 = 1 THEN 'customer' ELSE 'agent' END || k,
     '{"kind":"text","text":"Do you have it in blue?"}', at + s * interval '100 seconds'
   FROM ${talking(moment)} CROSS JOIN generate_series(1, 4) s WHERE k % 10 = 0 AND k % 70 <> 0 AND $1 <> ''`,
  `INSERT INTO "Event" ("id", "shopId", "type", "source", "visitorId", "conversationId", "participantId", "memberId", "productId", "itemId", "data", "occurredAt", "receivedAt")
   SELECT gen_random_uuid()::text, $1, f.type, 'server', CASE WHEN f.type = 'conversation_started' THEN 'v' || k END, 'c' || k, 'agent' || k,
     CASE WHEN f.n BETWEEN 2 AND 4 THEN 'm' || k / 10 % ${AGENTS} END, CASE WHEN f.n BETWEEN 2 AND 4 THEN 'p' || (k * 31 + 17) % ${PRODUCTS} END,
     CASE WHEN f.n BETWEEN 2 AND 3 THEN 'item' END, CASE WHEN f.n = 3 THEN '{"count":4}'::jsonb ELSE '{}' END, at + f.n * interval '2 minutes', at + f.n * interval '2 minutes'
   FROM ${talking(moment)} CROSS JOIN (VALUES (0, 'conversation_started'), (1, 'conversation_accepted'), (2, 'item_shown'), (3, 'mark_drawn'),
     (4, 'product_recommended'), (6, 'conversation_closed')) f (n, type) WHERE k % 10 = 0 AND k % 70 <> 0`,
  `INSERT INTO "HeatTrace" ("id", "shopId", "conversationId", "productId", "assetId", "day", "drawnByCustomer", "drawnByAgent", "zoomedByCustomer", "zoomedByAgent")
   SELECT gen_random_uuid()::text, $1, 'c' || k, 'p' || n, 'picture of p' || n, at::date, ${cells("k", 4)}, ${cells("k + 7", 9)}, ${cells("k", 60)}, ${cells("k + 7", 60)}
   FROM ${talking(moment)} CROSS JOIN LATERAL (SELECT (k * 31 + 17) % ${PRODUCTS} AS n) p WHERE k % 10 = 0 AND k % 70 <> 0`,
];

const orders = (moment: Moment) => [
  `INSERT INTO "Order" ("id", "shopId", "externalId", "visitorId", "visitorBy", "source", "currency", "totalMinor", "placedAt", "confirmedAt", "updatedAt")
   SELECT 'o' || k, $1, 'O-' || k, 'v' || k, 'token', 'api', 'EUR', 9800, at + interval '1 hour', at + interval '1 hour', at + interval '1 hour'
   FROM ${talking(moment)} WHERE k % 20 = 0`,
  `INSERT INTO "OrderLine" ("id", "orderId", "externalId", "title", "productId", "quantity", "unitMinor", "totalMinor")
   SELECT 'l' || k || '-' || i, 'o' || k, 'P-' || n, '', 'p' || n, 1, 4900, 4900
   FROM generate_series($2::int, $3::int) k CROSS JOIN generate_series(0, 1) i CROSS JOIN LATERAL (SELECT (k * 31 + 17 + i * 90) % ${PRODUCTS} AS n) t
   WHERE k % 20 = 0 AND $1 <> ''`,
];
