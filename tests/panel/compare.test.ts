import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Bench,
  drag,
  openBench,
  openPanelPage,
  type PageOptions,
  type PanelPage,
  type Side,
} from "./open-harness";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** The second pane, moved and read like the first. */
function secondOf(side: Side): Side {
  const stage = side.root.locator("[data-testid=panel-stage-second]");
  return {
    ...side,
    stage,
    async holds(attribute, value) {
      await side.root
        .locator(`[data-testid=panel-stage-second][${attribute}="${value}"]`)
        .waitFor({ timeout: 10_000 });
    },
    zoom: async () => Number(await stage.getAttribute("data-zoom")),
    marks: async () => Number(await stage.getAttribute("data-marks")),
    async box() {
      const box = await stage.boundingBox();
      if (!box) throw new Error("there is no second pane");
      return box;
    },
  };
}

const part = (side: Side, testId: string) => side.root.locator(`[data-testid=${testId}]`);
const comparing = (side: Side) => part(side, "panel-stage-second").waitFor();
const single = (side: Side) => part(side, "panel-stage-second").waitFor({ state: "detached" });

async function zoomIs(side: Side, zoom: number): Promise<void> {
  await expect
    .poll(async () => Math.abs((await side.zoom()) - zoom), { timeout: 10_000 })
    .toBeLessThan(0.0101);
}

/** Both look at the boots, the shirt lies on the panel as well; Anna compares them. */
async function openComparison(options: PageOptions = {}): Promise<PanelPage & { anna: Side; guest: Side }> {
  const opened = await openPanelPage(bench, { show: 2, ...options });
  await opened.call("show", 1);
  const [anna, guest] = [opened.side(0), opened.side(1)];
  for (const side of [anna, guest]) await side.holds("data-item", "item-0001");
  await part(anna, "compare").click();
  for (const side of [anna, guest]) await comparing(side);
  return { ...opened, anna, guest };
}

/** Wheel steps over the middle of a pane. */
async function wheelAt(page: Page, side: Side, deltaY: number): Promise<void> {
  const box = await side.box();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
  await page.mouse.wheel(0, deltaY);
}

