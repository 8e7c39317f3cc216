import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, drag, openBench, openPanelPage, type PanelPage, type Side } from "./open-harness";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const part = (side: Side, testId: string) => side.root.locator(`[data-testid=${testId}]`);
const tile = (side: Side, item: string) => side.root.locator(`[data-strip-item=${item}]`);
/** In the list item whose thumbnail this is. */
const cross = (side: Side, item: string): Locator =>
  tile(side, item).locator("xpath=..").locator("[data-testid=strip-take-off]");
const gone = (side: Side, item: string) => tile(side, item).waitFor({ state: "detached" });
const told = (side: Side, words: string | RegExp) =>
  side.root.locator("[data-testid=strip-news]", { hasText: words }).waitFor();

async function takeOff(side: Side, item: string): Promise<void> {
  await tile(side, item).hover();
  await cross(side, item).click();
}

/** On the panel lie Anna's coat (3), the guest's shirt (2) and Anna's boots (1), which are shown. */
async function open(query = ""): Promise<PanelPage & { anna: Side; guest: Side }> {
  const opened = await openPanelPage(bench, { show: 3, query });
  for (const digit of [2, 1]) await opened.call("show", digit);
  const [anna, guest] = [opened.side(0), opened.side(1)];
  for (const side of [anna, guest]) await side.holds("data-item", "item-0001");
  return { ...opened, anna, guest };
}

describe("taking an item off", () => {
  it("[PA57] is for the agent everything, for the customer what she put there, and named", async () => {
    const { page, anna, guest } = await open();
    await cross(anna, "item-0003").waitFor({ state: "attached" });
    expect(await part(anna, "strip-take-off").count()).toBe(3);
    expect(await part(guest, "strip-take-off").count()).toBe(1);
    expect(await cross(guest, "item-0002").getAttribute("aria-label")).toBe("Take White shirt off the panel");
    expect(await tile(guest, "item-0002").getAttribute("aria-keyshortcuts")).toBe("C Delete");
    expect(await tile(guest, "item-0001").getAttribute("aria-keyshortcuts")).toBeNull();
    // Quiet: nothing is seen before one looks there.
    expect(await cross(anna, "item-0003").isVisible()).toBe(false);
    await tile(anna, "item-0003").hover();
    await cross(anna, "item-0003").waitFor();
    await page.close();
  });

  it("[PA57] by mouse, the shown one: both see it go, and the newest one left", async () => {
    const { page, anna, guest } = await open();
    await takeOff(anna, "item-0001");
    for (const side of [anna, guest]) {
      await gone(side, "item-0001");
      // By its place in the strip: the coat was put there last.
      await side.holds("data-item", "item-0003");
    }
    await page.close();
  });

  it("[PA57] by the Delete key, and the focus goes on to the neighbour, at last to the stage", async () => {
    const { page, anna, guest } = await open();
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute("data-strip-item") ?? activeElement?.getAttribute("data-stage");
      });
    await tile(anna, "item-0002").focus();
    for (const [item, next] of [
      ["item-0002", "item-0003"],
      ["item-0003", "item-0001"],
      ["item-0001", "first"],
    ] as const) {
      await page.keyboard.press("Delete");
      await gone(guest, item);
      await expect.poll(focused).toBe(next);
    }
    await guest.holds("data-item", "");
    await page.close();
  });

  it("[PA57] does nothing by the key on what is not hers", async () => {
    const { page, guest } = await open();
    await tile(guest, "item-0003").focus();
    await page.keyboard.press("Delete");
    await tile(guest, "item-0002").focus();
    await page.keyboard.press("Delete");
    await gone(guest, "item-0002");
    expect(await tile(guest, "item-0003").count()).toBe(1);
    await page.close();
  });

  it("[PA58] is asked about first where others have drawn, and can be left", async () => {
    const { page, anna, guest } = await open();
    await tile(guest, "item-0002").click();
    await anna.holds("data-item", "item-0002");
    await anna.tool("rect");
    await drag(page, anna, [150, 300], [250, 400]);
    await guest.holds("data-marks", "1");
    await tile(guest, "item-0002").focus();
    await page.keyboard.press("Delete");
    await told(guest, "Take White shirt off? 1 mark by others goes with it.");
    const yes = part(guest, "take-off-yes");
    await expect.poll(() => yes.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Escape");
    await yes.waitFor({ state: "detached" });
    expect(await tile(guest, "item-0002").evaluate((button) => button === document.activeElement)).toBe(true);
    await takeOff(guest, "item-0002");
    await part(guest, "take-off-no").click();
    await yes.waitFor({ state: "detached" });
    await guest.holds("data-marks", "1");
    await takeOff(guest, "item-0002");
    await yes.click();
    await gone(anna, "item-0002");
    await page.close();
  });

  it("[PA59] is told to both at the strip; who did it undoes it, and the marks are back", async () => {
    const { page, anna, guest, call } = await open();
    await anna.tool("rect");
    await drag(page, anna, [150, 300], [250, 400]);
    await guest.tool("pen");
    await drag(page, guest, [300, 300], [350, 400]);
    await anna.holds("data-marks", "2");
    const before = await call("marks", 0);
    await takeOff(anna, "item-0001");
    await part(anna, "take-off-yes").click();
    for (const side of [anna, guest]) await told(side, "Leather boots was taken off the panel");
    expect(await part(guest, "take-off-undo").count()).toBe(0);
    expect(await call("marks", 1)).toEqual({});
    await part(anna, "take-off-undo").click();
    for (const side of [anna, guest]) {
      await told(side, "Leather boots is back on the panel");
      await side.holds("data-item", "item-0001");
      await side.holds("data-marks", "2");
    }
    expect(await call("marks", 1)).toEqual(before);
    expect(await part(anna, "take-off-undo").count()).toBe(0);
    await page.close();
  });

  it("[PA59] is undone by Ctrl+Z on the strip, which takes back no mark", async () => {
    const { page, anna, guest } = await open();
    await anna.tool("rect");
    await drag(page, anna, [150, 300], [250, 400]);
    await guest.holds("data-marks", "1");
    await tile(anna, "item-0002").focus();
    await page.keyboard.press("Delete");
    await gone(anna, "item-0002");
    const neighbour = tile(anna, "item-0003");
    await expect.poll(() => neighbour.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Control+z");
    await tile(guest, "item-0002").waitFor();
    expect(await anna.marks()).toBe(1);
    // With nothing to bring back the key is the drawing's again.
    await page.keyboard.press("Control+z");
    await guest.holds("data-marks", "0");
    await page.close();
  });

  it("[PA59] is said when it did not work, and the picture stays", async () => {
    const { page, anna, call } = await open();
    await call("setOnline", 0, false);
    await takeOff(anna, "item-0002");
    await told(anna, "That could not be taken off. Please try again.");
    expect(await tile(anna, "item-0002").count()).toBe(1);
    await page.close();
  });

  it("[PA59] fits a phone, also in German with a long name", async () => {
    const opened = await openPanelPage(bench, {
      show: 1,
      width: 390,
      height: 844,
      touch: true,
      query: "?sides=1&lang=de",
    });
    const { page, side, call } = opened;
    await call("show", 4);
    await tile(side(0), "item-0004").focus();
    await page.keyboard.press("Delete");
    const undo = part(side(0), "take-off-undo");
    await undo.waitFor();
    const box = await undo.boundingBox();
    if (!box) throw new Error("the button is not laid out");
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    expect(box.height).toBeGreaterThanOrEqual(36);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.close();
  });
});
