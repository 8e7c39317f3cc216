import { createReadStream } from "node:fs";
import { access, mkdir, mkdtemp, readFile, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closePicturePool } from "@/lib/media/picture-pool";
import { MAX_VIDEO_BYTES } from "@/lib/media/video/video-limits";
import type { ShopId } from "@/lib/protocol/ids";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import { createTestShop, provideTestStore, testPng } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { merchantFeed, merchantItem, pieces } from "@/tests/support/feeds";
import { itWithRealData, realFilePath } from "@/tests/support/real-data";
import { makeVideo } from "@/tests/support/videos";
import { FIRST_VIDEO_PLACE } from "../pictures/places";
import { bringPictures } from "./bring-pictures";
import { openFolderImages } from "./folder-images";
import type { ImageSource } from "./image-source";
import { importFeed } from "./import-feed";
import { reportLines } from "./report-lines";
import { openWebImages } from "./web-images";

/** Milliseconds: 23 photographs are read twice, on a machine that may be busy. */
const REAL_FEED_MS = 180_000;
/** Milliseconds: two seconds of film are made and read. */
const VIDEO_MS = 120_000;

let database: TestDatabase;
let folder: string;
let shopId: ShopId;
beforeAll(async () => {
  database = await openTestDatabase();
  await provideTestStore(database.dataDir);
  folder = await mkdtemp(join(database.dataDir, "images-"));
  for (const color of ["red", "blue"]) await writeFile(join(folder, `${color}.png`), await testPng(color));
  await writeFile(join(folder, "words.png"), "no picture at all");
});
beforeEach(async () => {
  shopId = await createTestShop();
});
afterAll(async () => {
  await closePicturePool();
  await database.close();
});

const image = (name: string) => `<g:image_link>https://images.shop.example/${name}</g:image_link>`;
const source = {
  sourceId: "cli",
  defaults: { currency: "EUR", locale: "" },
  now: Date.UTC(2026, 10, 21),
  mayShrink: true,
};

async function run(text: string, images: ImageSource) {
  await importFeed({ shopId, source: pieces(text), ...source });
  return bringPictures({ shopId, sourceId: "cli" }, images);
}

function stored() {
  return database.db.product.findMany({
    where: { shopId },
    orderBy: { externalId: "asc" },
    include: { pictures: { orderBy: { position: "asc" } } },
  });
}

describe("a real feed", () => {
  itWithRealData(
    "[CA18] the fashion catalogue with its photographs: 23 pictures, again: nothing new",
    async () => {
      const images = await openFolderImages(realFilePath("catalogue/images"));
      const read = async () => {
        const report = await importFeed({
          shopId,
          source: createReadStream(realFilePath("catalogue/google-merchant.xml")),
          ...source,
        });
        return { report, pictures: await bringPictures({ shopId, sourceId: "cli" }, images) };
      };
      const first = await read();
      expect(first.pictures).toEqual({ stored: 23, known: 0, failed: [] });
      const lines = reportLines(first.report, first.pictures).join("\n");
      expect(lines).toContain("23 products (23 new, 0 changed, 0 unchanged), 68 variants, from 70 rows");
      expect(lines).toContain('line 76: BAD-02: price "twelve EUR" is no price');
      const before = await stored();
      expect(before.find(({ externalId }) => externalId === "DRS-01")?.pictures).toHaveLength(1);
      expect((await read()).pictures).toEqual({ stored: 0, known: 23, failed: [] });
      expect(await stored()).toEqual(before);
      expect(await database.db.asset.count({ where: { shopId } })).toBe(23);
    },
    REAL_FEED_MS,
  );
});

describe("pictures from a folder", () => {
  it("[CA18] are found by file name, and nothing outside of the folder is read", async () => {
    await mkdir(join(folder, "below"), { recursive: true });
    await symlink("/etc/hostname", join(folder, "link.png")).catch(() => {});
    const images = await openFolderImages(folder);
    expect(Buffer.from(await images.read("https://anywhere.example/a/b/red.png?v=2"))).toEqual(
      await testPng("red"),
    );
    const hostile = [
      "..%2F..%2Fetc%2Fpasswd",
      "%2Fetc%2Fpasswd",
      "..",
      ".",
      "",
      "below",
      "%00red.png",
      "red.png%00",
      "..%5Cred.png",
      "%E0%A4%A",
      "none.png",
    ];
    for (const name of hostile) {
      await expect(images.read(`https://images.shop.example/${name}`), name).rejects.toMatchObject({
        code: "not_found",
      });
    }
    await expect(images.read("https://images.shop.example/link.png")).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(images.read("file:///etc/passwd")).rejects.toMatchObject({ code: "not_found" });
    await expect(openFolderImages(join(folder, "missing"))).rejects.toMatchObject({ code: "not_found" });
  });

  it("[CA20] that cannot be read are named; the product comes in and keeps the picture it had", async () => {
    const images = await openFolderImages(folder);
    await run(merchantFeed(merchantItem("a", image("red.png"))), images);
    const before = (await stored())[0]?.pictures[0]?.assetId;
    const failing: ImageSource = {
      ...images,
      read: () => images.read("https://images.shop.example/gone.png"),
    };
    const both = merchantFeed(merchantItem("a", image("red.png")), merchantItem("b", image("words.png")));
    const missing = await run(both, failing);
    expect(missing.failed.map(({ externalId }) => externalId).sort()).toEqual(["a", "b"]);
    expect((await stored())[0]?.pictures[0]?.assetId).toBe(before);

    const words = await run(both, images);
    expect(words).toMatchObject({
      known: 1,
      failed: [{ externalId: "b", reason: expect.stringContaining("no known picture") }],
    });
    expect((await stored()).map((product) => product.externalId)).toEqual(["a", "b"]);
  });
});

