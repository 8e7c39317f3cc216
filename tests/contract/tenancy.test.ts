/**
 * One shop never reads or changes another's: every route is called with everything that the second shop has (its admin's
 * session, its customer's token, its API key with every scope) and with the first shop's ids: with all of them, and with
 * each of them alone among the second shop's own.
 */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getMedia } from "@/app/media/[assetId]/[...path]/route";
import { openAdapter } from "@/lib/catalogue/adapters/open-adapter";
import { writeProduct } from "@/lib/catalogue/write-product";
import { acceptConversation } from "@/lib/conversations/accept";
import { requireConversationAccess } from "@/lib/conversations/access";
import { openConversation } from "@/lib/conversations/open-conversation";
import { getDb } from "@/lib/db/client";
import { ingestBatch } from "@/lib/insights/ingest";
import { createInboundHook } from "@/lib/insights/orders/inbound-hooks";
import { closePicturePool } from "@/lib/media/picture-pool";
import { storeCataloguePicture } from "@/lib/media/store-picture";
import { createDiskUploadFiles } from "@/lib/media/uploads/disk-upload-files";
import { uploadFilesSlot } from "@/lib/media/uploads/upload-files";
import { apiScopes } from "@/lib/protocol/api/scopes";
import type { ShopId } from "@/lib/protocol/ids";
import { type Composition, compose } from "@/lib/runtime/compose";
import { createApiKey } from "@/lib/shops/api-keys";
import { provideTestStore, testPng, testProduct, testVariant } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type FoundRoute, findRoutes } from "@/tests/support/find-routes";
import { createMember, createShop, createVisitor, type TestVisitor } from "@/tests/support/shop-people";

/** Stands in everything that belongs to the first shop. */
const MARK = "zq7secretofshopone";
const ORIGIN = "http://127.0.0.1:3000";
/** Called by the shop's own pages; the others by ours. */
const ofPages = ["/api/v1/visitors", "/api/v1/visitors/identify", "/api/v1/events"];
/** Of no shop's data, or with a test of its own. */
const elsewhere = [
  "/api/auth/{...all}", // Who somebody is, before any shop.
  "/api/health",
  "/metrics",
  "/frame", // The same page for everybody.
  "/with/{code}", // A page that asks for nothing before its code is used: see companions' tests.
  "/media/{assetId}/{...path}", // Below.
  "/demo/pictures/{assetId}/{longest}", // The demo shop is everybody's.
  "/demo/line/{externalId}",
];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;

let database: TestDatabase;
let composition: Composition;
let routes: FoundRoute[];
let first: Tenant;
let second: Tenant;

interface Tenant {
  readonly shopId: ShopId;
  readonly shopKey: string;
  /** Of its pages. */
  readonly origin: string;
  readonly admin: Headers;
  readonly customer: TestVisitor;
  readonly apiKey: Headers;
  /** What stands for the parameters of a path. */
  readonly ids: Readonly<Record<string, string>>;
}

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  await provideTestStore(database.dataDir);
  uploadFilesSlot.provide(await createDiskUploadFiles(join(database.dataDir, "uploads")));
  composition = await compose(pino({ level: "silent" }), {
    metricsToken: null,
    redisUrl: null,
    ffmpeg: "off",
    clamd: null,
  });
  await buildThread("export");
  routes = (await findRoutes("app")).filter(({ path }) => !elsewhere.includes(path));
  first = await makeTenant(MARK);
  second = await makeTenant("other");
}, 120_000);
afterAll(async () => {
  await composition.close();
  await closePicturePool();
  await database.close();
});

