/** Who is at the browser, what may be recorded of her, and what she asks about: the built loader in a real browser. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LoaderStage, soon } from "./loader-stage.fixture";

const stage = new LoaderStage();

beforeAll(() => stage.open(), 60_000);
afterAll(() => stage.close());
beforeEach(() => stage.openPage());
afterEach(() => stage.closePage());

/** As a shop's server would sign it; who checks the signature is not on this stage. */
const identity = (sub: string) => `x.${Buffer.from(JSON.stringify({ sub })).toString("base64url")}.y`;
const stub = `<script>window.vetrina = function () { (vetrina.q = vetrina.q || []).push(arguments) };</script>`;
const kept = () =>
  stage.page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort());

describe("consent", { timeout: 60_000 }, () => {
  it("[WI16] where the shop's setting says nothing, nothing is sent or kept until the page has leave", async () => {
    stage.recording = "none";
    stage.html = stage.shopPage(stage.product("A-1") + stage.tag());
    await stage.visit();
    await soon(() => stage.page.evaluate(() => typeof window.vetrina)).toBe("function");
    await stage.page.evaluate(() => window.vetrina?.("consent", "full"));
    await soon(() => stage.sent("product_viewed").length).toBe(1);
    // What she saw before she agreed on this very page went along, once.
    expect(stage.sent("page_viewed")).toHaveLength(1);
    expect(stage.senders).toEqual(["token-of-visitor-1"]);
  });

  it("[WI16] with leave for nothing, no event is sent and nothing stays in her browser", async () => {
    stage.html = stage.shopPage(stub + stage.product("A-1") + stage.tag('data-consent="none"'));
    await stage.visit();
    await stage.page.goto(`${stage.shopOrigin}/second`);
    await stage.launcher().waitFor({ state: "attached" });
    expect(await kept()).toEqual([]);
    // The chat works, and alone makes a pseudonym.
    await stage.openFrame();
    expect(await stage.log()).toContain("token-of-visitor-1");
    await stage.page.evaluate(() => window.vetrina?.("cart", { currency: "EUR", lines: [] }));
    await stage.page.goto(`${stage.shopOrigin}/third`);
    await stage.launcher().waitFor({ state: "attached" });
    expect(stage.events).toEqual([]);
    expect(stage.visitors).toBe(1);
  });

  it("[WI16] anonymous events carry no pseudonym, and none is made", async () => {
    stage.html = stage.shopPage(stage.product("A-1") + stage.tag('data-consent="anonymous"'));
    await stage.visit();
    await soon(() => stage.sent("product_viewed").length).toBe(1);
    expect(new Set(stage.senders)).toEqual(new Set(["anonymous"]));
    expect(stage.visitors).toBe(0);
    expect(await kept()).toEqual([]);
  });

  it("[WI16] a browser that asks not to be followed is not, whatever the page says", async () => {
    stage.html = stage.shopPage(
      `<script>Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true });</script>${stub}<script>vetrina("consent", "full")</script>${stage.product("A-1")}${stage.tag()}`,
    );
    await stage.visit();
    await soon(() => stage.sent("product_viewed").length).toBe(1);
    expect(new Set(stage.senders)).toEqual(new Set(["anonymous"]));
    expect(await kept()).toEqual([]);
  });

  it("[WI16] leave taken back counts at once", async () => {
    stage.html = stage.shopPage(stage.tag());
    await stage.visit();
    await soon(() => stage.events.length).toBeGreaterThan(0);
    const before = stage.events.length;
    await stage.page.evaluate(() => {
      window.vetrina?.("consent", "none");
      window.vetrina?.("cart", { currency: "EUR", lines: [] });
    });
    await stage.page.goto(`${stage.shopOrigin}/next`);
    stage.html = stage.shopPage(stage.tag('data-consent="none"'));
    await stage.page.goto(`${stage.shopOrigin}/last`);
    await stage.launcher().waitFor({ state: "attached" });
    expect(stage.sent("cart_changed")).toEqual([]);
    expect(before).toBeGreaterThan(0);
  });
});

