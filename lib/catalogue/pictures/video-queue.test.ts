import { randomUUID } from "node:crypto";
import { mkdtemp, readFile } from "node:fs/promises";
import type { RequestListener, ServerResponse } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { videoAddress } from "@/lib/media/address";
import { videoName } from "@/lib/media/file-name";
import { SHOP_VIDEO_GB } from "@/lib/media/media-limits";
import { closePicturePool } from "@/lib/media/picture-pool";
import { serveMedia } from "@/lib/media/serve-media";
import { getMediaStore } from "@/lib/media/store";
import { ffmpegSlot } from "@/lib/media/video/ffmpeg";
import { MAX_VIDEO_BYTES } from "@/lib/media/video/video-limits";
import { shopVideoGbSlot } from "@/lib/media/video-room";
import { assetIdSchema, type ShopId } from "@/lib/protocol/ids";
import { createTestShop, provideTestStore, testPng, testProduct } from "@/tests/support/catalogue";
import { type Engine, openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { openHost } from "@/tests/support/host";
import { allowOutside } from "@/tests/support/outside";
import { FFMPEG, H264, makeVideo } from "@/tests/support/videos";
import { writeProduct } from "../write-product";
import { claimWishes } from "./claim-wishes";
import { listFailedPictures, loadPictureFigures } from "./picture-figures";
import { openPictureQueue, type PictureQueue } from "./picture-queue";
import { END_OF_VIDEOS, FIRST_VIDEO_PLACE } from "./places";
import { recheckPictures } from "./recheck-pictures";
import { wishPictures } from "./wish-pictures";

/** Milliseconds: encoding takes its time on a busy machine. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Ahead of the database's clock, by which a wish is due from the beginning. */
const START = new Date(Date.now() + 3_600_000);
const MINUTE_MS = 60_000;
const NAME = "Filmed by Mara";
const engines: readonly Engine[] = ["postgres", "pglite"];

let database: TestDatabase;
let shopId: ShopId;
let now = START;
let outside: ReturnType<typeof allowOutside>;
let red: Buffer;
/** Two seconds, with the name of who filmed it. */
let film: Buffer;
/** Another one. */
let other: Buffer;
beforeEach(async () => {
  shopId = await createTestShop();
  now = START;
  ffmpegSlot.provide(FFMPEG);
});

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await database.db.pictureWish.deleteMany();
  shopVideoGbSlot.provide(SHOP_VIDEO_GB);
});

