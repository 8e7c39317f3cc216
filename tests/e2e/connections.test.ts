/** An admin connects the shop's own system: tries keys, reads what is wrong, connects, keeps, disconnects. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject, it } from "vitest";
import type { StandIn } from "@/tests/support/shops/stand-in";
import { startWooCommerce, wooKeys } from "@/tests/support/shops/woocommerce";
import { launchBrowser, openMember, phone } from "./support/people";

const demo = inject("demo");
const SETTINGS = "/settings/connections";

let browser: Browser;
let shop: StandIn;
beforeAll(async () => {
  [browser, shop] = await Promise.all([launchBrowser(), startWooCommerce()]);
});
afterEach(() => {
  shop.fault = null;
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
}

async function fill(page: Page, consumerKey: string): Promise<void> {
  await page.getByTestId("connection-kind").selectOption("woocommerce");
  await page.getByTestId("connection-address").fill(shop.address);
  await page.getByTestId("connection-consumerKey").fill(consumerKey);
  await page.getByTestId("connection-consumerSecret").fill(wooKeys.consumerSecret);
}

it("[CA106, CA118] an admin tries keys, connects, and sees no key again", async () => {
  const { page, close } = await openMember(browser, demo, demo.admin, SETTINGS);
  const problem = page.getByTestId("connection-problem");
  await fill(page, "ck_wrong");
  await page.getByTestId("test-connection").click();
  await problem.getByText("Your shop does not know these keys.").waitFor();
  await problem.getByText("Consumer key is invalid.").waitFor();
  expect(await page.getByTestId("connection-consumerKey").inputValue()).toBe("ck_wrong");
  expect(await seriousFindings(page)).toEqual([]);

  await fill(page, wooKeys.consumerKey);
  shop.fault = ({ url }) => (url.pathname.includes("/orders") ? { status: 403 } : null);
  await page.getByTestId("test-connection").click();
  const answer = page.getByTestId("connection-answer");
  await answer.getByText("WooCommerce answers. Version: 10.3.1. It offers 30 products.").waitFor();
  await answer.getByText("These keys may not read: orders.").waitFor();
  await page.getByTestId("save-connection").click();
  await page.getByTestId("connected-system").getByText("Connected to WooCommerce").waitFor();
  await page.reload();
  expect(await page.getByTestId("connection-consumerKey").inputValue()).toBe("");
  expect(await page.content()).not.toContain(wooKeys.consumerSecret);

  await page.getByTestId("test-connection").click();
  await answer.getByText("It offers 30 products.").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByTestId("disconnect").click();
  await page.getByTestId("disconnect-yes").click();
  await page.getByText("No system is connected yet.").waitFor();
  await close();
});

it("[CA118] the page fits a phone, in the dark, and is nobody else's", async () => {
  const { page, close } = await openMember(browser, demo, demo.admin, SETTINGS, {
    ...phone,
    colorScheme: "dark",
  });
  await page.getByTestId("connection-kind").selectOption("oct8ne");
  await page.getByTestId("connection-signingSecret").waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await seriousFindings(page)).toEqual([]);
  await close();
  const agent = await openMember(browser, demo, demo.agent, "/desk");
  await agent.page.goto(`${demo.baseUrl}${SETTINGS}`);
  expect(new URL(agent.page.url()).pathname).toBe("/settings");
  await agent.close();
});
