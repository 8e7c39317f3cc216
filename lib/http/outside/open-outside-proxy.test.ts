import { createServer, type IncomingMessage, request } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { readAllowedPlaces } from "./allowed-places";
import { type OutsideProxy, type OutsideProxyOptions, openOutsideProxy } from "./open-outside-proxy";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Answers each request with its method, path and host, or with so many bytes. */
async function listen(address = "127.0.0.1"): Promise<{ port: number; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((message, answer) => {
    asked.push(message);
    const bytes = /^\/bytes\/(\d+)$/.exec(message.url ?? "")?.[1];
    if (bytes !== undefined) answer.end(Buffer.alloc(Number(bytes)));
    else if (message.url === "/odd") message.socket.end("HTTP/1.1 042 Odd\r\n\r\n");
    else answer.end(`${message.method} ${message.url} for ${message.headers.host}`);
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const bound = server.address();
  return { port: bound && typeof bound === "object" ? bound.port : 0, asked };
}

async function open(allow: string, more: Partial<OutsideProxyOptions> = {}): Promise<OutsideProxy> {
  const proxy = await openOutsideProxy({ allowed: readAllowedPlaces(allow), maxBytes: 1_000_000, ...more });
  closers.push(proxy.close);
  return proxy;
}

/** A request as a browser makes it of its proxy: with the whole address in its first line. */
function ask(proxy: OutsideProxy, url: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const message = request(proxy.address, { path: url, headers: { host: new URL(url).host } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (piece: string) => {
        text += piece;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.on("error", reject);
    });
    message.on("error", reject);
    message.end();
  });
}

/** A line through the proxy, as for https and sockets. @returns the proxy's first line, and the line */
function connectThrough(proxy: OutsideProxy, target: string): Promise<{ said: string; line: Socket }> {
  return new Promise((resolve, reject) => {
    const line = connect(Number(new URL(proxy.address).port), "127.0.0.1");
    closers.push(() => line.destroy());
    line.on("error", reject);
    line.write(`CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n\r\n`);
    line.once("data", (chunk: Buffer) => resolve({ said: chunk.toString().split("\r\n")[0] ?? "", line }));
  });
}

it("[HT13] what is allowed is asked, with its path and host, and answered as it came", async () => {
  const { port } = await listen();
  const proxy = await open(`127.0.0.1:${port}`);
  expect(await ask(proxy, `http://127.0.0.1:${port}/a?b=c`)).toEqual({
    status: 200,
    text: `GET /a?b=c for 127.0.0.1:${port}`,
  });
  expect(await ask(proxy, `http://127.0.0.1:${port}/odd`)).toMatchObject({ status: 502 });
  expect([...proxy.refused]).toEqual([]);
});

it.each([
  ["by number", "127.0.0.2"],
  ["by name", "localhost"],
  ["in decimal", "2130706433"],
  ["a cloud's metadata", "169.254.169.254"],
  ["IPv6", "[::1]"],
])("[HT13] nothing of a private network is, %s", async (_name, host) => {
  const hidden = await listen("127.0.0.1");
  const proxy = await open("10.0.0.0/8");
  expect(await ask(proxy, `http://${host}:${hidden.port}/`)).toMatchObject({ status: 403 });
  const { said } = await connectThrough(proxy, `${host}:${hidden.port}`);
  expect(said).toContain(" 403 ");
  expect(hidden.asked).toEqual([]);
  expect(proxy.refused.size).toBeGreaterThan(0);
});

it("[HT13] a name counts for what it means at each connection", async () => {
  const { port, asked } = await listen();
  let means = "127.0.0.1";
  const proxy = await open(`127.0.0.1:${port}`, {
    lookupAll: (_host, _options, done) => done(null, [{ address: means, family: 4 }]),
  });
  const url = `http://shop.example:${port}/`;
  expect(await ask(proxy, url)).toMatchObject({ status: 200 });
  means = "127.0.0.2";
  expect(await ask(proxy, url)).toMatchObject({ status: 403 });
  expect((await connectThrough(proxy, `shop.example:${port}`)).said).toContain(" 403 ");
  expect(asked).toHaveLength(1);
  expect([...proxy.refused]).toEqual([`shop.example:${port}`]);
});

it("[HT13] nor is a port that is no website's", async () => {
  const proxy = await open("");
  expect((await connectThrough(proxy, "8.8.8.8:22")).said).toContain(" 403 ");
});

it("[HT13] a line for https carries bytes both ways, and ends with either end", async () => {
  const { port } = await listen();
  const proxy = await open(`127.0.0.1:${port}`);
  const { said, line } = await connectThrough(proxy, `127.0.0.1:${port}`);
  expect(said).toBe("HTTP/1.1 200 Connection Established");
  const answered = new Promise<string>((resolve) => line.once("data", (chunk) => resolve(chunk.toString())));
  line.write("GET /within HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n");
  expect(await answered).toContain("200 OK");
  await new Promise<void>((resolve) => (line.closed ? resolve() : line.once("close", () => resolve())));
});

it("[HT13] it is no server itself, and past its bytes there is nothing more", async () => {
  const { port } = await listen();
  const proxy = await open(`127.0.0.1:${port}`, { maxBytes: 20_000 });
  const own = await fetch(`${proxy.address}/`);
  expect(own.status).toBe(400);
  expect((await connectThrough(proxy, "nothing at all")).said).toContain(" 400 ");
  expect((await ask(proxy, `http://127.0.0.1:${port}/bytes/1000`)).text).toHaveLength(1_000);
  expect(proxy.isSpent).toBe(false);
  await expect(ask(proxy, `http://127.0.0.1:${port}/bytes/900000`)).rejects.toThrow();
  await expect(ask(proxy, `http://127.0.0.1:${port}/bytes/10`)).rejects.toThrow();
  expect(proxy.isSpent).toBe(true);
});
