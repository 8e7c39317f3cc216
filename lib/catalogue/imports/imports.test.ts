import { readdir } from "node:fs/promises";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ShopId } from "@/lib/protocol/ids";
import type { FeedPlace, FeedReading } from "@/lib/protocol/imports";
import { updateTimeZone } from "@/lib/shops/update-time-zone";
import { createTestShop } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { allowOutside } from "@/tests/support/outside";
import { keepFeedFile, sweepFeedFiles } from "./feed-files";
import { DEAD_AFTER_MS } from "./import-queue";
import { type ImportWork, openImportWork } from "./import-work";
import { getImport, listEntries, listImports } from "./list-imports";
import { runImport } from "./run-import";
import {
  createSource,
  deleteSource,
  getSource,
  listSources,
  moveSchedules,
  updateReading,
  updateSchedule,
} from "./source";
import { answerImport, cancelImport, startImport } from "./start-import";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const reading: FeedReading = { format: null, mapping: null, currency: "EUR", locale: "en" };

let database: TestDatabase;
let shopId: ShopId;
let now: Date;
let outside: ReturnType<typeof allowOutside>;
beforeAll(async () => {
  database = await openTestDatabase();
  // http without a password is fine for a feed; with one it takes an allowed place, as here.
  outside = allowOutside("127.0.0.1");
});
beforeEach(async () => {
  shopId = await createTestShop();
  now = new Date();
});
afterAll(async () => {
  await outside.close();
  await database.close();
});

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await database.db.catalogueSource.deleteMany();
});

const row = (id: string, more = "") =>
  `<item><g:id>${id}</g:id><g:title>Title of ${id}</g:title><g:price>10.00 EUR</g:price>${more}</item>`;
const feed = (...rows: string[]) =>
  `<?xml version="1.0"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n${rows.join("\n")}\n</channel></rss>`;
const ids = (count: number, from = 0) => Array.from({ length: count }, (_, at) => row(`P${from + at}`));

interface FeedServer {
  readonly url: string;
  readonly asked: IncomingMessage[];
  answer: RequestListener;
}

async function serve(first: RequestListener): Promise<FeedServer> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    served.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const bound = server.address();
  const port = bound && typeof bound === "object" ? bound.port : 0;
  const served: FeedServer = { url: `http://127.0.0.1:${port}/feed.xml`, asked, answer: first };
  return served;
}

