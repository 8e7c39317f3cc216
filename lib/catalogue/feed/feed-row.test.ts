import { describe, expect, it } from "vitest";
import { checkGtin } from "./check-gtin";
import type { FeedItem } from "./feed-item";
import { parseFeedRow } from "./feed-row";
import { plainText } from "./plain-text";

const NOW = Date.UTC(2026, 10, 15, 12);
const context = { currency: "EUR", now: NOW };

function item(fields: Readonly<Record<string, string | readonly string[]>>): FeedItem {
  const said = { id: "a", title: "A", price: "20", ...fields };
  return { line: 1, fields: new Map(Object.entries(said).map(([name, value]) => [name, [value].flat()])) };
}
const parse = (fields: Parameters<typeof item>[0]) => parseFeedRow(item(fields), context);
const variant = (fields: Parameters<typeof item>[0]) => parse(fields).row?.variant;

describe("barcodes", () => {
  it.each(["4006381333931", "9780306406157", "036000291452", "96385074", "10614141000415", "4006381 333931"])(
    "[CA38] %s has the right check digit",
    (text) => {
      expect(checkGtin(text)).toBe(text.replace(" ", ""));
    },
  );

  it.each(["4006381333932", "400638133393", "0000000000000", "4.00638E+12", "n/a"])(
    "[CA38] %s is dropped with a warning, and the row comes in",
    (gtin) => {
      const { row, warnings } = parse({ gtin });
      expect(row?.variant).toMatchObject({ gtin: "" });
      expect(warnings).toEqual([`gtin_wrong:${gtin}`]);
    },
  );
});

describe("stock", () => {
  it.each([
    ["in stock", "in_stock"],
    ["in_stock", "in_stock"],
    ["https://schema.org/InStock", "in_stock"],
    ["http://schema.org/OutOfStock", "out_of_stock"],
    ["auf Lager", "in_stock"],
    ["Ausverkauft", "out_of_stock"],
    ["Disponibile", "in_stock"],
    ["esaurito", "out_of_stock"],
    ["en rupture de stock", "out_of_stock"],
    ["agotado", "out_of_stock"],
    ["pre-order", "preorder"],
    ["Backorder", "backorder"],
    ["true", "in_stock"],
    ["0", "out_of_stock"],
  ])("[CA39] %j means %s", (availability, meant) => {
    expect(variant({ availability })).toMatchObject({ availability: meant });
  });

  it("[CA39] pieces are counted; none left without a word means sold out; a word is stronger than a number", () => {
    expect(variant({ quantity: "7" })).toMatchObject({ stock: 7, availability: "in_stock" });
    expect(variant({ quantity: "0" })).toMatchObject({ stock: 0, availability: "out_of_stock" });
    expect(variant({ quantity: "-3" })).toMatchObject({ stock: 0, availability: "out_of_stock" });
    expect(variant({ quantity: "0", availability: "preorder" })).toMatchObject({ availability: "preorder" });
    expect(parse({ quantity: "many" })).toMatchObject({
      warnings: ["quantity_unreadable:many"],
      row: { variant: { stock: null } },
    });
  });
});

describe("sales", () => {
  const sale = (dates: string) =>
    parse({ sale_price: "15", ...(dates !== "" && { sale_price_effective_date: dates }) });

  it.each([
    ["", 1_500],
    ["2026-11-01T00:00+01:00/2026-11-30T23:59+01:00", 1_500],
    ["2026-11-01T00:00+0100/2026-11-30T23:59+0100", 1_500],
    ["2026-11-01 00:00:00/2026-11-15", 1_500],
    ["2026-11-01/", 1_500],
    ["/2026-11-14", null],
    ["2026-11-16T00:00Z/2026-11-30T00:00Z", null],
  ])("[CA40] a sale of %j costs %s now", (dates, minor) => {
    expect(sale(dates).row?.variant?.saleMinor).toBe(minor);
  });

  it("[CA40] the next moment at which a sale begins or ends is known", () => {
    expect(sale("2026-11-16T00:00Z/2026-11-30T00:00Z").changesAt).toBe(Date.UTC(2026, 10, 16));
    expect(sale("2026-11-01T00:00Z/2026-11-30T00:00Z").changesAt).toBe(Date.UTC(2026, 10, 30) + 1);
    expect(sale("2026-10-01T00:00Z/2026-10-30T00:00Z").changesAt).toBe(Number.POSITIVE_INFINITY);
    expect(sale("").changesAt).toBe(Number.POSITIVE_INFINITY);
  });

  it("[CA40] a time that nobody can read is no sale, and is said", () => {
    expect(sale("soon")).toMatchObject({
      warnings: ["sale_dates_unreadable:soon"],
      row: { variant: { saleMinor: null } },
    });
  });

  it("[CA40] a sale price that is not lower is none", () => {
    expect(variant({ sale_price: "20" })).toMatchObject({ saleMinor: null });
    expect(parse({ sale_price: "cheap" })).toMatchObject({
      row: null,
      rejected: ["sale_price_unreadable:cheap", "no_picture"],
    });
  });
});

