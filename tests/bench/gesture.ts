/** A hand on a trackpad, and how long a page's frames take meanwhile. */
import type { Browser, Page } from "playwright-core";
import { median } from "./table";

const GESTURE_MS = 2_500;
/** 50 frames a second. */
export const TARGET_FRAME_MS = 20;

/** tsx names inner functions by a helper that pages do not have. */
export async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript("globalThis.__name = (value) => value");
  await page.goto(address);
  return page;
}

/** One wheel step in every frame, as a hand on a trackpad gives them; the frames' lengths, median. */
export function gesture(page: Page, kind: "pan" | "zoom"): Promise<number> {
  return page
    .evaluate(
      ({ kind, lastingMs }) =>
        new Promise<number[]>((resolve) => {
          const target = document.elementFromPoint(720, 400);
          const frames: number[] = [];
          let last = performance.now();
          const end = last + lastingMs;
          const step = (now: number) => {
            frames.push(now - last);
            last = now;
            if (now > end) return resolve(frames.slice(3));
            const forward = Math.floor(frames.length / 25) % 2 === 0 ? 1 : -1;
            const delta = kind === "zoom" ? forward * -35 : forward * 14;
            const where = { clientX: 720, clientY: 400, bubbles: true, cancelable: true };
            target?.dispatchEvent(
              new WheelEvent("wheel", { ...where, deltaY: delta, shiftKey: kind === "pan" }),
            );
            requestAnimationFrame(step);
          };
          requestAnimationFrame(step);
        }),
      { kind, lastingMs: GESTURE_MS },
    )
    .then(median);
}
