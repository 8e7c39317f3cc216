import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, openHarness } from "@/lib/ui/chat/open-harness.fixture";
import { PEEK_PX, restHeight } from "./sheet-rest";

/** An iPhone's visible part. */
const PHONE = { width: 390, height: 750 };

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness("lib/ui/frame/sheet-harness.page.tsx");
});
afterAll(() => harness.close());

const state = (page: Page) => page.getByTestId("state").textContent();
const height = async (page: Page) =>
  (await page.getByRole("region", { name: "Chat" }).boundingBox())?.height ?? 0;

describe("the chat sheet on a phone", () => {
  it("[FR10] back closes the sheet, then the panel, then leaves what was before", async () => {
    const page = await harness.open(PHONE);
    await page.goto(`${harness.address}#before`);
    await page.getByRole("button", { name: "Panel" }).click();
    await page.getByRole("button", { name: "Show more of the chat" }).click();
    await expect.poll(() => state(page)).toBe("panel half");
    await page.goBack();
    await expect.poll(() => state(page)).toBe("panel peek");
    await page.goBack();
    await expect.poll(() => state(page)).toBe("no panel");
    expect(page.url()).toContain("#before");
    await page.goBack();
    expect(page.url()).not.toContain("#before");
    await page.close();
  });

  it("[FR10] closing by button takes the entries back, so that back does not do nothing", async () => {
    const page = await harness.open(PHONE);
    await page.goto(`${harness.address}#before`);
    const panel = page.getByRole("button", { name: "Panel" });
    await panel.click();
    await expect.poll(() => state(page)).toBe("panel peek");
    await panel.click();
    await expect.poll(() => state(page)).toBe("no panel");
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain("#before");
    await page.close();
  });

  it("[FR9] it follows the finger and rests where it is let go; its buttons work without one", async () => {
    const page = await harness.open(PHONE);
    await page.getByRole("button", { name: "Panel" }).click();
    await expect.poll(() => height(page)).toBe(PEEK_PX);
    await page.mouse.move(100, PHONE.height - PEEK_PX + 24);
    await page.mouse.down();
    await page.mouse.move(100, 330, { steps: 12 });
    await expect.poll(() => height(page)).toBeGreaterThan(PEEK_PX + 100);
    await page.mouse.up();
    await expect.poll(() => state(page)).toMatch(/^panel (half|full)$/);
    const less = page.getByRole("button", { name: "Show less of the chat" });
    while ((await state(page)) !== "panel peek") await less.press("Enter");
    await expect.poll(() => height(page)).toBe(restHeight("peek", PHONE.height));
    await page.close();
  });
});
