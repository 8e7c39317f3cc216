/** The shop's own script: what its pages do while they are mirrored. */
import { churn } from "./churn";
import { cards } from "./shop-html";

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};
/** Now, on a clock that pages have in common. */
const now = () => performance.timeOrigin + performance.now();
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds between two text changes: at least, and how much more by turns, so that no timer keeps step with them. */
const TICK_MS = 150;
const JITTER_MS = 50;
/** Milliseconds that nested documents and shadow roots stay, and after which the next ones come. */
const STAY_MS = 400;

const shop = {
  /** A single-page route: other cards, another address. */
  route(number: number, count: number) {
    history.pushState({}, "", `/list/${number}`);
    element("list").innerHTML = cards(number * 1_000, count);
  },
  /** Lines that cost the page itself little; three nodes each. */
  more(count: number) {
    const line = (_: unknown, index: number) => `<li><b>Review ${index}, four stars</b></li>`;
    element("more").innerHTML = Array.from({ length: count }, line).join("");
  },
  /** @returns when each text was set */
  async countDown(times: number): Promise<number[]> {
    const stock = element("stock");
    const at: number[] = [];
    for (let index = 0; index < times; index++) {
      await pause(TICK_MS + ((index * 37) % JITTER_MS));
      at.push(now());
      stock.textContent = `Only ${index} left`;
    }
    return at;
  },
  /** Never rests from now on. */
  churn(): void {
    shop.frames = churn({ list: element("list"), more: element("more"), stock: element("stock") });
  },
  /** Animation frames since. */
  frames: (): number => 0,
  /** Adds, and after a while removes, so many at once. */
  async visit(kind: "frames" | "shadows", count: number) {
    const made = Array.from({ length: count }, (_, index) => {
      const host = document.createElement(kind === "frames" ? "iframe" : "div");
      element("more").append(host);
      const inner = `<p>Offer <b>${index}</b></p><ul><li>one</li><li>two</li></ul>`;
      if (host instanceof HTMLIFrameElement && host.contentDocument)
        host.contentDocument.body.innerHTML = inner;
      else host.attachShadow({ mode: "open" }).innerHTML = inner;
      return host;
    });
    await pause(STAY_MS);
    for (const host of made) host.remove();
    made.length = 0;
    await pause(STAY_MS);
  },
};

declare global {
  interface Window {
    shop: typeof shop;
  }
}
window.shop = shop;
