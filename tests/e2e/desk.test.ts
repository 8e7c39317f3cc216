/** The agent's desk by keyboard: a customer rings, is accepted, is written to; what is half-typed stays. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { accept, launchBrowser, openFrame, openMember, openShopper, say } from "./support/people";

const demo = inject("demo");

describe("the desk", () => {
  let shopperBrowser: Browser;
  let agentBrowser: Browser;
  beforeAll(async () => {
    [shopperBrowser, agentBrowser] = await Promise.all([launchBrowser(), launchBrowser()]);
  });
  afterAll(async () => {
    await Promise.all([shopperBrowser?.close(), agentBrowser?.close()]);
  });

  it("[DK8] everything is a key away, and letters do nothing while one writes", async () => {
    const { page, errors } = await openMember(agentBrowser, demo, demo.agent);
    const shopper = await openShopper(shopperBrowser, demo.shopUrl);
    await openFrame(shopper);
    await say(shopper.frame, "Is anybody there?");
    await page.getByTestId("queue-row").first().waitFor();
    expect(await page.title()).toMatch(/^\(\d+\)/);

    await page.keyboard.press("?");
    await page.getByTestId("shortcuts").waitFor();
    await page.keyboard.press("Escape");
    await page.getByTestId("shortcuts").waitFor({ state: "detached" });

    // Whoever has waited longest, which need not be the one who has just come.
    const longest = await page.getByTestId("queue-row").first().getAttribute("data-conversation");
    await page.keyboard.press("Alt+0");
    await page
      .locator(`[data-testid="conversation-row"][data-conversation="${longest}"][aria-current]`)
      .waitFor();
    await page.getByTestId("chat-input").waitFor();

    await page.keyboard.press("/");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-testid")))
      .toBe("catalogue-search");
    await page.getByTestId("product-card").first().waitFor();
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.getByTestId("panel-stage").getAttribute("data-item")).not.toBe("");

    await page.getByTestId("chat-input").focus();
    await page.keyboard.type("What/ ]do? you");
    expect(await page.getByTestId("shortcuts").count()).toBe(0);
    expect(await page.getByTestId("chat-input").inputValue()).toBe("What/ ]do? you");
    expect(errors).toEqual([]);
    await shopper.close();
  });

  it("[DK6] a half-typed message waits in its conversation, also after a reload", async () => {
    const agent = await openMember(agentBrowser, demo, demo.agent);
    const { page } = agent;
    const shopper = await openShopper(shopperBrowser, demo.shopUrl);
    await openFrame(shopper);
    await say(shopper.frame, "A second question");
    await accept(agent, "A second question");
    await page.getByTestId("chat-input").fill("half a sen");
    await page.getByTestId("conversation-row").first().click();
    await expect.poll(() => page.getByTestId("chat-input").inputValue()).toBe("");
    await page.getByTestId("conversation-row").last().click();
    await expect.poll(() => page.getByTestId("chat-input").inputValue()).toBe("half a sen");
    await page.reload();
    await expect.poll(() => page.getByTestId("chat-input").inputValue()).toBe("half a sen");
    await shopper.close();
  });

  it("signs in also whoever was quicker than the page's script", async () => {
    const context = await agentBrowser.newContext();
    const page = await context.newPage();
    let release = () => {};
    const pressed = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/\.js(\?|$)/, async (route) => {
      await pressed;
      await route.continue();
    });
    await page.goto(`${demo.baseUrl}/desk`, { waitUntil: "commit" });
    await page.locator('input[type="email"]').fill(demo.agent.email);
    await page.locator('input[type="password"]').fill(demo.agent.password);
    await page.locator('button[type="submit"]').click();
    release();
    await page.waitForURL((url) => url.pathname === "/desk");
    await context.close();
  });
});
