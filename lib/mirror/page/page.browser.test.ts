/** What the customer sees and presses while her page is mirrored, in a real browser, on pages that do not help. */

import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MirrorMark } from "@/lib/protocol/mirror";
import type { NodeRow } from "../wire/page-message";
import type { BarState, FromPage, ToPage } from "../wire/port-message";
import { fromRelativeIds } from "../wire/relative-ids";
import { decodeStreamFrame } from "../wire/stream-frame";
import { buildMirrorPage, MIRROR_DRAW_BUDGET_BYTES, MIRROR_PAGE_BUDGET_BYTES } from "./build.mjs";
import type { openMirrorPage } from "./open-mirror-page";

declare global {
  interface Window {
    /** The closed roots, as a page gets them that replaced `attachShadow` before us. */
    roots?: ShadowRoot[];
    told?: FromPage[];
    sent?: number[][];
    tellPage?: (message: ToPage) => void;
    openMirrorPage?: typeof openMirrorPage;
  }
}

const words = {
  sees: "{names} sees this page",
  seesNobody: "nobody looks",
  acts: "{names} may act",
  paused: "paused",
  privatePage: "private",
  showHidden: "What is hidden?",
  hideHidden: "Hide outlines",
  pause: "Pause",
  unpause: "Go on",
  takeBack: "Take back",
  stop: "Stop",
  maskedField: "stays hidden",
  pointsHere: "{names} points",
  drawsHere: "{names} draws",
  draw: "Draw",
  drawArrow: "Arrow",
  drawEllipse: "Circle",
  drawPen: "Pen",
  drawHighlighter: "Highlighter",
  erase: "Erase",
  doneDrawing: "Done",
  drawFailed: "cannot draw",
};
const calm: BarState = { viewers: ["Anna"], writer: null, pausedFor: null };

