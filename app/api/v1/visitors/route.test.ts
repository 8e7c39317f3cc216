import { afterAll, beforeAll, expect, it } from "vitest";
import { POST as postEvents } from "@/app/api/v1/events/route";
import { openTestDatabase } from "@/tests/support/database";
import { POST } from "./route";

let database: Awaited<ReturnType<typeof openTestDatabase>>;
const origin = "https://shop.example";
/** A bare "Mozilla/5.0" counts as a bot, whose events are dropped. */
const browserAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const ask = (body: string | ReadableStream, address: string) =>
  POST(
    new Request("http://127.0.0.1/api/v1/visitors", {
      method: "POST",
      headers: { origin, "x-vetrina-address": address },
      body,
      // A stream as body needs it; the types of the DOM do not know it.
      ...{ duplex: "half" },
    }),
  );

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  await database.db.shop.create({ data: { key: "route-test-key", name: "Shop", origins: [origin] } });
}, 60_000);
afterAll(() => database.close());

it("[VI6] visitors are limited per address, and a body above its limit is refused unread", async () => {
  expect((await ask("x".repeat(5_000), "10.0.0.1")).status).toBe(413);
  const body = JSON.stringify({ shopKey: "route-test-key" });
  const statuses: number[] = [];
  for (let i = 0; i < 121; i++) statuses.push((await ask(body, "10.0.0.2")).status);
  expect(statuses[0]).toBe(200);
  expect(statuses.at(-1)).toBe(429);
  expect((await ask(body, "10.0.0.3")).status).toBe(200);
});

it("[VI6] a body that breaks off is the sender's fault, not ours", async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error("aborted")) });
  expect((await ask(body, "10.0.0.5")).status).toBe(400);
});

it("[VI6] events of a known visitor are taken in and answered without a body", async () => {
  const { visitorToken } = await (
    await ask(JSON.stringify({ shopKey: "route-test-key" }), "10.0.0.4")
  ).json();
  const event = {
    id: crypto.randomUUID(),
    at: Date.now(),
    type: "page_viewed",
    url: `${origin}/`,
    title: "Home",
  };
  const response = await postEvents(
    new Request("http://127.0.0.1/api/v1/events", {
      method: "POST",
      headers: { origin, "user-agent": browserAgent },
      body: JSON.stringify({ shopKey: "route-test-key", visitorToken, events: [event] }),
    }),
  );
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-origin")).toBe(origin);
  expect(await database.db.event.count({ where: { type: "page_viewed" } })).toBe(1);
});

it("[IN100] a visitor is kept with the kind of device and the language that her browser tells", async () => {
  const response = await POST(
    new Request("http://127.0.0.1/api/v1/visitors", {
      method: "POST",
      headers: { origin, "user-agent": browserAgent, "accept-language": "de-AT,de;q=0.9" },
      body: JSON.stringify({ shopKey: "route-test-key" }),
    }),
  );
  expect(response.status).toBe(200);
  expect(await database.db.visitor.count({ where: { device: "desktop", locale: "de" } })).toBe(1);
});
