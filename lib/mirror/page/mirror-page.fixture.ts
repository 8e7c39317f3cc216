/** A page that is mirrored in a real browser, with the test in the place of our frame. */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import type { NodeRow } from "../wire/page-message";
import type { BarState, FromPage, ToPage } from "../wire/port-message";
import { fromRelativeIds } from "../wire/relative-ids";
import { decodeStreamFrame } from "../wire/stream-frame";
import { buildMirrorPage } from "./build.mjs";
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
export const calm: BarState = { viewers: ["Anna"], writer: null, pausedFor: null };

let folder: string;
let server: Server;
let browser: Browser;
export let page: Page;
let html = "";
export let sizes: { page: number; draw: number };
/** Addresses that the page asked for. */
export let asked: string[] = [];

export async function openBench(): Promise<void> {
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
  await renewPage();
}

/** Another tab, with nothing of the one before. */
export async function renewPage(): Promise<void> {
  await page?.close();
  page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
}
export async function closeBench(): Promise<void> {
  await browser.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
}

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
export async function mirror(body: string, rules: unknown = {}, at: BarState = calm): Promise<void> {
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

export const toldNodes = async () => (await nodes()).length;

export const tell = (message: ToPage) => page.evaluate((given) => window.tellPage?.(given), message);
export const told = () => page.evaluate(() => window.told ?? []);
export const pressed = async () =>
  (await told()).flatMap((one) => (one.type === "pressed" ? [one.what] : []));
export const inBar = <Answer>(read: (root: ShadowRoot) => Answer) =>
  page.evaluate(`(${read.toString()})(window.roots[0])`) as Promise<Answer>;
export const says = () => inBar((root) => root.querySelector(".text")?.textContent ?? "");

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

export async function idOf(tag: string): Promise<number> {
  const row = (await nodes()).find((one) => one[1] === 1 && one[2] === tag);
  if (row === undefined) throw new Error(`no ${tag} was told`);
  return row[0];
}

/** Where a button of the bar is, in its closed root. */
export async function pressByHand(label: string): Promise<void> {
  const box = await page.evaluate((name) => {
    const found = window.roots?.[0]?.querySelector(`button[aria-label="${name}"]`)?.getBoundingClientRect();
    return found ? { x: found.x + found.width / 2, y: found.y + found.height / 2 } : null;
  }, label);
  if (box === null) throw new Error(`the bar has no "${label}"`);
  await page.mouse.click(box.x, box.y);
}