let folder: string;
let server: Server;
let browser: Browser;
let page: Page;
let html = "";
let sizes: { page: number; draw: number };
/** Addresses that the page asked for. */
let asked: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vetrina-mirror-page-"));
  sizes = await buildMirrorPage(folder);
  const scripts = new Map(
    ["/vetrina-mirror.js", "/vetrina-mirror-draw.js"].map((path) => [path, readFileSync(join(folder, path))]),
  );
  server = createServer(({ url = "" }, response) => {
    asked.push(url);
    response.setHeader("content-type", scripts.has(url) ? "text/javascript" : "text/html");
    response.end(scripts.get(url) ?? html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
});
afterAll(async () => {
  await browser.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const loading = `<script>
const attach = Element.prototype.attachShadow;
window.roots = [];
Element.prototype.attachShadow = function (init) {
  const root = attach.call(this, init);
  if (init.mode === "closed") roots.push(root);
  return root;
}</script><script type=module>
import { openMirrorPage } from "/vetrina-mirror.js";
window.openMirrorPage = openMirrorPage;</script>`;

/** A page that is mirrored, with the test in the place of our frame. */
async function mirror(body: string, rules: unknown = {}, at: BarState = calm): Promise<void> {
  asked = [];
  html = `<!doctype html><style>*{margin:0}</style>${loading}${body}`;
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => window.openMirrorPage !== undefined);
  await page.evaluate(
    ([given, wordsOfBar, state]) => {
      const told: FromPage[] = [];
      const sent: number[][] = [];
      Object.assign(window, { told, sent });
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = ({ data }) => {
        if (data instanceof Uint8Array) sent.push([...data]);
        else told.push(data);
      };
      window.tellPage = (message) => port2.postMessage(message);
      window.openMirrorPage?.(port1, [...document.querySelectorAll(".ours")]);
      window.tellPage({
        type: "start",
        rules: given,
        epoch: 7,
        words: wordsOfBar,
        locale: "en",
        accent: "#b4380f",
        onAccent: "#fff",
        origins: [location.origin],
        state,
      });
    },
    [rules, words, at] as const,
  );
  await page.locator("vetrina-mirror").waitFor({ state: "attached" });
  if (at.pausedFor === null) await expect.poll(toldNodes).toBeGreaterThan(2);
}

const toldNodes = async () => (await nodes()).length;

const tell = (message: ToPage) => page.evaluate((given) => window.tellPage?.(given), message);
const told = () => page.evaluate(() => window.told ?? []);
const pressed = async () => (await told()).flatMap((one) => (one.type === "pressed" ? [one.what] : []));
const inBar = <Answer>(read: (root: ShadowRoot) => Answer) =>
  page.evaluate(`(${read.toString()})(window.roots[0])`) as Promise<Answer>;
const says = () => inBar((root) => root.querySelector(".text")?.textContent ?? "");

/** Everything that was told of nodes so far. */
async function nodes(): Promise<NodeRow[]> {
  const frames = await page.evaluate(() => window.sent ?? []);
  return frames.flatMap((bytes) => {
    const frame = decodeStreamFrame(Uint8Array.from(bytes));
    if (frame === null || (frame.kind !== "full" && frame.kind !== "delta")) return [];
    const text = frame.gzipped ? gunzipSync(frame.payload) : Buffer.from(frame.payload);
    const { n = [] } = fromRelativeIds(JSON.parse(text.toString())) as { n?: NodeRow[] };
    return n;
  });
}

async function idOf(tag: string): Promise<number> {
  const row = (await nodes()).find((one) => one[1] === 1 && one[2] === tag);
  if (row === undefined) throw new Error(`no ${tag} was told`);
  return row[0];
}

/** Where a button of the bar is, in its closed root. */
async function pressByHand(label: string): Promise<void> {
  const box = await page.evaluate((name) => {
    const found = window.roots?.[0]?.querySelector(`button[aria-label="${name}"]`)?.getBoundingClientRect();
    return found ? { x: found.x + found.width / 2, y: found.y + found.height / 2 } : null;
  }, label);
  if (box === null) throw new Error(`the bar has no "${label}"`);
  await page.mouse.click(box.x, box.y);
}

describe("the bar", () => {
  it("[MI160] says who watches and who may act, and is read aloud", async () => {
    await mirror("<h1>Shop</h1>");
    expect(await says()).toBe("Anna sees this page");
    await tell({ type: "state", state: { ...calm, writer: "Anna" } });
    await expect.poll(says).toBe("Anna may act");
    await tell({ type: "state", state: { ...calm, pausedFor: "private-page" } });
    await expect.poll(says).toBe("private");
    expect(await inBar((root) => root.querySelector('[role="status"]')?.textContent)).toBe("private");
    await tell({ type: "state", state: { ...calm, viewers: [] } });
    await expect.poll(says).toBe("nobody looks");
  });

  it("[MI161] is pressed by her hand, not by the page's scripts, even when they hold its root", async () => {
    await mirror("<style>* { all: unset !important; pointer-events: none !important }</style><h1>Shop</h1>");
    await inBar((root) => {
      for (const button of root.querySelectorAll("button")) {
        button.click();
        button.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
      }
    });
    await pressByHand("Pause");
    await expect.poll(pressed).toEqual(["pause"]);
    await tell({ type: "state", state: { ...calm, pausedFor: "customer" } });
    await expect.poll(says).toBe("paused");
    await pressByHand("Go on");
    await pressByHand("Stop");
    await expect.poll(pressed).toEqual(["pause", "unpause", "stop"]);
  });

  it("[MI161] lies above the page's own dialogs and popovers", async () => {
    await mirror(
      `<div id=pop popover=manual style="position:fixed;inset:0;width:100%;height:100%">over</div>`,
    );
    await page.evaluate(() => document.getElementById("pop")?.showPopover());
    await tell({ type: "state", state: { ...calm, writer: "Anna" } });
    await expect.poll(says).toBe("Anna may act");
    await pressByHand("Take back");
    await expect.poll(pressed).toEqual(["take-back"]);
  });

  it("[MI161] can be pressed while the page shows a modal dialog, and outlives it", async () => {
    await mirror("<dialog>Sizes</dialog>");
    await page.evaluate(() => document.querySelector("dialog")?.showModal());
    await page.locator("dialog vetrina-mirror").waitFor({ state: "attached" });
    await pressByHand("Pause");
    await expect.poll(pressed).toEqual(["pause"]);
    await page.evaluate(() => document.querySelector("dialog")?.remove());
    await page.locator("html > vetrina-mirror").waitFor({ state: "attached" });
    await pressByHand("Pause");
    await expect.poll(pressed).toEqual(["pause", "pause"]);
  });

  it("[MI166] stands beside our frame, and steps back where there is no room", async () => {
    await mirror(`<div class=ours></div><script>
const frame = document.createElement("iframe");
const root = document.querySelector(".ours").attachShadow({mode:"open"});
root.append(frame); frame.style.cssText = "position:fixed;right:0;top:0;height:600px;border:0;width:400px"</script>`);
    const place = () =>
      inBar((root) => {
        const bar = root.querySelector<HTMLElement>(".bar");
        return bar?.hidden ? null : Math.round(bar?.getBoundingClientRect().right ?? 0);
      });
    const shape = (css: string) =>
      page.evaluate((given) => {
        const frame = document.querySelector(".ours")?.shadowRoot?.querySelector("iframe");
        if (!frame) return;
        frame.style.cssText += given;
        frame.className = "";
        frame.className = "open";
      }, css);
    await shape(";width:400px");
    await expect.poll(place).toBeLessThanOrEqual(600);
    await shape(";width:1000px");
    await expect.poll(place).toBeNull();
  });
});

describe("her own hand", () => {
  it("[MI162] Escape twice ends it; once does not, nor do a script's keys", async () => {
    await mirror("<h1>Shop</h1>");
    await page.evaluate(() => {
      for (let i = 0; i < 4; i++) window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    });
    await page.keyboard.press("Escape");
    await page.keyboard.press("a");
    expect(await pressed()).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect.poll(pressed).toContain("stop");
  });

  it("[MI163] comes before the agent's: what she does at that moment is not disturbed", async () => {
    await mirror("<button>Red</button><textarea></textarea>");
    const id = await idOf("button");
    const act = (name: string) =>
      tell({
        type: "act",
        from: "anna",
        id: name,
        epoch: 7,
        act: { type: "click", node: id, fx: 0.5, fy: 0.5 },
      });
    const answers = async () =>
      (await told()).flatMap((one) => (one.type === "acted" ? [[one.id, one.refusal]] : []));
    await page.locator("textarea").focus();
    await page.keyboard.press("x");
    await act("first");
    await expect.poll(answers).toEqual([["first", "customer-first"]]);
    await expect
      .poll(async () => {
        await act("later");
        return (await answers()).at(-1);
      })
      .toEqual(["later", null]);
    await tell({
      type: "act",
      from: "anna",
      id: "old",
      epoch: 6,
      act: { type: "click", node: id, fx: 0, fy: 0 },
    });
    await expect.poll(async () => (await answers()).at(-1)).toEqual(["old", "gone"]);
  });

  it("[MI163] on a field that stays hidden she is told so", async () => {
    await mirror("<input>");
    await page.locator("input").focus();
    await expect.poll(() => inBar((root) => root.querySelector(".hint")?.textContent)).toBe("stays hidden");
  });
});

describe("what is drawn over the page", () => {
  it("[MI164] pointers and highlights stay at what they point at when the page scrolls", async () => {
    await mirror(
      `<div style="height:500px"></div><button style="width:200px;height:50px">Red</button><div style="height:2000px"></div>`,
    );
    const node = await idOf("button");
    const point = (as: "move" | "highlight" | "clear") =>
      tell({
        type: "point",
        from: "anna",
        name: "Anna",
        color: "#0072b2",
        point: { as, epoch: 7, node, fx: 0.5, fy: 0.5 },
      });
    await point("move");
    await point("highlight");
    const drawn = () =>
      inBar((root) => {
        const cursor = root.querySelector<HTMLElement>(".who")?.style.transform;
        const frame = root.querySelector(".frame")?.getBoundingClientRect();
        return { cursor, frame: frame ? [frame.top, frame.width] : null };
      });
    await expect.poll(drawn).toEqual({ cursor: "translate(100px, 525px)", frame: [496, 208] });
    await page.evaluate(() => window.scrollTo(0, 100));
    await expect.poll(drawn).toEqual({ cursor: "translate(100px, 425px)", frame: [396, 208] });
    await point("clear");
    await expect.poll(async () => (await drawn()).frame).toBeNull();
  });

  it("[MI164] in a frame too", async () => {
    await mirror(`<iframe style="position:absolute;left:100px;top:50px;width:300px;height:200px;border:0"
srcdoc="<style>*{margin:0}</style><button style='width:80px;height:40px'>In</button>"></iframe>`);
    await expect.poll(() => idOf("button").catch(() => 0)).toBeGreaterThan(0);
    const point = { as: "move", epoch: 7, node: await idOf("button"), fx: 0.5, fy: 0.5 } as const;
    await tell({ type: "point", from: "anna", name: "Anna", color: "#0072b2", point });
    await expect
      .poll(() => inBar((root) => root.querySelector<HTMLElement>(".who")?.style.transform))
      .toBe("translate(140px, 70px)");
  });

  it("[MI165] what is hidden is outlined for as long as she looks", async () => {
    await mirror(`<p class=m>word</p><p>fine</p><input style="width:150px">`, { mask: [".m"] });
    const outlines = () =>
      inBar(
        (root) =>
          [...root.querySelectorAll(".out")].filter((one) => one.getBoundingClientRect().width > 0).length,
      );
    await pressByHand("What is hidden?");
    await expect.poll(outlines).toBe(2);
    await pressByHand("Hide outlines");
    await expect.poll(outlines).toBe(0);
  });
});

describe("drawing over the page", () => {
  const arrowAt = (node: number, more: Partial<MirrorMark> = {}): MirrorMark => ({
    ...{ as: "mark", id: "a1", kind: "arrow", epoch: 7, node, fx: 0.5, fy: 0.5, width: 200, done: true },
    points: [
      [-60, -40],
      [0, 0],
    ],
    ...more,
  });
  const agent = { type: "point", from: "anna", name: "Anna", color: "#0072b2" } as const;
  const drawn = () =>
    inBar((root) =>
      [...root.querySelectorAll<SVGGElement>("g[data-kind]")].map(
        (mark) => `${mark.dataset.kind} ${mark.style.display || mark.getAttribute("transform")}`,
      ),
    );
  const drew = async () => (await told()).flatMap((one) => (one.type === "point" ? [one.point] : []));
  const stroke = async (from: readonly [number, number], to: readonly [number, number]) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
    await page.mouse.move(...to);
    await page.mouse.up();
  };
  const toolsShown = () => inBar((root) => root.querySelector<HTMLElement>(".tools")?.hidden === false);
  const body = `<div id=above style="height:300px"></div>
<button style="display:block;width:200px;height:50px">Red</button><div style="height:2000px"></div>`;

  it("[MI171] an agent's mark stays at its element through scrolling, new content and another size", async () => {
    await mirror(body);
    await tell({ ...agent, point: arrowAt(await idOf("button")) });
    await expect.poll(drawn).toEqual(["arrow translate(100 325) scale(1)"]);
    await page.evaluate(() => window.scrollTo(0, 100));
    await expect.poll(drawn).toEqual(["arrow translate(100 225) scale(1)"]);
    await page.evaluate(() => {
      const above = document.getElementById("above");
      if (above) above.style.height = "350px";
    });
    await expect.poll(drawn).toEqual(["arrow translate(100 275) scale(1)"]);
    await page.evaluate(() => {
      const button = document.querySelector("button");
      if (button) button.style.width = "300px";
    });
    await expect.poll(drawn).toEqual(["arrow translate(150 275) scale(1.5)"]);
    await page.evaluate(() => document.querySelector("button")?.remove());
    await expect.poll(drawn).toEqual(["arrow none"]);
  });

  it("[MI171] hers stands in what it is about: an arrow at its tip, a circle at its middle, a stroke where it began", async () => {
    await mirror(body);
    const button = await idOf("button");
    await pressByHand("Draw");
    await expect.poll(toolsShown).toBe(true);
    await stroke([400, 200], [100, 325]);
    await pressByHand("Circle");
    await stroke([50, 275], [150, 375]);
    await pressByHand("Pen");
    await stroke([20, 340], [400, 500]);
    await expect
      .poll(async () => (await drew()).filter((one) => one.as === "mark" && one.done).length)
      .toBe(3);
    const done = (await drew()).flatMap((one) => (one.as === "mark" && one.done ? [one] : []));
    expect(done.map(({ kind, node, width, epoch }) => ({ kind, node, width, epoch }))).toEqual(
      ["arrow", "ellipse", "pen"].map((kind) => ({ kind, node: button, width: 200, epoch: 7 })),
    );
    expect(done.map(({ fx, fy }) => [fx, fy])).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
      [0.1, 0.8],
    ]);
    expect(done.map(({ points }) => [points[0], points.at(-1)])).toEqual([
      [
        [300, -125],
        [0, 0],
      ],
      [
        [-50, -50],
        [50, 50],
      ],
      [
        [0, 0],
        [380, 160],
      ],
    ]);
    expect((await drawn()).length).toBe(3);
  });

  it("[MI171] in a frame and an open shadow root too", async () => {
    await mirror(`<iframe style="position:absolute;left:100px;top:50px;width:300px;height:200px;border:0"
srcdoc="<style>*{margin:0}</style><button style='display:block;width:80px;height:40px'>In</button>"></iframe>
<div id=host style="position:absolute;left:500px;top:100px"></div><script>
document.getElementById("host").attachShadow({mode:"open"}).innerHTML = "<h2 style='width:100px;height:60px;margin:0'>Deep</h2>"</script>`);
    await expect.poll(() => idOf("button").catch(() => 0)).toBeGreaterThan(0);
    await pressByHand("Draw");
    await expect.poll(toolsShown).toBe(true);
    await stroke([600, 400], [140, 70]);
    // From where there is nothing but the root element, which is not as high.
    await stroke([600, 400], [550, 130]);
    await expect
      .poll(async () => (await drew()).filter((one) => one.as === "mark" && one.done).length)
      .toBe(2);
    const nodes = (await drew()).flatMap((one) => (one.as === "mark" && one.done ? [one.node] : []));
    expect(nodes).toEqual([await idOf("button"), await idOf("h2")]);
    expect(await drawn()).toEqual(["arrow translate(140 70) scale(1)", "arrow translate(550 130) scale(1)"]);
    const tails = (await drew()).flatMap((one) => (one.as === "mark" && one.done ? [one.points[0]] : []));
    expect(tails).toEqual([
      [460, 330],
      [50, 270],
    ]);
  });

  it("[MI172] marks fade by themselves, and either side takes all of them away at once", async () => {
    await page.clock.install();
    try {
      await mirror(body);
      const node = await idOf("button");
      await tell({ ...agent, point: arrowAt(node) });
      await expect.poll(async () => (await drawn()).length).toBe(1);
      await page.clock.fastForward(46_000);
      await page.clock.fastForward(1_000);
      await expect.poll(drawn).toEqual([]);
    } finally {
      await page.close();
      page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
    }
    await mirror(body);
    const node = await idOf("button");
    await pressByHand("Draw");
    await expect.poll(toolsShown).toBe(true);
    await stroke([400, 200], [100, 325]);
    await tell({ ...agent, point: arrowAt(node) });
    await expect.poll(async () => (await drawn()).length).toBe(2);
    await pressByHand("Erase");
    await expect.poll(drawn).toEqual([]);
    await expect.poll(async () => (await drew()).at(-1)).toEqual({ as: "erase", epoch: 7 });
    await stroke([400, 200], [100, 325]);
    await expect.poll(async () => (await drawn()).length).toBe(1);
    await tell({ ...agent, point: { as: "erase", epoch: 7 } });
    await expect.poll(drawn).toEqual([]);
    await tell({ ...agent, point: arrowAt(node, { epoch: 6 }) });
    await tell({ ...agent, point: arrowAt(node, { id: "b" }) });
    await expect.poll(async () => (await drawn()).length).toBe(1);
    await tell({ type: "state", state: { ...calm, pausedFor: "private-page" } });
    await expect.poll(drawn).toEqual([]);
    await expect.poll(toolsShown).toBe(false);
  });

  it("[MI173] is done by her hand alone and presses nothing below it; Escape gives the page back", async () => {
    await mirror(`${body}<script>
window.pressed = 0; document.querySelector("button").onclick = () => { window.pressed++ }</script>`);
    await pressByHand("Draw");
    await expect.poll(toolsShown).toBe(true);
    await inBar((root) => {
      const surface = root.querySelector(".ink");
      const at = (type: string, clientX: number) =>
        surface?.dispatchEvent(
          new PointerEvent(type, { clientX, clientY: 320, bubbles: true, pointerId: 1, isPrimary: true }),
        );
      at("pointerdown", 100);
      at("pointermove", 300);
      at("pointerup", 300);
    });
    await page.mouse.click(100, 325);
    expect(await page.evaluate("window.pressed")).toBe(0);
    expect(await drew()).toEqual([]);
    expect(await drawn()).toEqual([]);
    await page.keyboard.press("Escape");
    await expect.poll(toolsShown).toBe(false);
    await page.mouse.click(100, 325);
    expect(await page.evaluate("window.pressed")).toBe(1);
    expect(await pressed()).toEqual([]);
  });

  it("[MI173] leaves our own frame within reach", async () => {
    await mirror(`<div class=ours></div><script>
const frame = document.createElement("iframe"); frame.className = "open";
document.querySelector(".ours").attachShadow({mode:"open"}).append(frame);
frame.style.cssText = "position:fixed;right:0;top:0;height:600px;border:0;width:300px"</script>${body}`);
    await pressByHand("Draw");
    await expect.poll(toolsShown).toBe(true);
    const at = (x: number) =>
      page.evaluate((left) => document.elementFromPoint(left, 100)?.localName ?? "", x);
    expect(await at(850)).toBe("div");
    expect(await at(400)).toBe("vetrina-mirror");
    // Nor is anything drawn over it.
    await stroke([400, 100], [900, 200]);
    await expect.poll(async () => (await drawn()).length).toBe(1);
    const isClipped = await inBar((root) => {
      const clip = root.querySelector<HTMLElement>(".marks")?.style.clipPath ?? "";
      return clip === root.querySelector<HTMLElement>(".ink")?.style.clipPath && clip.includes("M 700 0");
    });
    expect(isClipped).toBe(true);
  });

  it("[MI174] what draws is loaded when somebody draws, and who draws is said aloud", async () => {
    expect(sizes.page).toBeLessThanOrEqual(MIRROR_PAGE_BUDGET_BYTES);
    expect(sizes.draw).toBeLessThanOrEqual(MIRROR_DRAW_BUDGET_BYTES);
    await mirror(body);
    const node = await idOf("button");
    await tell({ ...agent, point: { as: "ring", epoch: 7, node, fx: 0.5, fy: 0.5 } });
    await expect.poll(() => inBar((root) => root.querySelectorAll(".ring").length)).toBe(1);
    expect(asked).not.toContain("/vetrina-mirror-draw.js");
    await tell({ ...agent, point: arrowAt(node, { done: false }) });
    await tell({ ...agent, point: arrowAt(node) });
    await expect.poll(drawn).toEqual(["arrow translate(100 325) scale(1)"]);
    expect(asked.filter((path) => path === "/vetrina-mirror-draw.js")).toHaveLength(1);
    expect(await inBar((root) => root.querySelector('[role="status"]')?.textContent)).toBe("Anna draws");
  });
});

