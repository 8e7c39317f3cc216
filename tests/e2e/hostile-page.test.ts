/** A stranger's page at its worst: strict CSP with a nonce, CSS that unsets everything, broken prototypes. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { accept, launchBrowser, openFrame, openMember, openShopper, say } from "./support/people";

const demo = inject("demo");

const page = (nonce: string) => `<!doctype html><html lang="de"><head><title>Hostile shop</title>
<script nonce="${nonce}">
  for (const name of ["map", "forEach", "push", "filter", "slice", "indexOf", "join", "includes"]) {
    Array.prototype[name] = function () { throw new Error("broken " + name); };
  }
  Array.prototype.toJSON = () => "broken";
  Object.prototype.extra = "enumerable everywhere";
</script>
<style nonce="${nonce}">* { all: unset !important } p { color: rgb(1, 2, 3) !important }</style>
<script type="application/ld+json" nonce="${nonce}">{"@context":"https://schema.org","@type":"Product","sku":"HAT-1","name":"A hat"}</script>
</head><body><p id="text">The shop's own words</p>
<script async nonce="${nonce}" src="${demo.baseUrl}/vetrina.js" data-shop="${demo.shopKey}"></script>
</body></html>`;

describe("on a hostile page", () => {
  let shop: Server;
  let address: string;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    shop = createServer((_, response) => {
      const nonce = "c3RyaWN0";
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.setHeader(
        "content-security-policy",
        `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src ${demo.baseUrl}; frame-src ${demo.baseUrl}`,
      );
      response.end(page(nonce));
    }).listen(0, "127.0.0.1");
    await once(shop, "listening");
    address = `http://localhost:${(shop.address() as AddressInfo).port}/`;
    await allowOrigin(new URL(address).origin);
  });
  afterAll(async () => {
    await browser?.close();
    shop?.close();
  });

  /** The admin adds the shop's origin in the settings, as for any new site. */
  async function allowOrigin(origin: string): Promise<void> {
    const admin = await openMember(browser, demo, demo.admin, "/settings");
    const origins = admin.page.getByTestId("shop-origins");
    await origins.fill(`${await origins.inputValue()}\n${origin}`);
    await admin.page.getByTestId("save-shop").click();
    await admin.page.getByTestId("shop-saved").waitFor();
    await admin.close();
  }

  it("the conversation works and the page is left as it was", async () => {
    const shopper = await openShopper(browser, address);
    await shopper.page.getByTestId("vt-launcher").waitFor();
    const launcher = await shopper.page.getByTestId("vt-launcher").boundingBox();
    expect(launcher?.width).toBeGreaterThanOrEqual(56);
    expect(launcher?.x).toBeGreaterThan(1440 / 2);
    await openFrame(shopper);
    await say(shopper.frame, "Guten Tag");
    const agent = await openMember(browser, demo, demo.agent);
    await accept(agent, "Guten Tag");
    await agent.page.getByTestId("chat-log").getByText("Guten Tag").waitFor();
    await agent.close();

    // The frame follows the page's language.
    expect(await shopper.frame.locator("html").getAttribute("lang")).toBe("de");
    // Read by the debugging protocol: Playwright's own evaluate needs the very prototypes that this page has broken.
    const cdp = await shopper.context.newCDPSession(shopper.page);
    const read = async (expression: string) =>
      (await cdp.send("Runtime.evaluate", { expression, returnByValue: true })).result.value;
    expect(await read('getComputedStyle(document.querySelector("#text")).color')).toBe("rgb(1, 2, 3)");
    expect(await read('getComputedStyle(document.querySelector("#text")).display')).toBe("inline");
    expect(await read("getComputedStyle(document.body).overflow")).toBe("visible");
    expect(await read("typeof window.vetrina")).toBe("function");
    expect(shopper.errors).toEqual([]);
    await shopper.close();
  });
});
