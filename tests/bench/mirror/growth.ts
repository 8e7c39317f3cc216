/** A page that grows by thousands of nodes at once: how long its main thread is blocked. */
import type { Browser } from "playwright-core";
import { traced } from "./main-thread";
import type { Session } from "./session";

/** Lines that together are 7,500 nodes. */
const LINES = 2_500;

/** @returns milliseconds of the longest task, the page's own work in it included */
export async function growAtOnce(browser: Browser, session: Session): Promise<number> {
  const tasks = await traced(browser, "growth", async () => {
    await session.shop.evaluate((count) => {
      performance.mark("growth");
      window.shop.more(count);
    }, LINES);
    await session.settle();
  });
  return tasks.longest;
}
