import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { signVisitorToken } from "@/lib/auth/tokens";
import { writeProduct } from "@/lib/catalogue/write-product";
import { storeCataloguePicture } from "@/lib/media/store-picture";
import { addMark, putItem } from "@/lib/panel/commands";
import { MAX_MARKS_PER_ITEM } from "@/lib/panel/limits";
import { type Item, itemsOf, marksOf } from "@/lib/panel/schema";
import { productIdSchema, type ShopId } from "@/lib/protocol/ids";
import { createTestShop, provideTestStore, testPng, testVariant } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { openTestExports } from "@/tests/support/export-worker";
import {
  itemOf,
  markOf,
  type OpenedPanel,
  openPanel,
  origin,
  putPhoto,
  storePanel,
} from "@/tests/support/panel-with-photos";
import { readPaper } from "@/tests/support/read-paper";
import { createMember, createShop, type TestVisitor } from "@/tests/support/shop-people";
import { GET as getItem } from "./items/[itemId]/route";
import { GET as getPanel } from "./panel.pdf/route";

const ORIGIN = "http://127.0.0.1:3000";
let database: TestDatabase;
let exports: { close(): Promise<void> };
let shopId: ShopId;

beforeAll(async () => {
  database = await openTestDatabase();
  await provideTestStore(database.dataDir);
  exports = await openTestExports();
  shopId = await createTestShop();
});
afterAll(async () => {
  await exports.close();
  await database.close();
});

const open = () => openPanel(shopId);
type Opened = OpenedPanel;

/** Of the tile that stands for a picture. */
const TILE_GREY = [0xe9, 0xe9, 0xec];

const ask = (headers: HeadersInit, query = "") => ({ headers, query });
type Asked = ReturnType<typeof ask>;

function paper(of: Pick<Opened, "conversationId">, { headers, query }: Asked): Promise<Response> {
  const { conversationId: id } = of;
  const address = `${ORIGIN}/api/v1/conversations/${id}/export/panel.pdf${query}`;
  return getPanel(new Request(address, { headers }), { params: Promise.resolve({ id }) });
}

function picture(
  of: Pick<Opened, "conversationId">,
  itemId: string,
  { headers, query }: Asked,
  signal?: AbortSignal,
) {
  const { conversationId: id } = of;
  const address = `${ORIGIN}/api/v1/conversations/${id}/export/items/${itemId}${query}`;
  return getItem(new Request(address, { headers, ...(signal && { signal }) }), {
    params: Promise.resolve({ id, itemId }),
  });
}

const own = ({ visitor }: Opened, query = "") => ask(visitor.headers, query);
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
const refusal = async (answer: Response) => [answer.status, (await answer.json()).error?.code];

let ours: Opened;
beforeEach(async () => {
  ours = await open();
});

