import type { IncomingMessage, RequestListener } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { databaseNow } from "@/lib/db/database-now";
import { closePicturePool } from "@/lib/media/picture-pool";
import type { ShopId } from "@/lib/protocol/ids";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import { createTestShop, provideTestStore, testPng, testProduct } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { openHost } from "@/tests/support/host";
import { allowOutside } from "@/tests/support/outside";
import { writeProduct } from "../write-product";
import { claimWishes } from "./claim-wishes";
import { listFailedPictures, loadPictureFigures } from "./picture-figures";
import { openPictureQueue, type PictureQueue } from "./picture-queue";
import { recheckPictures } from "./recheck-pictures";
import { wishPictures } from "./wish-pictures";

/** Ahead of the database's clock, by which a wish is due from the beginning. */
const START = new Date(Date.now() + 3_600_000);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let database: TestDatabase;
let shopId: ShopId;
let now = START;
let outside: ReturnType<typeof allowOutside>;
let red: Buffer;
let blue: Buffer;
beforeAll(async () => {
  database = await openTestDatabase();
  await provideTestStore(database.dataDir);
  // Two hosts that may be asked; 127.0.0.1 itself may not.
  outside = allowOutside("127.0.0.2, 127.0.0.3");
  red = await testPng("red");
  blue = await testPng("blue");
});
beforeEach(async () => {
  shopId = await createTestShop();
  now = START;
});
afterAll(async () => {
  await closePicturePool();
  await outside.close();
  await database.close();
});

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await database.db.pictureWish.deleteMany();
});

async function host(answer: RequestListener, address?: string) {
  const asked: IncomingMessage[] = [];
  const { base, close } = await openHost((request, response) => {
    asked.push(request);
    answer(request, response);
  }, address);
  closers.push(close);
  return { base, asked };
}

function open(): PictureQueue {
  const queue = openPictureQueue(() => now);
  closers.push(queue.close);
  return queue;
}

async function product(externalId: string): Promise<string> {
  await writeProduct(shopId, testProduct(externalId));
  const row = await database.db.product.findUniqueOrThrow({
    where: { shopId_externalId: { shopId, externalId } },
  });
  await database.db.product.update({ where: { id: row.id }, data: { sourceId: "feed" } });
  return row.id;
}

const wish = (productId: string, ...urls: string[]) =>
  database.db.$transaction((tx) => wishPictures(tx, shopId, [{ productId, urls }]));
const wishes = () =>
  database.db.pictureWish.findMany({
    where: { shopId },
    orderBy: [{ productId: "asc" }, { position: "asc" }],
  });
const sourcesOf = async (productId: string) =>
  (await database.db.productPicture.findMany({ where: { productId }, orderBy: { position: "asc" } })).map(
    ({ sourceUrl }) => new URL(sourceUrl).pathname,
  );