describe("comparing", () => {
  it("[PA30] both see the pair, are told, swap it, and either may end it", async () => {
    const { page, anna, guest } = await openComparison();
    await secondOf(guest).holds("data-item", "item-0002");
    await guest.root.getByText("Anna compares two pictures").first().waitFor({ state: "attached" });
    await part(guest, "compare-swap").click();
    await anna.holds("data-item", "item-0002");
    await secondOf(anna).holds("data-item", "item-0001");
    await part(guest, "compare-end").click();
    await single(anna);
    await anna.holds("data-item", "item-0002");
    await page.close();
  });

  it("[PA30] with more than two the second is chosen on the strip, and showing a picture ends it", async () => {
    const { page, anna, guest, call } = await openComparison();
    await call("show", 3);
    await single(guest);
    await part(anna, "compare").click();
    await part(anna, "compare-choosing").waitFor();
    await anna.root.locator("[data-testid=strip-item][data-item=item-0002]").click();
    await secondOf(guest).holds("data-item", "item-0002");
    await guest.root.locator("[data-testid=strip-item][data-item=item-0001]").click();
    await single(anna);
    await anna.holds("data-item", "item-0001");
    await page.close();
  });

  it("[PA31] linked, moving either picture moves both on both sides; free, only its own", async () => {
    const { page, anna, guest } = await openComparison();
    const panes = [anna, secondOf(anna), guest, secondOf(guest)];
    await wheelAt(page, anna, -315);
    await zoomIs(anna, 2);
    for (const pane of panes) await zoomIs(pane, 2);
    await wheelAt(page, secondOf(guest), -315);
    for (const pane of panes) await zoomIs(pane, 4);
    await part(guest, "compare-linked").click();
    await part(anna, "compare-linked").and(page.locator("[aria-pressed=false]")).waitFor();
    await wheelAt(page, secondOf(anna), 315);
    await zoomIs(secondOf(guest), 2);
    await zoomIs(secondOf(anna), 2);
    for (const pane of [anna, guest]) expect(await pane.zoom()).toBeCloseTo(4, 1);
    // Linked again, the other comes to the pane that was moved last.
    await part(anna, "compare-linked").click();
    for (const pane of panes) await zoomIs(pane, 2);
    await page.close();
  });

  it("[PA33] both draw on both pictures at the same time, and drafts and cursors stand in their pane", async () => {
    const { page, anna, guest } = await openComparison({ touch: true });
    await anna.tool("rect");
    await guest.tool("ellipse");
    const [mine, theirs] = [await anna.box(), await secondOf(guest).box()];
    await page.mouse.move(mine.x + 60, mine.y + 300);
    await page.mouse.down();
    await page.mouse.move(mine.x + 160, mine.y + 380, { steps: 5 });
    const finger = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", at: readonly [number, number] | null) =>
      finger.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: at ? [{ x: theirs.x + at[0], y: theirs.y + at[1] }] : [],
      });
    await touch("touchStart", [100, 300]);
    await touch("touchMove", [140, 340]);
    await touch("touchMove", [180, 380]);
    const drafts = (side: Side) => side.stage.locator(".konvajs-content").and(page.locator(":visible"));
    await drafts(guest).waitFor();
    await drafts(secondOf(anna)).waitFor();
    await guest.stage.getByText("Anna", { exact: true }).waitFor({ state: "attached" });
    await secondOf(anna).stage.getByText("Guest 7", { exact: true }).waitFor({ state: "attached" });
    expect(await secondOf(guest).stage.getByText("Anna", { exact: true }).count()).toBe(0);
    expect(await anna.stage.getByText("Guest 7", { exact: true }).count()).toBe(0);
    await touch("touchEnd", null);
    await page.mouse.up();
    for (const side of [anna, guest]) {
      await side.holds("data-marks", "1");
      await secondOf(side).holds("data-marks", "1");
    }
    await anna.root.locator("[data-testid=undo]").click();
    await guest.holds("data-marks", "0");
    await secondOf(guest).holds("data-marks", "1");
    await page.close();
  });

  it("[PA32] one over the other: the opacity is shared, and one draws on the picture seen better", async () => {
    const { page, anna, guest, call } = await openComparison();
    await part(anna, "compare-over").click();
    await part(guest, "panel-over").waitFor();
    await single(guest);
    const opacity = (side: Side) =>
      part(side, "panel-over").evaluate((sheet) => Number((sheet as HTMLElement).style.opacity));
    const drawnOn = async () =>
      Object.values(await call("marks", 1)).map((mark) => (mark as unknown as { item: string }).item);
    await anna.tool("rect");
    await drag(page, anna, [250, 250], [320, 320]);
    await expect.poll(drawnOn).toEqual(["item-0002"]);
    await part(guest, "compare-opacity").fill("20");
    await expect.poll(() => opacity(anna)).toBe(0.2);
    expect(await opacity(guest)).toBe(0.2);
    await drag(page, anna, [250, 250], [320, 320]);
    await expect.poll(async () => (await drawnOn()).toSorted()).toEqual(["item-0001", "item-0002"]);
    await part(anna, "compare-only-second").click();
    await expect.poll(() => opacity(guest)).toBe(1);
    await anna.root.locator("[data-testid=zoom-in]").click();
    await zoomIs(guest, 1.5);
    await page.close();
  });

  it("[PA34] who comes late lands in it, and it ends when one of its pictures is removed", async () => {
    const { page, anna, guest, call } = await openComparison();
    await part(guest, "compare-end").click();
    await single(anna);
    await call("setOnline", 1, false);
    await part(anna, "compare").click();
    await comparing(anna);
    await wheelAt(page, secondOf(anna), -315);
    await zoomIs(anna, 2);
    await call("setOnline", 1, true);
    await secondOf(guest).holds("data-item", "item-0002");
    await zoomIs(secondOf(guest), 2);
    // A document made anew is bound in the middle of a comparison.
    await call("replaceDocument", 1);
    await secondOf(guest).holds("data-item", "item-0002");
    await call("remove", 2);
    await single(guest);
    await single(anna);
    await anna.holds("data-item", "item-0001");
    await page.close();
  });

  it("[PA35] who looks alone compares alone, and comes back to what the others compare", async () => {
    const { page, anna, guest } = await openComparison();
    await part(guest, "follow").click();
    await part(guest, "compare-end").click();
    await single(guest);
    await part(guest, "compare").click();
    await comparing(guest);
    await part(guest, "compare-swap").click();
    await guest.holds("data-item", "item-0002");
    await wheelAt(page, secondOf(guest), -315);
    await zoomIs(guest, 2);
    expect(await anna.stage.getAttribute("data-item")).toBe("item-0001");
    expect(await anna.zoom()).toBe(1);
    await part(anna, "compare-over").click();
    await part(anna, "panel-over").waitFor();
    await comparing(guest);
    await part(guest, "follow").click();
    await part(guest, "panel-over").waitFor();
    await guest.holds("data-item", "item-0001");
    await page.close();
  });

  it("[PA35] a locked customer sees it and may only compare alone", async () => {
    const { page, anna, guest, call } = await openComparison();
    await call("setLocked", 1, true);
    await part(guest, "compare-over").click();
    await part(guest, "panel-over").waitFor();
    expect(await part(guest, "follow").getAttribute("aria-pressed")).toBe("false");
    expect(await part(anna, "panel-over").count()).toBe(0);
    await page.close();
  });

  it("[PA36] all of it works by keys alone, and is said aloud", async () => {
    const { page, side, call } = await openPanelPage(bench, { show: 2 });
    const [anna, guest] = [side(0), side(1)];
    const spoken = (of: Side, text: string) =>
      part(of, "panel-live").filter({ hasText: text }).waitFor({ state: "attached" });
    await anna.stage.focus();
    await page.keyboard.press("c");
    await spoken(anna, "Comparing needs a second picture");
    await call("show", 3);
    await call("show", 1);
    await guest.holds("data-item", "item-0001");
    await anna.stage.focus();
    await page.keyboard.press("c");
    await spoken(anna, "Choose a picture");
    await page.keyboard.press("Enter");
    await secondOf(guest).holds("data-item", "item-0002");
    await spoken(anna, "Comparing Leather boots and White shirt");
    // The key C on another thumbnail puts that one in its place.
    await anna.root.locator("[data-testid=strip-item][data-item=item-0003]").focus();
    await page.keyboard.press("c");
    await secondOf(guest).holds("data-item", "item-0003");
    await anna.stage.focus();
    await page.keyboard.press("Tab");
    expect(await secondOf(anna).stage.evaluate((stage) => stage === document.activeElement)).toBe(true);
    await page.keyboard.press("r");
    for (const key of ["Enter", "Shift+ArrowRight", "Shift+ArrowDown", "Enter"])
      await page.keyboard.press(key);
    await secondOf(guest).holds("data-marks", "1");
    expect(await guest.marks()).toBe(0);
    await part(anna, "compare-end").focus();
    await page.keyboard.press("Enter");
    await single(guest);
    // The focus is back on the picture; the tool is put down first, what is chosen and compared after it.
    expect(await anna.stage.evaluate((stage) => stage === document.activeElement)).toBe(true);
    await page.keyboard.press("c");
    await page.keyboard.press("Escape");
    expect(await part(anna, "compare-choosing").count()).toBe(0);
    await anna.root.locator("[data-testid=strip-item][data-item=item-0003]").press("c");
    await secondOf(guest).holds("data-marks", "1");
    await part(anna, "compare-over").focus();
    await page.keyboard.press("Space");
    await part(anna, "compare-opacity").focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => part(guest, "compare-opacity").inputValue()).toBe("55");
    await page.keyboard.press("Escape");
    await part(guest, "panel-over").waitFor({ state: "detached" });
    await spoken(guest, "The comparison has ended");
    await page.close();
  });

  it("[PA37] on a phone held upright the pictures stand one above the other; a long press compares", async () => {
    const opened = await openPanelPage(bench, {
      show: 2,
      width: 390,
      height: 844,
      touch: true,
      query: "?sides=1",
    });
    const { page, side, call } = opened;
    const phone = side(0);
    await call("show", 3);
    await call("show", 1);
    const thumbnail = await phone.root.locator("[data-testid=strip-item][data-item=item-0002]").boundingBox();
    if (!thumbnail) throw new Error("the thumbnail is not laid out");
    const finger = await page.context().newCDPSession(page);
    await finger.send("Input.dispatchTouchEvent", {
      type: "touchStart",
      touchPoints: [{ x: thumbnail.x + 20, y: thumbnail.y + 20 }],
    });
    await secondOf(phone).holds("data-item", "item-0002");
    await finger.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    const [upper, lower] = [await phone.box(), await secondOf(phone).box()];
    expect(lower.y).toBeGreaterThanOrEqual(upper.y + upper.height);
    expect(lower.width).toBe(390);
    for (const button of await part(phone, "compare-bar").locator("button").all()) {
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(36);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.close();
  });
});
