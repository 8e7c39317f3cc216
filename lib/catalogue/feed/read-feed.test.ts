import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { merchantFeed, merchantItem, readAllItems } from "@/tests/support/feeds";

const csv =
  'Artikelnummer;Bezeichnung;Preis;Farbe\nK-1;Hut, rot;12,50;Rot\nK-2;"Schal ""Moiré""";1.299,00;Blau\n';

describe("what a file is", () => {
  it.each([
    ["google-xml", merchantFeed(merchantItem("a"))],
    ["google-text", "id\ttitle\tprice\tlink\timage link\na\tHat\t10 EUR\thttps://x.example\t\n"],
    ["shopify-csv", "Handle,Title,Variant Price\nhat,Hat,10\n"],
    ["shopify-csv", "Title,URL handle,Description,Price,SKU\nHat,hat,,10,H\n"],
    ["woocommerce-csv", "ID,Type,SKU,Name,Published,Regular price\n7,simple,H,Hat,1,10\n"],
    ["csv", csv],
    ["json", '{"shop":"x","products":[{"id":1,"name":"Hat","price":10}]}'],
    ["jsonl", '{"id":1,"name":"Hat","price":10}\n{"id":2,"name":"Cap","price":5}\n'],
    [
      "json-ld",
      '{"@context":"https://schema.org","@type":"Product","sku":"a","name":"A","offers":{"price":1}}',
    ],
    ["json-ld", '<html><script type="application/ld+json">{"@type":"Product","sku":"a"}</script></html>'],
  ])("[CA30] is told by its content: %s", async (kind, text) => {
    const read = await readAllItems(text);
    expect(read.kind).toBe(kind);
    expect(read.items.length).toBeGreaterThan(0);
  });

  it.each([
    ["words", "Dear shop,\nplease find the feed attached.\n"],
    ["a page", "<!doctype html><html><body>404</body></html>"],
    ["a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])],
    ["nothing", ""],
    ["blanks", " \n\n "],
  ])("[CA17] %s are no feed", async (_name, content) => {
    await expect(readAllItems(content)).rejects.toMatchObject({ code: "bad_request" });
  });
});

describe("tables", () => {
  it("[CA31] Google's with tabs, and any spelling of its columns", async () => {
    const { raw, items } = await readAllItems(
      'id\tTitle\tg:price\tlink\timage link\tadditional_image_link\n\na\t"Hat\nof wool"\t10 EUR\thttps://x.example/a\thttps://x.example/1.jpg\thttps://x.example/2.jpg,https://x.example/3.jpg\nb\tCap\t5 EUR\t\t\t\n',
    );
    expect(raw.map(({ line }) => line)).toEqual([3, 5]);
    expect(items[0]).toEqual({
      id: "a",
      title: "Hat\nof wool",
      price: "10 EUR",
      link: "https://x.example/a",
      image_link: "https://x.example/1.jpg",
      additional_image_link: ["https://x.example/2.jpg", "https://x.example/3.jpg"],
    });
  });

  it.each([",", ";", "\t", "|"])("[CA31] the delimiter %j is found", async (delimiter) => {
    const text = ["id,title,price,color", "a,Hat,10,red"].join("\n").replaceAll(",", delimiter);
    expect((await readAllItems(text)).items).toEqual([{ id: "a", title: "Hat", price: "10", color: "red" }]);
  });

  it("[CA32] any table by the columns' names", async () => {
    const { items, mapping } = await readAllItems(csv);
    expect(mapping).toEqual({
      columns: { id: "Artikelnummer", title: "Bezeichnung", price: "Preis", color: "Farbe" },
    });
    expect(items).toEqual([
      { id: "K-1", title: "Hut, rot", price: "12,50", color: "Rot" },
      { id: "K-2", title: 'Schal "Moiré"', price: "1.299,00", color: "Blau" },
    ]);
  });

  it.each([
    [
      "codice prodotto,nome,descrizione,prezzo,prezzo scontato,disponibilità,giacenza,marca,categoria,colore,taglia,immagine,EAN",
    ],
    [
      "referencia,nombre,descripción,precio,precio oferta,disponibilidad,existencias,marca,categoría,color,talla,imagen,EAN",
    ],
    [
      "référence,nom,description,prix,prix promo,disponibilité,quantité,marque,catégorie,couleur,taille,image,EAN",
    ],
    [
      "Artikelnummer,Bezeichnung,Beschreibung,Preis,Sonderpreis,Verfügbarkeit,Bestand,Marke,Kategorie,Farbe,Größe,Bild,EAN",
    ],
    ["sku,name,description,price,sale_price,availability,stock,brand,category,colour,size,image_url,ean"],
  ])("[CA32] a mapping is suggested for %s", async (header) => {
    const { mapping } = await readAllItems(`${header}\n${"x,".repeat(12)}x\n`);
    const names = header.split(",");
    const fields = [
      "id",
      "title",
      "description",
      "price",
      "sale_price",
      "availability",
      "quantity",
      "brand",
      "product_type",
      "color",
      "size",
      "image_link",
      "gtin",
    ];
    expect(mapping?.columns).toEqual(Object.fromEntries(fields.map((field, at) => [field, names[at]])));
  });

  it("[CA32] a mapping that somebody made is followed", async () => {
    const mapping = { columns: { id: "Bezeichnung", title: "Artikelnummer", price: "Preis" } };
    expect((await readAllItems(csv, { mapping })).items[0]).toEqual({
      id: "Hut, rot",
      title: "K-1",
      price: "12,50",
    });
  });
});

describe("JSON", () => {
  it("[CA32] an array somewhere in an object, with the texts of numbers as they stood there", async () => {
    const { items, mapping } = await readAllItems(
      JSON.stringify({
        links: [{ rel: "self" }],
        data: {
          products: [
            {
              id: 1,
              name: "Hat",
              price: { amount: 0.1, currency: "EUR" },
              images: [{ src: "https://x.example/1.jpg" }, { src: "https://x.example/2.jpg" }],
              inStock: true,
            },
          ],
        },
      }).replace("0.1", "12.50"),
    );
    expect(mapping?.entries).toBe("data.products");
    expect(items).toEqual([
      {
        id: "1",
        title: "Hat",
        price: "12.50",
        currency: "EUR",
        image_link: ["https://x.example/1.jpg", "https://x.example/2.jpg"],
        availability: "true",
      },
    ]);
  });

  it("[CA32] each variant of an entry becomes a row of its product", async () => {
    const { items } = await readAllItems(
      JSON.stringify([
        {
          id: 10,
          title: "Tee",
          vendor: "Lume",
          variants: [
            { sku: "T-S", size: "S", price: "9.90" },
            { sku: "T-M", size: "M", price: "9.90" },
          ],
        },
      ]),
    );
    expect(items).toEqual([
      { id: "T-S", item_group_id: "10", title: "Tee", brand: "Lume", size: "S", price: "9.90" },
      { id: "T-M", item_group_id: "10", title: "Tee", brand: "Lume", size: "M", price: "9.90" },
    ]);
  });

  it("[CA32] an object a line, told by its number", async () => {
    const { raw, items } = await readAllItems(
      '{"id":"a","name":"A","price":1}\n\n{"id":"b","name":"B","price":2.50}\n',
    );
    expect(items.map(({ id, price }) => [id, price])).toEqual([
      ["a", "1"],
      ["b", "2.50"],
    ]);
    expect(raw.map(({ line }) => line)).toEqual([1, 2]);
  });

  it.each([
    ["the middle of an array", '[{"id":1,"name":"A","price":1},{"id":2,"na'],
    ["the middle of a line", '{"id":1,"name":"A","price":1}\n{"id":2,'],
    ["a wrong sign", '[{"id":1,"name":"A","price":1},{"id":2 "name"}]'],
    ["a price of NaN", '[{"id":1,"name":"A","price":NaN}]'],
    ["deep nesting", `[{"id":1,"name":"A","price":1,"x":${"[".repeat(40)}1${"]".repeat(40)}}]`],
  ])("[CA17] %s is refused with its entry", async (_name, text) => {
    await expect(readAllItems(text)).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringMatching(/^(entry \d+|line 1): /),
    });
  });
});

