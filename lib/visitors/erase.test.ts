import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { at, makeShop, type TestShop } from "@/lib/insights/internal/test-shop";
import { forgetRollups, rollUpShop } from "@/lib/insights/rollups/roll-up";
import { countOnce, walkVisits } from "@/lib/insights/rollups/visits.fixture";
import { createDiskStore } from "@/lib/media/disk-store";
import { sizeName } from "@/lib/media/file-name";
import { getMediaStore, mediaStoreSlot } from "@/lib/media/store";
import { assetIdSchema, type VisitorId } from "@/lib/protocol/ids";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { runFile } from "@/tests/support/server";
import { eraseCustomer } from "./erase";
import { listErasures, previewErasure } from "./erasures";

const CUSTOMER = "K-1";

describe.each(["postgres", "pglite"] as const)("erasing a customer on %s", (engine) => {
  let database: TestDatabase;
  let shop: TestShop;
  let phone: VisitorId;
  let desktop: VisitorId;
  let stranger: VisitorId;
  const assetId = assetIdSchema.parse(randomUUID());

  beforeAll(async () => {
    database = await openTestDatabase(engine);
    mediaStoreSlot.provide(await createDiskStore(join(database.dataDir, "media")));
    shop = await makeShop();
    [phone, desktop, stranger] = [await shop.visitor(), await shop.visitor(), await shop.visitor()];
    const { shopId } = shop;
    const person = await getDb().person.create({
      data: { shopId, externalId: CUSTOMER, name: "Mara", email: "mara@x.example" },
    });
    await getDb().visitor.updateMany({
      where: { id: { in: [phone, desktop] } },
      data: { personId: person.id },
    });
    const agent = await shop.agent("Ines");
    const dress = await shop.product("dress");
    for (const [hours, visitorId] of [
      [0, phone],
      [30, phone],
      [1, desktop],
      [2, stranger],
    ] as const) {
      const page = { type: "page_viewed", url: "https://shop.example/mara", title: "Hello Mara" } as const;
      await shop.claim(visitorId, page, at(hours));
    }
    const talk = await shop.conversation(phone, agent);
    await shop.recommend(talk, agent, dress, at(0.5));
    await shop.order(phone, "o-1", at(3), [{ id: "dress" }]);
    await shop.order(stranger, "o-2", at(3), [{ id: "dress" }]);
    await getMediaStore().put({ shopId, assetId }, [{ name: sizeName(160), bytes: new Uint8Array(8) }]);
    const { conversationId } = talk;
    await getDb().asset.create({
      data: { id: assetId, shopId, conversationId, width: 160, height: 120, sizes: [160], sha256: assetId },
    });
    await rollUpShop(shopId, new Date());
  }, 60_000);
  afterAll(() => database.close());

  const visitsByDay = async () => {
    const visits = await getDb().visit.findMany({ where: { shopId: shop.shopId } });
    return visits
      .map(({ day, pages, ordered }) => `${day.toISOString().slice(0, 10)} ${pages} ${ordered}`)
      .sort();
  };

  it("[VI30] nobody is erased by another shop, or by a word that names nobody", async () => {
    const other = await makeShop();
    await expect(eraseCustomer(other.shopId, CUSTOMER, "Sofia")).rejects.toMatchObject({ code: "not_found" });
    await expect(eraseCustomer(other.shopId, phone, "Sofia")).rejects.toMatchObject({ code: "not_found" });
    await expect(eraseCustomer(shop.shopId, "K-2", "Sofia")).rejects.toMatchObject({ code: "not_found" });
  });

  it("[VI31] before it one sees what goes and what stays, by any of her browsers; nobody of another shop", async () => {
    const { shopId } = shop;
    const hers = {
      ...{ name: "Mara", visitors: 2, conversations: 1, messages: 0, pictures: 1 },
      ...{ visits: 3, orders: 1 },
    };
    expect(await previewErasure(shopId, CUSTOMER)).toEqual(hers);
    expect(await previewErasure(shopId, desktop)).toEqual(hers);
    expect(await previewErasure(shopId, stranger)).toMatchObject({ name: "", visitors: 1, orders: 1 });
    const other = (await makeShop()).shopId;
    for (const who of [CUSTOMER, phone])
      await expect(previewErasure(other, who)).rejects.toMatchObject({ code: "not_found" });
    await expect(previewErasure(shopId, "a\0")).rejects.toMatchObject({ code: "not_found" });
    expect(await listErasures(shopId)).toEqual([]);
  });

  it("[VI30][VI31] goes with all of her browsers, words and files; her days stay as somebody's, each day as another's", async () => {
    const { shopId } = shop;
    const days = (await visitsByDay()).map((visit) => visit.split(" ").slice(0, 2).join(" "));
    if (engine === "postgres") {
      const variables = { DATABASE_URL: database.url, DATA_DIR: database.dataDir };
      const run = runFile("lib/runtime/admin-cli.ts", variables, ["erase", CUSTOMER]);
      expect(await run.ended).toBe(0);
      expect(run.output()).toContain("2 browsers and 1 conversations");
    } else {
      // By one browser of hers: all of them go.
      expect(await eraseCustomer(shopId, phone, "Sofia")).toEqual({ visitors: 2, conversations: 1 });
    }
    const db = getDb();
    // [VI31] by whom and how much is kept, and nothing of her.
    const by = engine === "postgres" ? "npm run admin" : "Sofia";
    expect(await listErasures(shopId)).toEqual([
      { id: expect.any(String), by, visitors: 2, conversations: 1, at: expect.any(Date) },
    ]);
    expect(await db.person.count()).toBe(0);
    expect((await db.visitor.findMany({ where: { shopId } })).map(({ id }) => id)).toEqual([stranger]);
    expect(await db.conversation.count({ where: { shopId } })).toBe(0);
    expect(await getMediaStore().find({ shopId, assetId }, sizeName(160))).toBeNull();

    const rows = [
      await db.event.findMany({ where: { shopId, source: "browser" } }),
      await db.order.findMany({ where: { shopId } }),
    ];
    const told = JSON.stringify([rows, await db.visit.findMany({ where: { shopId } })], (_, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const word of [phone, desktop]) expect(told).not.toContain(word);
    expect(told.match(/Hello Mara/g)).toHaveLength(1);
    const nobodys = await db.event.findMany({
      where: { shopId, type: "page_viewed", visitorId: { not: stranger } },
    });
    expect(new Set(nobodys.map(({ visitorId }) => visitorId)).size).toBe(3);
    expect((await db.order.findMany({ where: { shopId } })).map(({ visitorId }) => visitorId)).toContain(
      null,
    );

    const asBefore = async () => (await visitsByDay()).map((visit) => visit.split(" ").slice(0, 2).join(" "));
    const counted = async () => countOnce(await walkVisits(shopId, "UTC"));
    const counts = async () =>
      db.visitCount.findMany({
        where: { shopId, visits: { gt: 0 } },
        orderBy: [{ day: "asc" }, { device: "asc" }, { locale: "asc" }],
      });
    expect(await asBefore()).toEqual(days);
    expect(await counts()).toEqual(await counted());
    await forgetRollups(shopId);
    await rollUpShop(shopId, new Date());
    expect(await asBefore()).toEqual(days);
    expect(await counts()).toEqual(await counted());
  });
});
