/** Every screen without serious findings of axe, and the main job by keyboard alone. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { waitForItem, waitForMarks } from "./support/panel";
import {
  accept,
  launchBrowser,
  openFrame,
  openMember,
  openShopper,
  phone,
  say,
  showFirstProduct,
} from "./support/people";

const demo = inject("demo");
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
});

/** The last is the one from which a conversation is opened. */
const insights = [
  ...["influence", "people", "products", "live", "passages", "visits", "invitations"],
  "conversations",
];

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
}

describe.each(["light", "dark"] as const)("axe, %s", (colorScheme) => {
  it("finds nothing serious on the shop, the frame with panel, and the desk", async () => {
    const agent = await openMember(browser, demo, demo.agent, "/desk", { colorScheme });
    expect(await seriousFindings(agent.page), "empty desk").toEqual([]);
    const shopper = await openShopper(browser, demo.shopUrl, { colorScheme });
    await openFrame(shopper);
    expect(await seriousFindings(shopper.page), "frame, first screen").toEqual([]);
    await say(shopper.frame, `Hello, in ${colorScheme} colours`);
    await accept(agent, `Hello, in ${colorScheme} colours`);
    await showFirstProduct(agent);
    await waitForItem(shopper.frame);
    await agent.page.getByTestId("product-card").first().getByTestId("recommend").click();
    await shopper.frame.getByTestId("card-add-to-cart").first().waitFor();
    expect(await seriousFindings(shopper.page), "frame with panel").toEqual([]);
    expect(await seriousFindings(agent.page), "desk in a conversation").toEqual([]);
    await shopper.frame.getByTestId("end-conversation").click();
    await shopper.frame.locator("dialog[open]").waitFor();
    expect(await seriousFindings(shopper.page), "frame, asking whether to end").toEqual([]);
    await shopper.frame.locator("dialog[open] button").first().click();
    await shopper.frame.getByTestId("panel-stage").waitFor({ state: "detached" });
    expect(await seriousFindings(shopper.page), "frame, ended").toEqual([]);
    expect(await seriousFindings(agent.page), "desk, a conversation that has ended").toEqual([]);
    await shopper.close();
    await agent.close();
  });

  it("finds nothing serious in the insights and the settings", async () => {
    const admin = await openMember(browser, demo, demo.admin, "/insights", { colorScheme });
    expect(await seriousFindings(admin.page), "insights").toEqual([]);
    for (const part of insights) {
      await admin.page.goto(`${demo.baseUrl}/insights/${part}`);
      expect(await seriousFindings(admin.page), part).toEqual([]);
    }
    await admin.page.getByTestId("journey-link").first().click();
    await admin.page.getByTestId("journey-step").first().waitFor();
    await admin.page.getByTestId("film").waitFor();
    expect(await seriousFindings(admin.page), "a conversation's film and journey").toEqual([]);
    await admin.page.goto(`${demo.baseUrl}/settings/reports`);
    expect(await seriousFindings(admin.page), "settings of the reports").toEqual([]);
    await admin.page.goto(`${demo.baseUrl}/settings`);
    expect(await seriousFindings(admin.page), "settings").toEqual([]);
    await admin.close();
  });

  it("finds nothing serious on the sign-in, before and after a wrong password, and on the first page", async () => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.goto(demo.baseUrl);
    expect(await seriousFindings(page), "first page").toEqual([]);
    await page.goto(`${demo.baseUrl}/desk`);
    expect(await seriousFindings(page), "sign-in").toEqual([]);
    await page.locator('input[type="email"]').fill("nobody@demo.example");
    await page.locator('input[type="password"]').fill("a wrong password");
    await page.locator('button[type="submit"]').click();
    await page.locator("#sign-in-problem:not([hidden])").waitFor();
    expect(await seriousFindings(page), "sign-in, refused").toEqual([]);
    await context.close();
  });

  it("finds nothing serious on the shop's pages, on a phone", async () => {
    const shopper = await openShopper(browser, demo.shopUrl, { ...phone, colorScheme });
    for (const path of ["", "/cart", "/checkout"]) {
      await shopper.page.goto(`${demo.shopUrl}${path}`);
      expect(await seriousFindings(shopper.page), path || "home").toEqual([]);
    }
    await openFrame(shopper);
    expect(await seriousFindings(shopper.page), "frame on a phone").toEqual([]);
    await shopper.close();
  });
});

