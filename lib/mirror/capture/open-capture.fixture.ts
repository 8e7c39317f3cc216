/** A page with the capture in it, in Chromium, and a viewer beside it. */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import type {} from "./capture-probe.page";
import { type ReadFrame, Replica, readFrame } from "./replica.fixture";

export interface Bench {
  readonly browser: Browser;
  readonly address: string;
  /** @param files by path, besides the page at `/` */
  open(html: string, rules?: unknown, files?: Readonly<Record<string, string>>): Promise<Captured>;
  close(): Promise<void>;
}

export interface Captured {
  readonly page: Page;
  readonly replica: Replica;
  /** All that ever left. */
  readonly frames: readonly ReadFrame[];
  /** Errors that the page saw. */
  readonly errors: readonly string[];
  /** Waits until the viewer's outline is as wanted. */
  until(isThere: (outline: string, replica: Replica) => boolean): Promise<string>;
  /** Gives the viewer what has left since. */
  pull(): Promise<void>;
  run(script: string): Promise<unknown>;
}

async function bundleProbe(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("capture-probe.page.ts", import.meta.url))],
    bundle: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css",
  html: "text/html",
  png: "image/png",
  svg: "image/svg+xml",
};

export async function openBench(): Promise<Bench> {
  const probe = await bundleProbe();
  let served: Readonly<Record<string, string>> = {};
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").replace(/[?#].*/, "");
    const isPage = request.headers["sec-fetch-dest"] === "document";
    const body = served[path] ?? (isPage ? served["/"] : undefined);
    const type = TYPES[path.split(".")[1] ?? "html"] ?? "text/plain";
    response.writeHead(body === undefined ? 404 : 200, { "content-type": `${type}; charset=utf-8` });
    response.end(body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const address = typeof bound === "object" && bound !== null ? `http://127.0.0.1:${bound.port}` : "";
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  return {
    browser,
    address,
    async open(html, rules = {}, files = {}) {
      served = { "/": html, ...files };
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(`${address}/`);
      await page.addScriptTag({ content: probe });
      const replica = new Replica();
      const frames: ReadFrame[] = [];
      await page.evaluate((given) => window.captureProbe?.open(given, 1), rules);
      const pull = async () => {
        for (const base64 of (await page.evaluate(() => window.captureProbe?.frames())) ?? []) {
          const frame = readFrame(base64);
          frames.push(frame);
          replica.receive(frame);
        }
      };
      return {
        page,
        replica,
        frames,
        errors,
        pull,
        async until(isThere) {
          await expect
            .poll(
              async () => {
                await pull();
                return isThere(replica.outline(), replica) || replica.outline();
              },
              { timeout: 10_000, interval: 20 },
            )
            .toBe(true);
          return replica.outline();
        },
        run: (script) => page.evaluate(script),
      };
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