describe("identity", { timeout: 60_000 }, () => {
  const loggedIn = (sub: string) =>
    `${stub}<script>vetrina("identify", { token: "${identity(sub)}" })</script>`;

  it("[WI14] who she is is told once, before anything is recorded of her, and not again on every page", async () => {
    stage.html = stage.shopPage(loggedIn("K-1") + stage.product("A-1") + stage.tag());
    await stage.visit();
    await soon(() => stage.sent("product_viewed").length).toBe(1);
    expect([...stage.persons]).toEqual([["token-of-visitor-1, logged in", "K-1"]]);
    stage.persons.clear();
    await stage.visit("/next");
    await soon(() => stage.sent("product_viewed").length).toBe(2);
    expect([...stage.persons]).toEqual([]);
    expect(new Set(stage.senders)).toEqual(new Set(["token-of-visitor-1, logged in"]));
  });

  it("[WI14] with her logging in the frame and the shop's orders get her newer token, and a refused older one loses nobody", async () => {
    stage.html = stage.shopPage(stage.tag());
    await stage.visit();
    await stage.openFrame();
    const orderToken = () => stage.page.evaluate(() => localStorage.getItem("vetrina.order.test-shop-key"));
    expect(await orderToken()).toBe("order of token-of-visitor-1");
    await stage.page.evaluate((token) => window.vetrina?.("identify", { token }), identity("K-1"));
    await soon(() => stage.log()).toContain("token-of-visitor-1, logged in");
    expect(await orderToken()).toBe("order of token-of-visitor-1, logged in");
    const refuse = (refused: string) =>
      stage
        .frame()
        .locator("#log")
        .evaluate((_, token) => {
          Reflect.get(window, "send")({ type: "renew-visitor", refused: token });
        }, refused);
    const hellos = async () => (await stage.log())?.split('"hello"').length ?? 0;
    const before = await hellos();
    await refuse("token-of-visitor-1");
    await soon(hellos).toBe(before + 1);
    expect(stage.visitors).toBe(1);
    await refuse("token-of-visitor-1, logged in");
    await soon(() => stage.log()).toContain("token-of-visitor-2");
  });

  it("[WI14] somebody else who logs in is another visitor, from the first event on, and gets a frame of her own", async () => {
    stage.html = stage.shopPage(loggedIn("K-1") + stage.product("A-1") + stage.tag());
    await stage.visit();
    await stage.openFrame();
    await soon(() => stage.persons.size).toBe(1);
    stage.senders = [];
    stage.html = stage.shopPage(loggedIn("K-2") + stage.product("B-2") + stage.tag());
    await stage.visit("/second");
    await soon(() => stage.sent("product_viewed").map((event) => event.productId)).toContain("B-2");
    expect(stage.senders.at(-1)).toBe("token-of-visitor-2");
    await soon(() => stage.log()).toContain("token-of-visitor-2");
    expect(await stage.log()).not.toContain("token-of-visitor-1");
  });

  it("[WI16] who she is is not told of somebody who may not be recorded, until she opens the chat", async () => {
    stage.html = stage.shopPage(stage.tag());
    await stage.visit();
    await soon(kept).toContain("vetrina.visitor.test-shop-key");
    stage.html = stage.shopPage(loggedIn("K-1") + stage.tag('data-consent="none"'));
    await stage.visit("/second");
    await stage.visit("/third");
    expect([...stage.persons]).toEqual([]);
    await stage.openFrame();
    await soon(() => [...stage.persons]).toEqual([["token-of-visitor-1, logged in", "K-1"]]);
  });

  it("[WI14] after logging out nothing is left of her in the page, its storage or the frame", async () => {
    stage.html = stage.shopPage(loggedIn("K-1") + stage.tag());
    await stage.visit();
    await stage.openFrame();
    await soon(kept).toContain("vetrina.person.test-shop-key");
    await stage.page.evaluate(() => window.vetrina?.("logout"));
    await soon(() => stage.log()).toContain("token-of-visitor-2");
    expect(await kept()).not.toContain("vetrina.person.test-shop-key");
    // What this browser has kept, or somebody has copied from it, opens nothing of hers any more.
    await soon(() => stage.loggedOut).toEqual(["token-of-visitor-1, logged in"]);
    // Without anybody logged in there is nobody to log out: she stays who she is.
    await stage.page.evaluate(() => window.vetrina?.("logout"));
    await stage.visit("/next");
    expect(stage.visitors).toBe(2);
    expect(stage.loggedOut).toHaveLength(1);
  });
});

describe("calls", { timeout: 60_000 }, () => {
  it("[WI17] a shop's button opens the chat about its product; only a click of hers asks in her name", async () => {
    stage.html = stage.shopPage(
      `${stub}<script>vetrina("open", { product: "BAG-0" })</script>${stage.tag()}`,
      `<h1>Shop</h1><button id="ask" onclick='vetrina("open", { product: "BAG-1" })'>Ask about this bag</button>`,
    );
    await stage.visit();
    await soon(() => stage.log()).toContain('"productId":"BAG-0","byHer":false');
    await stage.page.click("#ask");
    await soon(() => stage.log()).toContain('"productId":"BAG-1","byHer":true');
  });

  it("[WI20] only a shop that handles a wish list is said to have one, and its answer goes back", async () => {
    stage.html = stage.shopPage(stage.tag());
    await stage.visit();
    await stage.openFrame();
    expect(await stage.log()).toContain('"wishlist":false');
    await stage.page.evaluate(() => {
      window.vetrina?.("on", "add-to-wishlist", ({ id }) => ({ ok: id === "BAG-1" }));
    });
    await soon(() => stage.log()).toContain('"wishlist":true');
    await stage.page.frames()[1]?.evaluate(() => {
      const put = (requestId: string, id: string) => {
        const line = { id, quantity: 1, unitMinor: 100 };
        const message = { type: "add-to-cart", requestId, line, currency: "EUR", wishlist: true };
        Reflect.get(window, "send")(message);
      };
      put("w1", "BAG-1");
      put("w2", "BAG-2");
    });
    await soon(() => stage.log()).toContain('"requestId":"w1","ok":true');
    await soon(() => stage.log()).toContain('"requestId":"w2","ok":false');
    expect(stage.errors).toEqual([]);
  });

  it("[WI15] a page that calls a hundred thousand times with a megabyte each costs a few short events", async () => {
    stage.html = stage.shopPage(stage.tag());
    await stage.visit();
    await stage.page.evaluate(() => {
      const huge = "x".repeat(1_000_000);
      for (let i = 0; i < 100_000; i++) {
        window.vetrina?.("product", { id: `${i}`, title: huge, image: huge });
        window.vetrina?.("cart", { currency: huge, lines: [{ id: huge, quantity: 1, price: 1 }] });
        window.vetrina?.("order", { id: huge, currency: "EUR", total: 1, lines: [] });
      }
    });
    await soon(() => stage.sent("order_placed").length).toBeGreaterThan(0);
    await stage.page.goto("about:blank");
    expect(stage.events.length).toBeLessThanOrEqual(202);
    expect(Math.max(...stage.events.map((event) => JSON.stringify(event).length))).toBeLessThan(5_000);
    expect(stage.errors).toEqual([]);
  });
});