async function makeTenant(mark: string): Promise<Tenant> {
  const db = getDb();
  const shopId = await createShop();
  const { key: shopKey } = await db.shop.update({
    where: { id: shopId },
    data: { name: mark, origins: [`https://${mark}.test`] },
  });
  const admin = await createMember(shopId, "admin", `Ada ${mark}`);
  const customer = await createVisitor(shopId);
  const picture = await testPng("salmon", 400, 300);
  const { assetId } = await storeCataloguePicture({ shopId, bytes: picture });
  await writeProduct(
    shopId,
    testProduct(`${mark}-product`, {
      title: `Bag ${mark}`,
      variants: [testVariant(`${mark}-variant`)],
      pictures: [{ assetId, alt: mark, sourceUrl: `https://shop.test/${mark}.png` }],
    }),
  );
  const { id: productId } = await db.product.findFirstOrThrow({ where: { shopId } });
  const { conversationId } = await openConversation(customer, "en");
  await acceptConversation(await requireConversationAccess(admin, conversationId));
  const participant = await db.participant.findFirstOrThrow({ where: { conversationId, role: "customer" } });
  await db.message.create({
    data: {
      conversationId,
      seq: 100,
      clientId: randomUUID(),
      participantId: participant.id,
      body: { kind: "text", text: `said ${mark}` },
    },
  });
  const at = Date.now();
  const line = { id: `${mark}-variant`, quantity: 1, unitMinor: 100 };
  await ingestBatch({
    ...{ shopId, visitorId: customer.visitorId, receivedAt: new Date() },
    events: [
      { id: randomUUID(), at, type: "page_viewed", url: `https://shop.test/${mark}`, title: `page ${mark}` },
      { id: randomUUID(), at, type: "cart_changed", currency: "EUR", lines: [line] },
      {
        id: randomUUID(),
        at,
        type: "order_placed",
        orderId: `${mark}-order`,
        currency: "EUR",
        totalMinor: 100,
        lines: [line],
      },
    ],
  });
  // What was written this moment is handed out a few seconds later.
  await db.event.updateMany({ where: { shopId }, data: { receivedAt: new Date(at - 60_000) } });
  await db.order.updateMany({ where: { shopId }, data: { updatedAt: new Date(at - 60_000) } });
  const source = await db.catalogueSource.create({
    data: { shopId, name: `feed ${mark}`, kind: "upload", currency: "EUR", locale: "en" },
  });
  await db.product.update({ where: { id: productId }, data: { sourceId: source.id } });
  await db.pictureWish.create({
    data: {
      ...{ shopId, productId, position: 1, url: `https://shop.test/lost-${mark}.png`, host: "shop.test" },
      ...{ state: "failed", error: "not_found" },
    },
  });
  const read = await db.catalogueImport.create({
    data: {
      ...{ shopId, sourceId: source.id, state: "done" },
      entries: { create: { list: "rejected", line: 7, externalId: `row ${mark}`, title: mark, reasons: [] } },
    },
  });
  const key = await createApiKey(shopId, { name: mark, scopes: apiScopes });
  const hook = await createInboundHook(shopId, "own", "");
  const passage = await db.passage.create({
    data: { shopId, conversationId, name: `passage ${mark}`, fromMs: 0, toMs: 1_000 },
  });
  return {
    ...{ shopId, shopKey, origin: `https://${mark}.test`, admin, customer },
    apiKey: new Headers({ authorization: `Bearer ${key}` }),
    ids: {
      id: conversationId,
      productId,
      externalId: `${mark}-product`,
      assetId,
      source: "product",
      sourceId: assetId,
      itemId: randomUUID(),
      uploadId: randomUUID(),
      passageId: passage.id,
      participantId: randomUUID(),
      hookId: hook.id,
      reference: `${mark}-order`,
      importId: read.id,
      list: "rejected",
      report: "products",
      feedSource: source.id,
    },
  };
}

const namesIn = ({ path }: FoundRoute) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

/** One call as a browser or a server of the asker would make it. */
async function call(
  route: FoundRoute,
  method: string,
  headers: Headers,
  asked: Pick<Tenant, "ids" | "shopKey">,
  asker: Tenant,
) {
  const handler = route.handlers[method];
  if (typeof handler !== "function") return null;
  const params = Object.fromEntries(
    namesIn(route).map((name) => {
      const id = asked.ids[name];
      if (id === undefined) throw new Error(`${route.path}: no id for {${name}}; add it to this test`);
      return [name, id];
    }),
  );
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
  const stop = new AbortController();
  const own = new Headers(headers);
  own.set("origin", ofPages.includes(route.path) ? asker.origin : ORIGIN);
  own.set("sec-fetch-site", "same-origin");
  own.set("content-type", "application/json");
  const query = new URLSearchParams({
    q: MARK,
    conversation: asked.ids.id ?? "",
    source: asked.ids.feedSource ?? "",
    ids: asked.ids.productId ?? "",
    productIds: asked.ids.productId ?? "",
  });
  const body = JSON.stringify({
    // Whatever a route may want, of the shop that is asked about, in the asker's own hand.
    shopKey: asked.shopKey,
    visitorToken: asker.customer.headers.get("authorization")?.replace("Bearer ", ""),
    identity: "x.y.z-not-signed-by-anybody",
    create: true,
    locale: "en",
    events: [
      { id: randomUUID(), at: Date.now(), type: "page_viewed", url: "https://evil.test/", title: "evil" },
    ],
    orders: [{ id: `${MARK}-order`, currency: "EUR", totalMinor: 1, lines: [] }],
    ...{ name: "evil", from: 0, to: 1, score: 1 },
  });
  const request = new Request(`${ORIGIN}${path}${method === "GET" ? `?${query}` : ""}`, {
    method,
    headers: own,
    signal: stop.signal,
    ...(method === "GET" || method === "HEAD" ? {} : { body }),
  });
  const response: Response = await handler(request, { params: Promise.resolve(params) });
  const text = await firstOf(response);
  stop.abort();
  return { status: response.status, text };
}

/** The body; of a feed, which never ends, all up to the first snapshot. */
async function firstOf(response: Response): Promise<string> {
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) return response.text();
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (reader && !/event: (desk|live)\n.*\n\n/.test(text)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return text;
}