describe("texts", () => {
  it("[CA22] lose markup, scripts, entities, control characters and half characters", () => {
    expect(plainText("<p>Soft &amp; <b>warm</b><script>alert(1)</script><style>p{}</style></p>")).toBe(
      "Soft & warm",
    );
    expect(plainText("one<br>two<li>three &euro; &#8364; &eacute;")).toBe("one two three € € é");
    expect(plainText("a\0b\u0007 \ud800c 5 < 6")).toBe("a b c 5 < 6");
    expect(plainText("<!-- no --><template>no</template>yes")).toBe("yes");
  });

  it("[CA14] ids with NUL or half characters, and overlong ones, keep their row out", () => {
    for (const id of ["a\0b", "a\ud800", "a\nb"])
      expect(parse({ id }).rejected, id).toEqual(["id_unreadable", "no_picture"]);
    expect(parse({ id: "x".repeat(201) }).rejected[0]).toBe("id_too_long:200");
    expect(parse({ item_group_id: "x".repeat(201) }).rejected[0]).toBe("id_too_long:200");
  });

  it("[CA22] addresses are those of the web; a picture elsewhere is left out, a page elsewhere keeps the row out", () => {
    expect(parse({ link: "javascript:alert(1)" }).rejected[0]).toBe("link_unusable:javascript:alert(1)");
    expect(parse({ image_link: ["data:image/png;base64,AA", "//cdn.example/a b.jpg"] })).toMatchObject({
      row: { imageUrls: ["https://cdn.example/a%20b.jpg"] },
      warnings: ["picture_address_unusable:data:image/png;base64,AA"],
    });
  });
});

describe("videos", () => {
  it("[CA152] are those of the web, each once, five at most; pages of other sites are left out and said", () => {
    const files = [1, 2, 2, 3, 4, 5, 6].map((number) => `https://cdn.example/${number}.mp4`);
    expect(parse({ video_link: files }).row?.videoUrls).toEqual([...new Set(files)].slice(0, 5));
    expect(parse({ video_link: "//cdn.example/a b.mp4" })).toMatchObject({
      row: { videoUrls: ["https://cdn.example/a%20b.mp4"] },
      warnings: [],
    });
    expect(parse({ video_link: ["file:///etc/passwd", "data:video/mp4;base64,AA"] })).toMatchObject({
      row: { videoUrls: [] },
      warnings: [
        "video_address_unusable:file:///etc/passwd",
        "video_address_unusable:data:video/mp4;base64,AA",
      ],
    });
  });

  it.each([
    "https://youtu.be/dQw4w9WgXcQ",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://vimeo.com/76979871",
    "https://player.vimeo.com/video/76979871",
  ])("[CA152] %s is a page, no file", (video_link) => {
    expect(parse({ video_link })).toMatchObject({
      row: { videoUrls: [] },
      warnings: [expect.stringMatching(/^video_on_other_site:/)],
    });
  });

  it.each([
    "https://player.vimeo.com/external/76979871.hd.mp4?s=abc",
    "https://notyoutube.com/watch",
    "https://cdn.example/vimeo.com/film.webm",
  ])("[CA152] %s may be a file", (video_link) => {
    expect(parse({ video_link })).toMatchObject({ row: { videoUrls: [video_link] }, warnings: [] });
  });
});
