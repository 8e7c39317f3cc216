/** A page with the probe in it, in Chromium. */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import type {} from "./leak-probe.page";

export interface ProbeBench {
  readonly browser: Browser;
  /** Bytes of the whole policy as a shop's page would load it, before compression. */
  readonly policyCode: string;
  open(html: string): Promise<Page>;
  close(): Promise<void>;
}

const bundle = async (entry: string, minify: boolean): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    format: minify ? "esm" : "iife",
    target: "es2022",
    charset: "utf8",
    minify,
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
};

export async function openProbeBench(): Promise<ProbeBench> {
  const probe = await bundle("leak-probe.page.ts", false);
  const policyCode = await bundle("../masking/whole-policy.fixture.ts", true);
  let served = "";
  const server = createServer((request, response) => {
    const isPage = request.headers["sec-fetch-dest"] === "document";
    response.writeHead(isPage ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    response.end(isPage ? served : "");
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
    policyCode,
    async open(html) {
      served = html;
      const page = await browser.newPage();
      await page.goto(`${address}/`);
      await page.addScriptTag({ content: probe });
      return page;
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