describe("Shopify", () => {
  const header =
    "Handle,Title,Body (HTML),Vendor,Type,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Image Position,Variant Image,Status";

  it("[CA33] several rows of one handle are one product: variants, further pictures, texts of the first row", async () => {
    const { items, raw } = await readAllItems(
      [
        header,
        "tee,Tee,<b>Soft</b>,Lume,Shirts,true,Size,S,Colour,Red,T-1,shopify,3,deny,10.00,15.00,'4006381333931,https://x.example/2.jpg,2,https://x.example/red.jpg,active",
        "tee,,,,,,,M,,Blue,T-1,shopify,0,continue,12.00,,,https://x.example/1.jpg,1,,",
        "tee,,,,,,,,,,,,,,,,,https://x.example/3.jpg,3,,",
        "cap,Cap,,Lume,Caps,true,Title,Default Title,,,,,9,deny,5,,,,,,draft",
      ].join("\n"),
    );
    expect(items[0]).toEqual({
      id: "T-1",
      sku: "T-1",
      item_group_id: "tee",
      title: "Tee",
      variant_title: "S / Red",
      description: "<b>Soft</b>",
      brand: "Lume",
      product_type: "Shirts",
      size: "S",
      color: "Red",
      price: "15.00",
      sale_price: "10.00",
      quantity: "3",
      gtin: "4006381333931",
      image_link: [
        "https://x.example/red.jpg",
        "https://x.example/1.jpg",
        "https://x.example/2.jpg",
        "https://x.example/3.jpg",
      ],
    });
    // The article number is taken: the options tell this one apart.
    expect(items[1]).toMatchObject({
      id: "tee/M/Blue",
      price: "12.00",
      quantity: "0",
      availability: "backorder",
    });
    expect(items).toHaveLength(3);
    expect(raw[2]).toMatchObject({ unpublished: true });
    expect(items[2]).not.toHaveProperty("quantity");
  });
});

