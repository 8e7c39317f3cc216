import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { findProjectRoot } from "@/lib/db/project-root";
import type { BrowserEvent } from "@/lib/protocol/events";
import { createEmptyDatabase, openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { openMonths, thinMonths } from "./events-by-month";
import { ingestBatch } from "./ingest";
import { makeShop, type TestShop } from "./internal/test-shop";

const NOW = new Date("2026-05-10T12:00:00.000Z");

/** Events in each part that holds some. */
async function parts(): Promise<Record<string, number>> {
  const rows = await getDb().$queryRaw<{ part: string; events: number }[]>`
    SELECT tableoid::regclass::text AS part, count(*)::int AS events FROM "Event" GROUP BY 1 ORDER BY 1`;
  return Object.fromEntries(rows.map(({ part, events }) => [part.replaceAll('"', ""), events]));
}

describe.each(["postgres", "pglite"] as const)("on %s", (engine) => {
  let database: TestDatabase;
  let shop: TestShop;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    shop = await makeShop();
  }, 60_000);
  afterAll(() => database.close());

  const view = (at: Date, id: string = randomUUID()): BrowserEvent => ({
    id,
    at: at.getTime(),
    type: "page_viewed",
    url: "https://shop.example/",
    title: "Home",
  });

  it("[IN101] events lie in the part of their month; what came before its part was made is moved into it", async () => {
    const visitorId = await shop.visitor();
    const at = (day: string) => new Date(`${day}T12:00:00Z`);
    for (const day of ["2025-12-31", "2026-04-30", "2026-05-10", "2026-07-31"]) {
      const events = [view(at(day))];
      await ingestBatch({ shopId: shop.shopId, visitorId, events, receivedAt: at(day) });
    }
    expect(await parts()).toEqual({ Event_default: 4 });
    await Promise.all([openMonths(NOW), openMonths(NOW)]);
    expect(await parts()).toEqual({ Event_2025_12: 1, Event_2026_04: 1, Event_2026_05: 1, Event_2026_07: 1 });
    const events = [view(at("2026-06-30"))];
    await ingestBatch({ shopId: shop.shopId, visitorId, events, receivedAt: at("2026-06-30") });
    expect(await parts()).toMatchObject({ Event_2026_06: 1 });
  });

  it("[IN102] of months that need not be kept only what the server saw stays, in as little room", async () => {
    const visitorId = await shop.visitor();
    const conversation = await shop.conversation(visitorId, await shop.agent("Ines"));
    const dress = await shop.product("dress");
    const [both, told] = [new Date("2026-02-05T12:00:00Z"), new Date("2026-01-05T12:00:00Z")];
    for (const receivedAt of [both, told])
      await ingestBatch({ shopId: shop.shopId, visitorId, events: [view(receivedAt)], receivedAt });
    await shop.recommend(conversation, await shop.agent("Otto"), dress, both);
    await openMonths(NOW);
    expect(await parts()).toMatchObject({ Event_2026_01: 1, Event_2026_02: 2 });
    for (let times = 0; times < 2; times++) {
      await thinMonths(NOW, 1);
      const left = await parts();
      expect(left).toMatchObject({ Event_2026_02: 1 });
      expect(left).not.toHaveProperty("Event_2026_01");
    }
    const kept = { shopId: shop.shopId, occurredAt: both };
    expect(await getDb().event.findMany({ where: kept })).toMatchObject([{ type: "product_recommended" }]);
    // It can be written to again, as any other.
    await shop.recommend(conversation, await shop.agent("Anna"), dress, both);
    expect(await parts()).toMatchObject({ Event_2026_02: 2 });
    await getDb().event.deleteMany({ where: kept });
  });

  it("[IN103] a batch of a wrong clock that comes again, even twice at once and over the end of a month, is stored once", async () => {
    const visitorId = await shop.visitor();
    // A day and more ahead: its times are those of its receipt, and others with each.
    const events = [view(new Date("2026-08-02T00:00:00Z")), view(new Date("2026-08-02T00:00:05Z"))];
    const send = (receivedAt: Date) => ingestBatch({ shopId: shop.shopId, visitorId, events, receivedAt });
    const first = new Date("2026-05-31T23:59:59.500Z");
    const both = await Promise.all([send(first), send(new Date(first.getTime() + 700))]);
    expect(both.map(({ stored }) => stored).sort()).toEqual([0, 2]);
    for (const hours of [1, 23, 24 * 6]) {
      expect(await send(new Date(first.getTime() + hours * 3_600_000))).toMatchObject({ stored: 0 });
    }
    expect(await getDb().event.count({ where: { visitorId } })).toBe(2);
  });

  it("[IN103] the same id twice in one batch is one event, the first of them", async () => {
    const visitorId = await shop.visitor();
    const id = randomUUID();
    const events = [view(new Date(NOW.getTime() - 1_000), id), view(NOW, id)];
    expect(await ingestBatch({ shopId: shop.shopId, visitorId, events, receivedAt: NOW })).toMatchObject({
      stored: 1,
    });
    const rows = await getDb().event.findMany({ where: { visitorId } });
    expect(rows.map(({ occurredAt }) => occurredAt)).toEqual([new Date(NOW.getTime() - 1_000)]);
  });
});

it("[IN104] events written before migration 0012 are there after it, as they were", async () => {
  const url = await createEmptyDatabase();
  const folder = await mkdtemp(join(tmpdir(), "vetrina-migrations-"));
  const client = new pg.Client({ connectionString: url });
  try {
    const all = join(findProjectRoot(), "prisma/migrations");
    const before = (await readdir(all)).filter((name) => /^\d/.test(name) && name < "0012");
    for (const name of before) await cp(join(all, name), join(folder, name), { recursive: true });
    await migrate(url, folder);
    await client.connect();
    await client.query(`
      INSERT INTO "Shop" ("id", "key", "name") VALUES ('s', 'k', 'Shop');
      INSERT INTO "Product" ("id", "shopId", "externalId", "title", "updatedAt") VALUES ('p', 's', 'A', 'Bag', now());
      INSERT INTO "Event" ("id", "shopId", "type", "source", "visitorId", "productId", "data", "occurredAt", "receivedAt") VALUES
        ('e1', 's', 'product_viewed', 'browser', 'v', 'p', '{"title":"Bag"}', '2026-01-02T03:04:05.678Z', '2026-01-02T03:04:06Z'),
        ('e2', 's', 'page_viewed', 'browser', 'v', NULL, '{}', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z')`);
    const was = await client.query(`SELECT * FROM "Event" ORDER BY "id"`);
    expect(await migrate(url)).toContain("0012_events_and_rollups");
    // Columns of later migrations stand beside those of then.
    expect((await client.query(`SELECT * FROM "Event" ORDER BY "id"`)).rows).toMatchObject(was.rows);
    await client.query(`DELETE FROM "Product"`);
    expect((await client.query(`SELECT "productId" FROM "Event" ORDER BY "id"`)).rows[0]).toEqual({
      productId: null,
    });
    await client.query(`DELETE FROM "Shop"`);
    expect((await client.query(`SELECT count(*)::int AS n FROM "Event"`)).rows).toEqual([{ n: 0 }]);
  } finally {
    await client.end();
    await rm(folder, { recursive: true, force: true });
  }
});
