import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { GET as searchCatalogue } from "@/app/api/v1/catalogue/search/route";
import { GET as getItem } from "@/app/api/v1/conversations/[id]/items/[source]/[sourceId]/route";
import { POST as postConversation } from "@/app/api/v1/conversations/route";
import { GET as getProduct } from "@/app/api/v1/products/[externalId]/route";
import { POST as postVisitor } from "@/app/api/v1/visitors/route";
import { importFeed } from "@/lib/catalogue/feed/import-feed";
import { createStorefront } from "@/lib/catalogue/storefronts/storefronts";
import { storeCataloguePicture } from "@/lib/media/store-picture";
import { conversationIdSchema, productIdSchema, type ShopId } from "@/lib/protocol/ids";
import { knownVisitorFor } from "@/lib/visitors/take-requests";
import { provideTestStore, testPng } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { pieces } from "@/tests/support/feeds";
import { createMember, createShop } from "@/tests/support/shop-people";
import { resolve } from "./room-resolve";

const OURS = "http://127.0.0.1:3000";
const DE = "https://shop.example";
const UK = "https://shop.co.uk";

let database: TestDatabase;
let shopId: ShopId;
let shopKey: string;
let agent: Headers;
let productId: string;
let assetId: string;

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  await provideTestStore(database.dataDir);
}, 60_000);
afterAll(() => database.close());

beforeEach(async () => {
  shopId = await createShop("de");
  shopKey = randomBytes(8).toString("hex");
  const data = { key: shopKey, origins: [DE, UK] };
  await database.db.shop.update({ where: { id: shopId }, data });
  const storefrontId = await createStorefront(shopId, {
    ...{ name: "UK", locale: "en", currency: "GBP", origins: [UK] },
  });
  const feed = (sourceId: string, text: string, of: string | null) =>
    importFeed({
      ...{ shopId, sourceId, storefrontId: of, source: pieces(text), now: Date.now(), mayShrink: false },
      defaults: { currency: "EUR", locale: "" },
    });
  await feed("de", `id,title,price,link\nKLEID,Leinenkleid,89.00 EUR,${DE}/kleid\n`, null);
  await feed("uk", `id,title,price,link\nKLEID,Linen dress,75.00 GBP,${UK}/dress\n`, storefrontId);
  productId = (await database.db.product.findFirstOrThrow({ where: { shopId } })).id;
  assetId = (await storeCataloguePicture({ shopId, bytes: await testPng("red") })).assetId;
  await database.db.productPicture.create({ data: { productId, assetId, position: 0 } });
  agent = await createMember(shopId, "agent", "Anna");
});

/** A visitor of a page there, known by a token as its loader got it. */
async function visitorOn(origin: string): Promise<string> {
  const body = JSON.stringify({ shopKey, purpose: "conversation" });
  const asked = new Request(`${OURS}/api/v1/visitors`, { method: "POST", headers: { origin }, body });
  return (await (await postVisitor(asked)).json()).visitorToken;
}

/** @param language of the shop's page; the frame's own words are English, as a browser's may be anywhere */
async function talk(visitorToken: string, language = "de", create = true) {
  const answer = await postConversation(
    new Request(`${OURS}/api/v1/conversations`, {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ visitorToken, create, locale: "en", language, trigger: "" }),
    }),
  );
  return conversationIdSchema.parse((await answer.json()).conversation.conversationId);
}

const asVisitor = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

async function itemFor(token: string, conversationId: string, more = "") {
  const url = `${OURS}/api/v1/x?product=${productId}${more}`;
  const params = Promise.resolve({ id: conversationId, source: "product", sourceId: assetId });
  return (await getItem(new Request(url, asVisitor(token)), { params })).json();
}

async function searchBeside(
  conversationId: string | null,
  query: string,
  init: RequestInit = { headers: agent },
) {
  const of = conversationId === null ? "" : `&conversation=${conversationId}`;
  const answer = await searchCatalogue(new Request(`${OURS}/api/v1/catalogue/search?q=${query}${of}`, init));
  return { status: answer.status, text: JSON.stringify(await answer.json()) };
}