async function host(answers: Readonly<Record<string, RequestListener>>, address?: string) {
  const asked: string[] = [];
  const { base, close } = await openHost((request, response) => {
    asked.push(request.url ?? "");
    const answer = answers[request.url ?? ""];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
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
  return row.id;
}

const wish = (productId: string, urls: readonly string[], videos?: readonly string[]) =>
  database.db.$transaction((tx) =>
    wishPictures(tx, shopId, [{ productId, urls, ...(videos && { videos }) }]),
  );
const shownOf = async (productId: string) =>
  (
    await database.db.productPicture.findMany({
      where: { productId },
      orderBy: { position: "asc" },
      include: { asset: true },
    })
  ).map(({ position, sourceUrl, asset }) => ({ position, path: new URL(sourceUrl).pathname, asset }));
const placesOf = async (productId: string) =>
  (await shownOf(productId)).map(({ position, path }) => [position, path]);
const send =
  (bytes: Uint8Array, type: string): RequestListener =>
  (_request, response) =>
    response.writeHead(200, { "content-type": type }).end(bytes);
const sendFilm = (): RequestListener => send(film, "video/mp4");
const sendRed = (): RequestListener => send(red, "image/png");

describe.each(engines)("videos behind an import, on %s", (engine) => {
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    await provideTestStore(database.dataDir);
    outside = allowOutside("127.0.0.2, 127.0.0.3");
    red = await testPng("red");
    const folder = await mkdtemp(join(database.dataDir, "films-"));
    const path = await makeVideo(join(folder, "film.mp4"), {
      words: [...H264, "-metadata", `title=${NAME}`],
    });
    film = await readFile(path);
    other = await readFile(await makeVideo(join(folder, "other.mp4"), { sound: null, words: [...H264] }));
  });
  afterAll(async () => {
    ffmpegSlot.provide(null);
    await closePicturePool();
    await outside.close();
    await database.close();
  });

  it("[CA153] come behind the pictures, read as a customer's are: cleaned, with length and poster", async () => {
    const { base } = await host({ "/red.png": sendRed(), "/film.mp4": sendFilm() });
    const id = await product("P");
    await wish(id, [`${base}/red.png`], [`${base}/film.mp4`]);
    await open().look();
    const [picture, video] = await shownOf(id);
    expect([picture?.position, video?.position]).toEqual([0, FIRST_VIDEO_PLACE]);
    expect(picture?.asset).toMatchObject({ videoType: null, durationMs: null });
    expect(video?.asset).toMatchObject({
      ...{
        shopId,
        conversationId: null,
        videoType: "video/mp4",
        playsAnywhere: true,
        width: 320,
        height: 180,
      },
    });
    expect(video?.asset.durationMs).toBeGreaterThan(1_500);
    expect(video?.asset.sizes.length).toBeGreaterThan(0);
    const place = { shopId, assetId: assetIdSchema.parse(video?.asset.id) };
    const file = await getMediaStore().find(place, videoName("video/mp4"));
    const bytes = Buffer.from(await new Response(file?.open()).arrayBuffer());
    expect([film.includes(NAME), bytes.includes(NAME), bytes.length > 1_000]).toEqual([true, false, true]);
    const address = new URL(videoAddress(place.assetId, "video/mp4", null), "http://127.0.0.1");
    const part = await serveMedia(
      new Request(address, { headers: { range: "bytes=0-99" } }),
      { assetId: place.assetId, path: ["video.mp4"] },
      async () => undefined,
    );
    expect([part.status, part.headers.get("content-type")]).toEqual([206, "video/mp4"]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(0, 100));
    expect(await loadPictureFigures({ shopId })).toEqual({ waiting: 0, stored: 2, failed: 0 });
  });

  it("[CA153] without ffmpeg a video comes without a poster", async () => {
    ffmpegSlot.provide(null);
    const { base } = await host({ "/film.mp4": sendFilm() });
    const id = await product("P");
    await wish(id, [], [`${base}/film.mp4`]);
    await open().look();
    expect((await shownOf(id)).map(({ asset }) => [asset.videoType, asset.sizes])).toEqual([
      ["video/mp4", []],
    ]);
  });

  it("[CA154] one at a time, and no picture waits for it, of the same host neither", async () => {
    const held: ServerResponse[] = [];
    const hold: RequestListener = (_request, response) => held.push(response);
    const pictures = { "/a.png": sendRed(), "/b.png": sendRed(), "/c.png": sendRed() };
    const first = await host({ ...pictures, "/1.mp4": hold, "/2.mp4": hold });
    const other = await host({ "/3.mp4": hold }, "127.0.0.3");
    const [one, two] = [await product("A"), await product("B")];
    await wish(one, [], [`${first.base}/1.mp4`, `${first.base}/2.mp4`, `${other.base}/3.mp4`]);
    const queue = open();
    const looking = queue.look();
    await expect.poll(() => held.length).toBe(1);
    // Wished for while a video is on its way.
    await wish(
      two,
      ["/a.png", "/b.png", "/c.png"].map((path) => first.base + path),
    );
    void queue.look();
    await expect.poll(() => placesOf(two)).toHaveLength(3);
    expect([...first.asked, ...other.asked].filter((path) => path.endsWith(".mp4"))).toHaveLength(1);
    // Another process is told of none of that host's, and of one of the other's.
    const free = first.asked.some((path) => path.endsWith(".mp4")) ? other : first;
    const elsewhere = await claimWishes("video", 4, {}, now);
    expect(elsewhere.map(({ url }) => new URL(url).origin)).toEqual([free.base]);
    await queue.close();
    await looking;
  });

  it("[CA154] hosts take turns, however many one of them has waiting", async () => {
    const order: string[] = [];
    const gone: RequestListener = (request, response) => {
      order.push(request.url ?? "");
      response.writeHead(404).end();
    };
    const paths = ["/1.mp4", "/2.mp4", "/3.mp4"];
    const many = await host(Object.fromEntries(paths.map((path) => [path, gone])));
    const few = await host({ "/other.mp4": gone }, "127.0.0.3");
    await wish(
      await product("A"),
      [],
      paths.map((path) => many.base + path),
    );
    await wish(await product("B"), [], [`${few.base}/other.mp4`]);
    await open().look();
    expect([order[1], [...order].sort()]).toEqual(["/other.mp4", [...paths, "/other.mp4"]]);
  });

  it("[CA154] what a process that died was fetching is fetched after an hour, not after ten minutes", async () => {
    const { base, asked } = await host({ "/film.mp4": sendFilm() });
    const id = await product("P");
    await wish(id, [], [`${base}/film.mp4`]);
    expect(await claimWishes("video", 1, {}, now)).toHaveLength(1);
    const queue = open();
    now = new Date(START.getTime() + 30 * MINUTE_MS);
    await queue.look();
    expect(asked).toEqual([]);
    now = new Date(START.getTime() + 60 * MINUTE_MS);
    await queue.look();
    expect(await placesOf(id)).toEqual([[FIRST_VIDEO_PLACE, "/film.mp4"]]);
  });

  it("[CA154] after another import they are asked for with what we know, at most once a week", async () => {
    const conditions: unknown[] = [];
    const { base } = await host({
      "/film.mp4": (request, response) => {
        conditions.push(request.headers["if-none-match"]);
        if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
        else response.writeHead(200, { "content-type": "video/mp4", etag: '"1"' }).end(film);
      },
    });
    const id = await product("P");
    await database.db.product.update({ where: { id }, data: { sourceId: "feed" } });
    await wish(id, [], [`${base}/film.mp4`]);
    const queue = open();
    await queue.look();
    for (const days of [2, 8]) {
      now = new Date(START.getTime() + days * 24 * 60 * MINUTE_MS);
      await recheckPictures(shopId, "feed", now);
      await queue.look();
    }
    expect(conditions).toEqual([undefined, '"1"']);
    expect(await loadPictureFigures({ shopId })).toEqual({ waiting: 0, stored: 1, failed: 0 });
  });

  it("[CA155] that cannot be had are named with the reason, and the product keeps what it had", async () => {
    const { base } = await host({
      "/film.mp4": sendFilm(),
      "/page": send(Buffer.from("<h1>Watch</h1>"), "text/html; charset=utf-8"),
      "/red.mp4": sendRed(),
      "/cut.mp4": (request, response) => send(film.subarray(0, 3_000), "video/mp4")(request, response),
      "/large.mp4": (_request, response) =>
        response.writeHead(200, { "content-length": MAX_VIDEO_BYTES + 1 }).write("x"),
    });
    const id = await product("P");
    await wish(id, [], [`${base}/film.mp4`]);
    const queue = open();
    await queue.look();
    const paths = ["/page", "/red.mp4", "/cut.mp4", "/large.mp4"];
    await wish(id, [], [...paths.map((path) => base + path), "http://169.254.169.254/film.mp4"]);
    await queue.look();
    const failed = await listFailedPictures({ shopId }, 0, 50);
    expect(failed.map(({ error }) => error)).toEqual([
      "unsupported_video",
      "unsupported_video",
      expect.stringMatching(/^(broken|unsupported)_video$/),
      "too_large",
      "forbidden",
    ]);
    expect(failed[0]).toMatchObject({ externalId: "P", url: `${base}/page` });
    expect(await placesOf(id)).toEqual([[FIRST_VIDEO_PLACE, "/film.mp4"]]);
  });

  it("[CA155] that are hostile are refused for what they are, before anything is decoded", async () => {
    const folder = await mkdtemp(join(database.dataDir, "long-"));
    const words = [...H264, "-metadata", "title=Long"];
    const picture = "testsrc2=s=64x36:r=1:d=200";
    const long = await readFile(await makeVideo(join(folder, "long.mp4"), { picture, sound: null, words }));
    let sent = 0;
    const away =
      (location: string): RequestListener =>
      (_request, response) =>
        response.writeHead(302, { location }).end();
    const { base, asked } = await host({
      "/metadata.mp4": away("http://169.254.169.254/latest/meta-data"),
      "/inside.mp4": away("http://127.0.0.1:5432/"),
      "/file.mp4": away("file:///etc/passwd"),
      "/round.mp4": away("/round.mp4"),
      "/html.mp4": send(Buffer.from(`<!doctype html><title>Watch</title>${" ".repeat(5_000)}`), "video/mp4"),
      "/empty.mp4": send(Buffer.alloc(0), "video/mp4"),
      "/long.mp4": send(long, "video/mp4"),
      "/endless.mp4": (_request, response) => {
        response.writeHead(200, { "content-type": "video/mp4" });
        const piece = Buffer.alloc(1_048_576);
        const more = () => {
          if (response.destroyed) return;
          sent += piece.length;
          response.write(piece, more);
        };
        more();
      },
    });
    const paths = ["metadata", "inside", "file", "round", "html", "empty", "long", "endless"];
    // Whoever decodes learns only that it does not work.
    ffmpegSlot.provide("/bin/false");
    await wish(
      await product("P"),
      [],
      paths.map((path) => `${base}/${path}.mp4`),
    );
    const queue = open();
    // What may be better another time is asked three times more.
    for (const minutes of [0, 1, 11, 71]) {
      now = new Date(START.getTime() + minutes * MINUTE_MS);
      await queue.look();
    }
    const failed = await listFailedPictures({ shopId }, 0, 50);
    expect(failed.map(({ url, error }) => [new URL(url).pathname, error])).toEqual([
      ["/metadata.mp4", "forbidden"],
      ["/inside.mp4", "forbidden"],
      ["/file.mp4", "bad_request"],
      ["/round.mp4", "unavailable"],
      ["/html.mp4", "unsupported_video"],
      ["/empty.mp4", "unsupported_video"],
      ["/long.mp4", "video_too_long"],
      ["/endless.mp4", "too_large"],
    ]);
    expect(sent).toBeLessThan(2 * MAX_VIDEO_BYTES);
    expect(asked.filter((path) => path === "/endless.mp4")).toHaveLength(1);
  });

  describe("that take as much as they may", () => {
    let counter = 0;
    /** Shown by a product, or by none, and kept for so many days. */
    async function keep(of: ShopId, gigabytes: number, days: number, productId: string | null) {
      const facts = {
        width: 640,
        height: 360,
        sizes: [],
        videoType: "video/mp4",
        videoBytes: gigabytes * 1e9,
      };
      const createdAt = new Date(Date.now() - days * 24 * 60 * MINUTE_MS);
      const { id } = await database.db.asset.create({
        data: { shopId: of, sha256: randomUUID(), createdAt, ...facts },
      });
      // Where no feed takes it away.
      const position = END_OF_VIDEOS + counter++;
      if (productId)
        await database.db.productPicture.create({
          data: { productId, assetId: id, position, sourceUrl: "https://shop.example/kept" },
        });
      return id;
    }
    const failuresOf = async (of: ShopId) =>
      (await listFailedPictures({ shopId: of }, 0, 50)).map(({ error }) => error);

    it("[CA159] no further one is asked for, and it is named; another shop's are; pictures come", async () => {
      const { base, asked } = await host({ "/red.png": sendRed(), "/film.mp4": sendFilm() });
      const id = await product("P");
      // In sum more than 32 bits count.
      for (let n = 0; n < 10; n++) await keep(shopId, 2, 9, id);
      await wish(id, [`${base}/red.png`], [`${base}/film.mp4`]);
      const queue = open();
      await queue.look();
      expect(asked).toEqual(["/red.png"]);
      expect(await failuresOf(shopId)).toEqual(["shop_full"]);
      const full = shopId;
      shopId = await createTestShop();
      const theirs = await product("P");
      await wish(theirs, [], [`${base}/film.mp4`]);
      await queue.look();
      expect(await placesOf(theirs)).toEqual([[FIRST_VIDEO_PLACE, "/film.mp4"]]);
      expect(await failuresOf(full)).toEqual(["shop_full"]);
    });

    it("[CA159] what a customer sends does not count, and as much as is allowed is", async () => {
      const { base } = await host({ "/film.mp4": sendFilm() });
      const id = await product("P");
      shopVideoGbSlot.provide(3);
      await keep(shopId, 2, 9, id);
      const visitor = await database.db.visitor.create({ data: { shopId } });
      const { id: conversationId } = await database.db.conversation.create({
        data: { shopId, visitorId: visitor.id },
      });
      const sent = await keep(shopId, 2, 9, null);
      await database.db.asset.update({ where: { id: sent }, data: { conversationId } });
      await wish(id, [], [`${base}/film.mp4`]);
      await open().look();
      const [film] = await shownOf(id);
      expect(film?.path).toBe("/film.mp4");
      const file = await getMediaStore().find(
        { shopId, assetId: assetIdSchema.parse(film?.asset.id) },
        videoName("video/mp4"),
      );
      expect(film?.asset.videoBytes).toBe(file?.byteLength);
    });

    it("[CA159] those that no product shows go first, once they are a day old", async () => {
      const { base } = await host({ "/film.mp4": sendFilm(), "/new.mp4": sendFilm() });
      const id = await product("P");
      const [old, young] = [await keep(shopId, 2, 2, null), await keep(shopId, 2, 0, null)];
      shopVideoGbSlot.provide(3);
      await wish(id, [], [`${base}/film.mp4`]);
      await open().look();
      expect(await placesOf(id)).toEqual([[FIRST_VIDEO_PLACE, "/film.mp4"]]);
      const left = await database.db.asset.findMany({ where: { id: { in: [old, young] } } });
      expect(left.map((asset) => asset.id)).toEqual([young]);
    });

    it("[CA159] what is there is asked for as before, and stays when there is no room for what it has become", async () => {
      let answer = film;
      const { base, asked } = await host({
        "/film.mp4": (request, response) => send(answer, "video/mp4")(request, response),
      });
      const id = await product("P");
      await database.db.product.update({ where: { id }, data: { sourceId: "feed" } });
      await wish(id, [], [`${base}/film.mp4`]);
      const queue = open();
      await queue.look();
      const before = await shownOf(id);
      shopVideoGbSlot.provide(0);
      const again = async (days: number) => {
        now = new Date(START.getTime() + days * 24 * 60 * MINUTE_MS);
        await recheckPictures(shopId, "feed", now);
        await queue.look();
      };
      await again(8);
      expect([asked.length, await failuresOf(shopId)]).toEqual([2, []]);
      answer = other;
      await again(16);
      expect([asked.length, await failuresOf(shopId)]).toEqual([3, ["shop_full"]]);
      expect(await shownOf(id)).toEqual(before);
    });
  });

  it("[CA156] no longer named they go; a further picture moves none, and who knows of none leaves them", async () => {
    const { base, asked } = await host({ "/film.mp4": sendFilm(), "/a.png": sendRed(), "/b.png": sendRed() });
    const id = await product("P");
    const queue = open();
    const video = [FIRST_VIDEO_PLACE, "/film.mp4"];
    await wish(id, [`${base}/a.png`], [`${base}/film.mp4`]);
    await queue.look();
    await wish(id, [`${base}/a.png`, `${base}/b.png`], [`${base}/film.mp4`]);
    await queue.look();
    expect(await placesOf(id)).toEqual([[0, "/a.png"], [1, "/b.png"], video]);
    // A live answer.
    await wish(id, [`${base}/a.png`]);
    expect(await placesOf(id)).toEqual([[0, "/a.png"], video]);
    // A feed that names neither: the pictures stay, as ever.
    await wish(id, [], []);
    expect(await placesOf(id)).toEqual([[0, "/a.png"]]);
    expect(await database.db.pictureWish.count({ where: { shopId } })).toBe(0);
    expect(asked.filter((path) => path === "/film.mp4")).toHaveLength(1);
  });

  it("[CA156] a product written by hand keeps its videos", async () => {
    const { base } = await host({ "/film.mp4": sendFilm() });
    const id = await product("P");
    await wish(id, [], [`${base}/film.mp4`]);
    await open().look();
    await writeProduct(shopId, testProduct("P", { title: "Another", pictures: [] }));
    expect(await placesOf(id)).toEqual([[FIRST_VIDEO_PLACE, "/film.mp4"]]);
    expect(await writeProduct(shopId, testProduct("P", { title: "Another", pictures: [] }))).toBe(
      "unchanged",
    );
  });
});