describe("WooCommerce", () => {
  const header =
    'ID,Type,SKU,"GTIN, UPC, EAN, or ISBN",Name,Published,Short description,Description,Date sale price starts,Date sale price ends,In stock?,Stock,Sale price,Regular price,Categories,Images,Parent,Attribute 1 name,Attribute 1 value(s)';

  it("[CA34] simple products, and variable ones with their variations by article number or id", async () => {
    const { items, raw } = await readAllItems(
      [
        header,
        '1,simple,HAT,4006381333931,Hat,1,,Warm\\nand soft,2026-11-01,2026-11-30,1,4,8,10,"Clothing > Hats, Sale","https://x.example/1.jpg, https://x.example/2.jpg",,,',
        '2,variable,TEE,,Tee,1,,,,,1,,,,Clothing > Tees,https://x.example/t.jpg,,Size,"S, M"',
        "3,variation,TEE-S,,Tee - S,1,,,,,0,0,,20,,,TEE,Size,S",
        "4,variation,TEE-M,,Tee - M,1,,,,,backorder,,,20,,,id:2,pa_farbe,Blau",
        "5,variation,X,,X,1,,,,,1,,,20,,,nobody,Size,S",
        "6,grouped,SET,,Set,1,,,,,1,,,,,,,,",
        "7,simple,DRAFT,,Draft,-1,,,,,1,,,3,,,,,",
      ].join("\n"),
    );
    expect(items[0]).toEqual({
      id: "1",
      sku: "HAT",
      gtin: "4006381333931",
      title: "Hat",
      description: "Warm\nand soft",
      price: "10",
      sale_price: "8",
      sale_price_effective_date: "2026-11-01/2026-11-30",
      availability: "in stock",
      quantity: "4",
      product_type: "Clothing > Hats",
      image_link: ["https://x.example/1.jpg", "https://x.example/2.jpg"],
    });
    expect(raw[1]).toMatchObject({ parent: true });
    expect(items[2]).toMatchObject({
      id: "3",
      item_group_id: "2",
      title: "Tee",
      size: "S",
      availability: "out of stock",
    });
    expect(items[3]).toMatchObject({ id: "4", item_group_id: "2", color: "Blau", availability: "backorder" });
    expect(raw[4]?.faults).toEqual(["parent_unknown:nobody"]);
    expect(raw[5]).toMatchObject({ unpublished: true });
    expect(raw).toHaveLength(6);
  });
});

