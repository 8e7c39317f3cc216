/**
 * Keeps what reports read most, added up: visits, conversations and what became of products in them. What came in since last time says which rows
 * have changed, and these are counted again as a whole. So nothing is counted twice, an event that comes late counts on its
 * day, and to count everything anew is to forget the rows and go on from the beginning.
 */
import * as z from "zod/mini";
import { getDb, type Prisma } from "@/lib/db/client";
import { configSlot } from "@/lib/protocol/config-slot";
import { firstWholeDay } from "../range";
import { countConversationsSql } from "./conversation-facts-sql";
import { countOrders, findTouchedOrders } from "./count-orders";
import { countVisits } from "./count-visits";
import { learnAllSizes } from "./learn-sizes";
import { countProductsSql, forgetProductsSql } from "./product-facts-sql";
import { touchedByEventsSql, touchedByOrdersSql } from "./touched-sql";

/** Events, and orders, that one step looks at; and orders that it counts: a step is one transaction, and the embedded database does nothing else meanwhile. */
const EVENTS_A_STEP = { server: 10_000, embedded: 1_000 };
const ORDERS_A_STEP = 1_000;
const eventsAStep = () => EVENTS_A_STEP[configSlot.get().embedded ? "embedded" : "server"];
/**
 * How far back it looks again, milliseconds: a row is stamped before it is written, by the clock of whichever server wrote it,
 * and may be seen later than one stamped after it.
 */
export const LOOKS_BACK_MS = 30_000;
/** A step counts some thousand rows. Milliseconds. */
const STEP_WITHIN_MS = 120_000;

/** Before any event. */
export const BEGINNING = new Date(0);

/** Up to where this run has come: further than what is kept, which stays LOOKS_BACK_MS behind. */
interface Reached {
  readonly basis: string;
  readonly events: Date;
  readonly orders: Date;
  /** There are more events or orders after these. */
  readonly full: boolean;
  /** Orders touched by what was looked at that are not counted yet: nothing else is looked at before they are. */
  readonly left: readonly string[];
}

const stateSchema = z.object({
  basis: z.string(),
  wanted: z.string(),
  timeZone: z.string(),
  days: z.number(),
  eventsTo: z.date(),
  ordersTo: z.date(),
});

const touchedSchema = z.array(z.object({ kind: z.string(), id: z.string(), day: z.nullable(z.string()) }));
type Touched = z.infer<typeof touchedSchema>;

const reachSchema = z.object({ to: z.nullable(z.date()), full: z.boolean() });

/** What roll-ups are counted by; a shop `s`. */
export const BASIS = `s."timeZone" || ' ' || s."attributionDays" || ' ' || s."attributionModel"
  || CASE s."attributionModel" WHEN 'time_decay' THEN ' ' || s."attributionHalfLifeDays" ELSE '' END`;

/**
 * Goes on until nothing is left. Does nothing while another process is at this shop.
 * @param keptFrom before it, events were dropped: what was counted of them stays as it is
 */
export async function rollUpShop(shopId: string, now: Date, keptFrom = BEGINNING): Promise<void> {
  await getDb().$executeRaw`
    INSERT INTO "RollupState" ("shopId", "basis", "eventsTo", "ordersTo") VALUES (${shopId}, '', ${BEGINNING}, ${BEGINNING})
    ON CONFLICT DO NOTHING`;
  const behind = await isBehind(shopId);
  let reached: Reached | null = null;
  let more = true;
  for (let steps = 0; more; steps += 1) {
    // As long as the planner knows nothing of a shop's rows, a step reads all of them for each of its thousands; and they become more.
    if (behind && isDoubled(steps)) await learnAllSizes();
    const step: { reached: Reached; more: boolean } | null = await getDb().$transaction(
      (tx) => takeStep(tx, { shopId, now, keptFrom }, reached),
      { timeout: STEP_WITHIN_MS },
    );
    if (step === null) return;
    ({ reached, more } = step);
  }
}

