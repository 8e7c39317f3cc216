import { afterAll, beforeAll, expect, it } from "vitest";
import { POST as postVisitor } from "@/app/api/v1/visitors/route";
import { openTestDatabase } from "@/tests/support/database";
import { POST } from "./route";

let database: Awaited<ReturnType<typeof openTestDatabase>>;
const origin = "https://shop.example";
const phone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  await database.db.shop.create({ data: { key: "origin-test-key", name: "Shop", origins: [origin] } });
}, 60_000);
afterAll(() => database.close());

/** What is stored of a conversation that a new visitor opens so. */
async function opened(more: object, userAgent?: string) {
  const asked = new Request("http://127.0.0.1/api/v1/visitors", {
    method: "POST",
    headers: { origin },
    body: JSON.stringify({ shopKey: "origin-test-key" }),
  });
  const { visitorToken } = await (await postVisitor(asked)).json();
  const response = await POST(
    new Request("http://127.0.0.1/api/v1/conversations", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
        ...(userAgent && { "user-agent": userAgent }),
      },
      body: JSON.stringify({ visitorToken, create: true, locale: "de", ...more }),
    }),
  );
  const { conversation } = await response.json();
  return database.db.conversation.findUniqueOrThrow({
    where: { id: conversation.conversationId },
    select: { device: true, trigger: true },
  });
}

it("[IN100] a conversation keeps what opened it and the kind of device, as far as the browser tells", async () => {
  expect(await opened({ trigger: "product" }, phone)).toEqual({ device: "phone", trigger: "product" });
  expect(await opened({ trigger: "launcher" })).toEqual({ device: "", trigger: "launcher" });
});

it("[IN100] a word that is none of ours stands for nothing known, and opens the chat all the same", async () => {
  expect(await opened({})).toEqual({ device: "", trigger: "" });
  expect(await opened({ trigger: "'; drop table" }, "x")).toEqual({ device: "", trigger: "" });
  expect(await opened({ trigger: { $ne: 1 } })).toEqual({ device: "", trigger: "" });
});
