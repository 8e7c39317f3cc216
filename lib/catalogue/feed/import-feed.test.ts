import { createReadStream } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ownCatalogue } from "@/lib/catalogue/catalogue-view";
import { noFilters } from "@/lib/protocol/catalogue-search";
import type { ShopId } from "@/lib/protocol/ids";
import { createTestShop, testProduct, testVariant } from "@/tests/support/catalogue";
import { type Engine, openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { merchantFeed, merchantItem, pieces } from "@/tests/support/feeds";
import { itWithRealData, realFilePath } from "@/tests/support/real-data";
import { FIRST_VIDEO_PLACE } from "../pictures/places";
import { searchProducts } from "../search";
import { writeProduct } from "../write-product";
import { type FeedImport, importFeed } from "./import-feed";
import { previewFeed } from "./preview-feed";
import type { ProductChange } from "./write-staged";

const NOW = Date.UTC(2026, 10, 21);
/** Milliseconds: the embedded database of a busy machine. */
const SLOW_MS = 120_000;

const engines: readonly Engine[] = ["postgres", "pglite"];

describe.each(engines)("on %s", (engine) => {
  let database: TestDatabase;
  let shopId: ShopId;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  }, SLOW_MS);
  beforeEach(async () => {
    shopId = await createTestShop();
  });
  afterAll(() => database.close());

  type Options = Partial<Omit<FeedImport, "source">>;
  const run = (content: string | AsyncIterable<Uint8Array>, options: Options = {}) =>
    importFeed({
      shopId,
      sourceId: "one",
      source: typeof content === "string" ? pieces(content) : content,
      defaults: { currency: "EUR", locale: "" },
      now: NOW,
      mayShrink: false,
      ...options,
    });

  function stored(ofShop = shopId) {
    return database.db.product.findMany({
      where: { shopId: ofShop },
      orderBy: { externalId: "asc" },
      include: {
        variants: { orderBy: { position: "asc" } },
        pictureWishes: { orderBy: { position: "asc" } },
      },
    });
  }
  const shownIds = async () => (await stored()).map((product) => [product.externalId, product.active]);

  const table = (...rows: readonly string[]) =>
    `id,item_group_id,title,price,size,image_link\n${rows.join("\n")}\n`;
  const many = (count: number, from = 0) =>
    table(...Array.from({ length: count }, (_, index) => `p${from + index},,Product ${from + index},10,,`));

  describe("a real feed", () => {
    itWithRealData(
      "[CA13] [CA14] [CA15] Google's: 23 products, 68 variants, two faulty rows; again: nothing new",
      async () => {
        const read = (sourceId = "one") =>
          run(createReadStream(realFilePath("catalogue/google-merchant.xml")), { sourceId });
        const report = await read();
        expect(report).toMatchObject({
          state: "done",
          sameFile: false,
          kind: "google-xml",
          rows: 70,
          variants: 68,
          products: { new: 23, changed: 0, unchanged: 0, gone: 0 },
          rejectedTotal: 2,
        });
        expect(report.rejected).toEqual([
          { line: 75, externalId: "BAD-01", reasons: ["no_price", "no_picture"] },
          { line: 76, externalId: "BAD-02", reasons: ["price_unreadable:twelve EUR"] },
        ]);
        const before = await stored();
        const dress = before.find((product) => product.externalId === "DRS-01");
        expect(dress).toMatchObject({
          url: "https://shop.example/p/drs-01",
          brand: "Maré",
          category: "Women > Dresses",
          sourceId: "one",
          pictureWishes: [{ url: "https://images.shop.example/dress_01.jpg", state: "waiting" }],
        });
        expect(dress?.variants[0]).toMatchObject({
          externalId: "DRS-01-XS",
          priceMinor: 7_900,
          saleMinor: 5_900,
        });
        expect(await read()).toMatchObject({
          sameFile: true,
          products: { new: 0, changed: 0, unchanged: 23, gone: 0 },
        });
        expect(await stored()).toEqual(before);
      },
      SLOW_MS,
    );

    // Counted by another reader of CSV (Python's), from the files: rows with a price are variants, handles are products.
    itWithRealData.each([
      ["shopify-apparel.csv", 20, 22],
      ["shopify-home-and-garden.csv", 20, 21],
      ["shopify-jewelery.csv", 20, 23],
    ])(
      "[CA33] %s: %i products, %i variants",
      async (file, products, variants) => {
        const report = await run(createReadStream(realFilePath(`catalogue/${file}`)));
        expect(report).toMatchObject({
          kind: "shopify-csv",
          products: { new: products },
          variants,
          rejectedTotal: 0,
        });
        const rows = await stored();
        expect(rows).toHaveLength(products);
        expect(rows.flatMap((product) => product.variants)).toHaveLength(variants);
        expect(rows.every((product) => product.pictureWishes.length > 0)).toBe(true);
      },
      SLOW_MS,
    );
  });

  describe("rows", () => {
    it("[CA13] of one group become one product with its variants and all their pictures once", async () => {
      const group = "<g:item_group_id>G</g:item_group_id>";
      const red = "<g:image_link>https://x.example/red.png</g:image_link>";
      const more = "<g:additional_image_link>https://x.example/blue.png</g:additional_image_link>";
      const report = await run(
        merchantFeed(
          merchantItem("G-1", `${group}${red}${more}<g:size>S</g:size>`),
          merchantItem("G-2", `${group}${red}<g:size>M</g:size>`),
          merchantItem("other"),
        ),
      );
      expect(report).toMatchObject({ products: { new: 2 }, variants: 3 });
      const [product] = await stored();
      expect(product?.variants.map(({ externalId, size }) => [externalId, size])).toEqual([
        ["G-1", "S"],
        ["G-2", "M"],
      ]);
      expect(product?.pictureWishes.map(({ url }) => url)).toEqual([
        "https://x.example/red.png",
        "https://x.example/blue.png",
      ]);
    });

    it("[CA152] [CA156] name videos, which stand behind the pictures; named no longer they go", async () => {
      const group = "<g:item_group_id>G</g:item_group_id>";
      const picture = "<g:image_link>https://x.example/red.png</g:image_link>";
      const video = (name: string) => `<g:video_link>https://x.example/${name}.mp4</g:video_link>`;
      const feed = (...videos: readonly string[]) =>
        merchantFeed(
          merchantItem("G-1", `${group}${picture}${videos.map(video).join("")}`),
          merchantItem("G-2", `${group}${picture}${video("turn")}`),
          merchantItem("other"),
        );
      const placesOf = async () =>
        (await stored())[0]?.pictureWishes.map(({ kind, position, url }) => [
          kind,
          position,
          new URL(url).pathname,
        ]);
      expect(await run(feed("film", "turn"))).toMatchObject({ products: { new: 2 }, warningsTotal: 0 });
      expect(await placesOf()).toEqual([
        ["picture", 0, "/red.png"],
        ["video", FIRST_VIDEO_PLACE, "/film.mp4"],
        ["video", FIRST_VIDEO_PLACE + 1, "/turn.mp4"],
      ]);
      // Another file of the same content, so that it is read.
      expect(await run(`${feed("film", "turn")}\n`)).toMatchObject({ products: { unchanged: 2 } });
      expect(await run(feed())).toMatchObject({ products: { changed: 1, unchanged: 1 } });
      expect(await placesOf()).toEqual([
        ["picture", 0, "/red.png"],
        ["video", FIRST_VIDEO_PLACE, "/turn.mp4"],
      ]);
      const page = feed("film").replace("https://x.example/film.mp4", "https://youtu.be/dQw4w9WgXcQ");
      expect(await run(page)).toMatchObject({
        products: { unchanged: 2 },
        warnings: [{ externalId: "G-1", reasons: ["video_on_other_site:https://youtu.be/dQw4w9WgXcQ"] }],
      });
    });

    it("[CA152] [CA46] videos of rows that stand apart are their product's, each once, five at most", async () => {
      const cell = (...names: readonly number[]) =>
        `"${names.map((name) => `https://x.example/${name}.mp4`).join(",")}"`;
      const apart = `id,item_group_id,title,price,size,video_link
a-1,a,A,10,S,${cell(1, 2)}
b,,B,10,,
a-2,a,A,10,M,${cell(3, 1, 4, 5, 6)}
`;
      expect(await run(apart)).toMatchObject({ products: { new: 2 } });
      expect((await stored())[0]?.pictureWishes.map(({ url }) => url)).toEqual(
        [1, 2, 3, 4, 5].map((name) => `https://x.example/${name}.mp4`),
      );
    });

    it("[CA46] of one group that stand apart become one product, too, and are recognised again", async () => {
      const apart = [
        "a-1,a,A,10,S,https://x.example/1.png",
        "b-1,b,B,10,S,",
        "a-2,a,A,10,M,https://x.example/2.png",
        "b-2,b,B,10,M,",
        "c,,C,5,,",
        "a-3,a,A,10,L,https://x.example/1.png",
      ];
      expect(await run(table(...apart))).toMatchObject({ products: { new: 3 }, variants: 6 });
      const before = await stored();
      expect(
        before.map(({ externalId, variants }) => [externalId, variants.map((variant) => variant.externalId)]),
      ).toEqual([
        ["a", ["a-1", "a-2", "a-3"]],
        ["b", ["b-1", "b-2"]],
        ["c", ["c"]],
      ]);
      expect(before[0]?.pictureWishes).toHaveLength(2);
      // Another file of the same content, so that it is read.
      expect(await run(`${table(...apart)}\n`)).toMatchObject({
        sameFile: false,
        products: { new: 0, changed: 0, unchanged: 3 },
      });
      expect(await stored()).toEqual(before);
    });

    it("[CA46] a product that gets a row far from the others has all of them", async () => {
      await run(table("a-1,a,A,10,S,", "a-2,a,A,10,M,", "b,,B,10,,"));
      expect(await run(table("a-1,a,A,10,S,", "a-2,a,A,10,M,", "b,,B,10,,", "a-3,a,A,10,L,"))).toMatchObject({
        products: { changed: 1, unchanged: 1 },
        variants: 4,
      });
      expect((await stored())[0]?.variants.map(({ externalId }) => externalId)).toEqual([
        "a-1",
        "a-2",
        "a-3",
      ]);
    });

    it("[CA34] WooCommerce's variable products: the parent's words, the variations' prices; without variations none", async () => {
      const report = await run(
        [
          "ID,Type,SKU,Name,Published,In stock?,Regular price,Parent,Attribute 1 name,Attribute 1 value(s),Images,Description",
          '1,variable,TEE,Tee,1,1,,,Size,"S, M",https://x.example/t.png,Soft',
          "2,variable,CAP,Cap,1,1,,,Size,S,,",
          "3,simple,HAT,Hat,1,1,7,,,,,",
          "4,variation,TEE-S,Tee - S,1,1,20,TEE,Size,S,,",
          "5,variation,TEE-M,Tee - M,1,0,21,id:1,Size,M,,",
          "6,simple,D,Draft,-1,1,7,,,,,",
        ].join("\n"),
      );
      expect(report).toMatchObject({
        kind: "woocommerce-csv",
        products: { new: 2 },
        variants: 3,
        skipped: 1,
      });
      expect(report.rejected).toEqual([{ line: 3, externalId: "2", reasons: ["no_variants"] }]);
      expect(await stored()).toMatchObject([
        {
          externalId: "1",
          title: "Tee",
          description: "Soft",
          pictureWishes: [{ url: "https://x.example/t.png" }],
          variants: [
            { externalId: "4", sku: "TEE-S", size: "S", priceMinor: 2_000, availability: "in_stock" },
            { externalId: "5", sku: "TEE-M", size: "M", availability: "out_of_stock" },
          ],
        },
        { externalId: "3" },
      ]);
    });

    it("[CA14] that cannot be used are named with their line and every reason, the others come in", async () => {
      const report = await run(
        merchantFeed(
          merchantItem("good"),
          "<item><title>No id</title><g:price>1 EUR</g:price></item>",
          merchantItem("good"),
          "<item><g:id>no-title</g:id><g:price>free</g:price></item>",
          merchantItem("when", "<g:availability>sometimes</g:availability>"),
          merchantItem("sale", "<g:sale_price>5.00 USD</g:sale_price>"),
          merchantItem("nan").replace("10.00", "NaN"),
          merchantItem("code", "<g:gtin>4006381333932</g:gtin>"),
        ),
      );
      expect(report).toMatchObject({ rows: 8, rejectedTotal: 6, warningsTotal: 1 });
      expect(report.rejected).toEqual([
        { line: 4, externalId: "", reasons: ["no_id", "no_picture"] },
        { line: 5, externalId: "good", reasons: ["id_used_before:3"] },
        { line: 6, externalId: "no-title", reasons: ["no_title", "price_unreadable:free", "no_picture"] },
        { line: 7, externalId: "when", reasons: ["availability_unknown:sometimes", "no_picture"] },
        { line: 8, externalId: "sale", reasons: ["sale_currency_differs", "no_picture"] },
        { line: 9, externalId: "nan", reasons: ["price_unreadable:NaN EUR", "no_picture"] },
      ]);
      expect(report.warnings).toEqual([
        { line: 10, externalId: "code", reasons: ["gtin_wrong:4006381333932"] },
      ]);
      expect((await stored()).map((product) => product.externalId)).toEqual(["code", "good"]);
    });

    it("[CA14] of thousands that cannot be used the first thousand are named, all are counted", async () => {
      const report = await run(
        table("a,,A,10,,", ...Array.from({ length: 1_200 }, (_, index) => `x${index},,X,free,,`)),
      );
      expect(report).toMatchObject({ rows: 1_201, rejectedTotal: 1_200, products: { new: 1 } });
      expect(report.rejected).toHaveLength(1_000);
    });

    it(
      "[CA47] of a product with 10,000 variants the first 2,048 come in, the others are counted",
      async () => {
        const rows = Array.from({ length: 10_000 }, (_, index) => `v${index},big,Big,10,${index},`);
        const report = await run(table(...rows, "other,,Other,10,,"));
        expect(report).toMatchObject({
          rows: 10_001,
          variants: 2_049,
          rejectedTotal: 7_952,
          products: { new: 2 },
        });
        expect(report.rejected[0]).toEqual({
          line: 2_050,
          externalId: "v2048",
          reasons: ["too_many_variants:2048"],
        });
        expect(await database.db.variant.count({ where: { shopId } })).toBe(2_049);
      },
      SLOW_MS,
    );
  });

  describe("what is stored", () => {
    it("[CA54] is found by search at once, by title, colour, number and barcode", async () => {
      await run("id,title,price,color,gtin,mpn\nX-99,Chunky hat,10,Burgundy,4006381333931,MK-7\n");
      for (const query of ["chunky", "burgundy", "x-99", "4006381333931", "mk-7"]) {
        const page = await searchProducts(ownCatalogue(shopId), {
          query,
          filters: noFilters,
          sort: "best",
          page: { limit: 5, offset: 0 },
          withFacets: false,
        });
        expect(
          page.products.map(({ externalId }) => externalId),
          query,
        ).toEqual(["X-99"]);
      }
    });

    it("[CA43] changes only where the feed says something else, and keeps the ids that others know", async () => {
      await run(table("a-1,a,A,10,S,", "a-2,a,A,10,M,", "b,,B,10,,", "c,,C,10,,"));
      const before = await stored();
      const report = await run(table("a-1,a,A,12,S,", "a-3,a,A,10,L,", "b,,B,10,,", "c,,C,10,,"), {
        now: NOW + 1_000,
      });
      expect(report.products).toEqual({ new: 0, changed: 1, unchanged: 2, gone: 0 });
      const after = await stored();
      expect(after.slice(1)).toEqual(before.slice(1));
      expect(after[0]?.id).toBe(before[0]?.id);
      expect(after[0]?.variants).toMatchObject([
        { id: before[0]?.variants[0]?.id, externalId: "a-1", priceMinor: 1_200 },
        { externalId: "a-3" },
      ]);
    });

    it("[CA43] by hand is seen, and put right by the next import", async () => {
      const feed = table("a,,A,10,,", "b,,B,10,,");
      await run(feed);
      await writeProduct(shopId, testProduct("a", { title: "By hand", variants: [testVariant("a")] }));
      expect(await run(feed)).toMatchObject({ sameFile: false, products: { changed: 1, unchanged: 1 } });
      expect((await stored())[0]?.title).toBe("A");
    });

    it("[CA49] a variant that moves to another product keeps its id, whichever stands first", async () => {
      await run(table("v1,a,A,10,S,", "v2,a,A,10,M,", "w,b,B,10,S,"));
      const id = (await stored())[0]?.variants[1]?.id;
      await run(table("v1,a,A,10,S,", "w,b,B,10,S,", "v2,b,B,10,M,"));
      expect((await stored()).map(({ variants }) => variants.map((variant) => variant.externalId))).toEqual([
        ["v1"],
        ["w", "v2"],
      ]);
      expect((await stored())[1]?.variants[1]?.id).toBe(id);
      await run(table("v1,a,A,10,S,", "v2,a,A,10,M,", "w,b,B,10,S,"));
      expect((await stored())[0]?.variants[1]?.id).toBe(id);
    });

    it("[CA50] named by two sources, it belongs to the one that spoke last", async () => {
      const feed = table("v1,a,A,10,S,", "v2,a,A,10,M,");
      await run(feed);
      await run(table("v2,z,Z,10,M,"), { sourceId: "two" });
      expect(
        (await stored()).map(({ externalId, sourceId, contentHash }) => [
          externalId,
          sourceId,
          contentHash === null,
        ]),
      ).toEqual([
        ["a", "one", true],
        ["z", "two", false],
      ]);
      // The same file, and yet not all of it stands: it is read again.
      expect(await run(feed)).toMatchObject({ sameFile: false, products: { changed: 1 } });
      expect((await stored())[0]?.variants).toHaveLength(2);
    });

    it("[CA3] [CA51] belongs to one shop: the same ids elsewhere are other products", async () => {
      const other = await createTestShop();
      await run(table("a,,Ours,10,,", "b,,Ours,10,,"));
      const before = await stored();
      await run(table("a,,Theirs,99,,"), { shopId: other });
      expect(await stored()).toEqual(before);
      expect((await stored(other)).map(({ title }) => title)).toEqual(["Theirs"]);
      await run(many(1), { shopId: other, mayShrink: true });
      expect(await stored()).toEqual(before);
    });
  });

  describe("what is gone", () => {
    it("[CA16] is not active, keeps its id, and comes back; other sources' and hand-made products stay", async () => {
      await writeProduct(shopId, testProduct("hand"));
      await run(table("x,,X,10,,"), { sourceId: "two" });
      await run(many(4));
      const before = new Map((await stored()).map(({ externalId, id }) => [externalId, id]));
      expect(await run(many(3))).toMatchObject({ state: "done", products: { unchanged: 3, gone: 1 } });
      expect(await shownIds()).toEqual([
        ["hand", true],
        ["p0", true],
        ["p1", true],
        ["p2", true],
        ["p3", false],
        ["x", true],
      ]);
      const gone = (await stored()).find(({ externalId }) => externalId === "p3");
      expect(gone).toMatchObject({ id: before.get("p3"), goneAt: new Date(NOW) });
      expect(gone?.variants).toHaveLength(1);

      expect(await run(many(4))).toMatchObject({ products: { changed: 1, unchanged: 3, gone: 0 } });
      expect((await stored()).find(({ externalId }) => externalId === "p3")).toMatchObject({
        id: before.get("p3"),
        active: true,
        goneAt: null,
      });
    });

    it("[CA44] more than 30 % changes nothing until somebody agrees", async () => {
      await run(many(10));
      const before = await stored();
      const less = `${many(6)}new,,New,10,,\n`;
      expect(await run(less)).toMatchObject({
        state: "would-shrink",
        products: { new: 1, unchanged: 6, gone: 4 },
      });
      expect(await stored()).toEqual(before);
      expect(await run(less, { mayShrink: true })).toMatchObject({
        state: "done",
        products: { new: 1, gone: 4 },
      });
      expect((await shownIds()).filter(([, active]) => !active)).toHaveLength(4);
      // 30 % itself needs no question.
      await run(many(10));
      expect(await run(many(7))).toMatchObject({ state: "done", products: { gone: 3 } });
    });

    it("[CA44] a feed in which no row can be used takes nothing away", async () => {
      await run(many(5));
      expect(await run(table("p0,,A,free,,", "p1,,B,free,,"))).toMatchObject({
        state: "would-shrink",
        rejectedTotal: 2,
        products: { gone: 5 },
      });
      await expect(run("id,title,price\n")).rejects.toMatchObject({ code: "bad_request" });
      expect((await shownIds()).every(([, active]) => active)).toBe(true);
    });
  });

  describe("the same file again", () => {
    it("[CA42] is not even read; with other settings, another day of a sale or other products it is", async () => {
      const feed =
        "id,title,price,sale_price,sale_price_effective_date\na,A,10,8,2026-11-01T00:00Z/2026-11-25T00:00Z\nb,B,10,,\n";
      await run(feed);
      const before = await stored();
      expect(before[0]?.variants[0]?.saleMinor).toBe(800);
      expect(await run(feed, { now: NOW + 1_000 })).toMatchObject({ sameFile: true, rows: 2, variants: 2 });
      expect(await stored()).toEqual(before);
      const other = await run(feed, { defaults: { currency: "CHF", locale: "de" } });
      expect(other).toMatchObject({ sameFile: false, products: { changed: 2 } });
      expect((await stored())[1]).toMatchObject({ locale: "de", variants: [{ currency: "CHF" }] });
      await run(feed);
      const later = await run(feed, { now: Date.UTC(2026, 10, 26) });
      expect(later).toMatchObject({ sameFile: false, products: { changed: 1, unchanged: 1 } });
      expect((await stored())[0]?.variants[0]?.saleMinor).toBeNull();
    });
  });

  describe("while it runs", () => {
    it("[CA52] it says how far it is, and what has changed", async () => {
      await run(many(5));
      const phases = new Set<string>();
      const changes: ProductChange[] = [];
      await run(`${many(4)}n,,New,10,,\n`, {
        onProgress: ({ phase, done, of }) =>
          phases.add(`${phase} ${phase === "receiving" ? "" : `${done}/${of}`}`.trim()),
        onChanges: async (batch) => void changes.push(...batch),
      });
      expect([...phases]).toEqual(["receiving", "reading 5/null", "writing 1/1"]);
      expect(changes).toEqual([
        { change: "new", externalId: "n", title: "New", line: 6 },
        { change: "gone", externalId: "p4", title: "Product 4", line: 0 },
      ]);
    });

    it("[CA45] somebody may stop it: while it is received, while it is read; nothing has changed", async () => {
      await run(many(3));
      const before = await stored();
      const receiving = new AbortController();
      async function* slow() {
        yield* pieces(many(2_000, 100), 1_000);
        receiving.abort(new Error("stopped"));
        yield* pieces("more", 4);
      }
      await expect(run(slow(), { signal: receiving.signal })).rejects.toThrow("stopped");
      const reading = new AbortController();
      await expect(
        run(many(2_000, 100), {
          signal: reading.signal,
          onProgress: ({ phase }) => phase === "reading" && reading.abort(new Error("stopped")),
        }),
      ).rejects.toThrow("stopped");
      expect(await stored()).toEqual(before);
      expect(await database.db.stagedProduct.count()).toBe(0);
    });

    it("[CA45] ended while it writes, the next one finishes it", async () => {
      const writing = new AbortController();
      const feed = many(600);
      await expect(
        run(feed, {
          signal: writing.signal,
          onProgress: ({ phase }) => phase === "writing" && writing.abort(new Error("stopped")),
        }),
      ).rejects.toThrow("stopped");
      const written = await database.db.product.count({ where: { shopId } });
      expect(written).toBeGreaterThan(0);
      expect(written).toBeLessThan(600);
      expect(await run(feed)).toMatchObject({
        sameFile: false,
        products: { new: 600 - written, unchanged: written },
      });
    });
  });
});

