import { createServer, type RequestListener } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ShopId } from "@/lib/protocol/ids";
import { createTestShop } from "@/tests/support/catalogue";
import { type Engine, openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { pieces } from "@/tests/support/feeds";
import { allowOutside } from "@/tests/support/outside";
import { importFeed } from "../feed/import-feed";
import { keepFeedFile } from "../imports/feed-files";
import { type ImportWork, openImportWork } from "../imports/import-work";
import { getImport } from "../imports/list-imports";
import { createSource, deleteSource, getSource, updateReading } from "../imports/source";
import { answerImport, startImport } from "../imports/start-import";
import { createStorefront, deleteStorefront, findStorefront, nameStorefronts } from "./storefronts";

const SLOW_MS = 120_000;
const SHOP = "https://shop.example";
const engines: readonly Engine[] = ["postgres", "pglite"];
const reading = { format: null, mapping: null, currency: "EUR", locale: "en" } as const;

const feed = (currency: string, ...ids: readonly string[]) =>
  `id,title,price,link,availability\n${ids
    .map((id) => `${id},Title of ${id},10.00 ${currency},${SHOP}/${id},in_stock\n`)
    .join("")}`;
/** More than a batch. */
const many = Array.from({ length: 600 }, (_, at) => `P${at}`);

const tagged =
  (text: string): RequestListener =>
  (request, response) =>
    request.headers["if-none-match"] === '"1"'
      ? response.writeHead(304).end()
      : response.writeHead(200, { etag: '"1"' }).end(text);

describe.each(engines)("a source that moves between storefronts, on %s", (engine) => {
  let database: TestDatabase;
  let shopId: ShopId;
  let uk: string;
  let work: ImportWork;
  let outside: ReturnType<typeof allowOutside>;
  const closers: (() => unknown)[] = [];
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    outside = allowOutside("127.0.0.1");
  }, SLOW_MS);
  beforeEach(async () => {
    shopId = await createTestShop();
    await database.db.shop.update({ where: { id: shopId }, data: { origins: [SHOP] } });
    uk = await createStorefront(shopId, { name: "UK", locale: "en", currency: "GBP", origins: [SHOP] });
    work = openImportWork(() => new Date());
    closers.push(work.close);
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
    await database.db.catalogueSource.deleteMany();
  });
  afterAll(async () => {
    await outside.close();
    await database.close();
  });

  async function serve(answer: RequestListener) {
    const server = createServer((request, response) => {
      served.asked += 1;
      served.answer(request, response);
    });
    const served = { url: "", asked: 0, answer };
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const bound = server.address();
    served.url = `http://127.0.0.1:${bound && typeof bound === "object" ? bound.port : 0}/feed.csv`;
    return served;
  }
  const sourceOf = (url: string, storefrontId?: string) =>
    createSource(
      shopId,
      { kind: "address", url, login: "" },
      { ...reading, ...(storefrontId && { storefrontId }) },
    );
  const importNow = async (sourceId: string, file = "") => {
    const importId = await startImport(shopId, sourceId, "Anna", file);
    await work.look();
    return getImport(shopId, importId);
  };
  const directly = (text: string, sourceId: string, storefrontId: string | null) =>
    importFeed({
      ...{ shopId, sourceId, storefrontId, mayShrink: false, now: Date.now() },
      ...{ source: pieces(text), defaults: { currency: "EUR", locale: "" } },
    });
  const products = (where: object) => database.db.product.count({ where: { shopId, ...where } });
  const versions = (where: object = {}) =>
    database.db.productVersion.count({ where: { shopId, storefrontId: uk, active: true, ...where } });

  it("[CA149] does not move while it is imported, and nothing of it stays where it does not belong", async () => {
    let finish = () => {};
    const text = feed("GBP", "A", "B");
    const server = await serve((_request, response) => {
      response.writeHead(200, { etag: '"1"' }).write(text.slice(0, 60));
      finish = () => response.end(text.slice(60));
    });
    const sourceId = await sourceOf(server.url);
    await startImport(shopId, sourceId, "Anna");
    const looking = work.look();
    await expect.poll(() => server.asked).toBe(1);
    const moved = { ...reading, storefrontId: uk };
    await expect(updateReading(shopId, sourceId, moved)).rejects.toMatchObject({ code: "conflict" });
    expect((await getSource(shopId, sourceId)).reading.storefrontId).toBeUndefined();
    // Read in another way for the same storefront it may be.
    await updateReading(shopId, sourceId, { ...reading, currency: "CHF" });
    finish();
    await looking;
    expect(await products({ active: true })).toBe(2);
    server.answer = tagged(text);
    await updateReading(shopId, sourceId, moved);
    expect(await products({ active: true })).toBe(0);
    expect(await importNow(sourceId)).toMatchObject({ state: "done" });
    expect([await products({ active: true }), await versions()]).toEqual([0, 2]);
  });

  it(
    "[CA149] leaves what the shop's own feed names to that, though the file has not changed",
    async () => {
      const own = await sourceOf((await serve(tagged(feed("EUR", ...many)))).url);
      const foreign = await sourceOf((await serve(tagged(feed("GBP", ...many)))).url);
      for (const sourceId of [own, foreign]) await importNow(sourceId);
      await updateReading(shopId, foreign, { ...reading, storefrontId: uk });
      expect(await products({ active: true })).toBe(0);
      expect((await importNow(own)).state).toBe("done");
      expect((await importNow(foreign)).state).toBe("done");
      expect([await products({ active: true, sourceId: own }), await versions()]).toEqual([600, 600]);
      expect((await importNow(own)).state).toBe("unchanged");
      // And back: nothing of it is left there.
      await updateReading(shopId, foreign, reading);
      expect([await products({ active: true, sourceId: own }), await versions()]).toEqual([600, 0]);
    },
    SLOW_MS,
  );

  it("[CA149] what a server that stopped left behind goes with the next import", async () => {
    const server = await serve(tagged(feed("GBP", "A")));
    const sourceId = await sourceOf(server.url);
    await importNow(sourceId);
    await database.db.catalogueSource.update({
      where: { id: sourceId },
      data: { storefrontId: uk, etag: null },
    });
    await importNow(sourceId);
    expect([await products({ active: true }), await versions()]).toEqual([0, 1]);
  });

  it("[CA149] a question about the storefront before is over, and what was agreed to there is not agreed to here", async () => {
    const file = (text: string) =>
      keepFeedFile(
        shopId,
        (async function* () {
          yield new TextEncoder().encode(text);
        })(),
      );
    const first = await file(feed("GBP", ...many.slice(0, 10)));
    const sourceId = await createSource(shopId, { kind: "upload", fileName: "a.csv", file: first }, reading);
    await importNow(sourceId, first);
    const tiny = await file(feed("GBP", "P0"));
    const asking = await importNow(sourceId, tiny);
    expect(asking.state).toBe("asking");
    await updateReading(shopId, sourceId, { ...reading, storefrontId: uk });
    expect(await getImport(shopId, asking.importId)).toMatchObject({ state: "kept" });
    const late = answerImport(shopId, asking.importId, "import", new Date());
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    await expect(startImport(shopId, sourceId, "Anna", tiny)).rejects.toMatchObject({ code: "not_found" });
    const again = await file(feed("GBP", ...many.slice(0, 10)));
    await importNow(sourceId, again);
    // Nobody works on it: it waits.
    await work.close();
    const waiting = await startImport(shopId, sourceId, "Anna", await file(feed("GBP", "P0")));
    await database.db.catalogueImport.update({ where: { id: waiting }, data: { mayShrink: true } });
    await updateReading(shopId, sourceId, reading);
    expect(await database.db.catalogueImport.findUnique({ where: { id: waiting } })).toMatchObject({
      mayShrink: false,
    });
  });

  it("[CA147] an import whose storefront is gone writes nothing, least of all the shop's own", async () => {
    const lost = directly(feed("GBP", "A"), "uk", "gone");
    await expect(lost).rejects.toMatchObject({ code: "conflict" });
    expect(await products({})).toBe(0);
  });

  it("[CA148] a product that nobody is left to name is the next source's, until the shop's own names it", async () => {
    const first = await sourceOf(`${SHOP}/a`, uk);
    await directly(feed("GBP", "A"), first, uk);
    await deleteSource(shopId, first, true, new Date());
    await directly(feed("GBP", "A").replace("Title", "New title"), "next", uk);
    await directly(feed("GBP", "A").replace("Title", "Last title"), "next", uk);
    const product = await database.db.product.findFirstOrThrow({ where: { shopId } });
    expect(product).toMatchObject({ title: "Last title of A", sourceId: "next", active: false });
    // Known by its name only, it is new to the shop's own.
    expect(await directly(feed("EUR", "A"), "own", null)).toMatchObject({
      products: { new: 1, changed: 0 },
    });
    await directly(feed("GBP", "A"), "next", uk);
    expect(await products({ active: true, sourceId: "own" })).toBe(1);
  });

  it(
    "[CA149] forgets many versions, keeps many, and goes with many",
    async () => {
      const source = await sourceOf(`${SHOP}/a`, uk);
      await directly(feed("GBP", ...many), source, uk);
      await deleteSource(shopId, source, false, new Date());
      expect([await versions({ sourceId: null }), await products({ sourceId: null })]).toEqual([600, 600]);
      const again = await sourceOf(`${SHOP}/a`, uk);
      await directly(feed("GBP", ...many), again, uk);
      await deleteSource(shopId, again, true, new Date());
      expect([await versions(), await products({})]).toEqual([0, 600]);
      await directly(feed("GBP", ...many), "none", uk);
      await deleteStorefront(shopId, uk);
      expect(await versions()).toBe(0);
    },
    SLOW_MS,
  );

  it("[CA150] a storefront names the origins that are the shop's, and no others", async () => {
    const other = "https://old.example";
    await database.db.storefront.update({ where: { id: uk }, data: { origins: [SHOP, other] } });
    expect(await findStorefront(shopId, uk)).toMatchObject({ origins: [SHOP], isFed: false });
    await sourceOf(`${SHOP}/a`, uk);
    expect(await findStorefront(shopId, uk)).toMatchObject({ isFed: true });
    expect(await findStorefront(await createTestShop(), uk)).toBeNull();
    expect(await nameStorefronts(shopId)).toMatchObject([{ storefrontId: uk, name: "UK" }]);
  });

  it("[CA149] a storefront's conversations are found by an index when it goes", async () => {
    const plan = await database.db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      return tx.$queryRaw`EXPLAIN SELECT 1 FROM "Conversation" WHERE "storefrontId" = 'one'`;
    });
    expect(JSON.stringify(plan)).toContain("Conversation_storefront");
  });

  // The embedded database has one session: nobody comes in between.
  it.runIf(engine === "postgres")(
    "[CA149] a storefront that gets its source this moment is not deleted",
    async () => {
      const sourceId = await sourceOf(`${SHOP}/a`);
      let deleting: Promise<unknown> = Promise.resolve();
      await database.db.$transaction(async (tx) => {
        await tx.catalogueSource.update({ where: { id: sourceId }, data: { storefrontId: uk } });
        deleting = deleteStorefront(shopId, uk).catch((error: unknown) => error);
        const waits = () =>
          database.db.$queryRaw`SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
            AND wait_event_type = 'Lock'`;
        await expect.poll(waits).toHaveLength(1);
      });
      expect(await deleting).toMatchObject({ code: "conflict" });
    },
  );
});
