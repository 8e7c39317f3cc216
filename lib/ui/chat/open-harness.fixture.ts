/** Bundles a page of ours, serves it under a strict policy and opens it in Chromium. */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Harness {
  readonly browser: Browser;
  readonly address: string;
  open(size?: { readonly width: number; readonly height: number }): Promise<Page>;
  close(): Promise<void>;
}

/** @param entry file below the project's root */
export async function openHarness(entry: string): Promise<Harness> {
  const { outputFiles } = await build({
    entryPoints: [`${root}${entry}`],
    bundle: true,
    write: false,
    outdir: "out",
    jsx: "automatic",
    alias: { "@": root.replace(/\/$/, "") },
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const fileOf = (ending: string) => outputFiles.find((file) => file.path.endsWith(ending))?.text ?? "";
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Harness</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="stylesheet" href="/app.css">
<style nonce="t">html,body,#root,.harness{height:100%}.harness{display:flex;flex-direction:column}</style>
<div id="root"></div><script src="/app.js"></script></html>`;
  const bodies: Readonly<Record<string, readonly [string, string]>> = {
    "/": ["text/html; charset=utf-8", html],
    "/app.js": ["text/javascript; charset=utf-8", fileOf(".js")],
    "/app.css": ["text/css; charset=utf-8", fileOf(".css")],
  };
  const server = createServer((request, response) => {
    const [type, body] = bodies[request.url ?? ""] ?? ["text/plain", ""];
    response.setHeader("content-type", type);
    response.setHeader(
      "content-security-policy",
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-t'; img-src 'self' blob:; connect-src 'self'; frame-src https://www.youtube-nocookie.com https://player.vimeo.com",
    );
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const address = typeof bound === "object" && bound !== null ? `http://127.0.0.1:${bound.port}/` : "";
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  return {
    browser,
    address,
    async open(size = { width: 380, height: 640 }) {
      const context = await browser.newContext({ viewport: size });
      const page = await context.newPage();
      await page.goto(address);
      return page;
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
