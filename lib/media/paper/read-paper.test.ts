import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, describe, expect, it, vi } from "vitest";
import { makePaper, onePage, rawPaper, stream } from "@/tests/support/papers";
import { MAX_PAPER_BYTES, MAX_PAPER_PAGES, PAGE_LONGEST } from "./paper-limits";
import { closePaperPool, type PaperPage, readPaper } from "./read-paper";

/** Milliseconds: hostile papers use the time they are given. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(closePaperPool);

const never = new AbortController().signal;
async function read(bytes: Uint8Array, signal = never): Promise<PaperPage[]> {
  const pages: PaperPage[] = [];
  for await (const page of readPaper(bytes, signal)) pages.push(page);
  return pages;
}
const codeOf = (bytes: Uint8Array) =>
  read(bytes).then(
    () => "read",
    (error) => error.code,
  );
const sizeOf = async ({ bytes }: PaperPage) => {
  const { width, height } = await sharp(bytes).metadata();
  return [width, height];
};
/** Colour at a place, given as parts of the sides. */
async function colourAt({ bytes }: PaperPage, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  return [...data.subarray(at, at + 3)].join(" ");
}
const [RED, WHITE] = ["255 0 0", "255 255 255"];
/** Red in the upper left quarter of a page of 200 x 100. */
const CORNER = "1 0 0 rg 0 50 100 50 re f";

describe("pages", () => {
  it("[ME40] come one after the other, each at its own size, on white", async () => {
    const paper = await makePaper({ size: "A4" }, (pages) => {
      pages.text("Wash at 30");
      pages
        .addPage({ size: [400, 200] })
        .rect(0, 0, 200, 100)
        .fill("red");
      pages.addPage({ size: [20, 20] });
    });
    const pages = await read(paper);
    expect(pages.map(({ page, pages: all }) => `${page}/${all}`)).toEqual(["1/3", "2/3", "3/3"]);
    expect(await Promise.all(pages.map(sizeOf))).toEqual([
      [1_697, 2_400],
      [2_400, 1_200],
      [120, 120],
    ]);
    const [text, rectangle] = pages;
    if (!text || !rectangle) throw new Error("pages are missing");
    expect(await sharp(text.bytes).metadata()).toMatchObject({ format: "png", channels: 3 });
    expect((await sharp(text.bytes).stats()).channels[0]?.min).toBeLessThan(30);
    expect(await colourAt(text, 0.5, 0.9)).toBe(WHITE);
    expect(await colourAt(rectangle, 0.25, 0.25)).toBe(RED);
    expect(await colourAt(rectangle, 0.75, 0.75)).toBe(WHITE);
  });

  it.each([
    [0, [2_400, 1_200], [0.25, 0.25]],
    [90, [1_200, 2_400], [0.75, 0.25]],
    [180, [2_400, 1_200], [0.75, 0.75]],
    [270, [1_200, 2_400], [0.25, 0.75]],
  ])("[ME40] one turned by %d degrees is upright", async (turn, size, red) => {
    const [page] = await read(onePage(`/MediaBox[0 0 200 100]/Rotate ${turn}`, CORNER));
    if (!page) throw new Error("no page");
    expect(await sizeOf(page)).toEqual(size.map((side) => side / 2));
    expect(await colourAt(page, red[0] ?? 0, red[1] ?? 0)).toBe(RED);
    expect(await colourAt(page, 1 - (red[0] ?? 0), 1 - (red[1] ?? 0))).toBe(WHITE);
  });

  it("[ME40] one that is cropped shows what readers show", async () => {
    const [page] = await read(onePage("/MediaBox[0 0 200 100]/CropBox[0 50 100 100]", CORNER));
    if (!page) throw new Error("no page");
    expect(await sizeOf(page)).toEqual([600, 300]);
    expect(await colourAt(page, 0.9, 0.9)).toBe(RED);
  });

  it("[ME40] those nobody asks for are not painted", async () => {
    const paper = await makePaper({}, (pages) => {
      for (let page = 1; page < MAX_PAPER_PAGES; page++) pages.addPage();
    });
    for await (const { page, pages } of readPaper(paper, never)) {
      expect({ page, pages }).toEqual({ page: 1, pages: MAX_PAPER_PAGES });
      break;
    }
  });
});

