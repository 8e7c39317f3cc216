import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import { type EventType, eventCatalogue } from "@/lib/protocol/event-catalogue";
import { openTestDatabase } from "@/tests/support/database";
import { at, makeShop } from "./internal/test-shop";
import { listEvents } from "./list-events";
import { recordClaim } from "./record";

let database: { close(): Promise<void> };
beforeAll(async () => {
  database = await openTestDatabase("postgres");
}, 60_000);
afterAll(() => database.close());

const isType = (type: string): type is EventType => Object.hasOwn(eventCatalogue, type);

it("[IN18] every event is stored with who saw it, the version of its type and what that version holds", async () => {
  const shop = await makeShop();
  const { shopId } = shop;
  const [visitorId, ines] = [await shop.visitor(), await shop.agent("Ines")];
  await shop.product("hat");
  const url = "https://shop.example/hat";
  const line = { id: "hat", quantity: 2, unitMinor: 500 };
  for (const event of [
    { type: "page_viewed", url, title: "Hats" },
    { type: "product_viewed", url, title: "Hat", productId: "hat" },
    { type: "cart_changed", currency: "EUR", lines: [line, { ...line, id: "unknown" }] },
    { type: "order_placed", orderId: "o-1", currency: "EUR", totalMinor: 1_000, lines: [line] },
    { type: "context_told", values: [{ name: "Loyalty", value: "gold" }] },
  ] as const) {
    await shop.claim(visitorId, event, at(0));
  }
  const where = { ...(await shop.conversation(visitorId, ines)), memberId: ines };
  await shop.fact({ type: "item_shown", ...where });
  await shop.fact({ type: "mark_drawn", ...where, data: { count: 3 } });
  await recordClaim({ type: "invitation_opened", shopId, visitorId, conversationId: null });
  await getDb().event.updateMany({ where: { shopId }, data: { receivedAt: at(0) } });
  const { events } = await listEvents(shopId, { limit: 100 });
  expect(events.map(({ type }) => type).sort()).toEqual([
    ...["cart_changed", "context_told", "invitation_opened", "item_shown", "mark_drawn"],
    ...["order_placed", "page_viewed", "product_viewed"],
  ]);
  for (const { type, version, source, data } of events) {
    if (!isType(type)) throw new Error(`${type} is in no catalogue`);
    const kind = eventCatalogue[type];
    expect({ type, version, source }).toEqual({ type, version: kind.version, source: kind.source });
    expect(z.safeParse<z.ZodMiniType>(kind.data, data).error, type).toBeUndefined();
  }
});

it("[IN18] what was recorded before versions were is of the first", async () => {
  const { shopId } = await makeShop();
  await getDb().$executeRaw`
    INSERT INTO "Event" ("id", "shopId", "type", "source", "occurredAt", "receivedAt")
    VALUES ('before', ${shopId}, 'page_viewed', 'browser', ${at(0)}, ${at(0)})`;
  expect((await listEvents(shopId, { limit: 1 })).events).toMatchObject([{ version: 1 }]);
});

it("[IN18] the documents tell each type's version, who saw it and what it holds", async () => {
  const told = await readFile("docs/events.md", "utf8");
  const lines = told.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const rows = lines.filter(([, name = ""]) => name.startsWith("`"));
  expect(rows.map(([, name, source, version, holds]) => [name, source, version, holds])).toEqual(
    Object.entries(eventCatalogue).map(([name, { source, version, data }]) => {
      const fields = Object.keys(data.shape).map((field) => `\`${field}\``);
      return [`\`${name}\``, source, String(version), fields.join(", ")];
    }),
  );
});
