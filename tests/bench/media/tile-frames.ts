/**
 * How a picture of 102 megapixels moves while its tiles come: the real panel in Chromium, against one picture on one canvas
 * of the same size, in turns. Without a graphics card the browser paints each frame itself: that is what no page gets below.
 */
import { type Browser, chromium } from "playwright-core";
import { type Studio, serveHarness } from "../../panel-harness/serve";
import { gesture, openPage, TARGET_FRAME_MS } from "../gesture";
import { median, type Row } from "../table";

/** The number of the harness' picture of 102 megapixels. */
const STUDIO = 6;
const STAGE = "[data-testid=panel-stage]";
/** Zoomed in so far that two levels of tiles are needed in turn. */
const FROM_ZOOM = 4;

interface Globals {
  harness: { show(digit: number): void };
}

type Frames = Record<"pan" | "zoom", number>;

/** Milliseconds of a frame, median. */
async function overTiles(browser: Browser, url: string): Promise<Frames> {
  const page = await openPage(browser, `${url}/?sides=1`);
  await page.waitForSelector(STAGE);
  await page.evaluate((digit) => {
    (globalThis as unknown as Globals).harness.show(digit);
  }, STUDIO);
  await page.waitForSelector(`${STAGE}[data-picture=ready]`);
  await page.mouse.move(720, 450);
  const zoom = async () => Number(await page.getAttribute(STAGE, "data-zoom"));
  while ((await zoom()) < FROM_ZOOM) {
    await page.mouse.wheel(0, -350);
    await page.waitForTimeout(400);
  }
  await page.waitForSelector("[data-testid=panel-tiles][data-sharp=true]");
  const frames = { pan: await gesture(page, "pan"), zoom: await gesture(page, "zoom") };
  await page.close();
  return frames;
}

async function overOnePicture(browser: Browser, url: string): Promise<Frames> {
  const page = await openPage(browser, url);
  await page.waitForSelector("body[data-ready=true]");
  const frames = { pan: await gesture(page, "pan"), zoom: await gesture(page, "zoom") };
  await page.close();
  return frames;
}

export async function tileFrameRows(
  studio: Studio,
  rounds: number,
  say: (what: string) => void,
): Promise<Row[]> {
  const panel = await serveHarness("page.tsx", studio);
  const bare = await serveHarness("bare-picture.ts");
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  const ours: Frames[] = [];
  const floor: Frames[] = [];
  try {
    say("loading tiles");
    await overTiles(browser, panel.url);
    for (let round = 0; round < rounds; round++) {
      say("panning and zooming over tiles");
      ours.push(await overTiles(browser, panel.url));
      floor.push(await overOnePicture(browser, bare.url));
    }
  } finally {
    await browser.close();
    await panel.close();
    await bare.close();
  }
  return (["pan", "zoom"] as const).flatMap((kind) => {
    const frame = median(ours.map((frames) => frames[kind]));
    const least = median(floor.map((frames) => frames[kind]));
    return [
      {
        figure: `${kind} over tiles, frames a second`,
        unit: "1/s",
        ours: 1_000 / frame,
        peers: { "one picture on a canvas": 1_000 / least },
        ratio: null,
        target: null,
      },
      {
        figure: `${kind} over tiles, median frame`,
        unit: "ms",
        ours: frame,
        peers: { "one picture on a canvas": least },
        ratio: null,
        target: TARGET_FRAME_MS,
      },
    ];
  });
}
