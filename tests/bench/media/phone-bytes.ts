/** What a phone is sent of a picture of 102 megapixels: by the real panel in Chromium, of its real sizes and tiles. */
import { stat } from "node:fs/promises";
import { chromium, type Page } from "playwright-core";
import { type Studio, serveHarness } from "../../panel-harness/serve";
import type { Row } from "../table";
import type { Inputs } from "./inputs";
import { bytesOfTiles } from "./studio";

/** A phone of 390 pixels, with three of its own for each. */
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, hasTouch: true, isMobile: true };
/** The number of the harness' picture of 102 megapixels. */
const STUDIO = 6;
const STAGE = "[data-testid=panel-stage]";
const CLOSE_ZOOM = 4;
/** The panel's own: a wheel's pixel zooms by so much, as a power of e. */
const ZOOM_A_PIXEL = 0.0022;
/** A second of zooming in without a rest. */
const STEPS = 25;
const STEP_MS = 40;
/** Zoom is eased: it is there when it is as near as this. */
const ZOOM_SLACK = 0.05;
const KB = 1_000;
/** Kilobytes until it is sharp: a second over a line of 4 Mbit. */
const FIT_TARGET_KB = 500;
/** Kilobytes that zooming in to 4x takes besides: the largest size, which is enough half-way, and a screen full of tiles. */
const CLOSE_TARGET_KB = 2_500;

export async function phoneRows(studio: Studio, inputs: Inputs, say: (what: string) => void): Promise<Row[]> {
  say("what a phone is sent of 102 megapixels");
  const server = await serveHarness("page.tsx", studio);
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  try {
    const page = await (await browser.newContext(PHONE)).newPage();
    const sent = listen(page);
    await page.addInitScript("globalThis.__name = (value) => value");
    await page.goto(`${server.url}/?sides=1`);
    await page.waitForSelector(STAGE);
    await page.evaluate((digit) => {
      (globalThis as unknown as { harness: { show(digit: number): void } }).harness.show(digit);
    }, STUDIO);
    await page.waitForSelector(`${STAGE}[data-picture=ready]`);
    const fit = await sent();
    await zoomTo(page, CLOSE_ZOOM);
    await page.waitForSelector('[data-testid=panel-tiles][data-sharp=true]:not([data-level=""])');
    const close = (await sent()) - fit;
    const whole = (await stat(inputs.studio)).size / KB;
    const row = (figure: string, ours: number, target: number): Row => ({
      ...{ figure: `102 MP on a 390 px phone: ${figure}`, unit: "KB", ours: ours / KB },
      ...{ peers: { "the file that was sent": whole }, ratio: null, target },
    });
    const all: Row = {
      ...{ figure: "102 MP: all tiles there are", unit: "KB", ours: (await bytesOfTiles(studio)) / KB },
      ...{ peers: { "the file that was sent": whole }, ratio: null, target: null },
    };
    return [row("at fit", fit, FIT_TARGET_KB), row("zooming in to 4x", close, CLOSE_TARGET_KB), all];
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @returns tells the bytes of all pictures and tiles so far, once they are there */
function listen(page: Page): () => Promise<number> {
  const bodies: Promise<number>[] = [];
  page.on("response", (response) => {
    if (!/^\/(picture|tile)\//.test(new URL(response.url()).pathname)) return;
    bodies.push(response.body().then((body) => body.byteLength));
  });
  return async () => (await Promise.all(bodies)).reduce((sum, bytes) => sum + bytes, 0);
}

async function zoomTo(page: Page, wanted: number): Promise<void> {
  const { width, height } = PHONE.viewport;
  await page.mouse.move(width / 2, height / 3);
  for (let step = 0; step < STEPS; step++) {
    // Chromium takes a wheel's pixels for the screen's own.
    await page.mouse.wheel(0, (-PHONE.deviceScaleFactor * Math.log(wanted)) / ZOOM_A_PIXEL / STEPS);
    await page.waitForTimeout(STEP_MS);
  }
  await page.waitForFunction(
    ({ stage, least }) => Number(document.querySelector(stage)?.getAttribute("data-zoom")) >= least,
    { stage: STAGE, least: wanted - ZOOM_SLACK },
  );
}