describe("what is refused", () => {
  const plain = makePaper({ size: [100, 100] }, (paper) => paper.text("plain"));

  it.each([
    ["nothing", ""],
    ["text", "just some words"],
    ["a page", "<!doctype html><script>alert(1)</script>"],
    ["an archive", "PK\u0003\u0004"],
    ["PostScript", "%!PS-Adobe-3.0\n"],
  ])("[ME41] %s is no paper", async (_what, text) => {
    expect(await codeOf(Buffer.from(text, "latin1"))).toBe("unsupported_paper");
  });

  it("[ME41] a file that is something else first is no paper, and what follows one is not looked at", async () => {
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    expect(await codeOf(Buffer.concat([png, await plain]))).toBe("unsupported_paper");
    expect(await codeOf(Buffer.concat([Buffer.from("MZ"), await plain]))).toBe("unsupported_paper");
    const [page] = await read(Buffer.concat([await plain, Buffer.from("PK\u0003\u0004<script>")]));
    expect(page?.bytes.includes(60) && Buffer.from(page.bytes).includes("<script>")).toBe(false);
  });

  it("[ME41] a locked one says so, whichever way it is locked", async () => {
    for (const pdfVersion of ["1.3", "1.4", "1.7", "1.7ext3"] as const) {
      const locked = await makePaper({ userPassword: "secret", pdfVersion }, (paper) => paper.text("x"));
      expect(await codeOf(locked), pdfVersion).toBe("paper_locked");
    }
    // Only what may be done with it is restricted: everybody may look.
    const owned = await makePaper({ ownerPassword: "secret" }, (paper) => paper.text("x"));
    expect(await codeOf(owned)).toBe("read");
  });

  it("[ME41] too many pages and too many bytes are refused", async () => {
    const many = await makePaper({}, (paper) => {
      for (let page = 0; page < MAX_PAPER_PAGES; page++) paper.addPage();
    });
    expect(await codeOf(many)).toBe("too_many_pages");
    expect(await codeOf(Buffer.concat([await plain, Buffer.alloc(MAX_PAPER_BYTES)]))).toBe("too_large");
  });

  it.each<[string, Buffer]>([
    ["garbage after the signature", Buffer.from(`%PDF-1.7\n${"garbage ".repeat(1_000)}`)],
    ["zeros after the signature", Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(100_000)])],
    ["no pages", rawPaper("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>")],
    ["no catalogue", rawPaper("<</Type/Nothing>>")],
    [
      "a tree of pages that bites its tail",
      rawPaper(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>",
        "<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>",
      ),
    ],
    [
      "a page that is missing",
      rawPaper("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[9 0 R]/Count 1>>"),
    ],
  ])("[ME41] %s is broken", async (_what, bytes) => {
    expect(await codeOf(bytes)).toBe("broken_paper");
  });

  it("[ME41] one that was cut off is broken", async () => {
    const paper = await makePaper({}, (pages) => pages.text("x".repeat(5_000)));
    expect(await codeOf(paper.subarray(0, 400))).toBe("broken_paper");
  });
});

