import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createLog } from "./log";
import { handleRequests } from "./requests";

let server: Server;
const seen: string[] = [];

function serverAt(publicUrl: string): Server {
  const request = handleRequests({
    pages: async ({ url }, response) => {
      seen.push(url ?? "");
      response.end("a page");
    },
    publicUrl,
    dev: false,
    trustProxy: false,
    frameAncestors: async () => "https://shop.example",
    mediaOrigin: "https://bucket.s3.example",
    log: createLog("silent"),
  });
  return createServer(request);
}

const listening = (of: Server) => new Promise<void>((resolve) => of.listen(0, "127.0.0.1", resolve));
beforeAll(async () => {
  server = serverAt("http://vetrina.example");
  await listening(server);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** As no browser sends it: the target stands in the request line unchanged. */
function ask(method: string, target: string, of = server): Promise<string> {
  const { port } = of.address() as AddressInfo;
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

it("[RU15] a browser is told to come by TLS alone where we are reached by it, with files and data, too", async () => {
  const sealed = serverAt("https://vetrina.example");
  await listening(sealed);
  for (const path of ["/desk", "/api/health", "/media/x", "/vetrina.js"]) {
    expect(await ask("GET", path, sealed), path).toContain("Strict-Transport-Security: max-age=31536000\r\n");
    expect(await ask("GET", path), path).not.toContain("Strict-Transport-Security");
  }
  await new Promise((resolve) => sealed.close(resolve));
});
