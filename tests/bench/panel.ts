/**
 * How the panel moves with 2,000 marks on one picture, against the same marks as one Konva node each; and how soon a
 * remote mark is visible after its bytes arrived. Both pages run in the same browser, one after the other, in turns.
 */
import { type Browser, chromium } from "playwright-core";
import { serveHarness } from "../panel-harness/serve";
import { gesture, openPage, TARGET_FRAME_MS } from "./gesture";
import { median, report } from "./table";

const MARKS = 2_000;
const ROUNDS = 3;
const STAGE = "[data-testid=panel-stage]";

interface Globals {
  harness: {
    show(digit: number): void;
    fill(count: number): void;
    addOne(seed: number): void;
    onArrival(side: number, listener: () => void): void;
  };
}

async function ours(browser: Browser, url: string): Promise<{ pan: number; zoom: number }> {
  const page = await openPage(browser, `${url}/?sides=1`);
  await page.waitForSelector(STAGE);
  await page.evaluate((count) => {
    const { harness } = globalThis as unknown as Globals;
    harness.show(1);
    harness.fill(count);
  }, MARKS);
  await page.waitForSelector(`${STAGE}[data-picture=ready][data-marks="${MARKS}"]`);
  // Zoomed in a little first: a picture that fits cannot be panned.
  await page.mouse.move(720, 450);
  await page.mouse.wheel(0, -350);
  await page.waitForFunction(
    (stage) => Number(document.querySelector<HTMLElement>(stage)?.dataset.zoom) > 2,
    STAGE,
  );
  const panned = await gesture(page, "pan");
  const zoomed = await gesture(page, "zoom");
  await page.close();
  return { pan: panned, zoom: zoomed };
}

async function naive(browser: Browser, url: string): Promise<{ pan: number; zoom: number }> {
  const page = await openPage(browser, `${url}/?marks=${MARKS}`);
  await page.waitForSelector("body[data-ready=true]");
  const panned = await gesture(page, "pan");
  const zoomed = await gesture(page, "zoom");
  await page.close();
  return { pan: panned, zoom: zoomed };
}

/** Frames from the arrival of a mark's bytes to the frame in which its ink is on the bitmap. */
async function remoteVisible(browser: Browser, url: string): Promise<number[]> {
  const page = await openPage(browser, url);
  await page.waitForSelector(`#side-1 ${STAGE}`);
  await page.evaluate((count) => {
    const { harness } = globalThis as unknown as Globals;
    harness.show(1);
    harness.fill(count);
  }, MARKS);
  await page.waitForSelector(`#side-1 ${STAGE}[data-picture=ready][data-marks="${MARKS}"]`);
  await page.waitForTimeout(1_000);
  const frames: number[] = [];
  for (let seed = 100; seed < 120; seed++) {
    frames.push(
      await page.evaluate(
        (at) =>
          new Promise<number>((resolve) => {
            const { harness } = globalThis as unknown as Globals;
            const canvases = [
              ...document.querySelectorAll<HTMLCanvasElement>("#side-1 [data-panel-settled] canvas"),
            ];
            const bitmap = canvases.find((canvas) => canvas.style.visibility !== "hidden");
            const read = () => {
              const data =
                bitmap?.getContext("2d")?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
              let sum = 0;
              for (let index = 0; index < data.length; index += 4) sum = (sum * 31 + (data[index] ?? 0)) | 0;
              return sum;
            };
            const before = read();
            let count = 0;
            harness.onArrival(1, () => {
              harness.onArrival(1, () => undefined);
              const look = () => {
                count += 1;
                if (read() !== before || count > 60) resolve(count);
                else requestAnimationFrame(look);
              };
              requestAnimationFrame(look);
            });
            harness.addOne(at);
          }),
        seed,
      ),
    );
  }
  await page.close();
  return frames;
}

const panel = await serveHarness("page.tsx");
const peer = await serveHarness("naive-konva.ts");
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking"],
});
try {
  const mine: { pan: number; zoom: number }[] = [];
  const theirs: { pan: number; zoom: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    mine.push(await ours(browser, panel.url));
    theirs.push(await naive(browser, peer.url));
  }
  const row = (figure: string, of: "pan" | "zoom") => {
    const own = median(mine.map((each) => each[of]));
    const other = median(theirs.map((each) => each[of]));
    return [
      {
        figure: `${figure}, frames a second`,
        unit: "1/s",
        ours: 1_000 / own,
        peers: { "konva node a mark": 1_000 / other },
        ratio: null,
        target: null,
      },
      {
        figure: `${figure}, median frame`,
        unit: "ms",
        ours: own,
        peers: {},
        ratio: null,
        target: TARGET_FRAME_MS,
      },
    ];
  };
  const frames = await remoteVisible(browser, panel.url);
  const holds = await report("panel", [
    ...row(`pan ${MARKS} marks`, "pan"),
    ...row(`zoom ${MARKS} marks`, "zoom"),
    {
      figure: `remote mark visible after arrival, ${MARKS} marks (worst of ${frames.length})`,
      unit: "frames",
      ours: Math.max(...frames),
      peers: {},
      ratio: null,
      target: 1,
    },
  ]);
  process.exitCode = holds ? 0 : 1;
} finally {
  await browser.close();
  await panel.close();
  await peer.close();
}