describe("a preview", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  const preview = (text: string, options: Partial<Parameters<typeof previewFeed>[0]> = {}) =>
    previewFeed({ source: pieces(text), defaults: { currency: "EUR" }, now: NOW, ...options });

  it("[CA41] shows the first rows as they would be read, with the columns, our mapping and what is wrong", async () => {
    const rows = Array.from({ length: 30 }, (_, index) => `K-${index};Hut;12,50;Rot`);
    const shown = await preview(
      `Artikelnummer;Bezeichnung;Preis;Farbe\nK;Hut;gratis;Rot\n${rows.join("\n")}\n`,
    );
    expect(shown).toMatchObject({
      kind: "csv",
      encoding: "utf-8",
      delimiter: ";",
      broken: "",
      mapping: { columns: { id: "Artikelnummer", title: "Bezeichnung", price: "Preis", color: "Farbe" } },
      columns: [
        { name: "Artikelnummer", example: "K" },
        { name: "Bezeichnung", example: "Hut" },
        { name: "Preis", example: "gratis" },
        { name: "Farbe", example: "Rot" },
      ],
    });
    expect(shown.rows).toHaveLength(20);
    expect(shown.rows[0]).toMatchObject({
      line: 2,
      priceMinor: null,
      rejected: ["price_unreadable:gratis", "no_picture"],
    });
    expect(shown.rows[1]).toMatchObject({
      line: 3,
      externalId: "K-0",
      priceMinor: 1_250,
      currency: "EUR",
      color: "Rot",
      rejected: [],
    });
  });

  it("[CA41] shows a table that needs a mapping although nothing of it can be read yet", async () => {
    const shown = await preview("A1;B1;C1\nx;y;12\n");
    expect(shown.mapping).toEqual({ columns: {} });
    expect(shown.rows[0]?.rejected).toEqual(["no_id", "no_title", "no_price", "no_picture"]);
    const mapped = await preview("A1;B1;C1\nx;y;12\n", {
      mapping: { columns: { id: "A1", title: "B1", price: "C1" } },
    });
    expect(mapped.rows[0]).toMatchObject({ externalId: "x", title: "y", priceMinor: 1_200, rejected: [] });
  });

  it("[CA41] [CA152] counts pictures and videos of each row", async () => {
    const film = "<g:video_link>https://x.example/1.mp4</g:video_link>";
    const shown = await preview(merchantFeed(merchantItem("a", film), merchantItem("b")));
    expect(shown.rows).toMatchObject([
      { externalId: "a", imageCount: 0, videoCount: 1 },
      { externalId: "b", imageCount: 0, videoCount: 0 },
    ]);
  });

  it("[CA41] shows what comes before a break, and says what is broken", async () => {
    const shown = await preview(merchantFeed(merchantItem("a"), "<item><b></item>"));
    expect(shown.rows.map(({ externalId }) => externalId)).toEqual(["a"]);
    expect(shown.broken).toMatch(/^line \d+: /);
  });
});
