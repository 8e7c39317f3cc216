import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ShopId } from "@/lib/protocol/ids";
import { createTestShop } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { merchantFeed as feed, merchantItem as item, pieces } from "@/tests/support/feeds";
import { decodeText } from "./decode-text";
import { MAX_RECORD_CHARS } from "./feed-item";
import { readGoogleMerchant } from "./google-merchant";
import { readHtmlScripts } from "./html-scripts";
import { importFeed } from "./import-feed";
import { readJsonEntries } from "./json-entries";
import { readTable } from "./read-table";
import { SeenIds } from "./seen-ids";

let database: TestDatabase;
let shopId: ShopId;
beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  shopId = await createTestShop();
});
afterAll(() => database.close());

const run = (source: AsyncIterable<Uint8Array>) =>
  importFeed({
    shopId,
    sourceId: "one",
    source,
    defaults: { currency: "EUR", locale: "" },
    now: 0,
    mayShrink: false,
  });

const long = "x".repeat(MAX_RECORD_CHARS * 3);
const csv = (...rows: string[]) => `id,title,price\n${rows.join("\n")}\n`;
const bomb = `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>`;

describe("a hostile or broken feed", () => {
  it.each([
    ["an XML bomb", feed(item("b", "<g:color>&c;</g:color>")).replace("?>", `?>${bomb}`)],
    [
      "an outside entity",
      feed(item("b")).replace("?>", '?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ],
    ["an unknown entity", feed(item("a"), "<item><g:id>&lol;</g:id></item>")],
    ["tags that do not match", feed(item("a"), "<item><g:id>x</item>")],
    ["an end in the middle", feed(item("a"), item("b")).slice(0, -20)],
    ["deep nesting", feed(item("a"), `<item>${"<a>".repeat(100)}${"</a>".repeat(100)}</item>`)],
    ["an endless text", feed(item("a"), `<item><g:id>${long}</g:id></item>`)],
    ["an endless attribute", feed(item("a"), `<item x="${long}"/>`)],
    ["an endless cell", csv("a,A,1", `b,${long},1`)],
    ["quotes that never end", csv("a,A,1", `b,"${long},1`)],
    ["quotes until the end", csv("a,A,1", 'b,"B,1')],
    ["a row that stops in the middle", `${csv("a,A,1", "b,B,2")}c,C`],
    ["an endless JSON text", `[{"id":"a","name":"A","price":1},{"id":"b","name":"${long}"}]`],
    ["an endless JSON entry", `[{"id":"a","name":"A","price":1},{"x":[${"1,".repeat(MAX_RECORD_CHARS)}1]}]`],
    ["JSON that stops", '[{"id":"a","name":"A","price":1},'],
    ["nothing", ""],
  ])("[CA17] with %s is refused with its place, and the last good catalogue stays", async (_name, text) => {
    await run(pieces(csv("old,Old,5")));
    const refused = run(pieces(text, 65_536));
    await expect(refused).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringMatching(/^(line|entry) \d+: /),
    });
    expect(
      await database.db.product.findMany({ where: { shopId }, select: { externalId: true, active: true } }),
    ).toEqual([{ externalId: "old", active: true }]);
    expect(await database.db.stagedProduct.count()).toBe(0);
  });

  it("[CA17] a connection that breaks off, too", async () => {
    await run(pieces(csv("old,Old,5")));
    async function* breaking() {
      yield* pieces(csv("old,New,5", "b,B,1"), 10);
      throw new Error("socket hang up");
    }
    await expect(run(breaking())).rejects.toThrow("socket hang up");
    expect(await database.db.product.findMany({ where: { shopId }, select: { title: true } })).toEqual([
      { title: "Old" },
    ]);
  });

  it("[CA17] ids and texts that no database holds keep out their row alone", async () => {
    const report = await run(
      pieces(
        JSON.stringify([
          { id: "a\0b", name: "A", price: 1 },
          { id: "c\ud800", name: "C", price: 1 },
          { id: "d", name: "D\0\ud800d", description: "x\0y", price: 1, color: "\udfff" },
        ]),
      ),
    );
    expect(report.rejected.map(({ line, reasons }) => [line, reasons[0]])).toEqual([
      [1, "id_unreadable"],
      [2, "id_unreadable"],
    ]);
    expect(
      await database.db.product.findMany({
        where: { shopId },
        select: { externalId: true, title: true, description: true },
      }),
    ).toEqual([{ externalId: "d", title: "D d", description: "x y" }]);
  });

  it("[CA37] a small gzip of 200 million characters in one line is refused at the first million", async () => {
    const packed = gzipSync(
      Buffer.concat([Buffer.from("id,title,price\na,A,1\nb,"), Buffer.alloc(200_000_000, "x")]),
    );
    expect(packed.length).toBeLessThan(300_000);
    await expect(run(pieces(packed, 65_536))).rejects.toMatchObject({
      code: "bad_request",
      message: `line 3: a row has more than ${MAX_RECORD_CHARS} characters`,
    });
  });
});

describe("a line without end", () => {
  /** Two billion characters, if somebody asks for them all. */
  async function* endless(begin: string, asked: { pieces: number }) {
    yield begin;
    const piece = "x".repeat(65_536);
    for (let at = 0; at < 2_000_000_000; at += piece.length) {
      asked.pieces += 1;
      yield piece;
    }
  }

  async function drain(items: AsyncIterable<unknown>): Promise<void> {
    for await (const _ of items);
  }

  it.each([
    ["a table", "id,title,price\na,", (text: AsyncIterable<string>) => readTable(text, ",")],
    ["quotes", 'id,title,price\na,"', (text: AsyncIterable<string>) => readTable(text, ",")],
    ["XML", "<rss><channel><item><id>", readGoogleMerchant],
    ["an XML tag", '<rss><channel><item id="', readGoogleMerchant],
    ["JSON", '[{"id":"', (text: AsyncIterable<string>) => readJsonEntries(text, { inArray: "" })],
    ["JSON Lines", '{"id":"', (text: AsyncIterable<string>) => readJsonEntries(text, "documents")],
    ["a page", '<script type="application/ld+json">{"a":"', readHtmlScripts],
    ["a tag of a page", '<a href="', readHtmlScripts],
  ])("[CA17] in %s is read for some million characters, not for two billion", async (_name, begin, read) => {
    const asked = { pieces: 0 };
    await expect(drain(read(endless(begin, asked)))).rejects.toMatchObject({ code: "bad_request" });
    expect(asked.pieces).toBeLessThan(100);
  });
});

describe("bytes", () => {
  it("[CA36] cut anywhere, even within a character, are the same text", async () => {
    const text = "a,é,€,𝄞,ß\n".repeat(20);
    for (const size of [1, 2, 3, 5, 7]) {
      let read = "";
      for await (const piece of decodeText(pieces(text, size)).read()) read += piece;
      expect(read).toBe(text);
    }
  });
});

describe("ids that were used", () => {
  it("[CA48] are known with their line, however many there are", () => {
    const seen = new SeenIds();
    for (let line = 1; line <= 20_000; line += 1) expect(seen.add(`id-${line}`, line)).toBeNull();
    expect(seen.add("id-1", 99_999)).toBe(1);
    expect(seen.add("id-20000", 99_999)).toBe(20_000);
    expect(seen.add("id-20001", 7)).toBeNull();
  });
});