describe("a paper that is partly broken", () => {
  const leaf = "/Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]";
  const tree = (kids: string, count: number) => [
    "<</Type/Catalog/Pages 2 0 R>>",
    `<</Type/Pages/Kids[${kids}]/Count ${count}>>`,
  ];
  const content = stream("", CORNER);
  const numbers = async (paper: Buffer) =>
    (await read(paper)).map(({ page, pages }) => `${page}/${pages}`).join(" ");

  it("[ME84] shows the pages beside one that cannot be read", async () => {
    const page = `<<${leaf}/Contents 4 0 R>>`;
    const paper = rawPaper(...tree("3 0 R 5 0 R 6 0 R", 3), page, content, "(not a page at all)", page);
    expect(await numbers(paper)).toBe("1/3 3/3");
    const first = rawPaper(...tree("5 0 R 3 0 R", 2), page, content, "(not a page at all)");
    expect(await numbers(first)).toBe("2/2");
  });

  it("[ME84] that counts more pages than it has shows those it has", async () => {
    const paper = rawPaper(...tree("3 0 R", 4), `<<${leaf}/Contents 4 0 R>>`, content);
    expect(await numbers(paper)).toMatch(/^1\/[14]$/);
  });

  it("[ME84] whose table of places lies is read nevertheless", async () => {
    const honest = rawPaper(...tree("3 0 R", 1), `<<${leaf}/Contents 4 0 R>>`, content).toString("latin1");
    const lies = [
      honest.replace(
        /(\d{10}) 00000 n/g,
        (_row, place) => `${String(Number(place) + 7).padStart(10, "0")} 00000 n`,
      ),
      honest.replace(/(\d{10}) 00000 n/g, "0000000000 00000 n"),
      honest.replace(/startxref\n\d+/, "startxref\n99999999"),
    ];
    for (const lie of lies) {
      const [page] = await read(Buffer.from(lie, "latin1"));
      if (!page) throw new Error("no page");
      expect(await colourAt(page, 0.25, 0.25)).toBe(RED);
    }
  });
});

describe("what a paper may want to do", () => {
  it("[ME42] scripts, links, forms and attachments leave nothing but pixels", async () => {
    const paper = rawPaper(
      "<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R/AA<</WC 5 0 R>>/AcroForm<</Fields[6 0 R]/XFA(x)>>" +
        "/Names<</JavaScript<</Names[(a)5 0 R]>>/EmbeddedFiles<</Names[(SecretFile)7 0 R]>>>>>>",
      "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 200 100]/Annots[6 0 R 8 0 R]/AA<</O 5 0 R>>>>",
      stream("", CORNER),
      "<</S/JavaScript/JS(for(;;){app.launchURL('http://127.0.0.1:1/')})>>",
      "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(SecretValue)/Rect[0 0 50 20]/AA<</F 5 0 R>>>>",
      "<</Type/Filespec/F(/etc/passwd)/EF<</F 9 0 R>>>>",
      "<</Type/Annot/Subtype/Link/Rect[0 0 50 20]/A<</S/URI/URI(http://127.0.0.1:1/SecretLink)>>>>",
      stream("/Type/EmbeddedFile", "SecretContent"),
    );
    const [page] = await read(paper);
    if (!page) throw new Error("no page");
    expect(await colourAt(page, 0.25, 0.25)).toBe(RED);
    expect(chunksOf(page.bytes)).toEqual(["IHDR", "pHYs", "IDAT", "IEND"]);
    for (const word of ["Secret", "127.0.0.1"]) expect(Buffer.from(page.bytes).includes(word)).toBe(false);
  });
});

