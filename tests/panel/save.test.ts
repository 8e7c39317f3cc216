import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench, openPanelPage } from "./open-harness";

/** The number of the harness' picture that is covered. */
const COVERED = 7;

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** What the server of exports answers here; real ones are held in app/api/v1/conversations/[id]/export. */
async function answerExports(page: Page, status = 200): Promise<URL[]> {
  const asked: URL[] = [];
  await page.route("**/export/**", async (route) => {
    const url = new URL(route.request().url());
    asked.push(url);
    const paper = url.pathname.endsWith(".pdf");
    await route.fulfill({
      status,
      body: "content",
      headers: { "content-disposition": `attachment; filename="boots.${paper ? "pdf" : "png"}"` },
    });
  });
  return asked;
}

describe("saving", () => {
  it("[EX11] downloads this picture, or everything, in the reader's language and time zone", async () => {
    const { page, side } = await openPanelPage(bench, { query: "?sides=1&lang=de" });
    const asked = await answerExports(page);
    const { root } = side(0);
    for (const [choice, file] of [
      ["save-picture", "boots.png"],
      ["save-all", "boots.pdf"],
    ] as const) {
      await root.locator("[data-testid=panel-save]").click();
      const started = page.waitForEvent("download");
      await root.locator(`[data-testid=${choice}]`).click();
      expect((await started).suggestedFilename()).toBe(file);
      await root.locator("[data-testid=panel-live]", { hasText: `${file} ist gespeichert` }).waitFor();
    }
    expect(asked.map((url) => url.pathname.replace(/.*\/export/, ""))).toEqual([
      "/items/item-0001",
      "/panel.pdf",
    ]);
    const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toEqual({ lang: "de", tz: zone });
    await page.close();
  });

  it("[EX11] is done by keys, and Escape closes the choice and gives the focus back", async () => {
    const { page, side } = await openPanelPage(bench, { query: "?sides=1" });
    await answerExports(page);
    const button = side(0).root.locator("[data-testid=panel-save]");
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-testid"));
    await button.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("save-picture");
    await page.keyboard.press("Escape");
    expect(await focused()).toBe("panel-save");
    expect(await button.getAttribute("aria-expanded")).toBe("false");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    const started = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    expect((await started).suggestedFilename()).toBe("boots.pdf");
    expect(await focused()).toBe("panel-save");
    await page.close();
  });

  it("[EX11] says in words when it was too often, and when it failed", async () => {
    for (const [status, words] of [
      [429, "in a few minutes"],
      [503, "could not be saved"],
    ] as const) {
      const { page, side } = await openPanelPage(bench, { query: "?sides=1" });
      await answerExports(page, status);
      await side(0).root.locator("[data-testid=panel-save]").click();
      await side(0).root.locator("[data-testid=save-all]").click();
      await side(0).root.locator("[data-testid=panel-live]", { hasText: words }).waitFor();
      await page.close();
    }
  });

  it("[EX15] sends the picture into the chat, by mouse or keys, and says so", async () => {
    const { page, side } = await openPanelPage(bench, { query: "?sides=1&lang=de" });
    const asked: string[] = [];
    await page.route("**/export/**", async (route) => {
      asked.push(
        `${route.request().method()} ${new URL(route.request().url()).pathname.replace(/.*\/export/, "")}`,
      );
      await route.fulfill({ status: 204 });
    });
    const { root } = side(0);
    const button = root.locator("[data-testid=panel-save]");
    expect(await button.getAttribute("aria-label")).toBe("Speichern oder senden");
    await button.click();
    await root.locator("[data-testid=send-picture]").click();
    await root.locator("[data-testid=panel-live]", { hasText: "In den Chat gesendet" }).waitFor();
    await page.keyboard.press("Enter");
    for (let time = 0; time < 3; time++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => asked).toHaveLength(2);
    expect(new Set(asked)).toEqual(new Set(["POST /items/item-0001/message"]));
    await page.close();
  });

  it("[EX15] does not offer to send what is covered, until it is uncovered", async () => {
    const { page, side, call } = await openPanelPage(bench, { query: "?sides=1", show: 0 });
    await call("show", COVERED);
    const button = side(0).root.locator("[data-testid=panel-save]");
    await expect.poll(() => button.getAttribute("aria-label")).toBe("Save pictures");
    await button.click();
    expect(await side(0).root.locator("[data-testid=send-picture]").count()).toBe(0);
    const answered = page.waitForResponse((response) => response.url().endsWith("/uncover"));
    await side(0).root.locator("[data-testid=panel-uncover]").click();
    await answered;
    await call("uncover", COVERED);
    await expect.poll(() => button.getAttribute("aria-label")).toBe("Save or send");
    await page.close();
  });

  it("[EX15] says in words why it was not sent", async () => {
    for (const [status, words] of [
      [429, "in a few minutes"],
      [409, "has ended"],
      [503, "could not be sent"],
    ] as const) {
      const { page, side } = await openPanelPage(bench, { query: "?sides=1" });
      await answerExports(page, status);
      await side(0).root.locator("[data-testid=panel-save]").click();
      await side(0).root.locator("[data-testid=send-picture]").click();
      await side(0).root.locator("[data-testid=panel-live]", { hasText: words }).waitFor();
      await page.close();
    }
    const { page, side } = await openPanelPage(bench, { query: "?sides=1" });
    await page.context().setOffline(true);
    await side(0).root.locator("[data-testid=panel-save]").click();
    await side(0).root.locator("[data-testid=send-picture]").click();
    await side(0).root.locator("[data-testid=panel-live]", { hasText: "You are offline" }).waitFor();
    await page.close();
  });

  it("[EX11] a phone hands the file to its own sheet, and is downloaded to where there is none", async () => {
    const { page, side } = await openPanelPage(bench, {
      query: "?sides=1",
      touch: true,
      width: 390,
      height: 760,
    });
    await answerExports(page);
    await page.evaluate(() => {
      const shared: string[] = [];
      Object.assign(globalThis, { shared });
      Object.assign(navigator, {
        canShare: () => true,
        share: async ({ files }: { files: File[] }) => void shared.push(...files.map((each) => each.name)),
      });
    });
    const { root } = side(0);
    const save = root.locator("[data-testid=panel-save]");
    const box = await save.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    await save.tap();
    await root.locator("[data-testid=save-picture]").tap();
    await root.locator("[data-testid=panel-live]", { hasText: "boots.png is saved" }).waitFor();
    expect(await page.evaluate(() => (globalThis as unknown as { shared: string[] }).shared)).toEqual([
      "boots.png",
    ]);

    await page.evaluate(() => {
      navigator.share = () => Promise.reject(new DOMException("not here", "NotAllowedError"));
    });
    const started = page.waitForEvent("download");
    await save.tap();
    await root.locator("[data-testid=save-all]").tap();
    expect((await started).suggestedFilename()).toBe("boots.pdf");
    await page.close();
  });
});