describe("exporting an item", () => {
  it("[EX7] is a PNG of the picture's pixels with its marks, without metadata, to be saved", async () => {
    const item = await putPhoto(ours);
    addMark(ours.doc, origin, markOf(item));
    await storePanel(ours);
    const answer = await picture(ours, item.id, own(ours, "?tz=Europe/Rome"));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="photo-from-guest-\d+-\d\d-\d\d(-[ap]m)?\.png"$/,
    );
    const bytes = await bytesOf(answer);
    const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([600, 400]);
    const at = (x: number, y: number) => [...data.subarray((y * 600 + x) * 3, (y * 600 + x) * 3 + 3)];
    expect(at(100, 175)).toEqual([0xd5, 0x5e, 0x00]);
    expect(at(200, 175)).not.toEqual([0xd5, 0x5e, 0x00]);
    const { exif, xmp, iptc, comments } = await sharp(bytes).metadata();
    expect([exif, xmp, iptc, comments]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("[EX8] knows no item that is not there", async () => {
    await putPhoto(ours);
    await storePanel(ours);
    for (const id of ["item-99999999", "", "../../../etc/passwd", "x".repeat(5_000)]) {
      expect(await refusal(await picture(ours, id, own(ours)))).toEqual([404, "not_found"]);
    }
  });
});

describe("exporting the panel", () => {
  it("[EX6] has a first page and one an item, whose words are text in the asker's language", async () => {
    await database.db.participant.update({ where: { id: ours.participantId }, data: { name: "Anna Łódź" } });
    const item = await putPhoto(ours);
    addMark(ours.doc, origin, markOf(item, { author: ours.participantId }));
    const asset = await storeCataloguePicture({ shopId, bytes: await testPng("teal", 500, 800) });
    await writeProduct(shopId, {
      externalId: "boots",
      title: "Stiefel „Alba“ für Ärztinnen",
      description: "",
      url: "https://shop.example/boots",
      brand: "",
      category: "",
      variants: [testVariant("boots-1")],
      pictures: [{ assetId: asset.assetId, alt: "", sourceUrl: "https://shop.example/1.jpg" }],
    });
    const product = await database.db.product.findFirstOrThrow({ where: { shopId, externalId: "boots" } });
    const productId = productIdSchema.parse(product.id);
    putItem(
      ours.doc,
      origin,
      itemOf({ source: "product", assetId: asset.assetId, productId, width: 500, height: 800 }),
    );
    await storePanel(ours);

    const sent = await database.db.asset.findUniqueOrThrow({ where: { id: item.assetId } });
    const time = new Intl.DateTimeFormat("de", {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: "Asia/Tokyo",
    });
    const answer = await paper(ours, own(ours, "?lang=de&tz=Asia/Tokyo"));
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="bilder-\d{4}-\d\d-\d\d\.pdf"$/,
    );
    const { pages } = await readPaper(await bytesOf(answer));
    expect(pages).toHaveLength(3);
    expect(pages.every((page) => page.painted)).toBe(true);
    expect(pages[0]?.text).toContain("Bilder aus Ihrem Gespräch");
    expect(pages[0]?.text).toContain("Test shop");
    expect(pages[0]?.text).toContain("Anna Łódź");
    expect(pages[1]?.text).toContain(`Foto von Anna Łódź, ${time.format(sent.createdAt)}`);
    expect(pages[1]?.text).toContain("Gezeichnet von");
    expect(pages[1]?.text).toContain("Seite 2 von 3");
    expect(pages[2]?.text).toContain("Stiefel „Alba“ für Ärztinnen");
    // A wide picture lies on its side, a tall one stands.
    expect(pages.map(({ width, height }) => width > height)).toEqual([false, true, false]);
  });

  it("[EX7] its metadata name nobody", async () => {
    await database.db.participant.update({ where: { id: ours.participantId }, data: { name: "Violetta" } });
    await putPhoto(ours);
    await storePanel(ours);
    const raw = Buffer.from(await bytesOf(await paper(ours, own(ours)))).toString("latin1");
    const info = /<<[^>]*\/Producer[^>]*>>/.exec(raw)?.[0] ?? "";
    expect(info).toContain("Pictures from your conversation");
    expect(info).not.toMatch(/Author|Keywords|Subject/);
    expect(raw).not.toContain("Violetta");
    expect(raw).not.toContain(ours.conversationId);
  });

  it("[EX8] an empty panel is told apart from one that is not there", async () => {
    expect(await refusal(await paper(ours, own(ours)))).toEqual([409, "conflict"]);
    expect(
      await refusal(
        await paper(
          { ...ours, conversationId: `${"0".repeat(8)}-0000-4000-8000-${"0".repeat(12)}` as never },
          own(ours),
        ),
      ),
    ).toEqual([404, "not_found"]);
  });
});

describe("who may export", () => {
  const status = async (of: Opened, item: Item, asked: Asked) => [
    (await paper(of, asked)).status,
    (await picture(of, item.id, asked)).status,
  ];

  it("[EX2] the customer and the shop's people may, closed or not", async () => {
    const item = await putPhoto(ours);
    await storePanel(ours);
    const agent = await createMember(shopId, "agent", "Mara");
    expect(await status(ours, item, ask(agent))).toEqual([200, 200]);
    await database.db.conversation.update({ where: { id: ours.conversationId }, data: { status: "closed" } });
    expect(await status(ours, item, ask(agent))).toEqual([200, 200]);
    expect(await status(ours, item, own(ours))).toEqual([200, 200]);
  });

  it("[EX2] nobody else may: other visitors, other shops, no token, a forged or an expired one", async () => {
    const item = await putPhoto(ours);
    await storePanel(ours);
    const stranger = await open();
    const elsewhere = await createMember(await createShop(), "admin", "Olga");
    expect(await status(ours, item, own(stranger))).toEqual([404, 404]);
    expect(await status(ours, item, ask(elsewhere))).toEqual([404, 404]);
    expect(await status(ours, item, ask({}))).toEqual([401, 401]);
    expect(await status(ours, item, ask({ authorization: "Bearer x.y.z" }))).toEqual([401, 401]);
    expect(
      await status(ours, item, ask({ authorization: `Bearer ${await expiredToken(ours.visitor)}` })),
    ).toEqual([401, 401]);
    // The item of one conversation is not reached through another.
    await putPhoto(stranger);
    await storePanel(stranger);
    expect(await refusal(await picture(stranger, item.id, own(stranger)))).toEqual([404, "not_found"]);
  });

  async function expiredToken({ visitorId, shopId }: TestVisitor): Promise<string> {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2020-01-01") });
    try {
      return await signVisitorToken({ visitorId, shopId });
    } finally {
      vi.useRealTimers();
    }
  }

  it("[EX3] a document that names another conversation's photo shows none of it", async () => {
    const theirs = await open();
    const secret = await putPhoto(theirs);
    const item = itemOf({ assetId: secret.assetId });
    putItem(ours.doc, origin, item);
    const asProduct = itemOf({
      source: "product",
      assetId: secret.assetId,
      productId: productIdSchema.parse(randomUUID()),
    });
    putItem(ours.doc, origin, asProduct);
    await storePanel(ours);
    for (const { id } of [item, asProduct]) {
      const answer = await picture(ours, id, own(ours));
      expect(answer.status).toBe(200);
      const { data } = await sharp(await bytesOf(answer))
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([...data.subarray(0, 3)]).toEqual(TILE_GREY);
    }
  });
});

describe("a covered photo", () => {
  it("[EX3] stays covered for the shop's people, not for the customer", async () => {
    const item = await putPhoto(ours);
    await storePanel(ours);
    await database.db.asset.update({ where: { id: item.assetId }, data: { covered: true } });
    const corner = async (asked: Asked) => {
      const { data } = await sharp(await bytesOf(await picture(ours, item.id, asked)))
        .raw()
        .toBuffer({ resolveWithObject: true });
      return [...data.subarray(0, 3)];
    };
    expect(await corner(ask(await createMember(shopId, "agent", "Mara")))).toEqual(TILE_GREY);
    expect(await corner(own(ours))).not.toEqual(TILE_GREY);
  });
});

describe("what is not as it should be", () => {
  it("[EX4] an item whose file is gone or broken keeps its page, its caption and its marks", async () => {
    const gone = await putPhoto(ours);
    await database.db.asset.update({ where: { id: gone.assetId }, data: { sizes: [123] } });
    const none = await putPhoto(ours, { title: "Video of a zip" });
    await database.db.asset.update({ where: { id: none.assetId }, data: { sizes: [] } });
    await putPhoto(ours);
    addMark(ours.doc, origin, markOf(gone, { kind: "text", text: "look here", w: 300, h: 60 }));
    await storePanel(ours);
    const { pages } = await readPaper(await bytesOf(await paper(ours, own(ours))));
    expect(pages).toHaveLength(4);
    expect(pages[1]?.text).toContain("Picture not available");
    expect(pages[1]?.text).toContain("look here");
    expect(pages[2]?.text).toContain("Video of a zip");
    expect(pages[3]?.text).not.toContain("Picture not available");
  });

  it("[EX5] a hostile document breaks nothing", async () => {
    const item = await putPhoto(ours);
    const map = (entries: Record<string, unknown>) => new Y.Map(Object.entries(entries));
    ours.doc.transact(() => {
      const base = { ...markOf(item), points: undefined };
      const hostile: Record<string, unknown>[] = [
        { ...base, x: Number.NaN },
        { ...base, w: Number.POSITIVE_INFINITY },
        { ...base, width: -5 },
        { ...base, kind: "script" },
        { ...base, color: "url(javascript:1)" },
        { ...base, kind: "text", text: "A".repeat(1_000_000), w: 1e6, h: 1e6 },
        { ...base, kind: "text", text: "\n".repeat(50_000), w: 1e-9, h: 1e-9 },
        { ...base, kind: "pen", points: new Uint8Array(6_000_003) },
        { ...base, kind: "pen", points: new Uint8Array(24_000).fill(7), w: 0, h: 0 },
        { ...base, kind: "pin", number: 1e300, w: 0, h: 0 },
        { ...base, kind: "arrow", w: 0, h: 0 },
        { ...base, kind: "ellipse", w: 1e6, h: 1e6, width: 20_000 },
      ];
      hostile.forEach((entries, index) => {
        const id = `hostile-${String(index).padStart(6, "0")}`;
        marksOf(ours.doc).set(id, map({ ...entries, id }));
      });
      marksOf(ours.doc).set("a-string-0001", "no map");
      itemsOf(ours.doc).set("item-hostile-1", map({ ...itemOf({}), width: Number.NaN }));
      itemsOf(ours.doc).set(
        "item-hostile-2",
        map({ ...itemOf({}), width: 1, height: 100_000, title: "tall" }),
      );
    });
    for (let count = 0; count < MAX_MARKS_PER_ITEM + 500; count++) {
      addMark(ours.doc, origin, markOf(item, { x: count % 600, y: count % 400, w: 20, h: 20 }));
    }
    await storePanel(ours);
    expect((await picture(ours, item.id, own(ours))).status).toBe(200);
    const { pages } = await readPaper(await bytesOf(await paper(ours, own(ours))));
    expect(pages).toHaveLength(3);
    expect(pages[2]?.text).toContain("tall");
  });

  it("[EX10] titles and names in any script, with emoji and control characters, stand on paper", async () => {
    const titles = [
      "Stivali 👢🏽 👩‍👩‍👧 rossi",
      "حذاء جلدي Boots נעליים",
      "a\u0000b\u001bc\u202edesrever\u2028line",
      "\ud800 lone",
      "Ω".repeat(300),
      "one-very-long-word-".repeat(15),
      "<script>alert(1)</script>) Tj ET (",
    ];
    await database.db.participant.update({
      where: { id: ours.participantId },
      data: { name: "مريم 🦊 \u202eanna" },
    });
    for (const title of titles) await putPhoto(ours, { title });
    await storePanel(ours);
    const { pages } = await readPaper(await bytesOf(await paper(ours, own(ours))));
    expect(pages).toHaveLength(titles.length + 1);
    expect(pages[3]?.text).toContain("a b c desrever line");
    expect(pages[5]?.text).toContain("Ω…");
    expect(pages[7]?.text).toContain("<script>alert(1)</script>) Tj ET (");
  });

  it("[EX9] who asks too often waits, and who goes away ends the work", async () => {
    const item = await putPhoto(ours);
    await storePanel(ours);
    const left = AbortSignal.abort();
    expect(await refusal(await picture(ours, item.id, own(ours), left))).toEqual([503, "unavailable"]);
    const answers = await Promise.all(Array.from({ length: 11 }, () => paper(ours, own(ours))));
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
  });
});
