/** One mirror: a shop's page and a desk, each in a process of its own, joined by the relay. */
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import type {} from "./ends";
import type { Message, Relay } from "./relay";
import type {} from "./shop.page";
import { isOfThePage } from "./wire-bytes";

/** Who mirrors; nobody: what the page costs by itself. */
export type Engine = "ours" | "rrweb" | "page alone";

export interface Session {
  readonly engine: Engine;
  readonly shop: Page;
  readonly shopProbe: CDPSession;
  /** Null when nobody mirrors. */
  readonly desk: { readonly page: Page; readonly probe: CDPSession } | null;
  sent(): readonly Message[];
  /** Begins to mirror, and waits until the desk shows all of it. */
  start(): Promise<void>;
  /** Waits until the customer's end has told everything. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const VIEWPORT = { width: 1280, height: 800 };
/** Milliseconds without a message after which everything is told. */
const SILENCE_MS = 600;
const PATIENCE_MS = 20_000;
const LOOK_MS = 20;

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(LOOK_MS);
  }
}

let sessions = 0;

/** @param cards of the shop's list */
export async function openSession(
  browser: Browser,
  relay: Relay,
  engine: Engine,
  cards: number,
): Promise<Session> {
  const session = String(++sessions);
  const contexts: BrowserContext[] = [];
  const open = async (address: string) => {
    const context = await browser.newContext({ viewport: VIEWPORT });
    contexts.push(context);
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(`${engine}: ${error.message}`));
    await page.addInitScript("globalThis.__name = (value) => value");
    await page.goto(address);
    return { page, probe: await context.newCDPSession(page) };
  };
  const [shop, desk] = await Promise.all([
    open(`${relay.shop}/${cards}#${session}`),
    engine === "page alone" ? null : open(`${relay.desk}/${engine}#${session}`),
  ]);
  if (desk) {
    await shop.page.addScriptTag({ url: `/customer-${engine}.js` });
    await until("both ends are there", () => relay.isJoined(session));
  }
  const sent = () => relay.sent(session);
  const settle = () => {
    let [count, since] = [-1, performance.now()];
    return until("everything is told", () => {
      const now = sent().filter(isOfThePage).length;
      if (now !== count) [count, since] = [now, performance.now()];
      return performance.now() - since > SILENCE_MS;
    });
  };
  return {
    engine,
    shop: shop.page,
    shopProbe: shop.probe,
    desk,
    sent,
    settle,
    async start() {
      if (!desk) return;
      await shop.page.evaluate(() => {
        performance.mark("mirror-start");
        window.customerEnd.start();
      });
      await until("the desk shows the page", () =>
        desk.page.evaluate((count) => {
          const replica = window.deskEnd.document();
          return (
            replica?.querySelectorAll(".card").length === count && replica.getElementById("end") !== null
          );
        }, cards),
      );
      await settle();
    },
    async close() {
      for (const context of contexts) await context.close();
    },
  };
}
