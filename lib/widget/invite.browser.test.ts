/** The invitation, and what the shop's own analytics are told: the built loader in a real browser. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LoaderStage, soon } from "./loader-stage.fixture";

declare global {
  interface Window {
    dataLayer?: { event: string }[];
  }
}

const stage = new LoaderStage();

beforeAll(() => stage.open(), 60_000);
afterAll(() => stage.close());
beforeEach(() => stage.openPage());
afterEach(() => stage.closePage());

const line = () => stage.page.getByTestId("vt-invite");
/** Short, so that a test does not wait; the server's own limits are tested where they are kept. Seconds. */
const SOON = 0.05;

describe("the invitation", { timeout: 60_000 }, () => {
  beforeEach(() => {
    stage.inviteAfter = SOON;
    stage.html = stage.shopPage(stage.product("A-1") + stage.tag());
  });

  it("[WI21] is shown beside the launcher once the server has decided so, and opens the chat", async () => {
    await stage.visit();
    await line().waitFor();
    expect(stage.invitations).toMatchObject([{ visitorToken: "token-of-visitor-1", opened: false }]);
    expect(await line().textContent()).toContain("Eine Frage dazu?");
    await line().getByRole("button", { name: "Eine Frage dazu? Fragen Sie uns." }).click();
    await soon(() => stage.log()).toContain("hello");
    await soon(() => stage.invitations.length).toBe(2);
    expect(stage.invitations[1]).toMatchObject({ opened: true });
    expect(await line().count()).toBe(0);
    expect(stage.errors).toEqual([]);
  });

  it("[WI21] somebody who is held out sees nothing, and her page is the same", async () => {
    stage.invites = false;
    await stage.visit();
    await soon(() => stage.invitations.length).toBe(1);
    // Whatever it would show comes after the answer, and before the next one of the same page.
    await stage.page.evaluate(() => window.vetrina?.("product", { id: "A-2" }));
    await soon(() => stage.invitations.length).toBe(2);
    expect(await line().count()).toBe(0);
  });

  it("[WI21] is gone with one click, and takes no focus", async () => {
    await stage.visit();
    await line().waitFor();
    expect(await stage.page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await line().getByRole("button", { name: "Nein, danke" }).click();
    expect(await line().count()).toBe(0);
    expect(await stage.page.locator("iframe").count()).toBe(0);
    expect(stage.invitations).toHaveLength(1);
  });

  it("[WI21] nobody is asked about whose way may not be recorded, nor where the launcher is the shop's own", async () => {
    for (const extra of ['data-consent="anonymous"', 'data-position="none"']) {
      stage.events = [];
      stage.html = stage.shopPage(stage.product("A-1") + stage.tag(extra));
      await stage.page.goto(stage.shopOrigin);
      await soon(() => stage.sent("product_viewed").length).toBe(1);
      await stage.page.evaluate(() => window.vetrina?.("product", { id: "A-2" }));
      await soon(() => stage.sent("product_viewed").length).toBe(2);
      expect(stage.invitations).toEqual([]);
    }
  });

  it("[WI22] works under a strict Content-Security-Policy and moves nothing of the page", async () => {
    stage.html = stage.shopPage(stage.product("A-1") + stage.tag('nonce="n1"'));
    stage.csp = `default-src 'none'; script-src 'nonce-n1' 'strict-dynamic' ${stage.ourOrigin}; connect-src ${stage.ourOrigin}; frame-src ${stage.ourOrigin}; img-src data:`;
    await stage.visit();
    await line().waitFor();
    const body = await stage.page.evaluate(() => document.body.innerHTML);
    expect(body).toBe("<h1>Shop</h1><p>Text</p>");
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    const [box, launcher] = [await line().boundingBox(), await stage.launcher().boundingBox()];
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(launcher?.x ?? 0);
    expect(stage.errors).toEqual([]);
  });
});

describe("the shop's dataLayer", { timeout: 60_000 }, () => {
  const layer = `<script>window.dataLayer = [];</script>`;
  const told = () => stage.page.evaluate(() => window.dataLayer?.map(({ event }) => event));
  const tell = (event: object) =>
    stage
      .frame()
      .locator("body")
      .evaluate((_, said) => {
        const send: unknown = Reflect.get(window, "send");
        if (typeof send === "function") send({ type: "told", event: said });
      }, event);

  it("[WI23] is told what happened in the frame where the tag says so, and nothing that is no event", async () => {
    stage.html = stage.shopPage(layer + stage.tag("data-layer"));
    await stage.visit();
    await stage.openFrame();
    await tell({ no: "event" });
    await tell({ event: "add_to_cart", ecommerce: { currency: "EUR" } });
    await soon(told).toEqual(["add_to_cart"]);
    expect(stage.errors).toEqual([]);
  });

  it("[WI23] is told nothing without the attribute, without leave to record, or where the page has made none", async () => {
    const cases = [
      [layer + stage.tag(), []],
      [layer + stage.tag('data-layer data-consent="anonymous"'), []],
      [layer + stage.tag('data-layer data-consent="none"'), []],
      [stage.tag("data-layer"), undefined],
    ] as const;
    for (const [head, expected] of cases) {
      stage.html = stage.shopPage(head);
      await stage.page.goto(stage.shopOrigin);
      await stage.page.evaluate(() => sessionStorage.clear());
      await stage.page.reload();
      await stage.launcher().click();
      await soon(() => stage.log()).toContain("hello");
      await tell({ event: "add_to_cart" });
      // Messages arrive in order: what comes after it has been read.
      await stage
        .frame()
        .locator("body")
        .evaluate(() => {
          const send: unknown = Reflect.get(window, "send");
          if (typeof send === "function") send({ type: "layout", panel: true });
        });
      await stage.page.locator("iframe.panel").waitFor();
      expect(await told()).toEqual(expected);
    }
  });
});
