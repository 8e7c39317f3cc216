import { randomInt, randomUUID } from "node:crypto";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { visitorIdSchema } from "@/lib/protocol/ids";
import { openTestDatabase } from "@/tests/support/database";
import { at, makeShop } from "../internal/test-shop";
import type { Question } from "../question";
import { localDay, pointOfDay, pointsOf, type Range, wholeDays } from "../range";
import { rollUpShop } from "../rollups/roll-up";
import { loadOverview } from "./overview";
import { listVisitRows, readVisitRows } from "./visit-rows";

const ZONE = "Europe/Rome";
/** Her clocks go forward within them. */
const BEGINS = Date.parse("2026-03-27T00:00:00Z");
const HOURS = 5 * 24;
const MINUTE_MS = 60_000;
/** Visits: pages begin and end within days, and go over several. */
const PAGE = 7;

interface Told {
  readonly visitors: readonly { readonly id: string; readonly who: string; readonly device: string }[];
  readonly pages: readonly { readonly visitorId: string; readonly at: Date }[];
  readonly talks: readonly { readonly visitorId: string; readonly at: Date }[];
  readonly orders: readonly { readonly visitorId: string; readonly at: Date }[];
}

/** What the overview says of visits, by walking through all that was told. */
function walk({ visitors, pages, talks, orders }: Told, range: Range, device: "phone" | undefined) {
  const { unit } = pointsOf(range, ZONE);
  const whose = new Map(visitors.map((visitor) => [visitor.id, visitor]));
  const who = ({ visitorId }: { visitorId: string }) => whose.get(visitorId)?.who ?? "";
  const during = (moment: Date) => moment >= range.from && moment < range.to;
  const first = new Map<string, { visitorId: string; at: Date }>();
  for (const page of pages) {
    const key = `${page.visitorId} ${localDay(page.at, ZONE)}`;
    const earlier = first.get(key);
    if (earlier === undefined || page.at < earlier.at) first.set(key, page);
  }
  const looked = [...first.values()].filter(
    (page) => during(page.at) && (device === undefined || whose.get(page.visitorId)?.device === device),
  );
  const talkers = new Set(talks.filter((talk) => during(talk.at)).map(who));
  const paid = orders
    .filter((order) => during(order.at))
    .map((order) => ({ who: who(order), point: pointOfDay(localDay(order.at, ZONE), unit) }));
  const figures = (visits: typeof looked, bought: typeof paid) => {
    const alone = [...new Set(visits.map(who))].filter((one) => !talkers.has(one));
    return {
      visits: new Set(visits.map((visit) => `${who(visit)} ${localDay(visit.at, ZONE)}`)).size,
      alone: alone.length,
      orderedAlone: alone.filter((one) => bought.some((order) => order.who === one)).length,
    };
  };
  const points = pointsOf(range, ZONE).days.map((day) => ({
    day,
    ...figures(
      looked.filter((visit) => pointOfDay(localDay(visit.at, ZONE), unit) === day),
      paid.filter(({ point }) => point === day),
    ),
  }));
  return { total: figures(looked, paid), points };
}

