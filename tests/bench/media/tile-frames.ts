/** How a picture of 102 megapixels moves while its tiles come: the real panel in Chromium. */
import { chromium } from "playwright-core";
import { serveHarness } from "../../panel-harness/serve";
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

export async function tileFrameRows(rounds: number, say: (what: string) => void): Promise<Row[]> {
  const server = await serveHarness("page.tsx");
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  const frames = { pan: [] as number[], zoom: [] as number[] };
  try {
    for (let round = 0; round < rounds; round++) {
      say("panning and zooming over tiles");
      const page = await openPage(browser, `${server.url}/?sides=1`);
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
      for (const kind of ["pan", "zoom"] as const) frames[kind].push(await gesture(page, kind));
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return (["pan", "zoom"] as const).flatMap((kind) => {
    const frame = median(frames[kind]);
    const common = { peers: {}, ratio: null };
    return [
      {
        figure: `${kind} over tiles, frames a second`,
        unit: "1/s",
        ours: 1_000 / frame,
        ...common,
        target: null,
      },
      {
        figure: `${kind} over tiles, median frame`,
        unit: "ms",
        ours: frame,
        ...common,
        target: TARGET_FRAME_MS,
      },
    ];
  });
}
