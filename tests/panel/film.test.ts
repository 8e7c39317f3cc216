import type { Page } from "playwright-core";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HarnessServer, serveHarness } from "../panel-harness/serve";

let server: HarnessServer;
let browser: Browser;
const errors: string[] = [];

beforeAll(async () => {
  server = await serveHarness("film-page.tsx");
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
});
afterAll(async () => {
  await browser.close();
  await server.close();
  expect(errors).toEqual([]);
});

async function openFilm(query = "", size = { width: 1440, height: 900 }): Promise<Page> {
  const page = await browser.newPage({ viewport: size });
  page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
  await page.addInitScript("globalThis.__name = (value) => value");
  await page.goto(`${server.url}/${query}`);
  await page.locator("[data-testid=film-slider]").waitFor();
  return page;
}

/** Stands at this moment, seconds from the conversation's beginning, by the list of moments and the arrow keys alone. */
async function seek(page: Page, at: number): Promise<void> {
  await page.evaluate((at) => {
    const slider = document.querySelector<HTMLInputElement>("[data-testid=film-slider]");
    const { filmHarness } = globalThis as unknown as { filmHarness: { toFilm(at: number): number } };
    if (!slider) throw new Error("no slider");
    slider.value = String(filmHarness.toFilm(at));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }, at * 1_000);
}

const stage = (page: Page) => page.locator("[data-testid=panel-stage]");
const marks = async (page: Page) => Number(await stage(page).getAttribute("data-marks"));
const holds = (page: Page, count: number) =>
  page.locator(`[data-testid=panel-stage][data-marks="${count}"]`).waitFor();
const position = (page: Page) =>
  page.locator("[data-testid=film-slider]").evaluate((slider: HTMLInputElement) => Number(slider.value));

/** How many pixels of the settled marks are painted. */
const painted = (page: Page) =>
  page.locator("[data-panel-settled] canvas").evaluateAll((canvases) =>
    canvases
      .filter((canvas) => canvas instanceof HTMLCanvasElement && canvas.style.visibility !== "hidden")
      .reduce((sum, canvas) => {
        if (!(canvas instanceof HTMLCanvasElement)) return sum;
        const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        let count = 0;
        for (let index = 3; index < data.length; index += 4) if (data[index] !== 0) count += 1;
        return sum + count;
      }, 0),
  );

/** A machine that is busy with other tests takes its time. */
const eventually = <T>(value: () => Promise<T>) => expect.poll(value, { timeout: 15_000 });