/** All rows of a shop, table by table, as one text each; but for what its settings say of a delivery that was refused. */
async function rowsOf(shopId: ShopId): Promise<Record<string, string>> {
  const tables = await getDb().$queryRaw<{ name: string; column: string }[]>`
    SELECT table_name AS "name", column_name AS "column" FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name IN ('shopId', 'conversationId')`;
  const found: Record<string, string> = {};
  for (const { name, column } of tables) {
    const of = column === "shopId" ? "$1" : '(SELECT "id" FROM "Conversation" WHERE "shopId" = $1)';
    const [row] = await getDb().$queryRawUnsafe<{ all: string | null }[]>(
      `SELECT string_agg(row, E'\\n' ORDER BY row) AS "all"
       FROM (SELECT (to_jsonb(t) - ARRAY['lastError', 'lastErrorAt'])::text AS row FROM "${name}" t WHERE "${column}" IN (${of})) x`,
      shopId,
    );
    found[`${name}.${column}`] = row?.all ?? "";
  }
  return found;
}

/** Everybody of the second shop calls a route in every way. @returns how many calls that were */
async function tryOut(
  route: FoundRoute,
  asked: Pick<Tenant, "ids" | "shopKey">,
  how: string,
): Promise<number> {
  let calls = 0;
  for (const method of METHODS) {
    for (const headers of [second.admin, second.customer.headers, second.apiKey, new Headers()]) {
      const answer = await call(route, method, headers, asked, second);
      if (answer === null) continue;
      calls += 1;
      const where = `${method} ${route.path}${how}`;
      // The question itself may come back in an answer; what belongs to the shop may not.
      const told = answer.text.replaceAll(`"${MARK}"`, "").replaceAll(`${MARK}-product`, "");
      expect(told, where).not.toContain(MARK);
      expect(answer.status, where).not.toBe(500);
    }
  }
  return calls;
}

describe("tenancy", () => {
  it("with its own ids and its own people the first shop sees its own: the calls below can find something", async () => {
    const revealing = new Set<string>();
    for (const route of routes) {
      for (const headers of [first.admin, first.customer.headers, first.apiKey]) {
        const answer = await call(route, "GET", headers, first, first);
        if (answer?.text.includes(MARK)) revealing.add(route.path);
      }
    }
    expect([...revealing]).toEqual(
      expect.arrayContaining([
        "/api/v1/catalogue/search",
        "/api/v1/catalogue/products/{productId}",
        "/api/v1/conversations/{id}/film",
        "/api/v1/conversations/{id}/items/{source}/{sourceId}",
        "/api/v1/desk/conversations/{id}",
        "/api/v1/desk/conversations/{id}/orders",
        "/api/v1/desk/conversations/{id}/orders/{reference}",
        "/api/v1/desk/stream",
        "/api/v1/events",
        "/api/v1/conversations",
        "/api/v1/conversations/{id}/transcript",
        "/insights/live/stream",
        "/api/v1/orders",
        "/api/v1/products",
        "/api/v1/products/{externalId}",
        "/settings/catalogue/imports/{importId}/csv/{list}",
        "/settings/catalogue/pictures/csv",
      ]),
    );
  });

  it("[CA3] no route shows or changes anything of another shop, whoever of the second shop asks", async () => {
    const before = await rowsOf(first.shopId);
    expect(Object.values(before).join("\n")).toContain(MARK);
    let calls = 0;
    for (const route of routes) calls += await tryOut(route, first, "");
    expect(calls).toBeGreaterThan(100);
    expect(await rowsOf(first.shopId)).toEqual(before);
  });

  it("[CA3] nor with one id of it among ids of the second shop's own", async () => {
    const before = await rowsOf(first.shopId);
    let calls = 0;
    for (const route of routes) {
      const names = namesIn(route);
      for (const name of names.length > 1 ? names : []) {
        const ids = { ...second.ids, [name]: first.ids[name] ?? "" };
        calls += await tryOut(route, { ids, shopKey: second.shopKey }, ` with its ${name}`);
      }
    }
    expect(calls).toBeGreaterThan(50);
    expect(await rowsOf(first.shopId)).toEqual(before);
  });

  it("[CA3] the catalogue's adapter of a shop finds nothing of another's", async () => {
    const adapter = await openAdapter(second.shopId);
    expect(JSON.stringify(await adapter.product(`${MARK}-product`).catch(() => null))).not.toContain(MARK);
    const query = { words: MARK, page: 1, pageSize: 10 };
    expect(JSON.stringify((await adapter.search(query)).value ?? null)).not.toContain(`Bag ${MARK}`);
  });

  it("[CA3] a picture's address without its shop's signature shows nothing", async () => {
    const params = Promise.resolve({ assetId: first.ids.assetId ?? "", path: ["400.webp"] });
    for (const headers of [second.admin, second.customer.headers, second.apiKey]) {
      const answer = await getMedia(
        new Request(`${ORIGIN}/media/${first.ids.assetId}/400.webp`, { headers }),
        { params },
      );
      expect([401, 403, 404]).toContain(answer.status);
    }
  });
});

import { buildThread } from "@/lib/runtime/launch/threads.mjs";
