import type { CDPSession } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench, openPanelPage, type PanelPage } from "./open-harness";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

type Finger = readonly [x: number, y: number];

async function openPhone(): Promise<{
  opened: PanelPage;
  touch: (type: string, fingers: readonly Finger[]) => Promise<void>;
}> {
  const opened = await openPanelPage(bench, { width: 390, height: 844, touch: true, query: "?sides=1" });
  const session: CDPSession = await opened.page.context().newCDPSession(opened.page);
  const box = await opened.side(0).box();
  return {
    opened,
    async touch(type, fingers) {
      await session.send("Input.dispatchTouchEvent", {
        type: type as "touchStart",
        touchPoints: fingers.map(([x, y], id) => ({ x: box.x + x, y: box.y + y, id })),
      });
    },
  };
}

describe("fingers", () => {
  it("[PA24] one finger draws with the pen and the page stays where it is", async () => {
    const { opened, touch } = await openPhone();
    const phone = opened.side(0);
    await phone.tool("pen");
    await touch("touchStart", [[120, 300]]);
    for (let step = 1; step <= 8; step++) await touch("touchMove", [[120 + step * 12, 300 + step * 6]]);
    await touch("touchEnd", []);
    await phone.holds("data-marks", "1");
    expect(await opened.page.evaluate(() => window.scrollY)).toBe(0);
    await opened.page.close();
  });

  it("[PA24] a second finger turns a stroke into a pinch that leaves no mark and does not jump", async () => {
    const { opened, touch } = await openPhone();
    const phone = opened.side(0);
    await phone.tool("pen");
    await touch("touchStart", [[150, 300]]);
    await touch("touchMove", [[154, 302]]);
    await touch("touchStart", [
      [154, 302],
      [220, 302],
    ]);
    expect(await phone.zoom()).toBe(1);
    const zooms: number[] = [];
    for (let step = 1; step <= 12; step++) {
      await touch("touchMove", [
        [154 - step * 6, 302],
        [220 + step * 6, 302],
      ]);
      zooms.push(await phone.zoom());
    }
    await touch("touchMove", [
      [82, 302],
      [292, 302],
    ]);
    await expect.poll(() => phone.zoom()).toBeCloseTo(210 / 66, 1);
    for (const [index, zoom] of zooms.entries()) {
      if (index > 0) expect(zoom / (zooms[index - 1] ?? 1)).toBeLessThan(1.5);
    }
    const before = await phone.zoom();
    // One finger lifts: the other pans on from where it is.
    await touch("touchEnd", [[82, 302]]);
    await touch("touchMove", [[90, 302]]);
    await touch("touchEnd", []);
    expect(await phone.zoom()).toBeCloseTo(before, 1);
    expect(await phone.marks()).toBe(0);
    await opened.page.close();
  });

  it("[PA24] a finger opens a label and writes it: the tap's own mouse events do not close it", async () => {
    const { opened } = await openPhone();
    const phone = opened.side(0);
    await phone.tool("text");
    const box = await phone.box();
    await opened.page.touchscreen.tap(box.x + 200, box.y + 300);
    await opened.page.getByTestId("panel-label").waitFor();
    await opened.page.keyboard.type("Look here");
    await opened.page.keyboard.press("Enter");
    await phone.holds("data-marks", "1");
    await opened.page.close();
  });

  it("[PA7] a double tap zooms to 2x and another one back", async () => {
    const { opened, touch } = await openPhone();
    const phone = opened.side(0);
    const tap = async () => {
      await touch("touchStart", [[200, 300]]);
      await touch("touchEnd", []);
    };
    await tap();
    await tap();
    await expect.poll(() => phone.zoom()).toBeCloseTo(2, 1);
    await tap();
    await tap();
    await expect.poll(() => phone.zoom()).toBeCloseTo(1, 1);
    await opened.page.close();
  });

  it("[PA24] every tool is within reach at 320 px and at least 36 px wide", async () => {
    const opened = await openPanelPage(bench, { width: 320, height: 640, touch: true, query: "?sides=1" });
    const buttons = await opened.page.locator("[role=toolbar] button").all();
    expect(buttons.length).toBeGreaterThanOrEqual(16);
    for (const button of buttons) {
      const box = await button.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(320);
      expect(box?.width).toBeGreaterThanOrEqual(36);
    }
    await opened.page.close();
  });
});