const send =
  (bytes: Uint8Array, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(200, { "content-type": "image/png", ...headers }).end(bytes);
const byPath =
  (answers: Record<string, RequestListener>): RequestListener =>
  (request, response) =>
    (answers[request.url ?? ""] ?? ((_, missing) => missing.writeHead(404).end()))(request, response);

describe("pictures behind an import", () => {
  it("[CA85] come in the feed's order, with what is on them, and are the shop's own", async () => {
    const { base } = await host(byPath({ "/red.png": send(red), "/blue.png": send(blue) }));
    const id = await product("P");
    await wish(id, `${base}/red.png`, `${base}/blue.png`);
    expect(await sourcesOf(id)).toEqual([]);
    await open().look();
    expect(await sourcesOf(id)).toEqual(["/red.png", "/blue.png"]);
    const pictures = await database.db.productPicture.findMany({
      where: { productId: id },
      include: { asset: true },
    });
    expect(pictures.map(({ alt, asset }) => [alt, asset.shopId])).toEqual(
      Array(2).fill(["Product P", shopId]),
    );
    expect(await loadPictureFigures({ shopId })).toEqual({ waiting: 0, stored: 2, failed: 0 });
    expect(await loadPictureFigures({ shopId: await createTestShop() })).toEqual({
      waiting: 0,
      stored: 0,
      failed: 0,
    });
  });

  it("[CA85] a product keeps what it had until the new one is there, and when it does not come", async () => {
    const { base } = await host(byPath({ "/red.png": send(red), "/blue.png": send(blue) }));
    const queue = open();
    const id = await product("P");
    await wish(id, `${base}/red.png`, `${base}/blue.png`);
    await queue.look();
    await wish(id, `${base}/gone.png`, `${base}/red.png`);
    expect(await sourcesOf(id)).toEqual(["/red.png", "/blue.png"]);
    await queue.look();
    expect(await sourcesOf(id)).toEqual(["/red.png", "/red.png"]);
    expect((await wishes()).map(({ state, error }) => [state, error])).toEqual([
      ["failed", "not_found"],
      ["stored", null],
    ]);
  });

  it("[CA91] no longer named they go; a product of which none is named keeps its own", async () => {
    const { base, asked } = await host(byPath({ "/red.png": send(red), "/blue.png": send(blue) }));
    const queue = open();
    const id = await product("P");
    await wish(id, `${base}/red.png`, `${base}/blue.png`);
    await queue.look();
    await wish(id, `${base}/red.png`);
    await queue.look();
    expect(await sourcesOf(id)).toEqual(["/red.png"]);
    await wish(id);
    expect([await sourcesOf(id), await wishes()]).toEqual([["/red.png"], []]);
    // What it has from that very address need not be fetched.
    await wish(id, `${base}/red.png`);
    await queue.look();
    expect([(await wishes())[0]?.state, asked.length]).toEqual(["stored", 2]);
  });

  it("[CA91] an answer that comes after the feed has changed its mind is not used", async () => {
    const id = await product("P");
    let later = "";
    const { base } = await host((request, response) => {
      if (request.url === "/blue.png") return void send(blue)(request, response);
      void wish(id, later).then(() => send(red)(request, response));
    });
    later = `${base}/blue.png`;
    await wish(id, `${base}/red.png`);
    await open().look();
    expect(await sourcesOf(id)).toEqual(["/blue.png"]);
  });
});

describe("politeness", () => {
  it("[CA86] two at once of a host, and other hosts do not wait behind one with many", async () => {
    let [open1, most] = [0, 0];
    const held: (() => void)[] = [];
    let isHolding = true;
    const slow = await host((request, response) => {
      open1 += 1;
      most = Math.max(most, open1);
      const go = () => {
        open1 -= 1;
        send(red)(request, response);
      };
      if (isHolding) held.push(go);
      else go();
    });
    const quick = await host(send(blue), "127.0.0.3");
    const ids = await Promise.all(["A", "B", "C", "D", "E", "F"].map(product));
    for (const id of ids) await wish(id, `${slow.base}/${id}.png`);
    const last = await product("Z");
    await wish(last, `${quick.base}/z.png`);
    const looking = open().look();
    await expect.poll(() => sourcesOf(last)).toEqual(["/z.png"]);
    expect(slow.asked).toHaveLength(2);
    // Another process is told of none of that host's either.
    expect(await claimWishes("picture", 4, {}, now)).toEqual([]);
    isHolding = false;
    for (const go of held) go();
    await looking;
    expect(most).toBe(2);
    expect((await loadPictureFigures({ shopId })).stored).toBe(ids.length + 1);
  });

  it("[CA87] a host that wants to be left alone is, for as long as it says", async () => {
    let busy = true;
    const { base, asked } = await host((request, response) => {
      if (busy) response.writeHead(429, { "retry-after": "120" }).end();
      else send(red)(request, response);
    });
    const [first, second, third] = await Promise.all(["A", "B", "C"].map(product));
    for (const id of [first, second, third]) await wish(id ?? "", `${base}/${id}.png`);
    const queue = open();
    await queue.look();
    // Two were on their way; the third was not sent after them.
    expect(asked).toHaveLength(2);
    busy = false;
    now = new Date(START.getTime() + MINUTE_MS);
    await queue.look();
    expect(asked).toHaveLength(2);
    now = new Date(START.getTime() + 2 * MINUTE_MS);
    await queue.look();
    expect(await loadPictureFigures({ shopId })).toEqual({ waiting: 0, stored: 3, failed: 0 });
  });

  it("[CA89] after another import they are asked for with what we know, at most once a day, and the failed ones again", async () => {
    const { base, asked } = await host(
      byPath({
        "/red.png": (request, response) =>
          request.headers["if-none-match"] === '"1"'
            ? response.writeHead(304).end()
            : void send(red, { etag: '"1"' })(request, response),
        "/blue.png": (request, response) =>
          request.headers["if-modified-since"] === "Sun, 01 Nov 2026 10:00:00 GMT"
            ? response.writeHead(304).end()
            : void send(blue, { "last-modified": "Sun, 01 Nov 2026 10:00:00 GMT" })(request, response),
      }),
    );
    const queue = open();
    const id = await product("P");
    await wish(id, `${base}/red.png`, `${base}/blue.png`, `${base}/gone.png`);
    await queue.look();
    const before = await database.db.productPicture.findMany({ where: { productId: id } });
    await recheckPictures(shopId, "feed", now);
    await queue.look();
    expect(asked.map(({ url }) => url).sort()).toEqual(["/blue.png", "/gone.png", "/gone.png", "/red.png"]);
    now = new Date(START.getTime() + 2 * DAY_MS);
    await recheckPictures(shopId, "feed", now);
    await queue.look();
    const conditional = asked.filter(
      ({ headers }) => headers["if-none-match"] ?? headers["if-modified-since"],
    );
    expect(conditional.map(({ url }) => url).sort()).toEqual(["/blue.png", "/red.png"]);
    expect(await database.db.productPicture.findMany({ where: { productId: id } })).toEqual(before);
    expect(await loadPictureFigures({ shopId })).toEqual({ waiting: 0, stored: 2, failed: 1 });
  });
});

describe("pictures that cannot be had", () => {
  it("[CA90] are named with the reason, and their product has been there all the time", async () => {
    const inside = await host(send(red), "127.0.0.1");
    const { base } = await host(
      byPath({
        "/page": (_request, response) =>
          response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<h1>Not found</h1>"),
        "/words.png": send(Buffer.from("no picture at all")),
        "/large.png": (_request, response) =>
          response.writeHead(200, { "content-length": MAX_UPLOAD_BYTES + 1 }).write("x"),
        "/inside.png": (_request, response) => response.writeHead(302, { location: `${inside.base}/` }).end(),
        "/secret.png": (_request, response) => response.writeHead(403).end(),
      }),
    );
    const id = await product("P");
    await wish(
      id,
      ...["/page", "/words.png", "/large.png", "/inside.png", "/secret.png", "/none.png"].map(
        (path) => base + path,
      ),
      "http://169.254.169.254/latest/meta-data/",
    );
    await open().look();
    const failed = await listFailedPictures({ shopId }, 0, 50);
    expect(failed.map(({ error }) => error)).toEqual([
      "unsupported_picture",
      "unsupported_picture",
      "too_large",
      "forbidden",
      "forbidden",
      "not_found",
      "forbidden",
    ]);
    expect(failed[0]).toMatchObject({
      externalId: "P",
      url: `${base}/page`,
      detail: expect.stringContaining("page"),
    });
    expect(inside.asked).toHaveLength(0);
    expect(await listFailedPictures({ shopId: await createTestShop() }, 0, 50)).toEqual([]);
    // A source's report names its own alone.
    expect(await listFailedPictures({ shopId, sourceId: "feed" }, 0, 50)).toEqual(failed);
    expect(await listFailedPictures({ shopId, sourceId: "another" }, 0, 50)).toEqual([]);
    expect(await loadPictureFigures({ shopId, sourceId: "feed" })).toMatchObject({ failed: 7 });
    expect(await loadPictureFigures({ shopId, sourceId: "another" })).toMatchObject({ failed: 0 });
  });

  it("[CA90] a host that is away is asked three times more, ever later", async () => {
    const { base, asked } = await host((_request, response) => response.writeHead(500).end());
    const id = await product("P");
    await wish(id, `${base}/red.png`);
    const queue = open();
    for (const minutes of [0, 1, 11, 71]) {
      now = new Date(START.getTime() + minutes * MINUTE_MS);
      await queue.look();
    }
    expect(asked).toHaveLength(4);
    expect(await wishes()).toMatchObject([{ state: "failed", error: "unavailable", attempts: 4 }]);
  });

  it("[CA88] what a process that died was fetching is fetched by the next one", async () => {
    const { base } = await host(send(red));
    const id = await product("P");
    await wish(id, `${base}/red.png`);
    // This one claims it and is never heard of again.
    expect(await claimWishes("picture", 4, {}, now)).toHaveLength(1);
    const queue = open();
    await queue.look();
    expect((await wishes())[0]?.state).toBe("fetching");
    now = new Date(START.getTime() + 10 * MINUTE_MS);
    await queue.look();
    expect(await sourcesOf(id)).toEqual(["/red.png"]);
  });

  it("[CA88] a node whose own clock is wrong takes nobody for dead", async () => {
    const { base, asked } = await host(send(red));
    await wish(await product("P"), `${base}/red.png`);
    expect(await claimWishes("picture", 4, {}, await databaseNow())).toHaveLength(1);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60 * MINUTE_MS });
    try {
      const queue = openPictureQueue();
      closers.push(queue.close);
      await queue.look();
    } finally {
      vi.useRealTimers();
    }
    expect((await wishes())[0]?.state).toBe("fetching");
    expect(asked).toHaveLength(0);
  });

  it("[CA88] a server that stops puts back what it was fetching", async () => {
    const { base, asked } = await host(() => {});
    const id = await product("P");
    await wish(id, `${base}/red.png`);
    const queue = open();
    const looking = queue.look();
    await expect.poll(() => asked.length).toBe(1);
    await queue.close();
    await looking;
    expect(await wishes()).toMatchObject([{ state: "waiting", attempts: 0 }]);
  });
});
