import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, drag, openBench, openPanelPage } from "./open-harness";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

describe("drawing", () => {
  it("[PA20] every tool leaves its mark on both sides", async () => {
    const { page, side, call } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    for (const [index, tool] of ["arrow", "ellipse", "rect", "pen", "highlighter"].entries()) {
      await anna.tool(tool);
      await drag(page, anna, [80 + index * 110, 300], [160 + index * 110, 380]);
    }
    await anna.tool("pin");
    const box = await anna.box();
    await page.mouse.click(box.x + 200, box.y + 500);
    await page.mouse.click(box.x + 300, box.y + 500);
    await anna.tool("text");
    await page.mouse.click(box.x + 400, box.y + 520);
    await page.keyboard.type("zip");
    await page.keyboard.press("Enter");
    await guest.holds("data-marks", "8");
    const kinds = Object.values(await call("marks", 1)).map((mark) => mark.kind);
    expect(kinds.toSorted()).toEqual([
      "arrow",
      "ellipse",
      "highlighter",
      "pen",
      "pin",
      "pin",
      "rect",
      "text",
    ]);
    await page.close();
  });

  it("[PA20] a stroke is seen by the other while it is drawn", async () => {
    const { page, side } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    await anna.tool("pen");
    const box = await anna.box();
    await page.mouse.move(box.x + 100, box.y + 300);
    await page.mouse.down();
    await page.mouse.move(box.x + 300, box.y + 340, { steps: 8 });
    await guest.root.locator(".konvajs-content").and(page.locator(":visible")).waitFor();
    expect(await guest.marks()).toBe(0);
    await page.mouse.up();
    await guest.holds("data-marks", "1");
    await page.close();
  });

  it("[PA5] undo takes back one's own marks only", async () => {
    const { page, side } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    await anna.tool("rect");
    await drag(page, anna, [100, 300], [200, 360]);
    await guest.tool("ellipse");
    await drag(page, guest, [300, 300], [400, 360]);
    await anna.holds("data-marks", "2");
    await anna.root.locator("[data-testid=undo]").click();
    await guest.holds("data-marks", "1");
    expect(await anna.root.locator("[data-testid=undo]").isDisabled()).toBe(true);
    await anna.root.locator("[data-testid=redo]").click();
    await guest.holds("data-marks", "2");
    await page.close();
  });

  it("[PA21] two clicks draw an arrow, and a click on a mark selects it for Delete", async () => {
    const { page, side, call } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    const box = await anna.box();
    await anna.tool("arrow");
    await page.mouse.click(box.x + 150, box.y + 300);
    await page.mouse.move(box.x + 250, box.y + 400);
    await page.mouse.click(box.x + 300, box.y + 450);
    await guest.holds("data-marks", "1");
    const [arrow] = Object.values(await call("marks", 0));
    expect(arrow?.w).toBeGreaterThan(100);
    await anna.tool("pan");
    await page.mouse.click(box.x + 225, box.y + 375);
    await page.keyboard.press("Delete");
    await guest.holds("data-marks", "0");
    await page.close();
  });

  it("[PA21] a mark is drawn, reached and deleted by keys alone", async () => {
    const { page, side } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    await anna.stage.focus();
    await page.keyboard.press("e");
    for (let step = 0; step < 3; step++) await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Enter");
    for (let step = 0; step < 4; step++) await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Enter");
    await guest.holds("data-marks", "1");
    await page.keyboard.press("PageDown");
    const spoken = anna.root.locator("[data-testid=panel-live]");
    await spoken.filter({ hasText: "circle" }).waitFor();
    await page.keyboard.press("Delete");
    await guest.holds("data-marks", "0");
    await page.keyboard.press("Control+z");
    await guest.holds("data-marks", "1");
    await page.close();
  });

  it("[PA15] a mark is moved and resized, and both sides hold the same", async () => {
    const { page, side, call } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    await anna.tool("rect");
    await drag(page, anna, [150, 300], [300, 400]);
    await guest.holds("data-marks", "1");
    const before = Object.values(await call("marks", 0))[0];
    await anna.tool("pan");
    await drag(page, anna, [150, 350], [200, 390]);
    const moved = Object.values(await call("marks", 0))[0];
    expect(moved?.x).toBeGreaterThan(before?.x ?? Number.NaN);
    expect(moved?.w).toBeCloseTo(before?.w ?? Number.NaN);
    await drag(page, anna, [350, 440], [420, 500]);
    const resized = Object.values(await call("marks", 0))[0];
    expect(resized?.w).toBeGreaterThan(moved?.w ?? Number.NaN);
    await page.waitForFunction(
      () => {
        const { harness } = globalThis as unknown as { harness: { marks(side: number): unknown } };
        return JSON.stringify(harness.marks(0)) === JSON.stringify(harness.marks(1));
      },
      undefined,
      { timeout: 5_000 },
    );
    await page.close();
  });

  it("[PA14] the eraser takes what it touches, as one step", async () => {
    const { page, side } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    await anna.tool("rect");
    await drag(page, anna, [150, 300], [250, 400]);
    await drag(page, anna, [300, 300], [400, 400]);
    await guest.holds("data-marks", "2");
    await anna.tool("eraser");
    await drag(page, anna, [120, 350], [420, 352]);
    await guest.holds("data-marks", "0");
    await anna.root.locator("[data-testid=undo]").click();
    await guest.holds("data-marks", "2");
    await page.close();
  });

  it("[PA13] the other side is told in words what was drawn", async () => {
    const { page, side } = await openPanelPage(bench);
    await side(0).tool("ellipse");
    await drag(page, side(0), [520, 220], [600, 280]);
    await side(1)
      .root.locator("[data-testid=panel-live]", { hasText: "Anna drew a circle at the top right" })
      .waitFor();
    await side(1)
      .root.locator("[data-testid=panel-description]", { hasText: "Leather boots. 1 mark." })
      .waitFor({ state: "attached" });
    await page.close();
  });

  it("[PA25] where no mark lies no bitmap is held; the first mark brings one", async () => {
    const { page, call, side } = await openPanelPage(bench, { query: "?sides=1" });
    const pixels = () =>
      page
        .locator("[data-panel-settled] canvas")
        .evaluateAll((canvases) =>
          canvases.map((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.width * canvas.height : 0)),
        );
    const box = await side(0).box();
    await page.mouse.move(box.x + 200, box.y + 200);
    await page.mouse.wheel(0, -300);
    await expect.poll(() => side(0).zoom()).toBeGreaterThan(1.2);
    expect(await pixels()).toEqual([1, 1]);
    await side(0).stage.press("0");
    await expect.poll(() => side(0).zoom()).toBe(1);
    await call("addOne", 3);
    await expect.poll(async () => Math.max(...(await pixels()))).toBeGreaterThan(box.width * box.height);
    await page.close();
  });

  it("[PA54] the small map shows which part of the picture is seen, and leads to another", async () => {
    const { page, side } = await openPanelPage(bench, { query: "?sides=1" });
    const box = await side(0).box();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    while ((await side(0).zoom()) < 4) {
      const before = await side(0).zoom();
      await page.mouse.wheel(0, -300);
      await expect.poll(() => side(0).zoom(), { timeout: 10_000 }).toBeGreaterThan(before);
    }
    const map = page.getByTestId("panel-minimap");
    const all = (await map.boundingBox()) ?? box;
    const part = async () => (await map.locator("div").boundingBox()) ?? box;
    const first = await part();
    expect(first.width).toBeLessThan(all.width / 2);
    expect(Math.abs(first.x + first.width / 2 - all.x - all.width / 2)).toBeLessThan(8);
    await page.mouse.click(all.x + all.width * 0.75, all.y + all.height / 2);
    await expect.poll(async () => (await part()).x).toBeGreaterThan(first.x + 10);
    await page.close();
  });

  it("[PA25] 2,000 marks are one bitmap, not a node each", async () => {
    const { page, side, call } = await openPanelPage(bench, { query: "?sides=1" });
    await call("fill", 2_000);
    await side(0).holds("data-marks", "2000");
    expect(await side(0).stage.locator("canvas").count()).toBeLessThanOrEqual(4);
    await page.close();
  });
});