describe("a pause", () => {
  it("[MI168] holds on the next page: nothing leaves it before she goes on", async () => {
    await mirror("<h1>Shop</h1>", {}, { ...calm, pausedFor: "customer" });
    expect(await says()).toBe("paused");
    await tell({ type: "state", state: calm });
    await expect.poll(toldNodes).toBeGreaterThan(2);
    // What goes on after a pause is a new epoch: nothing of the one she was paused in has left.
    const sent = await page.evaluate(() => window.sent ?? []);
    expect(sent.filter((bytes) => (decodeStreamFrame(Uint8Array.from(bytes))?.epoch ?? 0) <= 7)).toEqual([]);
  });
});

describe("the end", () => {
  it("[MI167] nothing of ours stays in the page, and nothing leaves it any more", async () => {
    await mirror("<h1>Shop</h1>");
    const natives = await page.evaluate(() => history.pushState.toString());
    await tell({ type: "stop" });
    await page.locator("vetrina-mirror").waitFor({ state: "detached" });
    const before = await page.evaluate(() => window.sent?.length);
    await page.evaluate(async () => {
      document.body.append("more");
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
    expect(await page.evaluate(() => window.sent?.length)).toBe(before);
    expect(await page.evaluate(() => history.pushState.toString())).toBe(natives);
    expect(await page.evaluate(() => document.querySelectorAll("html > *").length)).toBe(2);
  });
});