describe("a conversation as a film", () => {
  it("[RE5] a stroke is there from its time on, and not before", async () => {
    const page = await openFilm();
    await seek(page, 19.9);
    await stage(page).and(page.locator("[data-picture=ready]")).waitFor();
    await holds(page, 0);
    expect(await painted(page)).toBe(0);
    await seek(page, 20);
    await holds(page, 1);
    await eventually(() => painted(page)).toBeGreaterThan(100);
    const one = await painted(page);
    await seek(page, 21.5);
    await holds(page, 2);
    await eventually(() => painted(page)).toBeGreaterThan(one * 1.2);
    // Back again: what came later is gone.
    await seek(page, 20.5);
    await holds(page, 1);
    // A pixel at an edge may be painted or not.
    await eventually(async () => Math.abs((await painted(page)) - one)).toBeLessThan(one * 0.05);
    await page.close();
  });

  it("[RE5] what was said and seen by then stands beside it, and nothing of later", async () => {
    const page = await openFilm();
    const chat = page.locator("[data-testid=film-chat]");
    const side = page.locator("[data-testid=film-side]");
    await side.getByText("White shirt").waitFor();
    expect(await chat.getByText("Is the zip strong enough?").count()).toBe(0);
    await seek(page, 5);
    await chat.getByText("Is the zip strong enough?").waitFor();
    await side.getByText("Leather boots").waitFor();
    expect(await chat.getByText("Very strong").count()).toBe(0);
    await page.keyboard.press("End");
    await page.locator("[data-testid=film-slider]").focus();
    await page.keyboard.press("End");
    await page.locator("[data-testid=film-order]", { hasText: "A-1001" }).waitFor();
    await chat.getByText("Very strong, look here.").waitFor();
    await page.close();
  });

  it("[RE16] never begins by itself; plays faster when told, and stands at its end", async () => {
    const page = await openFilm();
    await page.locator("[data-testid=film-play][aria-label=Play]").waitFor();
    expect(await position(page)).toBe(0);
    await page.locator("[data-testid=film-rate-4]").click();
    await page.locator("[data-testid=film-play]").click();
    await eventually(() => position(page)).toBeGreaterThan(4_000);
    await page.locator("[data-testid=film-play][aria-label=Pause]").waitFor();
    await page.locator("[data-testid=film-slider]").press("End");
    await page.locator("[data-testid=film-play][aria-label=Play]").waitFor();
    await page.close();
  });

  it("[RE15] skipping idle times or not, one stays at the moment that one sees; a day is passed over in words", async () => {
    const page = await openFilm();
    await seek(page, 21.5);
    await holds(page, 2);
    const skipped = await position(page);
    const wall = () => page.locator("[data-testid=film-time] span").last().textContent();
    const before = await wall();
    await page.locator("[data-testid=film-skip-idle]").click();
    await eventually(() => position(page)).toBeGreaterThan(skipped);
    expect(await wall()).toBe(before);
    expect(await marks(page)).toBe(2);
    // Between the cart and the order a day later.
    await seek(page, 40_000);
    await page.locator("[data-testid=film-later]", { hasText: "1 day later" }).waitFor();
    await page.close();
  });

  it("[RE21] by keyboard alone: play, five seconds, from moment to moment, faster", async () => {
    const page = await openFilm();
    const slider = page.locator("[data-testid=film-slider]");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await eventually(() => position(page)).toBe(5_000);
    await page.keyboard.press("ArrowLeft");
    await eventually(() => position(page)).toBe(0);
    for (let press = 0; press < 2; press += 1) await page.keyboard.press("Shift+ArrowRight");
    await page
      .locator('[data-testid=film-moment][aria-current="true"]', { hasText: "First product" })
      .waitFor();
    await page.keyboard.press(">");
    await page.locator("[data-testid=film-rate-2][aria-pressed=true]").waitFor();
    await page.keyboard.press("k");
    await page.locator("[data-testid=film-play][aria-label=Pause]").waitFor();
    await page.keyboard.press(" ");
    await page.locator("[data-testid=film-play][aria-label=Play]").waitFor();
    expect(await slider.getAttribute("aria-valuetext")).toMatch(/^\d+:\d\d of \d+:\d\d$/);
    const unnamed = await page
      .locator("[data-testid=film] button:not([tabindex='-1']), [data-testid=film] input")
      .evaluateAll((all) =>
        all
          .filter((one) => !one.getAttribute("aria-label") && !one.textContent?.trim() && !one.id)
          .map((one) => one.outerHTML),
      );
    expect(unnamed).toEqual([]);
    await page.close();
  });

  it("[RE19] there is no tool, and nothing one does draws", async () => {
    const page = await openFilm();
    await seek(page, 20);
    await holds(page, 1);
    expect(await page.locator("[data-testid^=tool-], [data-testid=undo]").count()).toBe(0);
    const box = await stage(page).boundingBox();
    if (!box) throw new Error("no stage");
    await page.mouse.move(box.x + 100, box.y + 200);
    await page.mouse.wheel(0, -300);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 260, { steps: 4 });
    await page.mouse.up();
    for (const key of ["p", "Delete", "Control+z", "Enter"]) await page.keyboard.press(key);
    // Whoever moves looks alone, and goes back when she likes.
    await page.getByRole("button", { name: "Back to the film" }).click();
    await holds(page, 1);
    await page.close();
  });

  it("[RE10] a covered photo stays covered until it is asked for", async () => {
    const page = await openFilm();
    await seek(page, 38);
    await page.locator("[data-testid=panel-covered]").waitFor();
    const asked = page.waitForRequest(/\/uncover$/);
    await page.locator("[data-testid=panel-uncover]").click();
    expect((await asked).method()).toBe("POST");
    await page.locator("[data-testid=panel-stage][data-picture=ready]").waitFor();
    await page.close();
  });

  it("[RE20] a video stands when the film stands, and runs when it runs", async () => {
    const page = await openFilm("?video");
    await page.locator("[data-testid=film-skip-idle]").click();
    await seek(page, 14);
    const video = page.locator("[data-testid=panel-stage] video");
    const place = () => video.evaluate((one: HTMLVideoElement) => one.currentTime);
    const stands = () => video.evaluate((one: HTMLVideoElement) => one.paused);
    await eventually(place).toBeCloseTo(2, 1);
    expect(await stands()).toBe(true);
    await page.locator("[data-testid=film-play]").click();
    await eventually(stands).toBe(false);
    await eventually(place).toBeGreaterThan(2.3);
    await page.locator("[data-testid=film-play]").click();
    await eventually(stands).toBe(true);
    expect(await page.locator("[data-testid=video-controls]").count()).toBe(0);
    await page.close();
  });

  it("[RE11] an erased photo is gone, in words", async () => {
    const page = await openFilm();
    await seek(page, 33);
    await page.locator("[data-testid=film-erased]", { hasText: "This photo was erased." }).waitFor();
    await page.locator("[data-testid=film-chat]").getByText("This photo was erased.").waitFor();
    await page.close();
  });

  it("[RE3, RE16] a link opens at its passage, which is played to its end", async () => {
    const page = await openFilm("?from=20&to=21.6");
    await holds(page, 1);
    await page.locator("[data-testid=film-band]").waitFor();
    await page.locator("[data-testid=film-play][aria-label=Play]").waitFor();
    await page.getByRole("button", { name: "Play passage" }).click();
    await holds(page, 2);
    await page.locator("[data-testid=film-play][aria-label=Play]").waitFor();
    expect(await marks(page)).toBe(2);
    await page.close();
  });

  it("[RE3] a passage is chosen where one stands, and its link names two times", async () => {
    const page = await openFilm();
    await seek(page, 20);
    await holds(page, 1);
    await page.locator("[data-testid=film-choose]").click();
    await seek(page, 23);
    await holds(page, 3);
    await page.locator("[data-testid=film-to]").click();
    await page.locator("[data-testid=film-name]").fill("The zip");
    await page.locator("[data-testid=film-keep]").click();
    await page.locator("[data-testid=film-kept]", { hasText: "The zip" }).waitFor();
    const [kept] = await page.evaluate(
      () =>
        (globalThis as unknown as { filmHarness: { kept: { from: number; to: number }[] } }).filmHarness.kept,
    );
    expect(kept).toMatchObject({ name: "The zip", from: 20_000, to: 23_000 });
    await page.close();
  });

  it("[RE4] an agent is offered the link, but not to save it", async () => {
    const page = await openFilm("?agent");
    await page.locator("[data-testid=film-choose]").click();
    await page.locator("[data-testid=film-copy]").waitFor();
    expect(await page.locator("[data-testid=film-keep]").count()).toBe(0);
    await page.close();
  });

  it("[RE21] fits a phone, upright, without scrolling sideways", async () => {
    const page = await openFilm("", { width: 390, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await page.locator("[data-testid=film-play]").click();
    await eventually(() => position(page)).toBeGreaterThan(0);
    await page.close();
  });
});
