import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, drag, openBench, openPanelPage, type Side } from "./open-harness";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Waits until the zoom has settled there; a hundredth is what rounding two presses may cost. */
async function zoomIs(side: Side, zoom: number): Promise<void> {
  await expect
    .poll(async () => Math.abs((await side.zoom()) - zoom), { timeout: 10_000 })
    .toBeLessThan(0.0101);
}

describe("looking together", () => {
  it("[PA10] either side's zoom moves both", async () => {
    const { page, side } = await openPanelPage(bench);
    await side(0).root.locator("[data-testid=zoom-in]").click();
    await zoomIs(side(1), 1.5);
    await side(1).root.locator("[data-testid=zoom-in]").click();
    await zoomIs(side(0), 2.25);
    await side(0).root.locator("[data-testid=zoom-fit]").click();
    await zoomIs(side(1), 1);
    await page.close();
  });

  it("[PA10] a press in the middle of the other's eased zoom counts", async () => {
    const { page, side } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    // The guest's press follows from inside the page, in the first frame in which her own view moves.
    await guest.root.evaluate((root) => {
      const stage = root.querySelector("[data-testid=panel-stage]");
      const press = root.querySelector<HTMLElement>("[data-testid=zoom-in]");
      if (!stage || !press) throw new Error("no stage");
      const observer = new MutationObserver(() => {
        observer.disconnect();
        press.click();
      });
      observer.observe(stage, { attributeFilter: ["data-zoom"] });
    });
    await anna.root.locator("[data-testid=zoom-in]").click();
    // Anna's zoom alone would end at 1.5; the guest's press multiplies what she saw by 1.5.
    await expect.poll(async () => (await anna.zoom()) > 1.5, { timeout: 10_000 }).toBe(true);
    await expect
      .poll(async () => (await anna.zoom()) === (await guest.zoom()), { timeout: 10_000 })
      .toBe(true);
    await page.close();
  });

  it("[PA23] looking alone moves nobody, and one click leads back", async () => {
    const { page, side } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    await guest.root.locator("[data-testid=follow]").click();
    expect(await guest.root.locator("[data-testid=follow]").getAttribute("aria-pressed")).toBe("false");
    await guest.root.locator("[data-testid=zoom-in]").click();
    await zoomIs(guest, 1.5);
    expect(await anna.zoom()).toBe(1);
    await anna.root.locator("[data-testid=other-view]").waitFor({ state: "attached" });
    await anna.root.locator("[data-testid=zoom-in]").click();
    await anna.root.locator("[data-testid=zoom-in]").click();
    await zoomIs(anna, 2.25);
    await zoomIs(guest, 1.5);
    await guest.root.locator("[data-testid=elsewhere] button").click();
    await zoomIs(guest, 2.25);
    await page.close();
  });

  it("[PA10] the strip shows an item to everybody, with its marks kept", async () => {
    const { page, side, call } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    await anna.tool("rect");
    await drag(page, anna, [150, 300], [250, 400]);
    await call("show", 2);
    await guest.holds("data-item", "item-0002");
    await guest.holds("data-marks", "0");
    await guest.root.locator("[data-testid=panel-strip] [data-item=item-0001]").click();
    await anna.holds("data-item", "item-0001");
    await anna.holds("data-marks", "1");
    await page.close();
  });

  it("[PA28] a customer erases and deletes her own marks only, an agent anybody's", async () => {
    const { page, side } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    const erase = async (who: Side) => {
      await who.tool("eraser");
      await drag(page, who, [140, 350], [260, 350]);
    };
    await anna.tool("rect");
    await drag(page, anna, [150, 300], [250, 400]);
    await guest.holds("data-marks", "1");
    await erase(guest);
    await guest.tool("pen");
    await drag(page, guest, [300, 300], [350, 400]);
    await anna.holds("data-marks", "2");
    await erase(anna);
    await guest.holds("data-marks", "1");
    await page.close();
  });

  it("[PA29] a picture that did not come is asked for again when the line is back", async () => {
    const { page, side, call } = await openPanelPage(bench, { show: 0 });
    let blocked = true;
    await page.route("**/*", (route) =>
      blocked && route.request().resourceType() === "image" ? route.abort() : route.continue(),
    );
    await call("show", 1);
    await side(1).root.locator("[data-testid=panel-retry]").waitFor();
    blocked = false;
    await call("setOnline", 1, false);
    await call("setOnline", 1, true);
    await side(1).root.locator("[data-picture=ready]").waitFor();
    await page.close();
  });

  it("[PA22] a locked customer is told so, cannot draw, and may still look around", async () => {
    const { page, side, call } = await openPanelPage(bench);
    const guest = side(1);
    await guest.tool("pen");
    await call("setLocked", 1, true);
    await guest.root
      .locator("[data-testid=panel-state]", { hasText: "Anna is showing you something" })
      .waitFor();
    expect(await guest.root.locator("[data-testid=tool-pen]").isDisabled()).toBe(true);
    await drag(page, guest, [150, 300], [250, 400]);
    expect(await guest.marks()).toBe(0);
    await guest.root.locator("[data-testid=zoom-in]").click();
    await zoomIs(guest, 1.5);
    expect(await side(0).zoom()).toBe(1);
    await page.close();
  });

  it("[PA26] after a refused write the panel goes on with the document the others have", async () => {
    const { page, side, call } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    await anna.tool("rect");
    await drag(page, anna, [150, 300], [250, 400]);
    await guest.holds("data-marks", "1");
    await call("replaceDocument", 1);
    await guest.holds("data-marks", "1");
    await guest.tool("ellipse");
    await drag(page, guest, [350, 300], [450, 400]);
    await anna.holds("data-marks", "2");
    await page.close();
  });

  it("[PA27] what was drawn offline arrives when the line is back", async () => {
    const { page, side, call } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    await call("setOnline", 1, false);
    await guest.root.locator("[data-testid=panel-state]", { hasText: "You are offline" }).waitFor();
    await guest.holds("data-synced", "false");
    await guest.tool("arrow");
    await drag(page, guest, [150, 300], [250, 400]);
    await guest.holds("data-marks", "1");
    expect(await anna.marks()).toBe(0);
    await call("setOnline", 1, true);
    await anna.holds("data-marks", "1");
    await page.close();
  });

  it("[PA20] the laser and the cursor carry a name and leave no mark", async () => {
    const { page, side } = await openPanelPage(bench);
    const [anna, guest] = [side(0), side(1)];
    await anna.tool("laser");
    await drag(page, anna, [150, 300], [350, 400]);
    await guest.stage.getByText("Anna", { exact: true }).waitFor({ state: "attached" });
    expect(await guest.marks()).toBe(0);
    await page.close();
  });
});