describe("schema.org", () => {
  const product = {
    "@type": "Product",
    sku: "a",
    name: "A",
    brand: { "@type": "Brand", name: "Lume" },
    image: ["https://x.example/1.jpg", { "@type": "ImageObject", url: "https://x.example/2.jpg" }],
    gtin13: "4006381333931",
    offers: {
      "@type": "Offer",
      price: 12.5,
      priceCurrency: "EUR",
      availability: "https://schema.org/InStock",
    },
  };
  const group = {
    "@type": "ProductGroup",
    productGroupID: "G",
    name: "Coat",
    description: "Long",
    hasVariant: [
      {
        "@type": "Product",
        sku: "G-S",
        name: "Coat S",
        size: "S",
        offers: { price: "99", priceCurrency: "EUR" },
      },
      {
        "@type": "Product",
        sku: "G-M",
        name: "Coat M",
        size: { name: "M" },
        offers: { "@type": "AggregateOffer", lowPrice: "98", priceCurrency: "EUR" },
      },
    ],
  };

  it("[CA35] products and groups of a graph", async () => {
    const { items } = await readAllItems(
      JSON.stringify({
        "@context": "https://schema.org",
        "@graph": [{ "@type": "WebPage" }, product, group],
      }),
    );
    expect(items[0]).toEqual({
      id: "a",
      sku: "a",
      title: "A",
      brand: "Lume",
      gtin: "4006381333931",
      price: "12.5",
      currency: "EUR",
      availability: "https://schema.org/InStock",
      image_link: ["https://x.example/1.jpg", "https://x.example/2.jpg"],
    });
    expect(items.slice(1)).toMatchObject([
      {
        id: "G-S",
        item_group_id: "G",
        title: "Coat",
        variant_title: "Coat S",
        size: "S",
        price: "99",
        description: "Long",
      },
      { id: "G-M", item_group_id: "G", title: "Coat", variant_title: "Coat M", size: "M", price: "98" },
    ]);
  });

  it("[CA35] in the scripts of pages, in lists, with list prices and several offers", async () => {
    const listed = {
      ...product,
      offers: {
        priceCurrency: "EUR",
        price: 80,
        priceSpecification: [{ priceType: "https://schema.org/ListPrice", price: 100, priceCurrency: "EUR" }],
      },
    };
    const list = { "@type": "ItemList", itemListElement: [{ "@type": "ListItem", item: listed }] };
    const several = {
      ...product,
      sku: "p",
      offers: [
        { sku: "p-1", price: 1, priceCurrency: "EUR" },
        { sku: "p-2", price: 2, priceCurrency: "EUR" },
      ],
    };
    const page = (json: unknown) =>
      `<html><head><script>var x = "<b>";</script><script type="application/ld+json">${JSON.stringify(json)}</script></head></html>\n`;
    const { items } = await readAllItems(page(list) + page(several));
    expect(
      items.map(({ id, item_group_id, price, sale_price }) => [id, item_group_id, price, sale_price]),
    ).toEqual([
      ["a", undefined, "100", "80"],
      ["p-1", "p", "1", undefined],
      ["p-2", "p", "2", undefined],
    ]);
  });

  it("[CA17] a broken script is refused with its number", async () => {
    await expect(
      readAllItems(
        '<script type="application/ld+json">{"@type":"Product"}</script><script type="application/ld+json">{]</script>',
      ),
    ).rejects.toMatchObject({ code: "bad_request", message: expect.stringMatching(/^entry 2: /) });
  });
});