/** Whether what is to be counted is more than one step looks at. */
async function isBehind(shopId: string): Promise<boolean> {
  const [row] = await getDb().$queryRawUnsafe<unknown[]>(
    `SELECT (SELECT count(*) FROM (SELECT FROM "Event" e WHERE e."shopId" = k.id AND e."receivedAt" > k.events LIMIT $2::int) w) = $2::int
       OR (SELECT count(*) FROM (SELECT FROM "Order" o WHERE o."shopId" = k.id AND o."updatedAt" > k.orders LIMIT $3::int) w) = $3::int AS "behind"
     FROM (SELECT s.id, CASE WHEN r."basis" = ${BASIS} THEN r."eventsTo" ELSE '-infinity' END AS events,
         CASE WHEN r."basis" = ${BASIS} THEN r."ordersTo" ELSE '-infinity' END AS orders
       FROM "RollupState" r JOIN "Shop" s ON s.id = r."shopId" WHERE s.id = $1) k`,
    shopId,
    eventsAStep(),
    ORDERS_A_STEP,
  );
  return row !== undefined && z.object({ behind: z.boolean() }).parse(row).behind;
}

/** 0, 1, 2, 4, 8 ... */
const isDoubled = (steps: number) => (steps & (steps - 1)) === 0;

/** Everything of this shop is counted anew by the next `rollUpShop`: for whoever writes events other than as they come in. */
export async function forgetRollups(shopId: string): Promise<void> {
  await getDb().$executeRaw`UPDATE "RollupState" SET "basis" = '' WHERE "shopId" = ${shopId}`;
}

interface Work {
  readonly shopId: string;
  readonly now: Date;
  readonly keptFrom: Date;
}

async function takeStep(tx: Prisma.TransactionClient, work: Work, before: Reached | null) {
  const { shopId, now } = work;
  // Compiling (jit) begins when tables have grown large: for seconds a statement, which reads some thousand rows of them.
  if (!configSlot.get().embedded) await tx.$queryRaw`SELECT set_config('jit', 'off', true)`;
  const [row] = await tx.$queryRawUnsafe<unknown[]>(
    `SELECT r."basis", ${BASIS} AS "wanted", s."timeZone", s."attributionDays" AS "days", r."eventsTo", r."ordersTo"
     FROM "RollupState" r JOIN "Shop" s ON s.id = r."shopId" WHERE r."shopId" = $1 FOR UPDATE OF r SKIP LOCKED`,
    shopId,
  );
  if (row === undefined) return null;
  const state = stateSchema.parse(row);
  const anew = state.basis !== state.wanted;
  if (anew) await forget(tx, work, state.timeZone);
  const goesOn = before !== null && before.basis === state.basis && before.events >= state.eventsTo;
  const kept = anew
    ? { events: BEGINNING, orders: BEGINNING }
    : { events: state.eventsTo, orders: state.ordersTo };
  const share =
    goesOn && before.left.length > 0
      ? before
      : await countShare(tx, work, state, !anew && goesOn ? before : kept);
  // All orders of one customer are touched at once, and she may have any number.
  await countOrders(tx, { shopId, timeZone: state.timeZone, ids: share.left.slice(0, ORDERS_A_STEP) });
  const left = share.left.slice(ORDERS_A_STEP);

  const more = share.full || left.length > 0;
  const settled = new Date(now.getTime() - LOOKS_BACK_MS);
  // While orders are left it stays where it was: whoever comes next begins there.
  const to = left.length > 0 ? kept : share;
  await tx.rollupState.update({
    where: { shopId },
    data: {
      basis: state.wanted,
      eventsTo: later(kept.events, earlier(to.events, settled)),
      ordersTo: later(kept.orders, earlier(to.orders, settled)),
      // Null until everything was counted anew: see ./behind.
      ...(more ? (anew ? { freshAt: null } : {}) : { freshAt: now }),
    },
  });
  const { events, orders, full } = share;
  return { reached: { basis: state.wanted, events, orders, full, left }, more };
}

