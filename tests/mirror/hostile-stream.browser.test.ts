/** A stream that wants something of the agent: nothing runs, nothing is asked of a host, the viewer lives on. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { NodeRow, PageDelta } from "../../lib/mirror/wire/page-message";
import { type Mirror, openMirror } from "./open-mirror";
import { delta, frame, full } from "./write-frames";

let mirror: Mirror;
let evil = "";
let epoch = 1;
beforeAll(async () => {
  mirror = await openMirror();
  evil = mirror.addresses.foreign;
  mirror.server.serve({
    html: "",
    files: Object.fromEntries(["/a.css", "/a.js", "/a.svg", "/a"].map((path) => [path, ""])),
  });
});
afterAll(() => mirror.close());
beforeEach(async () => {
  epoch++;
  await mirror.page.evaluate(() => {
    window.desk.viewer.wipe();
    document.title = "";
    Object.assign(window, { ran: undefined });
  });
  mirror.server.asked.foreign.length = 0;
});

const RUN = "top.ran=parent.ran=window.ran=1;top.document.title='ran'";

/** Rows without children, all in the body. */
const page = (rows: readonly NodeRow[], more: PageDelta = {}): string =>
  full(epoch, 0, { n: rows, k: [[3, 0, 0, ...rows.map(([id]) => id)]], ...more });

/** An honest page after whatever came: it is shown, and nothing happened before. */
async function survives(): Promise<void> {
  epoch++;
  await mirror.deliver(full(epoch, 0, { n: [[4, 3, "honest"]], k: [[3, 0, 0, 4]] }));
  await mirror.until("an honest page is shown", () =>
    mirror.page.evaluate(
      () => document.querySelector("iframe")?.contentDocument?.body?.textContent === "honest",
    ),
  );
  const after = await mirror.page.evaluate(() => [
    document.title,
    "ran" in window ? window.ran : null,
    location.pathname,
  ]);
  expect(after).toEqual(["", undefined, "/"]);
  expect(mirror.server.asked.foreign).toEqual([]);
}

const element = (id: number, tag: string, ...pairs: string[]): NodeRow => [id, 1, tag, 0, pairs];