describe.each(["postgres", "pglite"] as const)("visits of the overview on %s", (engine) => {
  let database: { close(): Promise<void> };
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  }, 60_000);
  afterAll(() => database.close());

  it("[IN224, IN242] of random visitors, most of whom come once, are what one counts by walking through them, whatever the range", async () => {
    const seed = randomInt(2 ** 31);
    const generator = xoroshiro128plus(seed);
    const dice = (sides: number) => uniformInt(generator, 0, sides - 1);
    const db = getDb();
    const shop = await makeShop();
    const { shopId } = shop;
    await db.shop.update({ where: { id: shopId }, data: { timeZone: ZONE } });
    const agent = await shop.agent("Anna");
    const productId = await shop.product("hat");
    const sometime = () => new Date(BEGINS + dice(HOURS * 60) * MINUTE_MS);
    const person = await db.person.create({ data: { shopId, externalId: "7" } });
    const told = { visitors: [], pages: [], talks: [], orders: [] } as {
      -readonly [K in keyof Told]: Told[K][number][];
    };
    for (let n = 0; n < 60; n++) {
      const device = ["phone", "desktop"][dice(2)] ?? "";
      const personId = dice(8) === 0 ? person.id : null;
      const { id } = await db.visitor.create({ data: { shopId, device, locale: "it", personId } });
      told.visitors.push({ id, who: personId ?? id, device });
      const came = sometime();
      // Some only talk, or order, or do so on another day than they come on.
      const then = () => (dice(3) === 0 ? sometime() : new Date(came.getTime() + dice(90) * MINUTE_MS));
      for (let pages = dice(4); pages > 0; pages--) told.pages.push({ visitorId: id, at: then() });
      if (dice(4) === 0) told.talks.push({ visitorId: id, at: then() });
      if (dice(3) === 0) told.orders.push({ visitorId: id, at: then() });
    }
    await db.event.createMany({
      data: told.pages.map((page) => ({
        ...{ id: randomUUID(), shopId, type: "page_viewed", source: "browser", data: {} },
        ...{ visitorId: page.visitorId, occurredAt: page.at, receivedAt: page.at },
      })),
    });
    for (const talk of told.talks) {
      await shop.conversation(visitorIdSchema.parse(talk.visitorId), agent, talk.at);
    }
    for (const { visitorId, at: placedAt } of told.orders) {
      await db.order.create({
        data: {
          ...{ shopId, externalId: randomUUID(), visitorId, source: "api", currency: "EUR" },
          ...{ totalMinor: 100, placedAt, updatedAt: placedAt },
          lines: {
            create: { externalId: "hat", productId, quantity: 1, unitMinor: 100, totalMinor: 100 },
          },
        },
      });
    }
    await rollUpShop(shopId, new Date());
    expect(await db.visitCount.count({ where: { shopId } }), `seed ${seed}`).toBeGreaterThan(0);

    const ranges: Range[] = [
      wholeDays("2026-03-28", "2026-03-29", ZONE),
      wholeDays("2026-03-01", "2026-07-31", ZONE),
      { from: new Date(BEGINS - 200 * 86_400_000), to: at(0) },
      ...Array.from({ length: 8 }, () => {
        const [from, to] = [sometime(), sometime()].sort((a, b) => a.getTime() - b.getTime());
        return { from: from ?? at(0), to: to ?? at(0) };
      }),
    ];
    for (const range of ranges) {
      for (const device of [undefined, "phone"] as const) {
        const question: Question = { shopId, range, timeZone: ZONE, filters: device ? { device } : {} };
        const { total, points } = await loadOverview(question);
        const said = `seed ${seed}, ${range.from.toISOString()} to ${range.to.toISOString()}, ${device}`;
        const expected = walk(told, range, device);
        const { visits, alone, orderedAlone } = total;
        expect({ visits, alone, orderedAlone }, said).toEqual(expected.total);
        const one = { offset: 0, limit: 1 };
        expect(
          {
            visits: (await listVisitRows(question, "all", one)).total,
            alone: (await listVisitRows(question, "alone", one)).customers,
            orderedAlone: (await listVisitRows(question, "orderedAlone", one)).customers,
          },
          said,
        ).toEqual(expected.total);
        expect(
          points.map((point) => ({
            ...{ day: point.day, visits: point.visits },
            ...{ alone: point.alone, orderedAlone: point.orderedAlone },
          })),
          said,
        ).toEqual(expected.points);
      }
    }

    const range = wholeDays("2026-03-01", "2026-04-30", ZONE);
    const question: Question = { shopId, range, timeZone: ZONE, filters: {} };
    for (const state of ["all", "alone", "orderedAlone"] as const) {
      const { rows, total } = await listVisitRows(question, state, { offset: 0, limit: 1_000 });
      const pieces = [];
      for await (const piece of readVisitRows(question, state)) pieces.push(...piece);
      expect(pieces, `seed ${seed}`).toEqual(rows);
      expect(rows, `seed ${seed}`).toHaveLength(total);
      const pages = [];
      for (let offset = 0; offset <= total; offset += PAGE)
        pages.push(...(await listVisitRows(question, state, { offset, limit: PAGE })).rows);
      expect(pages, `seed ${seed}`).toEqual(rows);
      expect(rows.every(({ conversations }) => state === "all" || conversations.length === 0)).toBe(true);
    }
  }, 90_000);
});
