/** A page that never rests, half an hour of it in seconds: what capture and viewer keep of it is counted. */
import type { CDPSession } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { countAtRest, countKept } from "./count-kept";
import { type Mirror, openMirror } from "./open-mirror";

let mirror: Mirror;
beforeAll(async () => {
  mirror = await openMirror();
});
afterAll(() => mirror.close());

/** Each makes more than a thousand changes at once, in everything that a page can change. */
const ROUNDS = 15;
const PAGE = `<style>li{height:2px}</style><p id="round">0</p><ul id="list"></ul>`;

/** Everything in the list is new, moved and changed, and half of it gone again. */
const change = (number: number) =>
  mirror.shopPage.evaluate((round) => {
    const [list, told] = ["list", "round"].map((id) => document.getElementById(id));
    if (!list || !told) throw new Error("the page is not there");
    const items = Array.from({ length: 200 }, (_, index) => {
      const item = document.createElement("li");
      item.innerHTML = `<b>Round ${round}</b><input value="something typed ${index % 5}"><i>${index}</i>`;
      return item;
    });
    list.replaceChildren(...items);
    for (const item of items) {
      item.className = `c${round}`;
      item.append(` of ${round}`);
      list.prepend(item);
    }
    for (const item of items.slice(100)) item.remove();
    for (let index = 0; index < 20; index++) {
      const host = document.createElement("span");
      const root = host.attachShadow({ mode: index % 2 === 0 ? "open" : "closed" });
      root.innerHTML = `<i>root ${round}</i><input>`;
      list.append(host);
    }
    for (let index = 0; index < 3; index++) {
      const frame = document.createElement("iframe");
      frame.srcdoc = `<p>frame ${round}</p>`;
      list.append(frame);
    }
    const style = document.createElement("style");
    style.textContent = `.c${round}{left:${round}px}`;
    list.append(style);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`.c${round}{top:${round}px}`);
    document.adoptedStyleSheets = [sheet];
    list.firstElementChild?.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 60_000 });
    told.textContent = `${round}`;
  }, number);

const rest = () =>
  mirror.shopPage.evaluate(() => {
    // A browser keeps what it animates, also what is on no page any more.
    for (const animation of document.getAnimations()) animation.cancel();
    document.getElementById("list")?.replaceChildren();
    document.adoptedStyleSheets = [];
  });

async function play(round: number): Promise<void> {
  await change(round);
  await mirror.sees({
    look: (look) => [look.text("#round"), look.text("iframe >>> p"), look.text("span >>> i")],
    is: [`${round}`, `frame ${round}`, `root ${round}`],
  });
  await rest();
  await mirror.sees({ look: (look) => look.get("#list").childNodes.length, is: 0 });
}

it("[MI49, MI73] after thousands of changes neither the customer's browser nor the desk keeps more than before", async () => {
  await mirror.open({
    id: "endless",
    what: "a page that never rests",
    html: PAGE,
    look: () => null,
    is: null,
  });
  // What is made the first time may stay.
  await play(1);
  const probes: readonly CDPSession[] = await Promise.all(
    mirror.browser
      .contexts()
      .flatMap((context) => context.pages())
      .map((page) => page.context().newCDPSession(page)),
  );
  const before = await Promise.all(probes.map(countAtRest));
  for (let round = 2; round <= 1 + ROUNDS; round++) await play(round);
  const more = async () => {
    const now = await Promise.all(probes.map(countKept));
    return now.flatMap((kept, page) =>
      (["entries", "documents", "nodes"] as const).flatMap((what) => {
        const grown = kept[what] - (before[page]?.[what] ?? 0);
        return grown > 0 ? [`${page === 0 ? "desk" : "customer"}: ${grown} ${what} more`] : [];
      }),
    );
  };
  // Garbage that held other garbage goes in the next collection.
  await expect.poll(more, { timeout: 20_000, interval: 500 }).toEqual([]);
  expect(await mirror.page.evaluate(() => window.desk.told.resyncs.length)).toBe(0);
  expect(await mirror.page.evaluate(() => window.desk.told.errors)).toEqual([]);
});