describe("pages that want to run or reach something", () => {
  const cases: Readonly<Record<string, () => string>> = {
    "script in every place": () =>
      full(epoch, 0, {
        n: [
          element(4, "script"),
          [5, 3, RUN],
          [6, 1, "script", 1, ["href", `${evil}/a.js`]],
          element(7, "img", "src", "x", "onerror", RUN, "ONLOAD", RUN),
          element(8, "svg", "onload", RUN),
          element(9, "details", "open", "", "ontoggle", RUN),
          element(10, "body", "onload", RUN),
          element(11, "x-a", "onclick", RUN, "is", "script"),
        ],
        k: [
          [3, 0, 0, 4, 6, 7, 8, 9, 10, 11],
          [4, 0, 0, 5],
        ],
      }),
    "addresses that are scripts": () =>
      page([
        element(4, "a", "href", `javascript:${RUN}`),
        element(5, "iframe", "src", `javascript:${RUN}`, "srcdoc", `<script>${RUN}</script>`),
        element(6, "form", "action", `javascript:${RUN}`),
        element(7, "button", "formaction", `javascript:${RUN}`, "type", "submit"),
        element(8, "img", "src", `javascript:${RUN}`, "srcset", `javascript:${RUN} 1x`),
        [9, 1, "a", 1, ["xlink:href", `javascript:${RUN}`]],
        [
          10,
          1,
          "use",
          1,
          ["href", `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"/>`],
        ],
        [11, 1, "animate", 1, ["attributeName", "href", "to", `javascript:${RUN}`]],
        [
          13,
          1,
          "rect",
          1,
          ["fill", `url(${evil}/a.svg#x)`, "mask", `u\\72l(${evil}/a.svg#x)`, "width", "9", "height", "9"],
        ],
        [12, 1, "maction", 2, ["href", `javascript:${RUN}`]],
      ]),
    "elements that load or navigate": () =>
      page([
        element(4, "meta", "http-equiv", "refresh", "content", `0;url=${evil}/a`),
        element(5, "link", "rel", "prefetch", "href", `${evil}/a`),
        element(6, "link", "rel", "stylesheet", "href", `${evil}/a.css`),
        element(7, "base", "href", evil),
        element(8, "object", "data", `${evil}/a`),
        element(9, "embed", "src", `${evil}/a`),
        element(10, "iframe", "src", `${evil}/a`),
        element(11, "frame", "src", `${evil}/a`),
        element(12, "video", "src", `${evil}/a`, "poster", `${evil}/a.svg`, "autoplay", ""),
        element(13, "audio", "src", `${evil}/a`),
        element(14, "portal", "src", `${evil}/a`),
        element(15, "input", "type", "image", "src", `${evil}/a.svg`),
        [16, 1, "image", 1, ["href", `${evil}/a.svg`]],
        [17, 1, "feImage", 1, ["href", `${evil}/a.svg`]],
        [18, 1, "use", 1, ["href", `${evil}/a.svg#x`]],
        element(19, "img", "src", `${evil}/a.svg`, "srcset", `${evil}/a.svg 1x`),
        element(20, "table", "background", `${evil}/a.svg`),
        element(21, "a", "href", `${evil}/a`, "ping", `${evil}/a`),
      ]),
    "style sheets that load": () =>
      page(
        [
          [
            4,
            4,
            "",
            0,
            [
              `@import url(${evil}/a.css);`,
              `@import "${evil}/a.css";`,
              `@im\\70ort '${evil}/a.css';`,
              `p{background:url(${evil}/a.svg)}`,
              `p{background:u\\72l(${evil}/a.svg);list-style:image-set("${evil}/a.svg" 1x)}`,
              `@font-face{font-family:x;src:url(${evil}/a)}`,
              `p{color:red}@import url(${evil}/a.css);`,
              `p{--u:url(${evil}/a.svg);background:var(--u);cursor:url(${evil}/a.svg),auto}`,
              `p::before{content:url(${evil}/a.svg)}`,
              `@namespace url(${evil}/a);`,
            ],
          ],
          element(5, "p", "style", `background:url(${evil}/a.svg);font-family:x;filter:url(${evil}/a.svg#f)`),
          element(6, "style", "media", "all"),
          [7, 2, "x", 10, 10, "block", `background:url(${evil}/a.svg)`],
        ],
        { w: [[5, JSON.stringify([{ backgroundImage: `url(${evil}/a.svg)` }]), "{}", 0, "running"]] },
      ),
  };
  it.each(Object.keys(cases))("[MI68] %s: nothing runs, no host is asked", async (name) => {
    await mirror.deliver(cases[name]?.() ?? "");
    await mirror.deliver(delta(epoch, 1, { f: [3, 3, 3, 1], e: [3, 0, 3, 0] }));
    await mirror.until("it is applied", () =>
      mirror.page.evaluate((of) => window.desk.told.applied.join() === `${of},1`, epoch),
    );
    const bad = await mirror.page.evaluate(() => {
      const all = [...(document.querySelector("iframe")?.contentDocument?.querySelectorAll("*") ?? [])];
      return all.filter(({ localName }) =>
        /^(script|meta|link|base|object|embed|frame|portal|animate|feimage)$/i.test(localName),
      ).length;
    });
    expect(bad).toBe(0);
    await survives();
  });

  it("[MI68] dialogs, popovers, fields and selections do not take the agent's keyboard", async () => {
    await mirror.page.evaluate(() => {
      const input = document.createElement("input");
      document.body.append(input);
      input.focus();
    });
    const rows = [
      element(4, "dialog"),
      element(5, "div", "popover", ""),
      element(6, "input", "autofocus", ""),
      element(7, "p", "contenteditable", ""),
    ];
    const inside: NodeRow[] = [element(8, "button", "autofocus", ""), [9, 3, "words"]];
    await mirror.deliver(
      full(epoch, 0, {
        n: [...rows, ...inside],
        k: [
          [3, 0, 0, 4, 5, 6, 7],
          [4, 0, 0, 8],
          [7, 0, 0, 9],
        ],
        t: [
          [4, 1],
          [5, 0],
        ],
        f: [6, 6, 6, 1],
        e: [9, 0, 9, 3],
      }),
    );
    await mirror.until("the dialog is open", () =>
      mirror.page.evaluate(
        () =>
          document.querySelector("iframe")?.contentDocument?.querySelector("dialog")?.matches(":modal") ??
          false,
      ),
    );
    const focused = await mirror.page.evaluate(() => {
      const { activeElement } = document;
      document.querySelector("input")?.remove();
      return activeElement?.localName;
    });
    expect(focused).toBe("input");
    await survives();
  });

  it("[MI68] names that are too long, too odd or twice there do no harm", async () => {
    const odd = ["__proto__", "constructor", "a b", "", "\u0000", "x".repeat(100_000), "data-vetrina-hover"];
    await mirror.deliver(
      page([
        element(4, "p", ...odd.flatMap((name) => [name, "v"])),
        ...odd.map((tag, at) => element(at + 5, tag || "p")),
      ]),
    );
    await survives();
  });

  it("[MI68] a title and an address that pretend to be others are told plainly", async () => {
    const facts = { w: 1, h: 1, url: `javascript:${RUN}`, title: "\u202egnp.exe\u202c", mode: "default" };
    await mirror.deliver(frame("full", epoch, 0, { page: facts, n: [[1, 9, 0]] }));
    await mirror.until("it is told", async () => (await mirror.facts())?.title === "gnp.exe");
    expect((await mirror.facts())?.url).toBe("");
    await survives();
  });
});

describe("streams that want to wear the desk out", () => {
  it("[MI77] a small frame that unpacks to 400 MB is refused", async () => {
    const { gzipSync } = await import("node:zlib");
    const { encodeStreamFrame } = await import("../../lib/mirror/wire/stream-frame");
    const payload = gzipSync(Buffer.alloc(400_000_000, 32));
    const bomb = encodeStreamFrame({ kind: "full", gzipped: true, epoch, seq: 0, payload });
    await mirror.deliver(Buffer.from(bomb).toString("base64"));
    await survives();
  });

  it("[MI70] 300 frames with bytes changed by chance", async () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
    console.info(`seed ${seed}`);
    let state = seed;
    const next = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return state % below;
    };
    for (let at = 0; at < 300; at++) {
      const good =
        at % 3 === 0
          ? page([element(4, "p", "class", "x"), [5, 3, "text"]])
          : delta(epoch, 1, { x: [[5, "y"]], k: [[3, 0, 1]] });
      const bytes = Buffer.from(good, "base64");
      for (let times = 0; times <= next(4); times++) {
        const place = 16 + next(bytes.length - 16);
        bytes[place] = times === 0 ? 48 + next(10) : next(256);
      }
      await mirror.deliver(bytes.toString("base64"));
    }
    epoch = 2_000_000;
    await mirror.page.evaluate(() => window.desk.viewer.wipe());
    await survives();
  });
});
