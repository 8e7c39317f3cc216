/** The built loader on strangers' pages, in a real browser: the pages on one origin, we on another. */
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildLoader, LOADER_BUDGET_BYTES } from "./build.mjs";
import type { VetrinaCall } from "./vetrina-call";

declare global {
  interface Window {
    vetrina?: VetrinaCall;
  }
}

const KEY = "test-shop-key";
const loaderFile = join(mkdtempSync(join(tmpdir(), "vetrina-loader-")), "vetrina.js");

interface Sent {
  readonly type: string;
  readonly [field: string]: unknown;
}

let gzipBytes = 0;
let ours: Server;
let shop: Server;
let ourOrigin = "";
let shopOrigin = "";
let browser: Browser;
let context: BrowserContext;
let page: Page;
let events: Sent[] = [];
let visitors = 0;
let frames = 0;
let errors: string[] = [];
/** The shop's page of the running test. */
let html = "";
let csp = "";

/** Stands for our frame: says it is ready, shows what it is told, and does what buttons say. */
const frameHtml = `<!doctype html><title>frame</title><body><pre id="log"></pre><script>
const log = [];
addEventListener("message", (event) => { log.push(event.data); document.getElementById("log").textContent = JSON.stringify(log); });
window.send = (message) => parent.postMessage({ app: "vetrina", ...message }, "*");
send({ type: "ready" });
</script>`;

const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

beforeAll(async () => {
  gzipBytes = (await buildLoader(loaderFile)).gzipBytes;
  ours = createServer((request, response) => {
    const path = request.url ?? "";
    response.setHeader("access-control-allow-origin", shopOrigin);
    if (path === "/vetrina.js") {
      response.setHeader("content-type", "text/javascript");
      response.end(readFileSync(loaderFile));
    } else if (path.startsWith("/frame")) {
      frames++;
      response.setHeader("content-type", "text/html");
      response.end(frameHtml);
    } else {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        if (path === "/api/v1/visitors") {
          visitors++;
          response.end(JSON.stringify({ visitorToken: `token-of-visitor-${visitors}` }));
        } else {
          const batch: { events: Sent[] } = JSON.parse(body);
          events.push(...batch.events);
          response.writeHead(204).end();
        }
      });
    }
  });
  shop = createServer((_, response) => {
    if (csp) response.setHeader("content-security-policy", csp);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(html);
  });
  ourOrigin = `http://127.0.0.1:${await listen(ours)}`;
  shopOrigin = `http://localhost:${await listen(shop)}`;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
}, 60_000);

afterAll(async () => {
  await browser.close();
  ours.close();
  shop.close();
});

beforeEach(async () => {
  events = [];
  visitors = 0;
  frames = 0;
  errors = [];
  csp = "";
  context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
  page = await context.newPage();
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("favicon")) errors.push(message.text());
  });
});
afterEach(async () => {
  await context.close();
});

const tag = (extra = "") =>
  `<script async ${extra} src="${ourOrigin}/vetrina.js" data-shop="${KEY}"></script>`;
const product = (id: string) =>
  `<script type="application/ld+json">${JSON.stringify({ "@type": "Product", sku: id, name: id })}</script>`;
