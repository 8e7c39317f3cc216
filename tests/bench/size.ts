/**
 * npm run bench:size: what a shopper's browser downloads (gzipped JavaScript, as really requested by Chromium),
 * how long a warm start takes, and how much memory an idle installation keeps.
 */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Page, Response } from "playwright-core";
import { waitForItem } from "../e2e/support/panel";
import {
  accept,
  launchBrowser,
  openFrame,
  openMember,
  openShopper,
  say,
  showFirstProduct,
} from "../e2e/support/people";
import { startInstallation } from "../support/installation";
import { report } from "./table";

const KB = 1_000;
/** Budgets of the product, in KB gzipped. */
const LOADER_BUDGET = 10;
const FRAME_BUDGET = 140;
const PANEL_BUDGET = 130;
const WARM_START_BUDGET_S = 10;

function countScripts(page: Page): () => Promise<Map<string, number>> {
  const sizes = new Map<string, Promise<number>>();
  page.on("response", (response: Response) => {
    if (response.request().resourceType() !== "script" || sizes.has(response.url())) return;
    sizes.set(
      response.url(),
      response.body().then(
        (body) => gzipSync(body).length,
        () => 0,
      ),
    );
  });
  return async () => {
    const done = new Map<string, number>();
    for (const [url, size] of sizes) done.set(url, await size);
    return done;
  };
}

/** Resident kilobytes of a process and all it started, from /proc. */
function residentKb(pid: number): number {
  const read = (path: string) => readFileSync(path, "utf8");
  const own = Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(" ").filter(Boolean).map(Number);
  return children.reduce((sum, child) => sum + residentKb(child), own);
}

const installation = await startInstallation();
const firstMemoryMb = residentKb(installation.pid()) / 1_024;
const browser = await launchBrowser();
const { demo } = installation;
const agent = await openMember(browser, { ...demo, realData: "" }, demo.agent);
const shopper = await openShopper(browser, "about:blank");
const scripts = countScripts(shopper.page);
await shopper.page.goto(demo.shopUrl);
await openFrame(shopper);
await say(shopper.frame, "Hello");
// With the agent in it: the room's code, loaded with the first message, is part of what chatting needs.
await accept(agent, "Hello");
await shopper.frame.locator('[data-testid="chat-log"] :text("will help you")').waitFor();
const before = [...(await scripts())].filter(
  ([url]) => url.startsWith(demo.baseUrl) && !url.endsWith("/vetrina.js"),
);
await showFirstProduct(agent);
await waitForItem(shopper.frame);
const known = new Set(before.map(([url]) => url));
const panel = [...(await scripts())].filter(
  ([url]) => url.startsWith(demo.baseUrl) && !url.endsWith("/vetrina.js") && !known.has(url),
);
const loader = gzipSync(readFileSync("public/vetrina.js")).length;
await browser.close();

const startedAt = performance.now();
await installation.restart();
const warmStartS = (performance.now() - startedAt) / 1_000;
const memoryMb = residentKb(installation.pid()) / 1_024;
await installation.stop();

const sum = (list: [string, number][]) => list.reduce((total, [, size]) => total + size, 0) / KB;
const row = (figure: string, unit: string, ours: number, target: number | null) => ({
  figure,
  unit,
  ours,
  peers: {},
  ratio: null,
  target,
});
const holds = await report("size", [
  row("loader, JavaScript", "KB gzipped", loader / KB, LOADER_BUDGET),
  row("frame without panel, JavaScript", "KB gzipped", sum(before), FRAME_BUDGET),
  row("panel, JavaScript", "KB gzipped", sum(panel), PANEL_BUDGET),
  row("warm start until healthy (stop included)", "s", warmStartS, WARM_START_BUDGET_S),
  row("resident memory, idle, all processes", "MB", memoryMb, null),
  row("resident memory after a first start, which draws the demo shop", "MB", firstMemoryMb, null),
]);
process.exit(holds ? 0 : 1);
