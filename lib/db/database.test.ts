import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createEmptyDatabase,
  type Engine,
  openTestDatabase,
  type TestDatabase,
} from "@/tests/support/database";
import { connect } from "./client";
import { migrate } from "./migrate";
import { findProjectRoot } from "./project-root";

const engines: readonly Engine[] = ["postgres", "pglite"];

describe.each(engines)("on %s", (engine) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());

  it("[DB1] the schema is there, and a second run applies nothing", async () => {
    expect(await migrate(database.url)).toEqual([]);
    const shop = await database.db.shop.create({
      data: { key: "vt_db1", name: "One", origins: ["https://a.example"] },
    });
    expect(await database.db.shop.findUniqueOrThrow({ where: { key: "vt_db1" } })).toEqual(shop);
  });

  it("[DB1] search finds similar words through the trigram index's operators", async () => {
    const rows = await database.db.$queryRaw<{ score: number; plain: string }[]>`
      SELECT similarity('sandal', 'sandals') AS score, unaccent('Écru') AS plain`;
    expect(rows[0]?.plain).toBe("Ecru");
    expect(rows[0]?.score).toBeGreaterThan(0.5);
  });

  it("[DB3] 240 statements of eight clients at once each get their own answer, and a failing one fails alone", async () => {
    const clients = Array.from({ length: 8 }, () => connect(database.url));
    try {
      const answers = await Promise.allSettled(
        Array.from({ length: 240 }, async (_, n) => {
          const db = clients[n % clients.length]?.db ?? database.db;
          if (n % 7 === 0) return db.$queryRaw`SELECT ${n}::int / 0 AS n`;
          if (n % 3 === 0) return db.$queryRaw`SELECT ${`text ${n}`}::text AS n`;
          return db.$queryRaw`SELECT ${n}::int AS n, ${"other"}::text AS more`;
        }),
      );
      answers.forEach((answer, n) => {
        if (n % 7 === 0) expect(answer.status).toBe("rejected");
        else if (n % 3 === 0) expect(answer).toMatchObject({ value: [{ n: `text ${n}` }] });
        else expect(answer).toMatchObject({ value: [{ n, more: "other" }] });
      });
    } finally {
      await Promise.all(clients.map((client) => client.close()));
    }
  });

  it("[DB4] what a transaction writes is seen by nobody until it ends, and by nobody when it fails", async () => {
    const failing = database.db.$transaction(async (tx) => {
      await tx.shop.create({ data: { key: "vt_db4", name: "Four" } });
      throw new Error("changed my mind");
    });
    const outside = database.db.shop.count({ where: { key: "vt_db4" } });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await outside).toBe(0);
    expect(await database.db.shop.count({ where: { key: "vt_db4" } })).toBe(0);
  });
});

it("[DB2] four servers that start at once apply each migration once", async () => {
  const url = await createEmptyDatabase();
  const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(url)));
  const all = (await readdir(join(findProjectRoot(), "prisma/migrations"))).filter((name) =>
    /^\d/.test(name),
  );
  expect(applied.flat().sort()).toEqual(all.sort());
});

it("[DB1] panels written before migration 0002 read the same after it", async () => {
  const url = await createEmptyDatabase();
  const folder = await mkdtemp(join(tmpdir(), "vetrina-migrations-"));
  const client = new pg.Client({ connectionString: url });
  try {
    const all = join(findProjectRoot(), "prisma/migrations");
    await cp(join(all, "0001_initial"), join(folder, "0001_initial"), { recursive: true });
    await migrate(url, folder);
    await client.connect();
    await client.query(`
      INSERT INTO "Shop" ("id", "key", "name") VALUES ('s', 'k', 'Shop');
      INSERT INTO "Visitor" ("id", "shopId") VALUES ('v', 's');
      INSERT INTO "Conversation" ("id", "shopId", "visitorId") VALUES ('c', 's', 'v');
      INSERT INTO "PanelSnapshot" ("conversationId", "upToId", "state", "updatedAt") VALUES ('c', 7, '\\x01', now());
      INSERT INTO "PanelUpdate" ("conversationId", "participantId", "update", "createdAt")
        VALUES ('c', 'p', '\\x02', '2026-01-02T03:04:05.678Z')`);
    expect(await migrate(url)).toContain("0002_panel_history");
    const snapshots = await client.query(`SELECT "state", "owners" FROM "PanelSnapshot"`);
    expect(snapshots.rows).toEqual([{ state: Buffer.from([1]), owners: {} }]);
    const updates = await client.query(
      `SELECT "participantId", "update", "receivedAt", "inSnapshot" FROM "PanelUpdate"`,
    );
    expect(updates.rows).toEqual([
      {
        participantId: "p",
        update: Buffer.from([2]),
        receivedAt: new Date("2026-01-02T03:04:05.678Z"),
        inSnapshot: false,
      },
    ]);
  } finally {
    await client.end();
    await rm(folder, { recursive: true, force: true });
  }
});

it("[DB1] products written before migration 0007 are there after it, also those that never were on sale", async () => {
  const url = await createEmptyDatabase();
  const folder = await mkdtemp(join(tmpdir(), "vetrina-migrations-"));
  const client = new pg.Client({ connectionString: url });
  try {
    const all = join(findProjectRoot(), "prisma/migrations");
    const before = (await readdir(all)).filter((name) => /^\d/.test(name) && name < "0007");
    for (const name of before) await cp(join(all, name), join(folder, name), { recursive: true });
    await migrate(url, folder);
    await client.connect();
    await client.query(`
      INSERT INTO "Shop" ("id", "key", "name") VALUES ('s', 'k', 'Shop');
      INSERT INTO "Product" ("id", "shopId", "externalId", "title", "updatedAt")
        VALUES ('plain', 's', 'A', 'Bag', now()), ('sale', 's', 'B', 'Hat', now()), ('bare', 's', 'C', 'Scarf', now());
      INSERT INTO "Variant" ("id", "productId", "shopId", "externalId", "currency", "priceMinor", "saleMinor")
        VALUES ('p1', 'plain', 's', 'A1', 'EUR', 900, NULL), ('s1', 'sale', 's', 'B1', 'EUR', 900, 700),
          ('s2', 'sale', 's', 'B2', 'EUR', 900, NULL)`);
    expect(await migrate(url)).toContain("0007_search");
    const products = await client.query(
      `SELECT "id", "onSale", "inStock", "priceFromMinor" FROM "Product" ORDER BY "externalId"`,
    );
    expect(products.rows).toEqual([
      { id: "plain", onSale: false, inStock: true, priceFromMinor: 900 },
      { id: "sale", onSale: true, inStock: true, priceFromMinor: 700 },
      { id: "bare", onSale: false, inStock: false, priceFromMinor: null },
    ]);
  } finally {
    await client.end();
    await rm(folder, { recursive: true, force: true });
  }
});
