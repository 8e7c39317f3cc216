/** What a look at a page tells and shows. That it is one of a process of its own stands in open-dry-run.browser.test.ts. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundlePageScript } from "../lint/bundle-page-script";
import { launchChromium } from "../lint/launch-chromium";
import type { DryRunReport } from "./dry-run-port";
import { lookAtPage } from "./look-at-page";
import { ACCOUNT, FRAMES } from "./pages.fixture";

let server: Server;
let origin = "";
let browser: Browser;
let script = "";
beforeAll(async () => {
  const pages: Readonly<Record<string, string>> = { "/account": ACCOUNT, "/frames": FRAMES };
  server = createServer((request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(pages[request.url ?? ""] ?? "");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  script = await bundlePageScript(new URL("dry-run.page.ts", import.meta.url));
  browser = await launchChromium("/usr/bin/chromium");
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const look = (path: string, edited: object, saved: object = {}) =>
  lookAtPage(browser, { url: origin + path, edited, saved, timeoutMs: 25_000 }, script);

async function countRed({ picture }: DryRunReport): Promise<number> {
  const data = await sharp(Buffer.from(picture.base64, "base64")).removeAlpha().raw().toBuffer();
  let red = 0;
  for (let i = 0; i < data.length; i += 3)
    if ((data[i] ?? 0) > 180 && (data[i + 1] ?? 0) < 90 && (data[i + 2] ?? 0) < 90) red++;
  return red;
}

it("[MI200] on a private path the whole page is a box", async () => {
  const whole = await look("/account", { privatePaths: ["/account"] });
  expect(whole.mode).toBe("off");
  expect(whole.changes).toMatchObject([{ sight: { from: "shown", to: "boxed" } }]);
  expect(await countRed(whole)).toBe(0);
});

it("[MI200] by the same rules nothing changes", async () => {
  const same = await look("/account", { hide: [".who"] }, { hide: [".who"] });
  expect(same.changes).toEqual([]);
  expect(same.saved).toEqual(same.edited);
});

it("[MI201] nothing masked or hidden is in the picture", async () => {
  const bare = await look("/account", {});
  expect(await countRed(bare)).toBeGreaterThan(500);
  expect(bare.picture).toMatchObject({ width: 1_280, height: 1_600 });
  const edited = { mask: [".who", ".street", ".tel"], hide: [".box"] };
  expect(await countRed(await look("/account", edited))).toBe(0);
  expect(await countRed(await look("/account", { mode: "allow-list" }))).toBe(0);
});

it("[MI201] nor in frames that are padded, scaled or zoomed", async () => {
  expect(await countRed(await look("/frames", {}))).toBeGreaterThan(2_000);
  expect(await countRed(await look("/frames", { mask: [".street"] }))).toBe(0);
});
