/** An admin connects a catalogue: looks at a feed, imports it, keeps it when the feed is suddenly tiny, sends a file. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { testPng } from "@/tests/support/catalogue";
import { launchBrowser, openMember, phone } from "./support/people";

const demo = inject("demo");
const SETTINGS = "/settings/catalogue";

let browser: Browser;
let folder: string;
/** What the shop's server sends as its feed. */
let feed = "";
let address = "";
const closers: (() => void)[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), "vetrina-feeds-"));
  const picture = await testPng("teal", 300, 400);
  const server = createServer((request, response) => {
    if (request.url === "/feed.xml") response.writeHead(200, { "content-type": "application/xml" }).end(feed);
    else if (request.url === "/hat.png")
      response.writeHead(200, { "content-type": "image/png" }).end(picture);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const bound = server.address();
  address = `http://127.0.0.1:${bound && typeof bound === "object" ? bound.port : 0}`;
});
afterAll(async () => {
  await browser?.close();
  for (const close of closers) close();
  await rm(folder, { recursive: true, force: true });
});

const item = (id: number, price: string) =>
  `<item><g:id>E2E-${id}</g:id><g:title>Feed hat ${id}</g:title><g:price>${price}</g:price><g:image_link>${address}/${id === 1 ? "hat" : "gone"}.png</g:image_link></item>`;
