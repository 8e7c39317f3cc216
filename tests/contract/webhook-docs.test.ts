/** The examples of docs/webhooks.md, run as they stand there by Node, against the real routes. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { POST as takeOrders } from "@/app/api/v1/hooks/orders/[hookId]/route";
import { GET as listOrders } from "@/app/api/v1/orders/route";
import { getDb } from "@/lib/db/client";
import { readAllowedPlaces } from "@/lib/http/outside/allowed-places";
import { openOutside, outsideSlot } from "@/lib/http/outside/outside";
import { makeShop, type TestShop } from "@/lib/insights/internal/test-shop";
import { createInboundHook } from "@/lib/insights/orders/inbound-hooks";
import { deskPort } from "@/lib/protocol/desk-port";
import { createApiKey } from "@/lib/shops/api-keys";
import { sendTest } from "@/lib/webhooks/deliveries";
import { createEndpoint } from "@/lib/webhooks/endpoints";
import { openTestDatabase } from "@/tests/support/database";

let database: { close(): Promise<void> };
let shop: TestShop;
let server: Server;
let origin: string;
let folder: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  deskPort.provide({ conversationChanged() {}, visitorMoved() {} });
  outsideSlot.provide(openOutside(readAllowedPlaces("127.0.0.1")));
  shop = await makeShop();
  folder = await mkdtemp(join(tmpdir(), "vetrina-docs-"));
  // As Next does it: the file's handler for the path.
  server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const url = `http://127.0.0.1${incoming.url}`;
    const headers = new Headers(incoming.headers as Record<string, string>);
    const response =
      incoming.method === "POST"
        ? await takeOrders(new Request(url, { method: "POST", headers, body: Buffer.concat(chunks) }), {
            params: Promise.resolve({ hookId: url.split("/").at(-1) ?? "" }),
          })
        : await listOrders(new Request(url, { headers }), { params: Promise.resolve({}) });
    outgoing.writeHead(response.status).end(await response.text());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  for (const child of running) child.kill();
  await new Promise((done) => server.close(done));
  await outsideSlot.get().close();
  await rm(folder, { recursive: true, force: true });
  await database.close();
});

/** Starts the example of that name; `line` waits for the first line that begins so. */
async function start(name: string, env: Record<string, string>) {
  const text = readFileSync(join(import.meta.dirname, "../../docs/webhooks.md"), "utf8");
  const code = [...text.matchAll(/```js\n(.*?)```/gs)].find(([, block]) => block?.startsWith(`// ${name}`));
  const file = join(folder, name);
  await writeFile(file, code?.[1] ?? "throw new Error('no such example')");
  const child = spawn(process.execPath, [file], { env: { ...process.env, ...env } });
  running.add(child);
  let output = "";
  const heard: (() => void)[] = [];
  const add = (chunk: Buffer) => {
    output += chunk.toString();
    for (const hear of heard) hear();
  };
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  const ended = new Promise<number | null>((done) => child.on("close", done));
  return {
    ended: ended.then((code) => ({ code, output })),
    line: (begin: string) =>
      new Promise<string>((done) => {
        const hear = () => {
          const found = output.split("\n").find((line) => line.startsWith(begin));
          if (found !== undefined) done(found);
        };
        heard.push(hear);
        hear();
      }),
  };
}

it("[IN50] the example that sends an order is taken; with another secret it is not", async () => {
  const hook = await createInboundHook(shop.shopId, "own", "");
  const HOOK_URL = `${origin}/api/v1/hooks/orders/${hook.id}`;
  const sent = await (await start("send-order.mjs", { HOOK_URL, HOOK_SECRET: hook.secret })).ended;
  expect(sent.output).toContain('"result":"taken"');
  expect(sent.code).toBe(0);
  expect(await getDb().order.findFirst({ where: { shopId: shop.shopId } })).toMatchObject({
    externalId: "1001",
    totalMinor: 25_390n,
    customerExternalId: "4711",
  });
  const { secret } = await createInboundHook(shop.shopId, "own", "");
  const refused = await (await start("send-order.mjs", { HOOK_URL, HOOK_SECRET: secret })).ended;
  expect(refused.output).toContain("401");
  expect(refused.code).toBe(1);
});

it("[IN71] the example that receives takes what is genuine, and nothing else", async () => {
  const reserved = await (await start("receive.mjs", { PORT: "0", WEBHOOK_SECRET: "whsec_AAAA" })).line(
    "listening",
  );
  const forged = await createEndpoint(shop.shopId, {
    url: `http://127.0.0.1:${reserved.split(" ")[1]}/`,
    types: ["order.matched"],
  });
  expect(await sendTest(shop.shopId, forged.id)).toMatchObject({ delivered: false, answered: 401 });

  const endpoint = await createEndpoint(shop.shopId, { url: `${origin}/`, types: ["order.matched"] });
  const receiver = await start("receive.mjs", { PORT: "0", WEBHOOK_SECRET: endpoint.secret });
  const port = (await receiver.line("listening")).split(" ")[1];
  await getDb().webhookEndpoint.update({
    where: { id: endpoint.id },
    data: { url: `http://127.0.0.1:${port}/` },
  });
  expect(await sendTest(shop.shopId, endpoint.id)).toMatchObject({ delivered: true, answered: 204 });
  expect(await receiver.line("webhook.test")).toContain("{}");
});

it("[IN64] the example that follows orders comes to the end and says where to go on", async () => {
  await getDb().order.updateMany({ data: { updatedAt: new Date(0) } });
  const key = await createApiKey(shop.shopId, { name: "docs", scopes: ["orders:read"] });
  const { code, output } = await (await start("follow-orders.mjs", { API_URL: origin, API_KEY: key })).ended;
  expect(output).toContain("1001 placed webhook 25390");
  expect(output).toMatch(/^next \S{20,}$/m);
  expect(code).toBe(0);
});
