import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { configSlot } from "@/lib/protocol/config-slot";
import { readAllowedPlaces } from "./allowed-places";
import type { LookupAll } from "./guarded-connector";
import { type Outside, openOutside, outsideSlot } from "./outside";

beforeAll(() =>
  configSlot.provide({
    publicUrl: "https://vetrina.example",
    dataDir: "",
    secret: "",
    version: "1.2.3",
    embedded: true,
  }),
);

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Listening {
  readonly base: string;
  readonly port: number;
  readonly asked: IncomingMessage[];
}

/** On an address of its own: all of 127.0.0.0/8 is this machine. */
async function listen(answer: RequestListener, address = "127.0.0.1", port = 0): Promise<Listening> {
  const asked: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const bound = server.address();
  const at = bound && typeof bound === "object" ? bound.port : 0;
  return { base: `http://${address}:${at}`, port: at, asked };
}

function open(allow: string, lookup?: LookupAll): Outside {
  const outside = openOutside(readAllowedPlaces(allow), lookup);
  closers.push(outside.close);
  return outside;
}

/** A name server of our own. */
const names =
  (find: (host: string) => readonly string[]): LookupAll =>
  (host, _options, done) =>
    done(
      null,
      find(host).map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );

const hello: RequestListener = (_request, response) => response.end("hello");