it("[CO95] [CA144] each conversation has the words, prices and links of the page it was opened on", async () => {
  const [maria, mary] = [await visitorOn(DE), await visitorOn(UK)];
  const [german, british] = [await talk(maria), await talk(mary)];
  expect((await itemFor(maria, german)).product).toMatchObject({ title: "Leinenkleid", priceMinor: 8_900 });
  expect((await itemFor(mary, british)).product).toMatchObject({
    ...{ title: "Linen dress", priceMinor: 7_500, currency: "GBP", url: `${UK}/dress` },
  });
  const id = productIdSchema.parse(productId);
  const place = { shopId, conversationId: british };
  expect(await resolve.findProductCard(place, id)).toMatchObject({ currency: "GBP" });
  expect(await resolve.findProductPicture(place, id, 0)).toMatchObject({ title: "Linen dress" });
  expect((await searchBeside(british, "linen")).text).toContain('"currency":"GBP"');
  // Found by the other storefront's word, and never by its price.
  expect((await searchBeside(british, "leinenkleid")).text).toContain('"currency":"GBP"');
  expect((await searchBeside(german, "leinenkleid")).text).toContain('"currency":"EUR"');
  expect((await searchBeside(null, "leinenkleid")).text).toContain('"currency":"EUR"');
});

it("[CO95] a browser on one origin obtains no other storefront's price or words by any request", async () => {
  const maria = await visitorOn(DE);
  const british = await talk(await visitorOn(UK));
  const told: unknown[] = [];
  for (const language of ["en", "en-GB", "UK", ""]) {
    const german = await talk(maria, language);
    told.push(await itemFor(maria, german, `&locale=en&conversation=${british}&storefront=UK&currency=GBP`));
    told.push(
      await resolve.findProductCard({ shopId, conversationId: german }, productIdSchema.parse(productId)),
    );
    told.push(await searchBeside(german, "linen", asVisitor(maria)));
  }
  told.push(await itemFor(maria, british));
  told.push(await searchBeside(british, "linen", asVisitor(maria)));
  const params = Promise.resolve({ externalId: "KLEID" });
  const headers = { authorization: `Bearer ${maria}`, "accept-language": "en-GB" };
  told.push(
    await (await getProduct(new Request(`${OURS}/x?language=en-GB`, { headers }), { params })).json(),
  );
  expect(told).toHaveLength(15);
  expect(JSON.stringify(told)).not.toMatch(/GBP|7500|Linen|co\.uk/);
  expect(JSON.stringify(told)).toContain("Leinenkleid");
});

it("[CA144] where storefronts share pages the page's own language chooses; a page of another, or of none, is the first's", async () => {
  const shared = { shopId, name: "In English", locale: "en", currency: "GBP", origins: [] };
  const { id } = await database.db.storefront.create({ data: shared });
  const mary = await visitorOn(DE);
  const chosen: unknown[] = [];
  for (const language of ["en-US", "nl", "", "de-AT", "x".repeat(99)]) {
    const where = { id: await talk(mary, language) };
    chosen.push((await database.db.conversation.findUniqueOrThrow({ where })).storefrontId);
  }
  expect(chosen).toEqual([id, null, null, null, null]);
  await database.db.storefront.delete({ where: { id } });
});

it("[CO95] she goes on to another page of the shop, and the conversation with her", async () => {
  const mary = await visitorOn(DE);
  const conversationId = await talk(mary);
  await knownVisitorFor({ shopKey, visitorToken: mary }, UK);
  expect(await talk(mary, "de", false)).toBe(conversationId);
  expect((await itemFor(mary, conversationId)).product).toMatchObject({ currency: "GBP" });
  await expect(
    knownVisitorFor({ shopKey, visitorToken: mary }, "https://elsewhere.example"),
  ).rejects.toMatchObject({ code: "forbidden" });
  await database.db.storefront.deleteMany({ where: { shopId } });
  expect((await itemFor(mary, conversationId)).product).toMatchObject({ currency: "EUR" });
});

it("[CO95] [CA150] another shop's people see nothing beside a conversation that is none of theirs", async () => {
  const british = await talk(await visitorOn(UK));
  const stranger = await createMember(await createShop(), "admin", "Bob");
  const answer = await searchBeside(british, "linen", { headers: stranger });
  expect(answer.status).toBe(404);
  expect(answer.text).not.toContain("Linen");
});
