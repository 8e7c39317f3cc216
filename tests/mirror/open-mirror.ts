/**
 * A shop's page and a desk: the capture's frames go from one to the other, byte for byte. The desk's browser is Chromium, and
 * the customer's too, unless a test brings her another.
 */
import { isDeepStrictEqual } from "node:util";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import type { OpenCustomer } from "./customers-browser";
import type {} from "./desk.page";
import type { Desk, Feature } from "./feature";
import { differingShare } from "./pixels";
import { type ShopServer, serveShop } from "./serve-shop";

export interface Mirror extends Desk {
  readonly browser: Browser;
  readonly server: ShopServer;
  /** Opens the feature's page, starts the capture and waits until the desk shows it. */
  open(feature: Feature): Promise<void>;
  check(feature: Feature): Promise<void>;
  /** Everything that went over the line since the page was opened. */
  readonly frames: readonly string[];
  deliver(base64: string): Promise<void>;
  close(): Promise<void>;
}

type Shown = Pick<Feature, "look" | "is">;

const VIEWPORT = { width: 800, height: 600 };
/** Milliseconds within which the desk must show what happened. */
const PATIENCE_MS = 15_000;
/** Milliseconds between two looks. */
const LOOK_MS = 15;

/** Fields that are shown have this class. */
const RULES = { show: [".shown"] };

export async function openMirror(openCustomer?: OpenCustomer): Promise<Mirror> {
  const server = await serveShop();
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  const errors: string[] = [];
  const openPage = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: VIEWPORT });
    const page = await context.newPage();
    page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
    await page.addInitScript("globalThis.__name = (value) => value");
    return page;
  };
  const desk = await openPage();
  await desk.goto(`${server.desk}/`);
  const asked: string[] = [];
  desk.on("request", (request) => asked.push(request.url()));
  const frames: string[] = [];
  let epoch = 0;
  let line = Promise.resolve();
  let served = 0;
  const deliver = (frame: string) => desk.evaluate((base64) => window.desk.receive(base64), frame);
  const openInChromium: OpenCustomer = async ({ script, onFrame }) => {
    const page = await openPage();
    await page.exposeBinding("sendFrame", (_, frame: string) => onFrame(frame));
    await page.addInitScript(script);
    return page;
  };
  const shop = await (openCustomer ?? openInChromium)({
    viewport: VIEWPORT,
    script: server.lookScript,
    onError: (error) => errors.push(error),
    onFrame(frame) {
      frames.push(frame);
      // In order, whatever the pages do meanwhile.
      line = line.then(() => deliver(frame));
    },
  });

  const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
    const started = performance.now();
    while (!(await isSo())) {
      if (performance.now() - started > PATIENCE_MS) throw new Error(`waited in vain until ${what}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  };
  /** What the desk asks for, the shop's page sends. */
  const serveAssets = async () => {
    const wanted = await desk.evaluate((from) => window.desk.told.wanted.slice(from), served);
    served += wanted.length;
    if (wanted.length > 0)
      await shop.evaluate((keys) => {
        for (const key of keys) window.capture?.sendAsset(key);
      }, wanted);
  };
  const inShop = (code: string): Promise<unknown> => shop.evaluate(`(${code})(window.look(document))`);
  const inReplica = (code: string): Promise<unknown> =>
    desk.evaluate(`(() => { try { return (${code})(window.look(document.querySelector("iframe").contentDocument)) }
      catch (error) { return String(error) } })()`);

  /** Waits until a side shows what it must. */
  const shows = async (side: string, read: (code: string) => Promise<unknown>, { look, is }: Shown) => {
    let seen: unknown;
    const started = performance.now();
    do {
      await serveAssets();
      seen = await read(String(look));
      if (isDeepStrictEqual(seen, is)) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    } while (performance.now() - started < PATIENCE_MS);
    expect(seen, side).toEqual(is);
  };
  const sees: Desk["sees"] = (shown) => shows("on the replica", inReplica, shown);
  const start = async (rules: unknown) => {
    epoch += 1;
    await shop.evaluate(server.shopScript);
    await shop.evaluate(([given, number]) => window.startCapture(given, number), [rules, epoch] as const);
  };
  const isShown = () => desk.evaluate((of) => window.desk.told.applied[0] === of, epoch);

  const mirror: Mirror = {
    browser,
    server,
    page: desk,
    shopPage: shop,
    addresses: server,
    frames,
    deliver,
    until,
    sees,
    facts: () => desk.evaluate(() => window.desk.told.page),
    cursor: () => desk.evaluate(() => window.desk.told.cursor),
    requestsOfDesk: async () => asked.filter((url) => !/^(blob|data):/.test(url)),
    restart: () => start(RULES),
    async joinLate() {
      const before = frames.length;
      await desk.evaluate(() => {
        window.desk.viewer.wipe();
        window.desk.told.wanted.length = 0;
      });
      served = 0;
      await shop.evaluate(() => window.capture?.sendFull());
      await until("everything is told again", async () => frames.length > before);
    },
    async open(feature) {
      server.serve(feature);
      await shop.evaluate(() => window.capture?.close());
      await shop.mouse.move(0, 0);
      await line;
      await desk.evaluate(() => {
        window.desk.viewer.wipe();
        window.desk.told.wanted.length = 0;
        window.desk.told.resyncs.length = 0;
      });
      served = 0;
      frames.length = 0;
      asked.length = 0;
      await shop.setViewportSize(VIEWPORT);
      await shop.goto(`${server.shop}/`);
      await start(feature.rules ?? RULES);
      await until("the desk shows the page", isShown);
    },
    async check(feature) {
      await mirror.open(feature);
      if (feature.act) await inShop(String(feature.act));
      await feature.drive?.(shop, server);
      await sees(feature);
      // An animation may still run there that has ended here.
      if (!feature.onlyReplica) await shows("on the page", inShop, feature);
      await feature.also?.(mirror);
      if (feature.pixels !== undefined) {
        const share = feature.pixels;
        let differing = 1;
        await until(`at most ${share} of the pixels differ`, async () => {
          await serveAssets();
          differing = await differingShare(await shop.screenshot(), await desk.screenshot());
          return differing <= share;
        }).catch(() => expect(differing, "share of pixels that differ").toBeLessThanOrEqual(share));
      }
      const resyncs = await desk.evaluate(() => window.desk.told.resyncs.length);
      expect(resyncs, "times that the viewer was lost").toBe(0);
      expect(errors.splice(0), "what pages threw").toEqual([]);
    },
    async close() {
      await shop.close();
      await line;
      await browser.close();
      await server.close();
    },
  };
  return mirror;
}
