import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closePicturePool } from "@/lib/media/picture-pool";
import type { ShopId } from "@/lib/protocol/ids";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import { createTestShop, provideTestStore, testPng } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { itWithRealData, realFilePath } from "@/tests/support/real-data";
import { openFolderImages } from "./folder-images";
import type { ImageSource } from "./image-source";
import { importFeed } from "./import-feed";
import { reportLines } from "./report-lines";
import { openWebImages } from "./web-images";

/** Milliseconds: 23 photographs are read twice, on a machine that may be busy. */
const REAL_FEED_MS = 180_000;

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

async function* pieces(text: string, size = 50) {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const feed = (...items: string[]) =>
  `<?xml version="1.0"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>\n${items.join("\n")}\n</channel></rss>`;
const item = (id: string, more = "") =>
  `<item><g:id>${id}</g:id><title>Title of ${id}</title><g:price>10.00 EUR</g:price>${more}</item>`;
const image = (name: string) => `<g:image_link>https://images.shop.example/${name}</g:image_link>`;

const run = (text: string, images: ImageSource | null = null) =>
  importFeed({ shopId, source: pieces(text), images, now: Date.UTC(2026, 10, 21) });

function stored() {
  return database.db.product.findMany({
    where: { shopId },
    orderBy: { externalId: "asc" },
    include: { variants: { orderBy: { position: "asc" } }, pictures: { orderBy: { position: "asc" } } },
  });
}

describe("a real feed", () => {
  itWithRealData(
    "[CA13] [CA14] [CA15] the fashion catalogue: 23 products, 68 variants, two faulty rows; again: nothing new",
    async () => {
      const images = await openFolderImages(realFilePath("catalogue/images"));
      const read = () =>
        importFeed({
          shopId,
          source: createReadStream(realFilePath("catalogue/google-merchant.xml")),
          images,
          now: Date.UTC(2026, 10, 21),
        });
      const report = await read();
      expect(report).toMatchObject({
        rows: 70,
        variants: 68,
        products: { new: 23, changed: 0, unchanged: 0 },
        pictures: { stored: 23, known: 0, failed: [] },
        missing: [],
      });
      expect(report.rejected).toEqual([
        { line: 75, externalId: "BAD-01", reasons: ["no price", "no picture"] },
        { line: 76, externalId: "BAD-02", reasons: ['price "twelve EUR" is no price'] },
      ]);
      expect(reportLines(report).join("\n")).toContain("line 76: BAD-02");
      const before = await stored();
      const dress = before.find((product) => product.externalId === "DRS-01");
      expect(dress).toMatchObject({
        url: "https://shop.example/p/drs-01",
        brand: "Maré",
        category: "Women > Dresses",
      });
      expect(dress?.variants[0]).toMatchObject({
        externalId: "DRS-01-XS",
        priceMinor: 7_900,
        saleMinor: 5_900,
      });
      expect(dress?.pictures).toHaveLength(1);

      expect(await read()).toMatchObject({
        products: { new: 0, changed: 0, unchanged: 23 },
        pictures: { stored: 0, known: 23, failed: [] },
      });
      expect(await stored()).toEqual(before);
      expect(await database.db.asset.count({ where: { shopId } })).toBe(23);
    },
    REAL_FEED_MS,
  );
});

describe("rows", () => {
  it("[CA13] of one group become one product with its variants and all their pictures once", async () => {
    const group = "<g:item_group_id>G</g:item_group_id>";
    const more = `<g:additional_image_link>https://x.example/blue.png</g:additional_image_link>`;
    const report = await run(
      feed(
        item("G-1", `${group}${image("red.png")}${more}<g:size>S</g:size>`),
        item("other"),
        item("G-2", `${group}${image("red.png")}<g:size>M</g:size>`),
      ),
      await openFolderImages(folder),
    );
    expect(report).toMatchObject({ products: { new: 2 }, variants: 3, pictures: { stored: 2, failed: [] } });
    const [product] = await stored();
    expect(product?.variants.map(({ externalId, size }) => [externalId, size])).toEqual([
      ["G-1", "S"],
      ["G-2", "M"],
    ]);
    expect(product?.pictures.map(({ sourceUrl }) => sourceUrl.split("/").at(-1))).toEqual([
      "red.png",
      "blue.png",
    ]);
  });

  it("[CA14] that cannot be used are named with their line and every reason, the others come in", async () => {
    const report = await run(
      feed(
        item("good"),
        "<item><title>No id</title><g:price>1 EUR</g:price></item>",
        item("good"),
        "<item><g:id>no-title</g:id><g:price>free</g:price></item>",
        item("when", "<g:availability>sometimes</g:availability>"),
        item("sale", "<g:sale_price>5.00 USD</g:sale_price>"),
      ),
    );
    expect(report.rows).toBe(6);
    expect(report.rejected).toEqual([
      { line: 4, externalId: "", reasons: ["no id", "no picture"] },
      { line: 5, externalId: "good", reasons: ["the id was used before, in line 3"] },
      { line: 6, externalId: "no-title", reasons: ["no title", 'price "free" is no price', "no picture"] },
      { line: 7, externalId: "when", reasons: ['availability "sometimes" is unknown', "no picture"] },
      { line: 8, externalId: "sale", reasons: ["sale price in another currency", "no picture"] },
    ]);
    expect((await stored()).map((product) => product.externalId)).toEqual(["good"]);
  });

  it("[CA16] that are gone from the feed leave their products as they are, and are reported", async () => {
    await run(feed(item("a"), item("b")));
    const report = await run(feed(item("b")));
    expect(report).toMatchObject({ missing: ["a"], products: { unchanged: 1 } });
    expect((await stored()).map((product) => [product.externalId, product.active])).toEqual([
      ["a", true],
      ["b", true],
    ]);
  });

  it("[CA22] lose their markup, and may not link to anything but the web", async () => {
    const html =
      "<description><![CDATA[<p>Soft &amp; <b>warm</b><script>alert(1)</script></p>]]></description>";
    const report = await run(feed(item("html", html), item("js", "<link>javascript:alert(1)</link>")));
    expect((await stored())[0]?.description).toBe("Soft & warm");
    expect(report.rejected[0]?.reasons[0]).toBe('link "javascript:alert(1)" is no web address');
  });

  it("[CA13] may be written in Atom, with plain names", async () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id><title>T</title><price>1 EUR</price><link href="https://shop.example/a"/></entry></feed>`;
    await run(atom);
    expect((await stored())[0]).toMatchObject({ externalId: "a", url: "https://shop.example/a" });
  });
});

describe("a hostile or broken file", () => {
  it.each([
    [
      "a document type",
      `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item><id>&b;</id></item></channel></rss>`,
    ],
    ["an unknown entity", feed("<item><g:id>&lol;</g:id></item>")],
    ["tags that do not match", feed("<item><g:id>x</item>")],
    ["an end in the middle", feed(item("a")).slice(0, -20)],
    ["deep nesting", feed("<item>".concat("<a>".repeat(100), "</a>".repeat(100), "</item>"))],
    ["an endless text", feed(`<item><g:id>${"x".repeat(2_500_000)}</g:id></item>`)],
    ["no XML", "id,title,price\n1,Hat,10 EUR\n"],
    ["nothing", ""],
  ])("[CA17] with %s is refused with its line, and nothing is written", async (_name, text) => {
    const source = pieces(text.replace("<item>", `${item("first")}<item>`), 65_536);
    const reading = importFeed({ shopId, source, images: null, now: 0 });
    await expect(reading).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringMatching(/^line \d+: /),
    });
    expect(await stored()).toEqual([]);
  });
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
    await run(feed(item("a", image("red.png"))), images);
    const before = (await stored())[0]?.pictures[0]?.assetId;
    const failing: ImageSource = { read: () => images.read("https://images.shop.example/gone.png") };
    const report = await run(feed(item("a", image("red.png")), item("b", image("words.png"))), failing);
    expect(report.pictures.failed.map(({ line, externalId }) => [line, externalId])).toEqual([
      [3, "a"],
      [4, "b"],
    ]);
    expect((await stored())[0]?.pictures[0]?.assetId).toBe(before);

    const words = await run(feed(item("b", image("words.png"))), images);
    expect(words.pictures.failed[0]).toMatchObject({
      externalId: "b",
      reason: expect.stringContaining("no known picture"),
    });
    expect((await stored()).map((product) => product.externalId)).toEqual(["a", "b"]);
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