describe("sizes and bombs", () => {
  it.each([
    ["a thread", "0 0 1 14400"],
    ["a room", "0 0 14400 14400"],
    ["a country", "0 0 1000000000 1000000000"],
    ["a hair as long as the world", "0 0 0.0001 99999999999999999999"],
    ["a page turned inside out", "200 100 0 0"],
    ["a point", "0 0 0.01 0.01"],
  ])("[ME43] %s has bounded pixels", async (_what, box) => {
    const pages = await read(onePage(`/MediaBox[${box}]`, CORNER)).catch((error) => error.code);
    if (pages === "broken_paper") return;
    expect(pages).toHaveLength(1);
    for (const side of await sizeOf(pages[0])) {
      expect(side).toBeGreaterThanOrEqual(1);
      expect(side).toBeLessThanOrEqual(PAGE_LONGEST);
    }
  });

  const picture = (side: number, filter: string, bytes: Buffer) =>
    onePage(
      "/MediaBox[0 0 100 100]/Resources<</XObject<</A 5 0 R>>>>",
      "100 0 0 100 0 0 cm /A Do",
      stream(
        `/Type/XObject/Subtype/Image/Width ${side}/Height ${side}/ColorSpace/DeviceRGB/BitsPerComponent 8${filter}`,
        bytes,
      ),
    );
  /** Half a gigabyte in a few hundred bytes: what is packed twice packs well. */
  const bomb = deflateSync(deflateSync(Buffer.alloc(512_000_000)));

  it.each<[string, () => Buffer]>([
    [
      "a page that unpacks to half a gigabyte",
      () => onePage("/MediaBox[0 0 9 9]", stream("/Filter[/FlateDecode/FlateDecode]", bomb)),
    ],
    [
      "a picture that unpacks to half a gigabyte",
      () => picture(12_000, "/Filter[/FlateDecode/FlateDecode]", bomb),
    ],
    [
      "a picture that claims ten gigabytes",
      () => picture(60_000, "/Filter/FlateDecode", deflateSync(Buffer.alloc(1_000))),
    ],
    [
      "lists in lists, a hundred thousand deep",
      () => onePage(`/MediaBox[0 0 9 9]/X ${"[".repeat(100_000)}`, ""),
    ],
    [
      "dictionaries in dictionaries in what it paints",
      () => onePage("/MediaBox[0 0 9 9]", "/A<</B".repeat(100_000)),
    ],
    ["states pushed a million times", () => onePage("/MediaBox[0 0 9 9]", "q ".repeat(1_000_000))],
    [
      "a form that paints itself",
      () =>
        onePage(
          "/MediaBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>",
          "/A Do",
          stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>", "/A Do /A Do"),
        ),
    ],
    [
      "a table of objects that claims two billion",
      () =>
        Buffer.from(
          "%PDF-1.7\nxref\n0 2147483647\ntrailer\n<</Size 2147483647/Root 1 0 R>>\nstartxref\n9\n%%EOF",
        ),
    ],
    [
      "a tree that claims a billion pages",
      () => rawPaper("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1000000000>>"),
    ],
  ])("[ME43] %s ends in a page or a refusal, and the next paper is read", async (_what, make) => {
    expect(["read", "broken_paper", "too_many_pages"]).toContain(await codeOf(make()));
    expect(await codeOf(onePage("/MediaBox[0 0 9 9]", ""))).toBe("read");
  });

  it("[ME43] random damage ends in a page or a refusal", async () => {
    const paper = await makePaper({ size: [200, 100], compress: false }, (pages) => pages.text("damage"));
    const seed = Date.now() % 100_000;
    let state = seed;
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return state % below;
    };
    for (let round = 0; round < 20; round++) {
      const damaged = Buffer.from(paper);
      for (let hit = 0; hit < 30; hit++) damaged[8 + random(paper.length - 8)] = random(256);
      const codes = ["read", "broken_paper", "paper_locked", "too_many_pages"];
      expect(codes, `seed ${seed}, round ${round}`).toContain(await codeOf(damaged));
    }
  });

  it("[ME43] the event loop keeps turning meanwhile", async () => {
    const paper = await makePaper({}, (pages) => pages.text("words ".repeat(3_000)));
    let turns = 0;
    let done = false;
    const turn = () => {
      turns++;
      if (!done) setImmediate(turn);
    };
    turn();
    await read(paper);
    done = true;
    expect(turns).toBeGreaterThan(100);
  });
});

describe("the signal", () => {
  it("[ME44] is heard before, during and between pages", async () => {
    const paper = await makePaper({}, (pages) => pages.addPage().addPage());
    await expect(read(paper, AbortSignal.abort("gone"))).rejects.toBe("gone");
    const during = new AbortController();
    const reading = read(paper, during.signal);
    during.abort("gone");
    await expect(reading).rejects.toBe("gone");
    const between = new AbortController();
    const pages = readPaper(paper, between.signal);
    expect((await pages.next()).value).toMatchObject({ page: 1, pages: 3 });
    between.abort("gone");
    await expect(pages.next()).rejects.toBe("gone");
  });
});

/** Names of a PNG's parts, each once. */
function chunksOf(bytes: Uint8Array): string[] {
  const png = Buffer.from(bytes);
  const names = new Set<string>();
  for (let at = 8; at + 8 <= png.length; at += png.readUInt32BE(at) + 12) {
    names.add(png.toString("latin1", at + 4, at + 8));
  }
  return [...names];
}
