/** A server for the shop's pages, a foreign host and the desk, on one port: it tells them apart by host and counts. */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Feature, Served, ShopAddresses } from "./feature";

export interface ShopServer extends ShopAddresses {
  readonly desk: string;
  /** Scripts for the pages. */
  readonly shopScript: string;
  readonly lookScript: string;
  /** What the next pages are. */
  serve(feature: Pick<Feature, "html" | "files" | "isQuirks">): void;
  /** Paths asked of the foreign host, and of the shop by the desk's browser page. */
  readonly asked: { readonly foreign: string[]; readonly shop: string[] };
  close(): Promise<void>;
}

/** @param name of a file, as seen from here @returns a script for a page */
export const bundle = async (name: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
    bundle: true,
    format: "iife",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    target: "es2022",
    charset: "utf8",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
};

/** A real webfont; served to the shop's pages. */
const FONT = new URL(
  "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  import.meta.url,
);

const DESK = `<!doctype html><meta charset=utf-8><style>body{margin:0;background:#fff}iframe{border:0;display:block}</style>
<iframe sandbox="allow-same-origin"></iframe><script src="/look.js"></script><script src="/desk.js"></script>`;

export async function serveShop(): Promise<ShopServer> {
  const [deskScript, shopScript, lookScript] = await Promise.all(
    ["desk.page.ts", "shop.page.ts", "look.page.ts"].map(bundle),
  );
  let feature: Pick<Feature, "html" | "files" | "isQuirks"> = { html: "" };
  const asked = { foreign: [] as string[], shop: [] as string[] };
  let port = 0;

  const answer = (request: IncomingMessage): Served | null => {
    const { pathname } = new URL(request.url ?? "/", "http://x");
    const isDesk = request.headers.host?.startsWith("desk.") ?? false;
    if (isDesk) {
      if (pathname === "/desk.js") return { type: "text/javascript", body: deskScript ?? "" };
      if (pathname === "/look.js") return { type: "text/javascript", body: lookScript ?? "" };
      if (pathname !== "/") return null;
      const policy = `default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src http://127.0.0.1:${port} data: blob:; font-src data: blob:`;
      return {
        type: "text/html",
        body: DESK,
        headers: { "content-security-policy": policy, "referrer-policy": "no-referrer" },
      };
    }
    if (request.headers.host?.startsWith("localhost")) asked.foreign.push(pathname);
    else asked.shop.push(pathname);
    const file = feature.files?.[pathname];
    if (file !== undefined) return typeof file === "string" ? { type: typeOf(pathname), body: file } : file;
    if (pathname === "/font.woff2") return { type: "font/woff2", body: readFileSync(FONT) };
    if (pathname !== "/") return null;
    return { type: "text/html", body: `${feature.isQuirks ? "" : "<!doctype html>"}${feature.html}` };
  };
  const server = createServer((request, response) => {
    const served = answer(request);
    if (!served) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "content-type": served.type.startsWith("text/") ? `${served.type}; charset=utf-8` : served.type,
      "cache-control": "no-store",
      ...served.headers,
    });
    response.end(served.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  const bound = server.address();
  if (typeof bound === "object" && bound !== null) port = bound.port;
  return {
    shop: `http://127.0.0.1:${port}`,
    foreign: `http://localhost:${port}`,
    desk: `http://desk.localhost:${port}`,
    shopScript: shopScript ?? "",
    lookScript: lookScript ?? "",
    asked,
    serve(next) {
      feature = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function typeOf(path: string): string {
  if (path.endsWith(".css")) return "text/css";
  if (path.endsWith(".js")) return "text/javascript";
  if (path.endsWith(".svg")) return "image/svg+xml";
  return "text/html";
}
