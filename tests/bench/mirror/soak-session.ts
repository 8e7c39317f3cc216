/** A page that never rests and a desk that watches it, each in a process of its own, joined by the relay in a third. */
import { randomUUID } from "node:crypto";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { startServer } from "../sync/server-process";
import type { Relay } from "./relay";
import { pause } from "./session";
import type {} from "./shop.page";
import type { Seat, Seen } from "./soak-ends";

export interface End {
  readonly page: Page;
  readonly probe: CDPSession;
}

export interface SoakSession {
  readonly shop: End;
  readonly desk: End;
  /** The customer shares, the agent watches; resolves when she sees the page. @throws Error when she does not */
  join(): Promise<void>;
  /** What the desk has seen since it was asked last. @throws Error when something failed in a page */
  seen(): Promise<Seen>;
  /** Bytes in use by the relay's process, once garbage is collected. */
  serverHeap(): Promise<number>;
  close(): Promise<void>;
}

const VIEWPORT = { width: 1280, height: 800 };
/** Milliseconds until the desk has to show the page, and between two looks. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 100;

/** @param files who serves the pages; what is mirrored goes by a relay of its own */
export async function openSoak(browser: Browser, files: Relay, cards: number): Promise<SoakSession> {
  const relay = await startServer("mirror", [], null);
  const contexts: BrowserContext[] = [];
  const failed: string[] = [];
  const open = async (address: string): Promise<End> => {
    const context = await browser.newContext({ viewport: VIEWPORT });
    contexts.push(context);
    const page = await context.newPage();
    page.on("pageerror", (error) => failed.push(error.message));
    await page.addInitScript("globalThis.__name = (value) => value");
    await page.goto(address);
    return { page, probe: await context.newCDPSession(page) };
  };
  const shop = await open(`${files.shop}/${cards}`);
  const desk = await open(`${files.desk}/soak`);
  const conversationId = randomUUID();
  const seat = (token: string): Seat => ({ relay: relay.urlFor(0), conversationId, token });
  const seen = async () => {
    if (failed.length > 0) throw new Error(`a page failed: ${failed.join(", ")}`);
    return desk.page.evaluate(() => window.seen());
  };
  return {
    shop,
    desk,
    seen,
    async join() {
      await shop.page.addScriptTag({ url: "/customer-soak.js" });
      await shop.page.evaluate((given) => window.share(given), seat("customer"));
      await desk.page.evaluate((given) => window.watch(given), seat("agent"));
      const end = performance.now() + PATIENCE_MS;
      while ((await seen()).ticker === "") {
        if (performance.now() > end) throw new Error("the desk does not see the page");
        await pause(LOOK_MS);
      }
    },
    serverHeap: async () => (await relay.measure(true)).heapBytes,
    async close() {
      for (const context of contexts) await context.close();
      await relay.stop();
    },
  };
}