const shopPage = (head: string, body = "<h1>Shop</h1><p>Text</p>") =>
  `<!doctype html><html lang="de"><head><title>Shop</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
/** Waits for a condition; generous, because a loaded machine is not a broken loader. */
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
const launcher = () => page.getByTestId("vt-launcher");
const frame = () => page.frameLocator("iframe");
const sent = (type: string) => events.filter((event) => event.type === type);

async function visit() {
  await page.goto(shopOrigin);
  await launcher().waitFor();
}

async function openFrame() {
  await launcher().click();
  await soon(() => frame().locator("#log").textContent()).toContain("hello");
}

describe("the loader", { timeout: 60_000 }, () => {
  it("[WI4] stays below its size budget", () => {
    expect(gzipBytes).toBeLessThan(LOADER_BUDGET_BYTES);
  });

  it("[WI5] adds one global, and changes neither styles nor layout nor the body", async () => {
    const probe = `<script>
      window.before = Object.getOwnPropertyNames(window);
      window.shifts = [];
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts.push(entry.value); }).observe({ type: "layout-shift", buffered: true });
      const styles = () => [...document.querySelectorAll("html, body, body *")].map((element) => { const style = getComputedStyle(element); return [...style].map((name) => name + ":" + style.getPropertyValue(name)).join(";"); });
      document.addEventListener("DOMContentLoaded", () => { window.stylesBefore = styles(); window.bodyBefore = document.body.innerHTML; });
      window.stylesNow = styles;
    </script><style>body > :last-child { color: red }</style>`;
    html = shopPage(probe + tag());
    await visit();
    const result = await page.evaluate(() => ({
      globals: Object.getOwnPropertyNames(window).filter(
        (name) => !Reflect.get(window, "before").includes(name),
      ),
      shifts: Reflect.get(window, "shifts"),
      sameStyles:
        JSON.stringify(Reflect.get(window, "stylesBefore")) ===
        JSON.stringify(Reflect.get(window, "stylesNow")()),
      sameBody: document.body.innerHTML === Reflect.get(window, "bodyBefore"),
    }));
    const own = ["bodyBefore", "shifts", "stylesBefore", "stylesNow", "before"];
    expect(result.globals.filter((name) => !own.includes(name))).toEqual(["vetrina"]);
    expect(result.shifts).toEqual([]);
    expect(result.sameStyles).toBe(true);
    expect(result.sameBody).toBe(true);
    expect(errors).toEqual([]);
  });

  it("[WI6] works under a strict policy with a nonce", async () => {
    csp = `default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc'; img-src data:; connect-src ${ourOrigin}; frame-src ${ourOrigin}; base-uri 'none'; require-trusted-types-for 'script'`;
    html = shopPage(tag('nonce="abc"'));
    await visit();
    const box = await launcher().boundingBox();
    expect([box?.width, box?.height]).toEqual([56, 56]);
    await openFrame();
    expect(errors).toEqual([]);
  });

  it("[WI7] survives a hostile style sheet and broken prototypes", async () => {
    const hostile = `<style>* { all: unset !important; display: none !important } html, body, h1 { display: block !important }</style><script>
      for (const name of ["map", "forEach", "push", "filter", "concat", "join", "slice", "indexOf", "includes", "find", "some"]) Array.prototype[name] = () => { throw new Error("broken " + name); };
      Array.prototype.toJSON = () => "broken";
      Array.prototype[Symbol.iterator] = () => { throw new Error("broken iterator"); };
      Object.prototype.extra = "extra";
    </script>`;
    html = shopPage(hostile + product("A-1") + tag());
    await page.goto(shopOrigin);
    const seen = () => page.locator("vetrina-launcher").count();
    await soon(seen).toBe(1);
    await soon(() => sent("product_viewed").length).toBe(1);
    expect(sent("product_viewed")[0]).toMatchObject({ productId: "A-1" });
    // Asked from outside the page's world: what runs in it meets the same broken arrays as everybody.
    expect(await launcher().boundingBox()).toEqual({ x: 1124, y: 724, width: 56, height: 56 });
    await page.mouse.click(1200 - 48, 800 - 48);
    await soon(() => frames).toBe(1);
    expect(errors).toEqual([]);
  });

  it("[WI3] carries out early calls, and bad calls do no harm", async () => {
    html = shopPage(
      `<script>window.vetrina = function () { (vetrina.q = vetrina.q || []).push(arguments) };
      vetrina("cart", { currency: "EUR", lines: [{ id: "A", quantity: 2, price: 12.5 }] }); vetrina("order", null); vetrina("toString"); vetrina(); vetrina("on", "open", 5);</script>${tag()}`,
    );
    await visit();
    await soon(() => sent("cart_changed").length).toBe(1);
    expect(sent("cart_changed")[0]).toMatchObject({ lines: [{ id: "A", quantity: 2, unitMinor: 1250 }] });
    await page.evaluate(() => {
      const call: unknown = Object.getOwnPropertyDescriptor(window, "vetrina")?.value;
      if (typeof call === "function") call("constructor", {});
    });
    expect(errors).toEqual([]);
  });

  for (const [name, before] of [
    ["the Navigation API", ""],
    ["wrapped history", "<script>delete window.navigation</script>"],
  ] as const)
    it(`[WI8] follows single-page navigation with ${name}`, async () => {
      html = shopPage(before + product("A-1") + tag());
      await visit();
      await openFrame();
      await page.evaluate(() => {
        history.pushState({}, "", "/second");
        const script = document.querySelector('script[type="application/ld+json"]');
        if (script) script.textContent = JSON.stringify({ "@type": "Product", sku: "B-2", name: "B" });
        document.title = "Second";
      });
      await soon(() => sent("product_viewed").map((event) => event.productId)).toEqual(["A-1", "B-2"]);
      expect(sent("page_viewed").map((event) => event.title)).toEqual(["Shop", "Second"]);
      await soon(() => frame().locator("#log").textContent()).toContain('"productId":"B-2"');
    });

  it("[WI9] ignores messages of anybody but the frame", async () => {
    html = shopPage(tag());
    await visit();
    await openFrame();
    await page.evaluate((origin) => {
      const forged = { app: "vetrina", type: "navigate", url: "https://evil.example/" };
      window.postMessage(forged, "*");
      window.dispatchEvent(new MessageEvent("message", { data: forged, origin, source: window }));
      window.postMessage({ app: "vetrina", type: "close" }, "*");
    }, ourOrigin);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(page.url()).toBe(`${shopOrigin}/`);
    expect(await page.locator("iframe").evaluate((element) => element.classList.contains("open"))).toBe(true);
  });

  it("[WI10] loads the frame when asked, brings it back on the next page, and closes it for good", async () => {
    html = shopPage(tag());
    await visit();
    expect(frames).toBe(0);
    await openFrame();
    expect(await frame().locator("#log").textContent()).toContain("token-of-visitor-1");
    expect(await page.locator("iframe").getAttribute("title")).toBe("Chat und gemeinsame Bilder");
    await page.reload();
    await soon(() => frame().locator("#log").textContent()).toContain("hello");
    await page.frames()[1]?.evaluate(() => Reflect.get(window, "send")({ type: "layout", panel: true }));
    await expect
      .poll(async () => Math.round((await page.locator("iframe").boundingBox())?.width ?? 0))
      .toBe(960);
    await page.frames()[1]?.evaluate(() => Reflect.get(window, "send")({ type: "close" }));
    await page.locator("iframe").waitFor({ state: "hidden" });
    await page.frames()[1]?.evaluate(() => Reflect.get(window, "send")({ type: "unread", count: 3 }));
    await soon(() => launcher().getAttribute("aria-label")).toContain("3");
  });

  it("[WI10] fills a phone's screen, and its back button closes the frame", async () => {
    html = shopPage(tag());
    await page.setViewportSize({ width: 390, height: 800 });
    await visit();
    await openFrame();
    await soon(async () => (await page.locator("iframe").boundingBox())?.width).toBe(390);
    await page.goBack();
    await page.locator("iframe").waitFor({ state: "hidden" });
    expect(page.url()).toBe(`${shopOrigin}/`);
  });

  it("[WI11] asks for one visitor and remembers her", async () => {
    html = shopPage(tag());
    await visit();
    await soon(() => events.length).toBeGreaterThan(0);
    await page.reload();
    await soon(() => sent("page_viewed").length).toBe(2);
    expect(visitors).toBe(1);
  });

  it("[WI11] does without storage", async () => {
    html = shopPage(
      `<script>for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new Error("no storage"); } });</script>${tag()}`,
    );
    await visit();
    await openFrame();
    expect(visitors).toBe(1);
    expect(errors).toEqual([]);
  });

  it("[WI13] tells of a page that was left at once on the next one", async () => {
    html = shopPage(product("QUICK-1") + tag());
    await visit();
    html = shopPage(product("SLOW-2") + tag());
    await page.goto(`${shopOrigin}/next`);
    await soon(() => sent("product_viewed").map((event) => event.productId)).toEqual(["QUICK-1", "SLOW-2"]);
  });

  it("[WI12] hands add-to-cart to the shop and answers the frame", async () => {
    html = shopPage(tag());
    await visit();
    await openFrame();
    const add = {
      type: "add-to-cart",
      requestId: "r1",
      line: { id: "A", quantity: 1, unitMinor: 1250 },
      currency: "EUR",
    };
    await page.frames()[1]?.evaluate((message) => Reflect.get(window, "send")(message), add);
    await soon(() => frame().locator("#log").textContent()).toContain("no-handler");
    await page.evaluate(() => {
      window.vetrina?.("on", "add-to-cart", (line) => {
        document.title = `price ${line.price}`;
        return true;
      });
    });
    await page
      .frames()[1]
      ?.evaluate((message) => Reflect.get(window, "send")(message), { ...add, requestId: "r2" });
    await soon(() => frame().locator("#log").textContent()).toContain('"requestId":"r2","ok":true');
    expect(await page.title()).toBe("price 12.5");
  });
});