const feedOf = (...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>${items.join("\n")}</channel></rss>`;
const ten = () => Array.from({ length: 10 }, (_, at) => item(at + 1, "10.00 EUR"));

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
}

const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
const state = (page: Page) => page.getByTestId("import-state").first().getAttribute("data-state");
const figure = (page: Page, name: string) =>
  page.getByTestId("figures").locator(`[data-figure="${name}"] dd`).textContent();

describe("the catalogue's settings", () => {
  it("a feed from an address: looked at, imported, scheduled; then suddenly tiny, and kept", async () => {
    feed = feedOf(...ten(), item(99, "twelve EUR"));
    const admin = await openMember(browser, demo, demo.admin, SETTINGS);
    const { page } = admin;
    expect(await seriousFindings(page), "catalogue, first visit").toEqual([]);
    await page.getByTestId("add-source").click();
    await page.getByTestId("feed-url").fill(`${address}/feed.xml`);
    await page.getByTestId("look").click();
    await page.getByTestId("preview-row").first().waitFor();
    expect(await page.getByTestId("preview-row").count()).toBe(11);
    expect(await page.locator('[data-testid="preview-row"][data-out]').textContent()).toContain("twelve EUR");
    expect(await seriousFindings(page), "preview").toEqual([]);
    await page.getByTestId("start-import").click();
    await page.waitForURL(/\/imports\//);
    await expect.poll(() => state(page)).toBe("done");
    expect([await figure(page, "new"), await figure(page, "rejected")]).toEqual(["10", "1"]);
    expect(await page.getByTestId("entries").textContent()).toContain("E2E-99");
    // One picture comes, nine are not there: the products are.
    await expect.poll(() => page.getByTestId("pictures").textContent()).toContain("9 could not be had");
    expect(await seriousFindings(page), "report").toEqual([]);
    const [csv] = await Promise.all([
      page.waitForEvent("download"),
      page.locator('a[href$="/csv/rejected"]').click(),
    ]);
    expect(csv.suggestedFilename()).toBe("import-rejected.csv");

    await page.goto(`${demo.baseUrl}${SETTINGS}`);
    await page.getByTestId("source").filter({ hasText: "127.0.0.1" }).getByRole("link").first().click();
    await page.getByTestId("schedule-kind").selectOption("daily");
    await page.getByTestId("save-schedule").click();
    await page.getByRole("status").getByText("Saved").waitFor();

    feed = feedOf(item(1, "10.00 EUR"));
    await page.getByTestId("import-now").click();
    await page.waitForURL(/\/imports\//);
    await page.getByTestId("import-asks").waitFor();
    expect(await page.getByTestId("import-asks").textContent()).toContain(
      "9 products would disappear (90 %)",
    );
    expect(await seriousFindings(page), "question").toEqual([]);
    await page.getByTestId("keep").click();
    await expect.poll(() => state(page)).toBe("kept");

    feed = "<!doctype html><title>Maintenance</title>";
    await page.goBack();
    await page.goto(`${demo.baseUrl}${SETTINGS}`);
    await page.getByTestId("source").filter({ hasText: "127.0.0.1" }).getByRole("button").click();
    await page.waitForURL(/\/imports\//);
    await page.getByTestId("import-error").waitFor();
    expect(await page.getByTestId("import-error").textContent()).toContain("The catalogue stays as it was");
    expect(admin.errors).toEqual([]);
    await admin.close();
  });

  it("a file with columns of its own, on a phone, in the dark", async () => {
    const path = join(folder, "hats.csv");
    await writeFile(path, "Artikel;Bezeichnung;Preis\nE2E-A;Sonnenhut;12,90\nE2E-B;Filzhut;29,90\n");
    const admin = await openMember(browser, demo, demo.admin, `${SETTINGS}/new`, {
      ...phone,
      colorScheme: "dark",
    });
    const { page } = admin;
    await page.getByTestId("place-upload").check();
    await page.getByTestId("feed-file").setInputFiles(path);
    await page.getByTestId("mapping").waitFor();
    for (const [field, column] of [
      ["id", "Artikel"],
      ["title", "Bezeichnung"],
      ["price", "Preis"],
    ]) {
      await page.getByTestId(`map-${field}`).selectOption(column ?? "");
      await expect.poll(() => page.getByTestId(`map-${field}`).isEnabled()).toBe(true);
    }
    await expect.poll(() => page.getByTestId("feed-preview").textContent()).toContain("€12.90");
    expect(await fits(page), "preview fits a phone").toBe(true);
    expect(await seriousFindings(page), "mapping on a phone").toEqual([]);
    await page.getByTestId("start-import").click();
    await page.waitForURL(/\/imports\//);
    await expect.poll(() => state(page)).toBe("done");
    expect(await figure(page, "new")).toBe("2");
    expect(await fits(page), "report fits a phone").toBe(true);
    expect(await seriousFindings(page), "report on a phone").toEqual([]);
    expect(admin.errors).toEqual([]);
    await admin.close();
  });

  it("a storefront on a phone: made, read for, and not deleted while a feed is read for it", async () => {
    feed = feedOf(item(1, "8.00 GBP"));
    const admin = await openMember(browser, demo, demo.admin, SETTINGS, phone);
    const { page } = admin;
    await page.getByTestId("add-storefront").click();
    await page.getByTestId("storefront-name").fill("UK");
    await page.getByTestId("storefront-language").selectOption("en");
    await page.getByTestId("storefront-currency").fill("12£");
    await page.getByTestId("storefront-save").click();
    await page.getByRole("alert").getByText("Please check name and currency.").waitFor();
    expect(await page.getByTestId("storefront-name").inputValue()).toBe("UK");
    expect(await fits(page), "form fits a phone").toBe(true);
    expect(await seriousFindings(page), "form").toEqual([]);
    await page.getByTestId("storefront-currency").fill("gbp");
    await page.getByTestId("storefront-save").click();
    await expect.poll(() => page.getByTestId("storefront").textContent()).toContain("GBP · No feed yet");
    expect(await fits(page), "list fits a phone").toBe(true);
    expect(await seriousFindings(page), "list").toEqual([]);

    await page.goto(`${demo.baseUrl}${SETTINGS}/new`);
    await page.getByTestId("feed-url").fill(`${address}/feed.xml`);
    await page.getByTestId("look").click();
    await page.getByTestId("preview-row").first().waitFor();
    await page.getByTestId("feed-storefront").selectOption({ label: "UK" });
    await expect.poll(() => page.getByTestId("feed-storefront").isEnabled()).toBe(true);
    expect(await fits(page), "choice fits a phone").toBe(true);
    await page.getByTestId("start-import").click();
    await page.waitForURL(/\/imports\//);
    await expect.poll(() => state(page)).toBe("done");
    expect([await figure(page, "new"), await figure(page, "gone")]).toEqual(["1", "0"]);

    await page.goto(`${demo.baseUrl}${SETTINGS}`);
    await expect.poll(() => page.getByTestId("storefront").textContent()).toContain("GBP · 1 product");
    await page.getByTestId("storefront").getByRole("link").click();
    await page.getByText("A feed is read for it.").waitFor();
    expect(await page.getByTestId("storefront-remove").count()).toBe(0);
    await page.goto(`${demo.baseUrl}${SETTINGS}`);
    await page.getByTestId("source").filter({ hasText: "UK" }).getByRole("link").first().click();
    await page.getByTestId("forget").click();
    await page.getByTestId("forget-yes").click();
    await page.getByTestId("storefront").getByRole("link").click();
    await page.getByTestId("storefront-remove").click();
    expect(await seriousFindings(page), "question").toEqual([]);
    await page.getByTestId("storefront-remove-yes").click();
    await page.getByText("Your shop has one storefront: its own.").waitFor();
    expect(admin.errors).toEqual([]);
    await admin.close();
  });

  it("an address in a private network is refused in words, and nothing is kept", async () => {
    const admin = await openMember(browser, demo, demo.admin, `${SETTINGS}/new`);
    await admin.page.getByTestId("feed-url").fill("http://169.254.169.254/latest/meta-data/");
    await admin.page.getByTestId("look").click();
    await admin.page.getByTestId("feed-refused").waitFor();
    expect(await admin.page.getByTestId("feed-refused").textContent()).toContain("private network");
    await admin.page.goto(`${demo.baseUrl}${SETTINGS}`);
    expect(await admin.page.getByText("169.254.169.254").count()).toBe(0);
    await admin.close();
  });
});