const send =
  (text: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(200, headers).end(text);
const sendTagged =
  (text: string, etag: string): RequestListener =>
  (request, response) =>
    request.headers["if-none-match"] === etag
      ? response.writeHead(304).end()
      : void send(text, { etag })(request, response);

function open(): ImportWork {
  const work = openImportWork(() => now);
  closers.push(work.close);
  return work;
}

const address = (url: string, login = ""): FeedPlace => ({ kind: "address", url, login });
async function* bytes(text: string) {
  yield new TextEncoder().encode(text);
}

const titles = async (active = true) =>
  (await database.db.product.findMany({ where: { shopId, active }, orderBy: { externalId: "asc" } })).map(
    ({ externalId }) => externalId,
  );

/** Imports a source now, to its end. */
async function importNow(sourceId: string, work = open()) {
  const importId = await startImport(shopId, sourceId, "Anna");
  await work.look();
  return getImport(shopId, importId);
}

describe("a source", () => {
  it("[CA70] of an address keeps its password sealed, sends it, and never shows it again", async () => {
    const server = await serve(send(feed(row("A"))));
    const sourceId = await createSource(shopId, address(server.url, "anna:pässword"), reading);
    expect(await importNow(sourceId)).toMatchObject({ state: "done", startedBy: "Anna" });
    const sent = server.asked[0]?.headers.authorization ?? "";
    expect(Buffer.from(sent.replace("Basic ", ""), "base64").toString()).toBe("anna:pässword");
    const stored = JSON.stringify(await database.db.catalogueSource.findUnique({ where: { id: sourceId } }));
    const shown = JSON.stringify(await getSource(shopId, sourceId));
    for (const text of [stored, shown]) expect(text).not.toContain("ssword");
    expect(await getSource(shopId, sourceId)).toMatchObject({ hasLogin: true, url: server.url });
  });

  it("[CA70] a password is not sent by plain http to the open internet", async () => {
    const sourceId = await createSource(shopId, address("http://shop.example/feed.xml", "a:b"), reading);
    expect(await importNow(sourceId)).toMatchObject({
      state: "failed",
      error: "forbidden",
      detail: expect.stringContaining("https"),
    });
  });

  it.each(["ftp://shop.example/feed", "feed.xml", "javascript:alert(1)", ""])(
    "[CA70] is no source: %s",
    async (url) => {
      await expect(createSource(shopId, address(url), reading)).rejects.toMatchObject({
        code: "bad_request",
      });
    },
  );

  it("[CA81] that is forgotten leaves its products, or takes them along, as the admin says", async () => {
    const server = await serve(send(feed(row("A"), row("B"))));
    const work = open();
    const first = await createSource(shopId, address(server.url), reading);
    await importNow(first, work);
    await deleteSource(shopId, first, false, now);
    expect(await titles()).toEqual(["A", "B"]);
    const second = await createSource(shopId, address(server.url), reading);
    await importNow(second, work);
    await deleteSource(shopId, second, true, now);
    expect([await titles(), await titles(false)]).toEqual([[], ["A", "B"]]);
  });

  it("[CA82] and its imports are the shop's own", async () => {
    const server = await serve(send(feed(row("A"), row("A"))));
    const sourceId = await createSource(shopId, address(server.url), reading);
    const { importId } = await importNow(sourceId);
    const other = await createTestShop();
    expect([await listSources(other), await listImports(other)]).toEqual([[], []]);
    const name = await keepFeedFile(shopId, bytes(feed(row("A"))));
    const tries = [
      () => getSource(other, sourceId),
      () => updateReading(other, sourceId, reading),
      () => updateSchedule(other, sourceId, { kind: "hours", everyHours: 1 }, "UTC", now),
      () => deleteSource(other, sourceId, true, now),
      () => getImport(other, importId),
      () => listEntries(other, importId, "rejected", 0),
      () => startImport(other, sourceId, "Eve"),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    // A file is known under its shop's name only.
    const own = await createSource(other, { kind: "upload", file: name, fileName: "feed.xml" }, reading);
    await expect(startImport(other, own, "Eve", name)).rejects.toMatchObject({ code: "not_found" });
    expect(await titles()).toEqual(["A"]);
  });
});

describe("an import", () => {
  it("[CA78] reports every row, in lists and pages", async () => {
    const server = await serve(send(feed(...ids(60), row("P0"), "<item><g:id>X</g:id></item>")));
    const work = open();
    const sourceId = await createSource(shopId, address(server.url), reading);
    const first = await importNow(sourceId, work);
    expect(first).toMatchObject({
      state: "done",
      sourceName: new URL(server.url).host,
      figures: {
        kind: "google-xml",
        rows: 62,
        variants: 60,
        rejected: 2,
        products: { new: 60, changed: 0, unchanged: 0, gone: 0 },
      },
      error: null,
    });
    expect(await listEntries(shopId, first.importId, "rejected", 0)).toEqual([
      { line: 63, externalId: "P0", title: "", reasons: [expect.stringContaining("id_used_before")] },
      { line: 64, externalId: "X", title: "", reasons: expect.arrayContaining(["no_title", "no_price"]) },
    ]);
    const pages = [0, 1, 2].map((page) => listEntries(shopId, first.importId, "new", page));
    const lengths = (await Promise.all(pages)).map((page) => page.length);
    expect(lengths).toEqual([50, 10, 0]);
    expect(await listEntries(shopId, first.importId, "new", "all")).toHaveLength(60);

    server.answer = send(feed(...ids(49), row("P49", "<g:brand>New</g:brand>"), row("N")));
    const second = await importNow(sourceId, work);
    expect(second.figures?.products).toEqual({ new: 1, changed: 1, unchanged: 49, gone: 10 });
    const listed = async (list: "new" | "changed" | "gone") =>
      (await listEntries(shopId, second.importId, list, 0)).map(({ externalId }) => externalId);
    expect([await listed("new"), await listed("changed"), (await listed("gone")).length]).toEqual([
      ["N"],
      ["P49"],
      10,
    ]);
  });

  it("[CA72] of a feed that did not change costs one question; read in another way it is sent anew", async () => {
    const server = await serve(sendTagged(feed(row("A")), '"1"'));
    const work = open();
    const sourceId = await createSource(shopId, address(server.url), reading);
    expect((await importNow(sourceId, work)).state).toBe("done");
    const again = await importNow(sourceId, work);
    expect([again.state, again.figures]).toEqual(["unchanged", null]);
    expect(server.asked[1]?.headers["if-none-match"]).toBe('"1"');
    await updateReading(shopId, sourceId, { ...reading, currency: "CHF" });
    expect((await importNow(sourceId, work)).state).toBe("done");
    expect(server.asked[2]?.headers["if-none-match"]).toBeUndefined();
  });

  it("[CA72] a sale that ended makes the same feed another one", async () => {
    const end = new Date(now.getTime() + HOUR_MS).toISOString();
    const sale = `<g:sale_price>8.00 EUR</g:sale_price><g:sale_price_effective_date>2026-01-01T00:00Z/${end}</g:sale_price_effective_date>`;
    const server = await serve(sendTagged(feed(row("A", sale)), '"1"'));
    const work = open();
    const sourceId = await createSource(shopId, address(server.url), reading);
    const price = async () => (await database.db.variant.findFirstOrThrow({ where: { shopId } })).saleMinor;
    await importNow(sourceId, work);
    expect(await price()).toBe(800);
    now = new Date(now.getTime() + 2 * HOUR_MS);
    expect((await importNow(sourceId, work)).state).toBe("done");
    expect(await price()).toBeNull();
  });

  it.each([
    ["is not found", ((_q, response) => response.writeHead(404).end()) as RequestListener, "not_found"],
    ["wants a password", ((_q, response) => response.writeHead(401).end()) as RequestListener, "forbidden"],
    ["is broken", ((_q, response) => response.writeHead(500).end()) as RequestListener, "unavailable"],
    [
      "breaks off",
      ((_q, response) =>
        void response
          .writeHead(200, { "content-length": 900 })
          .write("<rss>", () => response.destroy())) as RequestListener,
      "unavailable",
    ],
    ["answers with a page", send("<!doctype html><title>Shop</title><p>Sign in</p>"), "bad_request"],
    ["ends in the middle", send(feed(row("A"), row("B")).slice(0, -40)), "bad_request"],
    ["is another format", send("%PDF-1.7"), "bad_request"],
  ])(
    "[CA79] from an address that %s fails with its reason, and all stays as it was",
    async (_name, answer, code) => {
      const server = await serve(sendTagged(feed(row("A"), row("B"), row("C")), '"1"'));
      const work = open();
      const sourceId = await createSource(shopId, address(server.url), reading);
      await importNow(sourceId, work);
      server.answer = answer;
      const failed = await importNow(sourceId, work);
      expect(failed).toMatchObject({ state: "failed", error: code, detail: expect.stringMatching(/./) });
      expect(await titles()).toEqual(["A", "B", "C"]);
      server.answer = sendTagged(feed(row("A"), row("B"), row("C")), '"1"');
      expect((await importNow(sourceId, work)).state).toBe("unchanged");
    },
  );

  it("[CA79] from an address in a private network is not even asked for", async () => {
    const sourceId = await createSource(shopId, address("http://169.254.169.254/latest/meta-data/"), reading);
    expect(await importNow(sourceId)).toMatchObject({ state: "failed", error: "forbidden" });
  });
});

describe("an import that would empty the catalogue", () => {
  it("[CA77] changes nothing and asks; a no keeps it so", async () => {
    const server = await serve(send(feed(...ids(10))));
    const work = open();
    const sourceId = await createSource(shopId, address(server.url), reading);
    await importNow(sourceId, work);
    server.answer = send(feed(...ids(4)));
    const asking = await importNow(sourceId, work);
    expect(asking).toMatchObject({
      state: "asking",
      endedAt: null,
      figures: { products: { gone: 6, unchanged: 4 } },
    });
    expect(await titles()).toHaveLength(10);
    await answerImport(shopId, asking.importId, "keep", now);
    expect((await getImport(shopId, asking.importId)).state).toBe("kept");
    await work.look();
    expect(await titles()).toHaveLength(10);
    const late = answerImport(shopId, asking.importId, "import", now);
    await expect(late).rejects.toMatchObject({ code: "conflict" });
  });

  it("[CA77] a yes imports it", async () => {
    const server = await serve(send(feed(...ids(10))));
    const work = open();
    const sourceId = await createSource(shopId, address(server.url), reading);
    await importNow(sourceId, work);
    server.answer = send(feed(...ids(4)));
    const { importId } = await importNow(sourceId, work);
    await answerImport(shopId, importId, "import", now);
    await work.look();
    expect(await getImport(shopId, importId)).toMatchObject({
      state: "done",
      figures: { products: { gone: 6, unchanged: 4, new: 0, changed: 0 } },
    });
    expect(await titles()).toEqual(["P0", "P1", "P2", "P3"]);
  });

  it("[CA77] a question that nobody answers for a week is a no", async () => {
    const server = await serve(send(feed(...ids(10))));
    const work = open();
    const sourceId = await createSource(shopId, address(server.url), reading);
    await importNow(sourceId, work);
    server.answer = send(feed(row("P0")));
    const { importId } = await importNow(sourceId, work);
    now = new Date(now.getTime() + 8 * DAY_MS);
    await work.look();
    expect((await getImport(shopId, importId)).state).toBe("kept");
  });
});

describe("work on imports", () => {
  it("[CA71] of a source one waits at most, and several who work do each once", async () => {
    const server = await serve(send(feed(row("A"))));
    const sourceId = await createSource(shopId, address(server.url), reading);
    const [one, two] = [openImportWork(() => now), openImportWork(() => now)];
    closers.push(one.close, two.close);
    // Started where nobody is woken: both look at the same moment.
    await database.db.catalogueImport.create({ data: { shopId, sourceId } });
    await expect(startImport(shopId, sourceId, "Anna")).rejects.toMatchObject({ code: "conflict" });
    await Promise.all([one.look(), two.look()]);
    expect(server.asked).toHaveLength(1);
    expect((await listImports(shopId)).map(({ state }) => state)).toEqual(["done"]);
  });

  it("[CA71] of a shop one runs at a time, another shop does not wait", async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => createSource(shopId, address("http://x.example/"), reading)),
    );
    const running = { shopId, state: "running", workedAt: now };
    await database.db.catalogueImport.create({ data: { ...running, sourceId: first ?? "" } });
    const server = await serve(send(feed(row("A"))));
    const other = await createTestShop();
    const elsewhere = await createSource(other, address(server.url), reading);
    const waiting = await startImport(shopId, second ?? "", "Anna");
    await startImport(other, elsewhere, "Bea");
    await open().look();
    expect((await getImport(shopId, waiting)).state).toBe("waiting");
    expect((await listImports(other)).map(({ state }) => state)).toEqual(["done"]);
  });

  it("[CA71] an address that stops in the middle keeps no other shop waiting", async () => {
    const stuck = await serve((_request, response) => void response.writeHead(200).write("<rss>"));
    const server = await serve(send(feed(row("A"))));
    const other = await createTestShop();
    const slow = await createSource(shopId, address(stuck.url), reading);
    const quick = await createSource(other, address(server.url), reading);
    const work = open();
    const waiting = await startImport(shopId, slow, "Anna");
    await expect.poll(() => stuck.asked.length).toBe(1);
    await startImport(other, quick, "Bea");
    await expect.poll(async () => (await listImports(other)).map(({ state }) => state)).toEqual(["done"]);
    expect((await getImport(shopId, waiting)).state).toBe("running");
    await work.close();
    expect((await getImport(shopId, waiting)).state).toBe("waiting");
  });

  it("[CA73] [CA74] a source that is due is imported once, however late and whoever looks", async () => {
    const server = await serve(send(feed(row("A"))));
    const sourceId = await createSource(shopId, address(server.url), reading);
    await updateSchedule(shopId, sourceId, { kind: "hours", everyHours: 6 }, "UTC", now);
    const [one, two] = [openImportWork(() => now), openImportWork(() => now)];
    closers.push(one.close, two.close);
    now = new Date(now.getTime() + 5 * HOUR_MS);
    await Promise.all([one.look(), two.look()]);
    expect(await listImports(shopId)).toEqual([]);
    // Three times are missed, one is made up for.
    now = new Date(now.getTime() + 15 * HOUR_MS);
    await Promise.all([one.look(), two.look()]);
    await one.look();
    expect((await listImports(shopId)).map(({ state, startedBy }) => [state, startedBy])).toEqual([
      ["done", ""],
    ]);
    expect((await getSource(shopId, sourceId)).nextAt).toEqual(new Date(now.getTime() + 6 * HOUR_MS));
    await updateSchedule(shopId, sourceId, { kind: "never" }, "UTC", now);
    expect((await getSource(shopId, sourceId)).nextAt).toBeNull();
  });

  it("[CA73] what is read daily moves when the shop lives by other clocks", async () => {
    const sourceId = await createSource(shopId, address("http://x.example/"), reading);
    const nextAt = async () => (await getSource(shopId, sourceId)).nextAt?.toISOString();
    const noon = new Date("2026-11-22T12:00:00Z");
    await updateSchedule(shopId, sourceId, { kind: "daily", dailyAt: 360 }, "UTC", noon);
    expect(await nextAt()).toBe("2026-11-23T06:00:00.000Z");
    await updateTimeZone(shopId, "Asia/Tokyo");
    await moveSchedules(shopId, "Asia/Tokyo", noon);
    expect(await nextAt()).toBe("2026-11-22T21:00:00.000Z");
    await expect(updateTimeZone(shopId, "Nowhere/City")).rejects.toMatchObject({ code: "bad_request" });
  });

  it("[CA74] while an import of it waits no second one is added", async () => {
    const sourceId = await createSource(shopId, address("http://169.254.169.254/"), reading);
    await updateSchedule(shopId, sourceId, { kind: "daily", dailyAt: 0 }, "Europe/Rome", now);
    await database.db.catalogueImport.create({ data: { shopId, sourceId } });
    now = new Date(now.getTime() + 2 * DAY_MS);
    await open().look();
    expect(await listImports(shopId)).toHaveLength(1);
  });

  it("[CA75] whose process died is begun anew; after three times it is given up", async () => {
    const server = await serve(send(feed(row("A"))));
    const sourceId = await createSource(shopId, address(server.url), reading);
    const dead = {
      shopId,
      sourceId,
      state: "running",
      workedAt: new Date(now.getTime() - DEAD_AFTER_MS - 1),
    };
    const alive = await database.db.catalogueImport.create({ data: { ...dead, workedAt: now, attempts: 1 } });
    const work = open();
    await work.look();
    expect((await getImport(shopId, alive.id)).state).toBe("running");
    await database.db.catalogueImport.update({ where: { id: alive.id }, data: dead });
    await work.look();
    expect(await getImport(shopId, alive.id)).toMatchObject({ state: "done", figures: { variants: 1 } });
    const deadly = await database.db.catalogueImport.create({ data: { ...dead, attempts: 3 } });
    await work.look();
    expect(await getImport(shopId, deadly.id)).toMatchObject({ state: "failed", error: "unavailable" });
  });

  it("[CA75] a node whose own clock is wrong takes nobody for dead", async () => {
    const sourceId = await createSource(shopId, address("http://x.example/"), reading);
    const alive = await database.db.catalogueImport.create({
      data: { shopId, sourceId, state: "running", attempts: 1, workedAt: new Date() },
    });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10 * DEAD_AFTER_MS });
    try {
      const work = openImportWork();
      closers.push(work.close);
      await work.look();
    } finally {
      vi.useRealTimers();
    }
    expect(await getImport(shopId, alive.id)).toMatchObject({ state: "running" });
    const row = await database.db.catalogueImport.findUniqueOrThrow({ where: { id: alive.id } });
    expect(row.attempts).toBe(1);
  });

  it("[CA75] a process that was taken for dead ends without a word", async () => {
    const answers: (() => void)[] = [];
    const server = await serve(
      (request, response) => void answers.push(() => send(feed(row("A")))(request, response)),
    );
    const sourceId = await createSource(shopId, address(server.url), reading);
    const importId = await startImport(shopId, sourceId, "Anna");
    const looking = open().look();
    await expect.poll(() => answers.length).toBe(1);
    // Another one has taken over meanwhile.
    await database.db.catalogueImport.update({ where: { id: importId }, data: { attempts: 2 } });
    await looking;
    expect(await getImport(shopId, importId)).toMatchObject({ state: "running", error: null });
    expect(await titles()).toEqual([]);
  });

  it("[CA75] a server that stops hands its import back", async () => {
    const server = await serve(() => {});
    const sourceId = await createSource(shopId, address(server.url), reading);
    const importId = await startImport(shopId, sourceId, "Anna");
    const work = open();
    const looking = work.look();
    await expect.poll(() => server.asked.length).toBe(1);
    await work.close();
    await looking;
    expect((await getImport(shopId, importId)).state).toBe("waiting");
    server.answer = send(feed(row("A")));
    await open().look();
    expect((await getImport(shopId, importId)).state).toBe("done");
  });

  it("[CA76] can be stopped, before it begins and while it runs, and the catalogue stays as it was", async () => {
    const server = await serve(() => {});
    const sourceId = await createSource(shopId, address(server.url), reading);
    const early = await startImport(shopId, sourceId, "Anna");
    await cancelImport(shopId, early, now);
    const running = await startImport(shopId, sourceId, "Anna");
    const looking = open().look();
    await expect.poll(() => server.asked.length).toBe(1);
    await cancelImport(shopId, running, now);
    await looking;
    expect((await listImports(shopId)).map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
    expect(await titles()).toEqual([]);
  });
});