describe("where this server goes", () => {
  it.each([
    ["by number", "http://127.0.0.1:8080/"],
    ["by a name of this machine", "http://localhost:8080/"],
    ["in octal", "http://0177.0.0.1:8080/"],
    ["in hexadecimal", "http://0x7f.1:8080/"],
    ["in decimal", "http://2130706433:8080/"],
    ["shortened", "http://127.1:8080/"],
    ["any address", "http://0.0.0.0:8080/"],
    ["IPv6", "http://[::1]:8080/"],
    ["mapped into IPv6", "http://[::ffff:127.0.0.1]:8080/"],
    ["a cloud's metadata", "http://169.254.169.254/latest/meta-data/"],
    ["full-width digits", "http://１２７.０.０.１:8080/"],
  ])("[HT2] not to this machine, %s", async (_name, url) => {
    await expect(open("").fetch(url, { plain: true })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("[HT2] [HT3] not by a name that leads into a private network", async () => {
    const outside = open(
      "",
      names(() => ["10.0.0.7", "::1", "fd00::1"]),
    );
    await expect(outside.fetch("https://rebound.example/")).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("rebound.example"),
    });
  });

  it("[HT3] of a name's addresses only the public ones are tried", async () => {
    const inside = await listen(hello);
    const there = await listen(hello, "127.0.0.2", inside.port);
    // Allowed, it stands for a public address.
    const outside = open(
      "127.0.0.2",
      names(() => ["127.0.0.1", "127.0.0.2"]),
    );
    const answer = await outside.fetch(`http://shop.example:${there.port}/`, { plain: true });
    expect(await answer.text()).toBe("hello");
    expect(there.asked).toHaveLength(1);
    expect(inside.asked).toHaveLength(0);
  });

  it("[HT2] a name that means another address a moment later is judged anew", async () => {
    const inside = await listen(hello);
    const there = await listen(
      (_request, response) => response.setHeader("connection", "close").end("first"),
      "127.0.0.2",
      inside.port,
    );
    const meanings = ["127.0.0.2", "127.0.0.1"];
    const outside = open(
      "127.0.0.2",
      names(() => [meanings.shift() ?? "127.0.0.1"]),
    );
    const url = `http://rebinding.example:${there.port}/`;
    expect(await (await outside.fetch(url, { plain: true })).text()).toBe("first");
    await expect(outside.fetch(url, { plain: true })).rejects.toMatchObject({ code: "forbidden" });
    expect(inside.asked).toHaveLength(0);
  });

  it.each([
    ["another scheme", "file:///etc/passwd", "bad_request"],
    ["gopher", "gopher://shop.example/", "bad_request"],
    ["no address", "shop.example/feed.xml", "bad_request"],
    ["a name in the address", "https://anna@shop.example/", "bad_request"],
    ["a password in the address", "https://:secret@shop.example/", "bad_request"],
    ["http", "http://shop.example/", "forbidden"],
    ["a database's port", "https://shop.example:5432/", "forbidden"],
  ])("[HT4] %s is not asked: %s", async (_name, url, code) => {
    const outside = open(
      "",
      names(() => ["93.184.216.34"]),
    );
    await expect(outside.fetch(url)).rejects.toMatchObject({ code });
  });

  it("[HT5] what is allowed by name is asked, at its port and by http", async () => {
    const { base, port } = await listen(hello);
    const outside = open(
      `shop.internal:${port}`,
      names(() => ["127.0.0.1"]),
    );
    expect(await (await outside.fetch(`http://shop.internal:${port}/`)).text()).toBe("hello");
    await expect(outside.fetch(`${base}/`)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a redirect", () => {
  const to =
    (location: string, status = 302): RequestListener =>
    (request, response) =>
      request.url === "/end" ? response.end("the end") : response.writeHead(status, { location }).end();

  it("[HT6] is followed, and the answer says where it came from", async () => {
    const { base, port } = await listen(to("/end"));
    const answer = await open(`127.0.0.1:${port}`).fetch(`${base}/begin`);
    expect([answer.status, answer.url, await answer.text()]).toEqual([200, `${base}/end`, "the end"]);
  });

  it.each([
    ["to this machine", (port: number) => `http://127.0.0.1:${port}/`, "forbidden"],
    ["to a cloud's metadata", () => "http://169.254.169.254/latest/", "forbidden"],
    ["to a file", () => "file:///etc/passwd", "bad_request"],
    ["to an address with a password", () => "https://a:b@shop.example/", "bad_request"],
    ["nowhere", () => "https://[", "unavailable"],
  ])("[HT6] %s is refused", async (_name, location, code) => {
    const inside = await listen(hello);
    const there = await listen(to(location(inside.port)), "127.0.0.2");
    const outside = open("127.0.0.2");
    await expect(outside.fetch(there.base, { plain: true })).rejects.toMatchObject({ code });
    expect(inside.asked).toHaveLength(0);
  });

  it("[HT6] after five there are no more", async () => {
    const { base, port, asked } = await listen(to("/again"));
    const outside = open(`127.0.0.1:${port}`);
    await expect(outside.fetch(base)).rejects.toMatchObject({ code: "unavailable" });
    expect(asked).toHaveLength(6);
    const answer = await outside.fetch(base, { maxRedirects: 0 });
    expect([answer.status, answer.header("location")]).toEqual([302, "/again"]);
    await answer.cancel();
  });

  it("[HT7] to another origin takes no credentials along, within its own it does", async () => {
    const other = await listen(hello, "127.0.0.2");
    const { base, asked } = await listen((request, response) =>
      response.writeHead(302, { location: request.url === "/" ? "/on" : other.base }).end(),
    );
    const headers = {
      authorization: "Basic c2VjcmV0",
      "x-shop-token": "secret",
      cookie: "a=1",
      "if-none-match": '"1"',
      accept: "text/csv",
    };
    await (await open("127.0.0.0/8").fetch(base, { headers })).cancel();
    expect(asked[1]?.headers).toMatchObject(headers);
    const arrived = other.asked[0]?.headers ?? {};
    expect(arrived.accept).toBe("text/csv");
    for (const name of ["authorization", "x-shop-token", "cookie", "if-none-match", "referer"]) {
      expect(arrived, name).not.toHaveProperty(name);
    }
  });

  it.each([
    [302, "GET", ""],
    [303, "GET", ""],
    [307, "POST", "order"],
    [308, "POST", "order"],
  ])("[HT7] with %i a POST goes on as %s", async (status, method, expected) => {
    let body = "";
    const { base, port, asked } = await listen((request, response) => {
      if (request.url !== "/end") return void to("/end", status)(request, response);
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => response.end());
    });
    await (await open(`127.0.0.1:${port}`).fetch(base, { method: "POST", body: "order" })).bytes();
    expect([asked[1]?.method, body]).toEqual([method, expected]);
  });
});

describe("an answer", () => {
  const piece = Buffer.alloc(65_536);
  const endless: RequestListener = (_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write(piece));
    };
    response.on("drain", more);
    more();
  };

  it.each([
    ["has no end", endless],
    [
      "unpacks to too much",
      (_request, response) =>
        response.setHeader("content-encoding", "gzip").end(gzipSync(Buffer.alloc(50_000_000))),
    ],
    [
      "announces too much",
      (_request, response) => response.setHeader("content-length", 2_000_000).write("x"),
    ],
  ] satisfies [string, RequestListener][])("[HT8] that %s is left", async (_name, listener) => {
    const { base, port } = await listen(listener);
    const reading = open(`127.0.0.1:${port}`)
      .fetch(base, { maxBytes: 1_000_000 })
      .then((answer) => answer.bytes());
    await expect(reading).rejects.toMatchObject({ code: "too_large" });
  });

  it("[HT8] within the limit is read, unpacked", async () => {
    const { base, port } = await listen((_request, response) =>
      response.setHeader("content-encoding", "gzip").end(gzipSync("hello")),
    );
    const answer = await open(`127.0.0.1:${port}`).fetch(base, { maxBytes: 5 });
    expect(await answer.text()).toBe("hello");
  });

  it.each([
    ["never begins", () => {}],
    ["stops in the middle", (_request, response) => void response.write("hel")],
  ] satisfies [string, RequestListener][])("[HT9] that %s is not waited for", async (_name, listener) => {
    const { base, port } = await listen(listener);
    const reading = open(`127.0.0.1:${port}`)
      .fetch(base, { timeoutMs: 300 })
      .then((answer) => answer.bytes());
    await expect(reading).rejects.toMatchObject({ code: "unavailable" });
  });

  it("[HT9] that breaks off, or never comes, is unavailable", async () => {
    const { base } = await listen((_request, response) => {
      response.setHeader("content-length", 100).write("hello");
      response.destroy();
    });
    const outside = open(`127.0.0.1`);
    const reading = outside.fetch(base).then((answer) => answer.bytes());
    await expect(reading).rejects.toMatchObject({ code: "unavailable" });
    await expect(outside.fetch("http://127.0.0.1:9/")).rejects.toMatchObject({ code: "unavailable" });
  });

  it("[HT9] the caller's signal ends it with its own reason", async () => {
    const { base } = await listen(() => {});
    const outside = open("127.0.0.1");
    const reason = new Error("enough");
    await expect(outside.fetch(base, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("[HT10] leaves no cookie behind, and was asked for by name", async () => {
    const { base, asked } = await listen((_request, response) =>
      response.setHeader("set-cookie", "id=1; Path=/").end(),
    );
    const outside = open("127.0.0.1");
    for (const path of ["/a", "/b"]) await (await outside.fetch(base + path)).cancel();
    expect(asked.map(({ headers }) => [headers.cookie, headers["user-agent"]])).toEqual(
      Array(2).fill([undefined, "Vetrina/1.2.3 (+https://vetrina.example)"]),
    );
  });
});

describe("another bundle of the same server", () => {
  it("[HT11] may ask for what is allowed, and is refused by an error of its own", async () => {
    const { base, port } = await listen(hello);
    outsideSlot.provide(open(`127.0.0.1:${port}`));
    vi.resetModules();
    const other = await import("./outside");
    const { AppError } = await import("@/lib/protocol/errors");
    expect(await (await other.fetchOutside(base)).text()).toBe("hello");
    const refused = other.fetchOutside("http://169.254.169.254/", { plain: true });
    await expect(refused).rejects.toBeInstanceOf(AppError);
  });
});