describe("at 200 % of its size", () => {
  /** A screen of 1440 by 900 shows half as many CSS pixels each way. */
  const viewport = { width: 720, height: 450 };
  const expectFits = async ({ page }: { readonly page: Page }, what: string) => {
    const [wide, shown] = await page.locator("html").evaluate((html) => [html.scrollWidth, html.clientWidth]);
    expect(wide, what).toBe(shown);
  };

  it("no page of ours or of the demo shop has to be scrolled sideways", async () => {
    const admin = await openMember(browser, demo, demo.admin, "/insights", { viewport });
    await expectFits(admin, "insights");
    const others = ["/settings", "/settings/catalogue", "/settings/reports", "/settings/connections"];
    for (const path of [...insights.map((part) => `/insights/${part}`), ...others, "/desk"]) {
      await admin.page.goto(`${demo.baseUrl}${path}`);
      await expectFits(admin, path);
    }
    await admin.close();
    const shopper = await openShopper(browser, demo.shopUrl, { viewport });
    await expectFits(shopper, "the shop");
    await openFrame(shopper);
    await expectFits(shopper, "the shop with our frame");
    const fits = await shopper.frame.locator("html").evaluate((html) => html.scrollWidth <= html.clientWidth);
    expect(fits, "our frame").toBe(true);
    await shopper.close();
  });
});

describe("by keyboard alone", () => {
  it("a shopper opens the frame, writes, draws and takes it back; an agent accepts and shows", async () => {
    const agent = await openMember(browser, demo, demo.agent);
    const shopper = await openShopper(browser, demo.shopUrl);
    await shopper.page.getByTestId("vt-launcher").focus();
    await shopper.page.keyboard.press("Enter");
    await shopper.frame.getByTestId("chat-input").waitFor();
    await shopper.frame.getByTestId("chat-input").focus();
    await shopper.page.keyboard.type("Only keys here");
    await shopper.page.keyboard.press("Enter");

    const waiting = agent.page.getByTestId("queue-row").filter({ hasText: "Only keys here" });
    const conversation = await waiting.getAttribute("data-conversation");
    await waiting.getByTestId("accept").focus();
    await agent.page.keyboard.press("Enter");
    await agent.page
      .locator(`[data-testid="conversation-row"][data-conversation="${conversation}"][aria-current]`)
      .waitFor();
    await agent.page.getByTestId("catalogue-search").waitFor();
    await agent.page.locator("body").press("/");
    await expect
      .poll(() => agent.page.evaluate(() => document.activeElement?.getAttribute("data-testid")))
      .toBe("catalogue-search");
    await agent.page.getByTestId("show-on-panel").first().focus();
    await agent.page.keyboard.press("Enter");
    await waitForItem(shopper.frame);

    // A rectangle without any dragging: Enter starts it, arrows stretch it, Enter ends it.
    await shopper.frame.getByTestId("tool-rect").focus();
    await shopper.page.keyboard.press("Enter");
    await shopper.frame.getByTestId("panel-stage").focus();
    await shopper.page.keyboard.press("Enter");
    for (let press = 0; press < 6; press++) {
      await shopper.page.keyboard.press("ArrowRight");
      await shopper.page.keyboard.press("ArrowDown");
    }
    await shopper.page.keyboard.press("Enter");
    await waitForMarks(agent.page, 1);
    await shopper.page.keyboard.press("Control+z");
    await waitForMarks(agent.page, 0);
    await shopper.close();
    await agent.close();
  });
});