describe("an import that was received and waits for its turn to be read", () => {
  it("[CA76] is over at once when somebody stops it, and does nothing when its turn comes", async () => {
    const server = await serve(send(feed(row("A"))));
    const sourceId = await createSource(shopId, address(server.url), reading);
    const claimed = { shopId, sourceId, fileName: "", mayShrink: false, attempts: 1 };
    const { id: importId } = await database.db.catalogueImport.create({
      data: { shopId, sourceId, state: "running", attempts: 1, workedAt: now },
    });
    const turns: (() => Promise<unknown>)[] = [];
    const inTurn = <T>(work: () => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        turns.push(() => work().then(resolve, reject));
      });
    const over = runImport({ importId, ...claimed }, now, new AbortController().signal, inTurn);
    await expect.poll(() => turns.length).toBe(1);
    await cancelImport(shopId, importId, now);
    expect((await getImport(shopId, importId)).stopping).toBe(true);
    await over;
    expect(await getImport(shopId, importId)).toMatchObject({ state: "cancelled", stopping: false });
    await turns[0]?.();
    expect(await getImport(shopId, importId)).toMatchObject({ state: "cancelled" });
    expect(await titles()).toEqual([]);
  });
});

describe("a file that somebody sent", () => {
  const waiting = () => readdir(join(database.dataDir, "feeds"));
  const place = (file: string): FeedPlace => ({ kind: "upload", file, fileName: "summer.xml" });

  it("[CA80] waits for its import and is gone after it", async () => {
    const file = await keepFeedFile(shopId, bytes(feed(row("A"))));
    const sourceId = await createSource(shopId, place(file), reading);
    expect(await waiting()).toContain(file);
    const importId = await startImport(shopId, sourceId, "Anna", file);
    await open().look();
    expect(await getImport(shopId, importId)).toMatchObject({ state: "done", sourceName: "summer.xml" });
    expect(await waiting()).not.toContain(file);
    // It does not come again by itself.
    const schedule = updateSchedule(shopId, sourceId, { kind: "hours", everyHours: 1 }, "UTC", now);
    await expect(schedule).rejects.toMatchObject({ code: "not_found" });
  });

  it("[CA80] waits on while the import asks, for the answer", async () => {
    const work = open();
    const first = await keepFeedFile(shopId, bytes(feed(...ids(10))));
    const sourceId = await createSource(shopId, place(first), reading);
    await startImport(shopId, sourceId, "Anna", first);
    await work.look();
    const second = await keepFeedFile(shopId, bytes(feed(row("P0"))));
    const importId = await startImport(shopId, sourceId, "Anna", second);
    await work.look();
    expect(await waiting()).toContain(second);
    await answerImport(shopId, importId, "import", now);
    await work.look();
    expect(await titles()).toEqual(["P0"]);
    expect(await waiting()).not.toContain(second);
  });

  it("[CA80] that nobody imports is forgotten after a day, one that is wanted is not", async () => {
    const [kept, forgotten] = [
      await keepFeedFile(shopId, bytes("a")),
      await keepFeedFile(shopId, bytes("b")),
    ];
    const later = new Date(Date.now() + 2 * DAY_MS);
    await sweepFeedFiles(new Set([kept]), new Date());
    expect(await waiting()).toEqual(expect.arrayContaining([kept, forgotten]));
    await sweepFeedFiles(new Set([kept]), later);
    expect(await waiting()).toContain(kept);
    expect(await waiting()).not.toContain(forgotten);
  });

  it("[CA80] a shop has few of them at once, and none is left of one that broke off", async () => {
    async function* broken() {
      yield new Uint8Array(10);
      throw new Error("the line broke");
    }
    await expect(keepFeedFile(shopId, broken())).rejects.toThrow("the line broke");
    for (let count = 0; count < 8; count += 1) await keepFeedFile(shopId, bytes("x"));
    await expect(keepFeedFile(shopId, bytes("x"))).rejects.toMatchObject({ code: "too_many" });
    expect((await waiting()).filter((name) => name.startsWith(shopId))).toHaveLength(8);
  });
});