describe("videos from a folder", () => {
  it(
    "[CA158] are brought as pictures are, and one that is none is named",
    async () => {
      await makeVideo(join(folder, "film.mp4"));
      await writeFile(join(folder, "words.mp4"), "no video at all");
      const images = await openFolderImages(folder);
      const video = (name: string) => `<g:video_link>https://images.shop.example/${name}</g:video_link>`;
      const feed = merchantFeed(
        merchantItem("a", `${image("red.png")}${video("film.mp4")}`),
        merchantItem("b", video("words.mp4")),
      );
      expect(await run(feed, images)).toMatchObject({
        stored: 2,
        failed: [{ externalId: "b", url: "https://images.shop.example/words.mp4" }],
      });
      expect((await stored())[0]?.pictures.map(({ position }) => position)).toEqual([0, FIRST_VIDEO_PLACE]);
      expect(await run(feed, images)).toMatchObject({ stored: 0, known: 2 });
    },
    VIDEO_MS,
  );

  it("[CA158] one that is too large is not even copied, and nothing outside of the folder is", async () => {
    const [large, copy] = [join(folder, "large.mp4"), join(folder, "copy")];
    await writeFile(large, "");
    await truncate(large, MAX_VIDEO_BYTES + 1);
    await symlink("/etc/passwd", join(folder, "outside.mp4"));
    const images = await openFolderImages(folder);
    const save = (name: string) => images.save(`https://images.shop.example/${name}`, copy);
    await expect(save("large.mp4")).rejects.toMatchObject({ code: "too_large" });
    await expect(save("outside.mp4")).rejects.toMatchObject({ code: "forbidden" });
    await expect(access(copy)).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("pictures from an address", () => {
  let server: Server;
  let base: string;
  const asked: string[] = [];
  beforeAll(async () => {
    const picture = await testPng("red");
    server = createServer((request, response) => {
      asked.push(request.url ?? "");
      if (request.url === "/cdn/red.png" || request.url === "/elsewhere/red.png") response.end(picture);
      else if (request.url === "/cdn/moved.png")
        response.writeHead(302, { location: "http://169.254.169.254/" }).end();
      else if (request.url === "/cdn/endless.png") {
        const more = () => {
          while (response.write(Buffer.alloc(1_048_576))) if (response.destroyed) return;
        };
        response.on("drain", more);
        more();
      } else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    base = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
  });
  afterAll(() => server.close());

  it("[CA19] come from that origin only, whatever the feed names", async () => {
    const images = openWebImages(`${base}/cdn`);
    const expected = await testPng("red");
    expect(Buffer.from(await images.read("https://images.shop.example/red.png"))).toEqual(expected);
    expect(Buffer.from(await images.read(`${base}/elsewhere/red.png`))).toEqual(expected);
    for (const url of [
      "http://169.254.169.254/red.png",
      "file:///etc/red.png",
      "http://localhost:1/red.png",
    ]) {
      expect(Buffer.from(await images.read(url))).toEqual(expected);
    }
    expect(new Set(asked)).toEqual(new Set(["/cdn/red.png", "/elsewhere/red.png"]));
    expect(() => openWebImages("ftp://127.0.0.1/")).toThrow(/neither http nor https/);
  });

  it(
    "[CA158] so do videos",
    async () => {
      const images = openWebImages(`${base}/cdn`);
      const path = join(folder, "saved");
      await images.save("https://images.shop.example/red.png", path);
      expect(await readFile(path)).toEqual(await testPng("red"));
      await expect(images.save("https://x.example/moved.png", path)).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(images.save("https://x.example/endless.png", path)).rejects.toMatchObject({
        code: "too_large",
        message: `more than ${MAX_VIDEO_BYTES} bytes`,
      });
    },
    VIDEO_MS,
  );

  it("[CA19] may not redirect, be missing, or be larger than an upload", async () => {
    const images = openWebImages(`${base}/cdn/`);
    await expect(images.read("https://x.example/moved.png")).rejects.toMatchObject({ code: "forbidden" });
    await expect(images.read("https://x.example/none.png")).rejects.toMatchObject({ code: "not_found" });
    await expect(images.read("https://x.example/endless.png")).rejects.toMatchObject({
      code: "too_large",
      message: expect.stringContaining(String(MAX_UPLOAD_BYTES)),
    });
    await expect(openWebImages("http://127.0.0.1:1/").read("https://x.example/a.png")).rejects.toMatchObject({
      code: "unavailable",
    });
  });
});
