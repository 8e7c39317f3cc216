/** The public API as shops' systems meet it: every route called through its own file, every answer held to the description. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { GET as describeRoute } from "@/app/api/v1/openapi.json/route";
import { internalRoutes } from "@/lib/api/internal-routes";
import type { Operation } from "@/lib/api/operation";
import { operations } from "@/lib/api/operations";
import { getDb } from "@/lib/db/client";
import { at, makeShop, NOON, type TestShop } from "@/lib/insights/internal/test-shop";
import { createInboundHook, deleteInboundHook } from "@/lib/insights/orders/inbound-hooks";
import { type ApiScope, apiScopes } from "@/lib/protocol/api/scopes";
import { deskPort } from "@/lib/protocol/desk-port";
import { createApiKey, listApiKeys, revokeApiKey } from "@/lib/shops/api-keys";
import { listDeliveries, redeliver, sendTest } from "@/lib/webhooks/deliveries";
import { createEndpoint, deleteEndpoint, listEndpoints, setEndpointActive } from "@/lib/webhooks/endpoints";
import { openTestDatabase } from "@/tests/support/database";
import { findRoutes } from "@/tests/support/find-routes";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;
type Handler = (request: Request, route: { readonly params: Promise<unknown> }) => Promise<Response>;
const errorSchema = z.strictObject({
  error: z.strictObject({ code: z.string(), detail: z.string() }),
});

describe("the public API", () => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let conversationId: string;
  let routes: Awaited<ReturnType<typeof findRoutes>>;
  let key: string;

  beforeAll(async () => {
    database = await openTestDatabase("postgres");
    deskPort.provide({ conversationChanged() {}, visitorMoved() {} });
    routes = await findRoutes();
    shop = await makeShop();
    key = await keyWith(apiScopes);
    const member = await shop.agent("Ines");
    const bag = await shop.product("bag", ["bag-red"]);
    const conversation = await shop.conversation(await shop.visitor(), member);
    conversationId = conversation.conversationId;
    await shop.recommend(conversation, member, bag, NOON);
    await shop.order(conversation.visitorId, "1001", at(0.5), [{ id: "bag-red", unitMinor: 9_900 }]);
    const participant = await getDb().participant.findFirstOrThrow({ where: { conversationId } });
    await getDb().message.createMany({
      data: ["Hello", "Is it leather?"].map((text, i) => ({
        conversationId,
        seq: i + 1,
        clientId: `client-000${i}`,
        participantId: participant.id,
        body: { kind: "text", text },
      })),
    });
    // What was written this moment is handed out a few seconds later.
    await getDb().event.updateMany({ data: { receivedAt: NOON } });
    await getDb().$executeRaw`UPDATE "Order" SET "updatedAt" = "placedAt"`;
  }, 120_000);
  afterAll(() => database.close());

  const keyWith = (scopes: readonly ApiScope[], of = shop) =>
    createApiKey(of.shopId, { name: "ERP", scopes });

  async function call(
    operation: Operation,
    given: {
      readonly key?: string;
      readonly path?: Readonly<Record<string, string>>;
      readonly query?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    } = {},
  ) {
    const route = routes.find(({ path }) => path === operation.path);
    const handler = route?.handlers[operation.method.toUpperCase()] as Handler;
    const url = `http://127.0.0.1${operation.path}?${new URLSearchParams(given.query)}`;
    const response = await handler(
      new Request(url, {
        method: operation.method.toUpperCase(),
        headers: given.key === undefined ? {} : { authorization: `Bearer ${given.key}` },
        ...(operation.method === "post" ? { body: JSON.stringify(given.body ?? {}) } : {}),
      }),
      // Next gives a route without parameters none.
      { params: Promise.resolve(operation.path.includes("{") ? (given.path ?? {}) : undefined) },
    );
    return { status: response.status, body: z.parse(z.json(), await response.json()) };
  }
  const named = (id: string): Operation => {
    const found = operations.find((operation) => operation.id === id);
    if (!found) throw new Error(`no operation ${id}`);
    return found;
  };
  const oneOrder = (id: string) => ({
    id,
    currency: "EUR",
    totalMinor: 100,
    placedAt: "2026-05-10T12:00:00Z",
    lines: [{ id: "bag-red", quantity: 1, unitMinor: 100 }],
  });
  /** What makes each call answer with something. */
  const examples: Readonly<Record<string, Parameters<typeof call>[1]>> = {
    reportOrders: {
      body: {
        orders: [oneOrder("api-1")],
        changes: [{ id: "r", orderId: "api-1", kind: "refund", at: "2026-05-10T13:00:00Z", amountMinor: 10 }],
      },
    },
    readReport: { path: { report: "overview" } },
  };
  const withKey = operations.filter(({ scope }) => scope !== null);
  const example = (operation: Operation) => ({ path: { id: conversationId }, ...examples[operation.id] });

  it("[IN62] every route under /api/v1 is described or named as internal, and nothing else is", () => {
    const exported = routes.flatMap(({ path, handlers }) =>
      methods.filter((method) => method in handlers).map((method) => `${method} ${path}`),
    );
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect([...described, ...internalRoutes].toSorted()).toEqual(exported.toSorted());
    expect(new Set([...described, ...internalRoutes]).size).toBe(exported.length);
  });

  it("[IN62] the description is valid OpenAPI 3.1 and holds every public call", async () => {
    const response = await describeRoute();
    const description = z.parse(
      z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), z.json())) }),
      await response.json(),
    );
    const result = await new Validator().validate(description);
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    const described = Object.entries(description.paths).flatMap(([path, each]) =>
      Object.keys(each).map((method) => `${method} ${path}`),
    );
    expect(described.toSorted()).toEqual(
      operations.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
    expect(JSON.stringify(description.paths["/api/v1/orders"])).toContain("vetrina_visitor");
  });

  it.each(withKey)("[IN63] $id answers in the described shape", async (operation) => {
    const { status, body } = await call(operation, { key, ...example(operation) });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(operation.answer.safeParse(body).error).toBeUndefined();
    const [list] = Object.values(z.parse(z.record(z.string(), z.unknown()), body)).filter(Array.isArray);
    expect(list).not.toHaveLength(0);
  });

  it.each(withKey)("[IN60] [IN61] $id wants a key that holds, with its scope", async (operation) => {
    const { scope } = operation;
    const lacking = await keyWith(apiScopes.filter((each) => each !== scope));
    for (const [given, status] of [
      [undefined, 401],
      ["vetrina_made-up", 401],
      [`${key}x`, 401],
      [lacking, 403],
    ] as const) {
      const refused = await call(operation, {
        ...example(operation),
        ...(given === undefined ? {} : { key: given }),
      });
      expect(refused.status).toBe(status);
      expect(errorSchema.safeParse(refused.body).error).toBeUndefined();
    }
  });

  it.each(withKey)(
    "[IN66] $id shows nothing of another shop and changes nothing in it",
    async (operation) => {
      const stranger = await makeShop();
      const foreign = await keyWith(apiScopes, stranger);
      const orders = () => getDb().order.findMany({ where: { shopId: shop.shopId }, orderBy: { id: "asc" } });
      const before = await orders();
      const { status, body } = await call(operation, { key: foreign, ...example(operation) });
      if (operation.id === "readTranscript") expect(status).toBe(404);
      const told = JSON.stringify(body);
      for (const secret of [conversationId, "Is it leather", "1001", "bag-red"])
        expect(told).not.toContain(secret);
      expect(await orders()).toEqual(before);
    },
  );

  it("[IN66] another shop's keys, hooks, webhooks and deliveries can be neither read nor changed", async () => {
    const stranger = await makeShop();
    const hook = await createInboundHook(shop.shopId, "own", "");
    const webhook = await createEndpoint(shop.shopId, {
      url: "https://shop.example/hook",
      types: ["conversation.ended"],
    });
    await shop.fact({ type: "conversation_closed", data: { by: "agent" }, conversationId });
    const [delivery] = await listDeliveries(shop.shopId, webhook.id);
    const [ownKey] = await listApiKeys(shop.shopId);
    expect(await listApiKeys(stranger.shopId)).toEqual([]);
    expect(await listEndpoints(stranger.shopId)).toEqual([]);
    expect(await listDeliveries(stranger.shopId, webhook.id)).toEqual([]);
    const notFound = { code: "not_found" };
    await expect(revokeApiKey(stranger.shopId, ownKey?.id ?? "")).rejects.toMatchObject(notFound);
    await expect(deleteInboundHook(stranger.shopId, hook.id)).rejects.toMatchObject(notFound);
    await expect(setEndpointActive(stranger.shopId, webhook.id, false)).rejects.toMatchObject(notFound);
    await expect(deleteEndpoint(stranger.shopId, webhook.id)).rejects.toMatchObject(notFound);
    await expect(sendTest(stranger.shopId, webhook.id)).rejects.toMatchObject(notFound);
    await expect(redeliver(stranger.shopId, delivery?.id ?? "")).rejects.toMatchObject(notFound);
    expect(await listEndpoints(shop.shopId)).toMatchObject([{ id: webhook.id, active: true }]);
    await deleteEndpoint(shop.shopId, webhook.id);
  });

  it("[IN60] a key is stored as a hash only, and holds no longer once it is revoked", async () => {
    const fresh = await keyWith(["orders:read"]);
    const [listed] = await listApiKeys(shop.shopId);
    expect(listed).toMatchObject({ name: "ERP", hint: fresh.slice(-4), lastUsedAt: null });
    const rows = JSON.stringify(await getDb().apiKey.findMany());
    expect(rows).not.toContain(fresh.slice("vetrina_".length));
    expect((await call(named("listOrders"), { key: fresh })).status).toBe(200);
    expect((await listApiKeys(shop.shopId))[0]?.lastUsedAt).toBeInstanceOf(Date);
    await revokeApiKey(shop.shopId, listed?.id ?? "");
    expect((await call(named("listOrders"), { key: fresh })).status).toBe(401);
    await expect(createApiKey(shop.shopId, { name: " ", scopes: apiScopes })).rejects.toMatchObject({
      code: "bad_request",
    });
    await expect(createApiKey(shop.shopId, { name: "x", scopes: ["all"] })).rejects.toMatchObject({
      code: "bad_request",
    });
  });

  it.each([
    ["listOrders", { limit: "0" }],
    ["listOrders", { limit: "x" }],
    ["listOrders", { cursor: "nonsense" }],
    ["listEvents", { limit: "100000" }],
    ["listEvents", { type: "'; drop table" }],
    ["listEvents", { cursor: "\u0000" }],
    ["listConversations", { since: "yesterday" }],
    ["listConversations", { device: "fridge" }],
    ["readReport", { from: "2026-02-30", to: "2026-03-01" }],
    ["readReport", { days: "8" }],
    ["listProducts", { cursor: "-1" }],
    ["readTranscript", { cursor: "1 or 1=1" }],
  ])("[IN63] %s with %j is refused by name", async (id, query) => {
    const { status, body } = await call(named(id), { key, query, path: { id: conversationId } });
    expect(status, JSON.stringify(body)).toBe(400);
    expect(errorSchema.safeParse(body).error).toBeUndefined();
  });

  it("[IN63] a report with one wrong order names it and stores none of it", async () => {
    const body = { orders: [oneOrder("half-1"), { ...oneOrder("half-2"), currency: "XXX1" }] };
    const refused = await call(named("reportOrders"), { key, body });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain("orders.1.currency");
    expect(await getDb().order.count({ where: { externalId: "half-1" } })).toBe(0);
    const many = { orders: Array.from({ length: 101 }, (_, i) => oneOrder(`many-${i}`)) };
    expect((await call(named("reportOrders"), { key, body: many })).status).toBe(400);
  });

  it("[IN64] whoever follows the events misses none and sees none twice", async () => {
    const own = await makeShop();
    const ownKey = await keyWith(["events:read"], own);
    const conversation = await own.conversation(await own.visitor(), await own.agent("Ada"));
    for (let i = 0; i < 5; i++) await own.fact({ type: "mark_drawn", data: { count: 1 }, ...conversation });
    const answerSchema = z.object({
      events: z.array(z.object({ id: z.string() })),
      next: z.string(),
      more: z.boolean(),
    });
    const ask = async (cursor?: string) =>
      z.parse(
        answerSchema,
        (
          await call(named("listEvents"), {
            key: ownKey,
            query: { limit: "2", ...(cursor === undefined ? {} : { cursor }) },
          })
        ).body,
      );
    const young = await ask();
    expect(young).toMatchObject({ events: [], more: false });
    await getDb().event.updateMany({ where: { shopId: own.shopId }, data: { receivedAt: NOON } });
    const seen: string[] = [];
    let { next } = young;
    for (let more = true; more; ) {
      const page = await ask(next);
      seen.push(...page.events.map(({ id }) => id));
      ({ next, more } = page);
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
    expect(await ask(next)).toEqual({ events: [], next, more: false });
  });

  it("[IN65] conversations come page by page with their figures and nothing that was said", async () => {
    const own = await makeShop();
    const ownKey = await keyWith(["conversations:read"], own);
    const agent = await own.agent("Ada");
    for (let i = 0; i < 3; i++) await own.conversation(await own.visitor(), agent, at(i));
    const answerSchema = z.object({
      conversations: z.array(z.object({ startedAt: z.string() })),
      next: z.nullable(z.string()),
    });
    const first = z.parse(
      answerSchema,
      (await call(named("listConversations"), { key: ownKey, query: { limit: "2" } })).body,
    );
    const second = z.parse(
      answerSchema,
      (
        await call(named("listConversations"), {
          key: ownKey,
          query: { limit: "2", cursor: first.next ?? "" },
        })
      ).body,
    );
    expect([...first.conversations, ...second.conversations].map(({ startedAt }) => startedAt)).toEqual(
      [2, 1, 0].map((hour) => at(hour).toISOString()),
    );
    expect(second.next).toBeNull();
    const told = JSON.stringify((await call(named("listConversations"), { key })).body);
    expect(told).toContain('"recommended":1');
    expect(told).not.toContain("leather");
    expect((await call(named("readTranscript"), { key: ownKey, path: { id: conversationId } })).status).toBe(
      403,
    );
  });

  it("[IN67] a key that asks without pause is told to wait, and others go on", async () => {
    const busy = await keyWith(["catalogue:read"]);
    const statuses: number[] = [];
    while (!statuses.includes(429) && statuses.length < 700) {
      const asked = Array.from({ length: 20 }, () =>
        call(named("listProducts"), { key: busy, query: { limit: "0" } }),
      );
      statuses.push(...(await Promise.all(asked)).map(({ status }) => status));
    }
    expect(statuses).toContain(429);
    expect((await call(named("listProducts"), { key })).status).toBe(200);
  });
});
