/** One browser and one harness page for a test file, with the moves that its tests share. */
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { type HarnessServer, serveHarness } from "../panel-harness/serve";

interface HarnessApi {
  show(digit: number): void;
  /** Takes it off the panel, as the server does. */
  remove(digit: number): void;
  uncover(digit: number): void;
  fill(count: number, digit?: number): void;
  addOne(seed: number): void;
  marks(
    side: number,
  ): Record<
    string,
    { kind: string; text?: string; moment?: number; x: number; y: number; w: number; h: number }
  >;
  /** The whole document. */
  update(side: number): number[];
  setOnline(side: number, online: boolean): void;
  /** Leaves the page, or comes as a newcomer. */
  setThere(side: number, there: boolean): void;
  /** As somebody else does, who is not on this page. */
  play(digit: number): void;
  setLocked(side: number, locked: boolean): void;
  replaceDocument(side: number): void;
}

export interface Bench {
  readonly server: HarnessServer;
  readonly browser: Browser;
  /** What pages threw; `close` fails when there is any. */
  readonly errors: string[];
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const server = await serveHarness();
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  const errors: string[] = [];
  return {
    server,
    browser,
    errors,
    async close() {
      await browser.close();
      await server.close();
      if (errors.length > 0) throw new Error(`pages threw:\n${errors.join("\n")}`);
    },
  };
}

export interface PanelPage {
  readonly page: Page;
  side(index: 0 | 1): Side;
  call<Name extends keyof HarnessApi>(
    name: Name,
    ...args: Parameters<HarnessApi[Name]>
  ): Promise<ReturnType<HarnessApi[Name]>>;
}

export interface Side {
  readonly root: Locator;
  readonly stage: Locator;
  tool(name: string): Promise<void>;
  /** Waits until the stage carries this. */
  holds(attribute: "data-marks" | "data-item" | "data-synced", value: string): Promise<void>;
  zoom(): Promise<number>;
  box(): Promise<{ x: number; y: number; width: number; height: number }>;
  marks(): Promise<number>;
}

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly touch?: boolean;
  readonly query?: string;
  /** A number of the picture shown at the start; 0 for none. */
  readonly show?: number;
}

export async function openPanelPage(bench: Bench, options: PageOptions = {}): Promise<PanelPage> {
  const context = await bench.browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    hasTouch: options.touch ?? false,
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => bench.errors.push(error.stack ?? error.message));
  await page.addInitScript("globalThis.__name = (value) => value");
  await page.goto(`${bench.server.url}/${options.query ?? ""}`);
  const sides = options.query?.includes("sides=1") ? 1 : 2;
  await page
    .locator("[data-testid=panel-stage]")
    .nth(sides - 1)
    .waitFor();
  const opened: PanelPage = {
    page,
    side: (index) => sideOf(page, index),
    call: (name, ...args) =>
      page.evaluate(
        ({ name, args }) => {
          const { harness } = globalThis as unknown as {
            harness: Record<string, (...args: unknown[]) => unknown>;
          };
          return harness[name]?.(...args);
        },
        { name, args },
      ) as Promise<never>,
  };
  const show = options.show ?? 1;
  if (show > 0) {
    await opened.call("show", show);
    await page.waitForFunction(
      (count) => document.querySelectorAll("[data-picture=ready]").length === count,
      sides,
    );
  }
  return opened;
}

function sideOf(page: Page, index: 0 | 1): Side {
  const root = page.locator(`#side-${index}`);
  const stage = root.locator("[data-testid=panel-stage]");
  return {
    root,
    stage,
    tool: (name) => root.locator(`[data-testid=tool-${name}]`).click(),
    async holds(attribute, value) {
      await root.locator(`[data-testid=panel-stage][${attribute}="${value}"]`).waitFor({ timeout: 10_000 });
    },
    zoom: async () => Number(await stage.getAttribute("data-zoom")),
    marks: async () => Number(await stage.getAttribute("data-marks")),
    async box() {
      const box = await stage.boundingBox();
      if (!box) throw new Error("the stage is not laid out");
      return box;
    },
  };
}

/** Draws with the mouse from one place of a side's stage to another. */
export async function drag(
  page: Page,
  side: Side,
  from: [number, number],
  to: [number, number],
): Promise<void> {
  const box = await side.box();
  await page.mouse.move(box.x + from[0], box.y + from[1]);
  await page.mouse.down();
  await page.mouse.move(box.x + (from[0] + to[0]) / 2, box.y + (from[1] + to[1]) / 2, { steps: 4 });
  await page.mouse.move(box.x + to[0], box.y + to[1], { steps: 4 });
  await page.mouse.up();
}
