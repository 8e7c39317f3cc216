/** The built loader on strangers' pages, in a real browser. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LOADER_BUDGET_BYTES } from "./build.mjs";
import { LoaderStage, soon } from "./loader-stage.fixture";

const stage = new LoaderStage();

beforeAll(() => stage.open(), 60_000);
afterAll(() => stage.close());
beforeEach(() => stage.openPage());
afterEach(() => stage.closePage());

describe("the loader", { timeout: 60_000 }, () => {
  it("[WI4] stays below its size budget", () => {
    expect(stage.gzipBytes).toBeLessThan(LOADER_BUDGET_BYTES);
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
    stage.html = stage.shopPage(probe + stage.tag());
    await stage.visit();
    const result = await stage.page.evaluate(() => ({
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
    expect(stage.errors).toEqual([]);
  });

  it("[WI6] works under a strict policy with a nonce", async () => {
    stage.csp = `default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc'; img-src data:; connect-src ${stage.ourOrigin}; frame-src ${stage.ourOrigin}; base-uri 'none'; require-trusted-types-for 'script'`;
    stage.html = stage.shopPage(stage.tag('nonce="abc"'));
    await stage.visit();
    const box = await stage.launcher().boundingBox();
    expect([box?.width, box?.height]).toEqual([56, 56]);
    await stage.openFrame();
    expect(stage.errors).toEqual([]);
  });

  it("[WI7] survives a hostile style sheet and broken prototypes", async () => {
    const hostile = `<style>* { all: unset !important; display: none !important } html, body, h1 { display: block !important }</style><script>
      for (const name of ["map", "forEach", "push", "filter", "concat", "join", "slice", "indexOf", "includes", "find", "some"]) Array.prototype[name] = () => { throw new Error("broken " + name); };
      Array.prototype.toJSON = () => "broken";
      Array.prototype[Symbol.iterator] = () => { throw new Error("broken iterator"); };
      Object.prototype.extra = "extra";
    </script>`;
    stage.html = stage.shopPage(hostile + stage.product("A-1") + stage.tag());
    await stage.page.goto(stage.shopOrigin);
    const seen = () => stage.page.locator("vetrina-launcher").count();
    await soon(seen).toBe(1);
    await soon(() => stage.sent("product_viewed").length).toBe(1);
    expect(stage.sent("product_viewed")[0]).toMatchObject({ productId: "A-1" });
    // Asked from outside the page's world: what runs in it meets the same broken arrays as everybody.
    expect(await stage.launcher().boundingBox()).toEqual({ x: 1124, y: 724, width: 56, height: 56 });
    await stage.page.mouse.click(1200 - 48, 800 - 48);
    await soon(() => stage.frames).toBe(1);
    expect(stage.errors).toEqual([]);
  });

  it("[WI3] carries out early calls, and bad calls do no harm", async () => {
    stage.html = stage.shopPage(
      `<script>window.vetrina = function () { (vetrina.q = vetrina.q || []).push(arguments) };
      vetrina("cart", { currency: "EUR", lines: [{ id: "A", quantity: 2, price: 12.5 }] }); vetrina("order", null); vetrina("toString"); vetrina(); vetrina("on", "open", 5);</script>${stage.tag()}`,
    );
    await stage.visit();
    await soon(() => stage.sent("cart_changed").length).toBe(1);
    expect(stage.sent("cart_changed")[0]).toMatchObject({
      lines: [{ id: "A", quantity: 2, unitMinor: 1250 }],
    });
    await stage.page.evaluate(() => {
      const call: unknown = Object.getOwnPropertyDescriptor(window, "vetrina")?.value;
      if (typeof call === "function") call("constructor", {});
    });
    expect(stage.errors).toEqual([]);
  });

  for (const [name, before] of [
    ["the Navigation API", ""],
    ["wrapped history", "<script>delete window.navigation</script>"],
  ] as const)
    it(`[WI8] follows single-page navigation with ${name}`, async () => {
      stage.html = stage.shopPage(before + stage.product("A-1") + stage.tag());
      await stage.visit();
      await stage.openFrame();
      await stage.page.evaluate(() => {
        history.pushState({}, "", "/second");
        const script = document.querySelector('script[type="application/ld+json"]');
        if (script) script.textContent = JSON.stringify({ "@type": "Product", sku: "B-2", name: "B" });
        document.title = "Second";
      });
      await soon(() => stage.sent("product_viewed").map((event) => event.productId)).toEqual(["A-1", "B-2"]);
      expect(stage.sent("page_viewed").map((event) => event.title)).toEqual(["Shop", "Second"]);
      await soon(() => stage.frame().locator("#log").textContent()).toContain('"productId":"B-2"');
    });

  it("[WI9] ignores messages of anybody but the frame", async () => {
    stage.html = stage.shopPage(stage.tag());
    await stage.visit();
    await stage.openFrame();
    await stage.page.evaluate((origin) => {
      const forged = { app: "vetrina", type: "navigate", url: "https://evil.example/" };
      window.postMessage(forged, "*");
      window.dispatchEvent(new MessageEvent("message", { data: forged, origin, source: window }));
      window.postMessage({ app: "vetrina", type: "close" }, "*");
    }, stage.ourOrigin);
    await stage.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(stage.page.url()).toBe(`${stage.shopOrigin}/`);
    expect(await stage.page.locator("iframe").evaluate((element) => element.classList.contains("open"))).toBe(
      true,
    );
  });

  it("[WI10] loads the frame when asked, brings it back on the next page, and closes it for good", async () => {
    stage.html = stage.shopPage(stage.tag());
    await stage.visit();
    expect(stage.frames).toBe(0);
    await stage.openFrame();
    expect(await stage.frame().locator("#log").textContent()).toContain("token-of-visitor-1");
    expect(await stage.page.locator("iframe").getAttribute("title")).toBe("Chat und gemeinsame Bilder");
    await stage.page.reload();
    await soon(() => stage.frame().locator("#log").textContent()).toContain("hello");
    await stage.page
      .frames()[1]
      ?.evaluate(() => Reflect.get(window, "send")({ type: "layout", panel: true }));
    await expect
      .poll(async () => Math.round((await stage.page.locator("iframe").boundingBox())?.width ?? 0))
      .toBe(960);
    await stage.page.frames()[1]?.evaluate(() => Reflect.get(window, "send")({ type: "close" }));
    await stage.page.locator("iframe").waitFor({ state: "hidden" });
    await stage.page.frames()[1]?.evaluate(() => Reflect.get(window, "send")({ type: "unread", count: 3 }));
    await soon(() => stage.launcher().getAttribute("aria-label")).toContain("3");
  });

  it("[WI10] fills a phone's screen, and its back button closes the frame", async () => {
    stage.html = stage.shopPage(stage.tag());
    await stage.page.setViewportSize({ width: 390, height: 800 });
    await stage.visit();
    await stage.openFrame();
    await soon(async () => (await stage.page.locator("iframe").boundingBox())?.width).toBe(390);
    await stage.page.goBack();
    await stage.page.locator("iframe").waitFor({ state: "hidden" });
    expect(stage.page.url()).toBe(`${stage.shopOrigin}/`);
  });

  it("[WI11] asks for one visitor and remembers her", async () => {
    stage.html = stage.shopPage(stage.tag());
    await stage.visit();
    await soon(() => stage.events.length).toBeGreaterThan(0);
    await stage.page.reload();
    await soon(() => stage.sent("page_viewed").length).toBe(2);
    expect(stage.visitors).toBe(1);
  });

  it("[WI11] does without storage", async () => {
    stage.html = stage.shopPage(
      `<script>for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new Error("no storage"); } });</script>${stage.tag()}`,
    );
    await stage.visit();
    await stage.openFrame();
    expect(stage.visitors).toBe(1);
    expect(stage.errors).toEqual([]);
  });

  it("[WI13] tells of a page that was left at once on the next one", async () => {
    stage.html = stage.shopPage(stage.product("QUICK-1") + stage.tag());
    await stage.visit();
    stage.html = stage.shopPage(stage.product("SLOW-2") + stage.tag());
    await stage.page.goto(`${stage.shopOrigin}/next`);
    await soon(() => stage.sent("product_viewed").map((event) => event.productId)).toEqual([
      "QUICK-1",
      "SLOW-2",
    ]);
  });

  it("[WI12] hands add-to-cart to the shop and answers the frame", async () => {
    stage.html = stage.shopPage(stage.tag());
    await stage.visit();
    await stage.openFrame();
    const add = {
      type: "add-to-cart",
      requestId: "r1",
      line: { id: "A", quantity: 1, unitMinor: 1250 },
      currency: "EUR",
    };
    await stage.page.frames()[1]?.evaluate((message) => Reflect.get(window, "send")(message), add);
    await soon(() => stage.frame().locator("#log").textContent()).toContain("no-handler");
    await stage.page.evaluate(() => {
      window.vetrina?.("on", "add-to-cart", (line) => {
        document.title = `price ${line.price}`;
        return true;
      });
    });
    await stage.page
      .frames()[1]
      ?.evaluate((message) => Reflect.get(window, "send")(message), { ...add, requestId: "r2" });
    await soon(() => stage.frame().locator("#log").textContent()).toContain('"requestId":"r2","ok":true');
    expect(await stage.page.title()).toBe("price 12.5");
  });
});