/** Looks at the next events and orders, and counts what they touched but for orders, which are `left`. */
async function countShare(
  tx: Prisma.TransactionClient,
  work: Work,
  { timeZone, days }: z.infer<typeof stateSchema>,
  from: Pick<Reached, "events" | "orders">,
) {
  const { shopId, now } = work;
  const events = await reach(tx, `"receivedAt"`, `"Event"`, [shopId, from.events, eventsAStep()]);
  const orders = await reach(tx, `"updatedAt"`, `"Order"`, [shopId, from.orders, ORDERS_A_STEP]);
  const to = {
    events: events.full ? (events.to ?? now) : now,
    orders: orders.full ? (orders.to ?? now) : now,
  };
  const ask = async (sql: string, start: Date, end: Date) =>
    touchedSchema.parse(await tx.$queryRawUnsafe(asText(sql), shopId, iso(start), iso(end), timeZone, days));
  const touched = [
    ...(await ask(touchedByEventsSql, from.events, to.events)),
    ...(await ask(touchedByOrdersSql, from.orders, to.orders)),
  ];
  await count(tx, work, timeZone, touched);
  const of = (kind: string) => asJson(touched.filter((row) => row.kind === kind));
  const left = await findTouchedOrders(tx, {
    ...{ shopId, conversations: of("conversation"), joined: of("joined") },
    ...{ after: from.orders, until: to.orders },
  });
  return { ...to, full: events.full || orders.full, left };
}

/** Up to which moment a step's share of a table goes, and whether there is more of it. */
async function reach(
  tx: Prisma.TransactionClient,
  moment: string,
  table: string,
  [shopId, after, size]: readonly [string, Date, number],
) {
  const [row] = await tx.$queryRawUnsafe<unknown[]>(
    `SELECT max(m) AS "to", count(*) = $3::int AS "full" FROM (
       SELECT ${moment} AS m FROM ${table} WHERE "shopId" = $1 AND ${moment} > $2::timestamptz ORDER BY 1 LIMIT $3::int) share`,
    shopId,
    iso(after),
    size,
  );
  return reachSchema.parse(row);
}

async function count(
  tx: Prisma.TransactionClient,
  { shopId, keptFrom }: Work,
  timeZone: string,
  touched: Touched,
): Promise<void> {
  const firstDay = firstWholeDay(keptFrom, timeZone);
  const of = (kind: string) =>
    touched.filter((row) => row.kind === kind && (row.day === null || row.day >= firstDay));
  const all = (kind: string) => asJson(touched.filter((row) => row.kind === kind));
  await countVisits(tx, {
    ...{ shopId, timeZone, visits: asJson(of("visit")) },
    // Also those of days that are not counted again: what is known of her beside them is.
    ...{
      visitors: asJson([...touched.filter(({ kind }) => kind === "visit" || kind === "joined")]),
      conversations: all("conversation"),
    },
  });
  const conversations = [...of("conversation"), ...of("near")];
  if (conversations.length === 0) return;
  const them = asJson(conversations);
  await tx.$executeRawUnsafe(countConversationsSql, shopId, them);
  await tx.$executeRawUnsafe(forgetProductsSql, shopId, them, iso(keptFrom));
  await tx.$executeRawUnsafe(countProductsSql, shopId, them);
}

/** A row that two reasons touch is written once: a statement cannot write it twice. */
function asJson(rows: Touched): string {
  return JSON.stringify([...new Map(rows.map((row) => [`${row.id} ${row.day}`, row])).values()]);
}

/** What is counted of conversations, and credited to them, stays until each is counted again: all of them are. */
async function forget(
  tx: Prisma.TransactionClient,
  { shopId, keptFrom }: Work,
  timeZone: string,
): Promise<void> {
  const where = { shopId, day: { gte: new Date(firstWholeDay(keptFrom, timeZone)) } };
  await tx.visit.deleteMany({ where });
  await tx.visitCount.deleteMany({ where });
  await tx.countedOrder.deleteMany({ where: { shopId } });
}

/** Days as texts: a date would come back as a moment of this machine's zone. */
const asText = (sql: string) => `select t.kind, t.id, t.day::text as day from (${sql}) t`;
const iso = (at: Date) => at.toISOString();
const earlier = (a: Date, b: Date) => (a < b ? a : b);
const later = (a: Date, b: Date) => (a > b ? a : b);
