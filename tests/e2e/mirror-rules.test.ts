/** An admin writes rules for showing pages, reads what is wrong with a line, and tries them on a page before saving. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launchBrowser, openMember, phone } from "./support/people";

const demo = inject("demo");
const SETTINGS = "/settings";
const ACCOUNT = new URL("/demo/account", demo.shopUrl).href;
/** A browser is started for it, on a machine that does other things too. */
const LOOK_MS = 60_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
}

async function tryPage(page: Page, address: string): Promise<void> {
  await page.getByTestId("dry-run-address").fill(address);
  await page.getByTestId("dry-run").click();
}

it("[MI200, MI206] an admin sees mistakes at their line, and what rules make of a page before they are saved", async () => {
  const { page, close } = await openMember(browser, demo, demo.admin, SETTINGS);
  const button = page.getByTestId("dry-run");
  await page.getByTestId("mirror-show").fill(".ok\n\ndiv");
  const mistake = page.getByTestId("mirror-line-problem");
  await mistake.filter({ hasText: "Line 3: too broad" }).waitFor();
  expect(await mistake.count()).toBe(1);
  expect(await button.isDisabled()).toBe(true);
  expect(await page.getByTestId("save-mirror").isDisabled()).toBe(true);
  await page.getByTestId("mirror-show").fill("");
  await mistake.waitFor({ state: "detached" });

  await page.getByTestId("mirror-hide").fill("table\n.nobody-has-this");
  await page.getByTestId("mirror-show").fill('[type="email"]');
  await tryPage(page, ACCOUNT);
  const report = page.getByTestId("dry-run-report");
  await report.waitFor({ timeout: LOOK_MS });
  await report.getByTestId("dry-run-changes").getByText("shown before, now a grey box").first().waitFor();
  expect(await report.getByTestId("dry-run-unmatched").textContent()).toBe(".nobody-has-this");
  expect(
    await report.getByTestId("dry-run-picture").evaluate((image: HTMLImageElement) => image.naturalWidth),
  ).toBe(1_280);
  expect(await seriousFindings(page)).toEqual([]);
  await report.getByTestId("dry-run-changes").getByRole("button").first().focus();
  await report.getByTestId("dry-run-place").waitFor();
  const findings = report.getByTestId("dry-run-findings");
  await findings.getByText("Field: what is typed here would be seen").waitFor();
  const path = await findings.locator("code").textContent();
  await findings.getByRole("button", { name: `Mask ${path}` }).click();
  expect(await page.getByTestId("mirror-mask").inputValue()).toBe(path);

  await report.getByText("The rules have changed since.").waitFor();
  await page.reload();
  expect(await page.getByTestId("mirror-mask").inputValue()).toBe("");
  await close();
});

it("[MI202, MI205] another site's page is not opened, and a page that is none says so", async () => {
  const { page, close } = await openMember(browser, demo, demo.admin, SETTINGS);
  const problem = (text: string) => page.getByTestId("dry-run-problem").filter({ hasText: text });
  await tryPage(page, "https://elsewhere.example/");
  await problem("This is no page of your sites.").waitFor();
  await tryPage(page, new URL("/demo/there-is-no-such-page", demo.shopUrl).href);
  await problem("The page answers with an error.").waitFor({ timeout: LOOK_MS });
  expect(await page.getByTestId("dry-run-report").count()).toBe(0);
  await close();
});

it("[MI200] the report fits a phone, in the dark", async () => {
  const { page, close } = await openMember(browser, demo, demo.admin, SETTINGS, {
    ...phone,
    colorScheme: "dark",
  });
  await page.getByTestId("mirror-mask").fill("h1");
  await tryPage(page, ACCOUNT);
  await page.getByTestId("dry-run-report").waitFor({ timeout: LOOK_MS });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await seriousFindings(page)).toEqual([]);
  await close();
});