describe("encodings", () => {
  const text = csv.replaceAll("Schal", "Schäl");
  const utf16be = (content: string) => Buffer.from(content, "utf16le").swap16();

  it.each([
    ["UTF-8", "utf-8", Buffer.from(text)],
    ["UTF-8 with a mark", "utf-8", Buffer.from(`\ufeff${text}`)],
    ["UTF-16 LE with a mark", "utf-16le", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 LE", "utf-16le", Buffer.from(text, "utf16le")],
    ["UTF-16 BE with a mark", "utf-16be", utf16be(`\ufeff${text}`)],
    ["UTF-16 BE", "utf-16be", utf16be(text)],
    ["Latin-1", "windows-1252", Buffer.from(text, "latin1")],
  ])("[CA36] %s is told by its bytes", async (_name, encoding, bytes) => {
    const read = await readAllItems(bytes);
    expect(read.encoding).toBe(encoding);
    expect(read.items.map(({ id, title }) => [id, title])).toEqual([
      ["K-1", "Hut, rot"],
      ["K-2", 'Schäl "Moiré"'],
    ]);
  });

  it("[CA36] Latin-1 is noticed late, and one broken character makes no Latin-1", async () => {
    const filler = "x".repeat(90_000);
    const late = Buffer.concat([
      Buffer.from(`id,title,price\n${filler},A,1\nb,`),
      Buffer.from("Caf\xe9,2\n", "latin1"),
    ]);
    expect((await readAllItems(late)).items[1]).toMatchObject({ title: "Café" });
    const broken = Buffer.concat([
      Buffer.from("id,title,price\na,Café Größe,1\nb,"),
      Buffer.from([0xe9]),
      Buffer.from("x,2\n"),
    ]);
    expect((await readAllItems(broken)).items.map(({ title }) => title)).toEqual(["Café Größe", "\ufffdx"]);
  });

  it("[CA36] XML says its own encoding, and is not believed when it is wrong", async () => {
    const xml = merchantFeed(merchantItem("a", "<g:color>Čerň</g:color>")).replace(
      "?>",
      ' encoding="ISO-8859-2"?>',
    );
    const latin2 = Buffer.from(xml.replaceAll("Č", "\xc8").replaceAll("ň", "\xf2"), "latin1");
    expect((await readAllItems(latin2)).items[0]).toMatchObject({ color: "Čerň" });
    expect((await readAllItems(xml)).items[0]).toMatchObject({ color: "Čerň" });
  });
});

describe("packed", () => {
  const xml = merchantFeed(merchantItem("a"), merchantItem("b"));

  async function zip(...files: readonly (readonly [string, string | Buffer])[]): Promise<Buffer> {
    const file = new ZipFile();
    for (const [name, content] of files) {
      if (name.endsWith("/")) file.addEmptyDirectory(name);
      else file.addBuffer(Buffer.from(content), name);
    }
    file.end();
    const chunks: Buffer[] = [];
    for await (const chunk of file.outputStream) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }

  it("[CA37] with gzip or zip, told by the bytes", async () => {
    for (const packed of [
      gzipSync(xml),
      await zip(["shop/feed.xml", xml], ["__MACOSX/shop/._feed.xml", "x"]),
    ]) {
      const read = await readAllItems(packed);
      expect(read.kind).toBe("google-xml");
      expect(read.items.map(({ id }) => id)).toEqual(["a", "b"]);
    }
  });

  it.each([
    ["a gzip that stops", () => gzipSync(xml).subarray(0, 60)],
    ["a gzip that is changed", () => Buffer.concat([gzipSync(xml).subarray(0, 40), Buffer.alloc(60)])],
    ["a zip of two files", () => zip(["a.csv", csv], ["b.csv", csv])],
    ["a zip of none", () => zip(["folder/", ""])],
    ["a zip that stops", async () => (await zip(["a.csv", csv])).subarray(0, 80)],
  ])("[CA37] %s is refused", async (_name, make) => {
    const content = await make();
    await expect(readAllItems(content)).rejects.toMatchObject({ code: "bad_request" });
  });
});

describe("videos", () => {
  const film = "https://x.example/film.mp4";
  const turn = "https://x.example/turn.mp4";
  const entry = { id: "a", name: "A", price: 1, url: "https://x.example/a" };

  it("[CA152] Google's, in XML and in a cell with several", async () => {
    const xml = merchantItem("a", `<g:video_link>${film}</g:video_link><g:video_link>${turn}</g:video_link>`);
    expect((await readAllItems(merchantFeed(xml))).items[0]).toMatchObject({ video_link: [film, turn] });
    const table = `id\ttitle\tprice\tlink\timage link\tvideo link\na\tA\t1 EUR\t\t\t${film},${turn}\n`;
    expect((await readAllItems(table)).items[0]).toMatchObject({ video_link: [film, turn] });
  });

  it.each([
    ["Video", `name,SKU,price,Video\nA,a,1,${film}\n`],
    ["URL Video", `nome,codice,prezzo,URL Video\nA,a,1,${film}\n`],
    ["video.url", JSON.stringify([{ ...entry, video: { url: film } }])],
    ["videos.contentUrl", JSON.stringify([{ ...entry, videos: [{ contentUrl: film }] }])],
  ])("[CA152] of any other table or JSON %s is suggested", async (column, content) => {
    const { mapping, items } = await readAllItems(content);
    expect(mapping?.columns.video_link).toBe(column);
    expect(items[0]).toMatchObject({ video_link: film });
  });

  it("[CA152] schema.org's, of the variant and then of its group; what only embeds one has none", async () => {
    const offers = { price: 1, priceCurrency: "EUR" };
    const video = (contentUrl: string) => ({ "@type": "VideoObject", name: "Film", contentUrl });
    const { items } = await readAllItems(
      JSON.stringify([
        {
          "@context": "https://schema.org",
          "@type": "ProductGroup",
          productGroupID: "G",
          name: "Group",
          subjectOf: [
            video(film),
            { "@type": "DigitalDocument", contentUrl: "https://x.example/manual.pdf" },
          ],
          hasVariant: [{ "@type": "Product", sku: "G-1", name: "One", offers, video: video(turn) }],
        },
        { "@type": "Product", sku: "S", name: "Single", offers, video: film },
        {
          "@type": "Product",
          sku: "E",
          name: "Embedded",
          offers,
          video: { "@type": "VideoObject", embedUrl: "https://x.example/player" },
        },
      ]),
    );
    expect(items.map(({ id, video_link }) => [id, video_link])).toEqual([
      ["G-1", [turn, film]],
      ["S", film],
      ["E", undefined],
    ]);
  });
});
