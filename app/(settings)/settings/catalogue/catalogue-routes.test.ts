import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepFeedFile } from "@/lib/catalogue/imports/feed-files";
import { openImportWork } from "@/lib/catalogue/imports/import-work";
import { createSource } from "@/lib/catalogue/imports/source";
import { startImport } from "@/lib/catalogue/imports/start-import";
import type { ShopId } from "@/lib/protocol/ids";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { createMember, createShop } from "@/tests/support/shop-people";
import { POST } from "./files/route";
import { GET as getList } from "./imports/[importId]/csv/[list]/route";
import { GET as getPictures } from "./pictures/csv/route";

const ORIGIN = "http://127.0.0.1:3000";
const reading = { format: null, mapping: null, currency: "EUR", locale: "en" };

let database: TestDatabase;
let shopId: ShopId;
let admin: Headers;
let manager: Headers;
let stranger: Headers;
beforeAll(async () => {
  database = await openTestDatabase();
  shopId = await createShop();
  admin = await createMember(shopId, "admin", "Anna");
  manager = await createMember(shopId, "manager", "Marco");
  stranger = await createMember(await createShop(), "admin", "Eve");
});
afterAll(() => database.close());

const request = (headers: Headers, path: string, init: RequestInit = {}) =>
  new Request(`${ORIGIN}/settings/catalogue/${path}`, { ...init, headers });
const send = (headers: Headers) =>
  POST(request(headers, "files", { method: "POST", body: "id,title,price" }));

async function* bytes(text: string) {
  yield new TextEncoder().encode(text);
}

describe("the catalogue's routes", () => {
  it("[CA80] [CA82] only an admin sends a file, and only from our own pages", async () => {
    expect((await send(manager)).status).toBe(403);
    expect((await send(new Headers())).status).toBe(401);
    const foreign = new Headers(admin);
    foreign.set("sec-fetch-site", "cross-site");
    expect((await send(foreign)).status).toBe(403);
    const kept = await send(admin);
    expect([kept.status, await kept.json()]).toEqual([200, { file: expect.stringContaining(shopId) }]);
  });

  it("[CA78] [CA82] a list comes as CSV without formulas, to the shop's admins only", async () => {
    const rows = `id\ttitle\tprice\n=1+1\tHat\tnone\n@SUM(A1)\t\t10.00 EUR\nok\t=HYPERLINK("http://x")\t1.00 EUR\n`;
    const file = await keepFeedFile(shopId, bytes(rows));
    const place = { kind: "upload", file, fileName: "feed.tsv" } as const;
    const sourceId = await createSource(shopId, place, { ...reading, format: "google-text" });
    const importId = await startImport(shopId, sourceId, "Anna", file);
    const work = openImportWork();
    await work.look();
    await work.close();
    const list = (headers: Headers, name: string) =>
      getList(request(headers, "csv"), { params: Promise.resolve({ importId, list: name }) });
    const answer = await list(admin, "rejected");
    expect(answer.headers.get("content-type")).toContain("text/csv");
    const text = await answer.text();
    expect(text).toContain("Line,Article,Name,Reason");
    expect(text).toContain("2,'=1+1,,“none” is no price");
    expect(text).toContain("3,'@SUM(A1),,no name");
    expect(await (await list(admin, "new")).text()).toContain(`"'=HYPERLINK(""http://x"")"`);
    const german = new Headers(admin);
    german.set("accept-language", "de-AT");
    expect(await (await list(german, "rejected")).text()).toContain("„none“ ist kein Preis");
    expect((await list(admin, "everything")).status).toBe(404);
    expect((await list(manager, "rejected")).status).toBe(403);
    expect((await list(stranger, "rejected")).status).toBe(404);
  });

  it("[CA155] failed videos stand beside the pictures, in words of their own", async () => {
    const product = await database.db.product.create({ data: { shopId, externalId: "V", title: "Scarf" } });
    const wish = { productId: product.id, shopId, kind: "video", host: "shop.example", state: "failed" };
    await database.db.pictureWish.createMany({
      data: [
        { ...wish, position: 1_000, url: "https://shop.example/long.mp4", error: "video_too_long" },
        { ...wish, position: 1_001, url: "https://shop.example/page", error: "unsupported_video" },
      ],
    });
    const text = await (await getPictures(request(admin, "pictures/csv"))).text();
    expect(text).toContain("V,Scarf,https://shop.example/long.mp4,This video is longer than three minutes.");
    expect(text).toContain('V,Scarf,https://shop.example/page,"This is no video that we can read.');
  });

  it("[CA90] [CA82] failed pictures come as CSV, to the shop's admins only", async () => {
    const product = await database.db.product.create({ data: { shopId, externalId: "P", title: "Hat" } });
    await database.db.pictureWish.create({
      data: {
        productId: product.id,
        shopId,
        position: 0,
        url: "https://shop.example/hat.png",
        host: "shop.example",
        state: "failed",
        error: "unsupported_picture",
        detail: "a page",
      },
    });
    const text = async (headers: Headers) => (await getPictures(request(headers, "pictures/csv"))).text();
    expect(await text(admin)).toContain(
      "P,Hat,https://shop.example/hat.png,This is no picture that we can read. a page",
    );
    expect(await text(stranger)).not.toContain("Hat");
    expect((await getPictures(request(manager, "pictures/csv"))).status).toBe(403);
  });
});
