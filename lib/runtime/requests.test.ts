import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createLog } from "./log";
import { handleRequests } from "./requests";

let server: Server;
const seen: string[] = [];

beforeAll(async () => {
  const request = handleRequests({
    pages: async ({ url }, response) => {
      seen.push(url ?? "");
      response.end("a page");
    },
    publicUrl: "http://vetrina.example",
    dev: false,
    trustProxy: false,
    frameAncestors: async () => "https://shop.example",
    mediaOrigin: "https://bucket.s3.example",
    log: createLog("silent"),
  });
  server = createServer(request);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** As no browser sends it: the target stands in the request line unchanged. */
function ask(method: string, target: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1");
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answer));
    socket.write(`${method} ${target} HTTP/1.1\r\nHost: vetrina.example\r\nConnection: close\r\n\r\n`);
  });
}

it.each([
  ["GET", "http://evil.example/desk"],
  ["GET", "http://[/"],
  ["OPTIONS", "*"],
])("[RU9] %s %s is refused before any page sees it", async (method, target) => {
  const before = seen.length;
  expect(await ask(method, target)).toMatch(/^HTTP\/1\.1 400 /);
  expect(seen).toHaveLength(before);
});

it.each(["//", "///", "//evil.example/api/x", "/\\evil.example"])(
  "[RU9] %s is a page of ours with its policy",
  async (target) => {
    const answer = await ask("GET", target);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain("frame-ancestors 'none'");
  },
);

it("[FR16] only what is named by its content is kept by browsers", async () => {
  const kept = /\ncache-control: public, max-age=31536000, immutable/i;
  expect(await ask("GET", "/frame-assets/boot-ABCD2345.js")).toMatch(kept);
  expect(await ask("GET", "/frame-assets/manifest.json")).not.toMatch(kept);
  expect(await ask("GET", "/frame?shop=a-ABCD2345.js")).not.toMatch(kept);
});
