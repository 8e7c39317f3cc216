/** Builds the harness page and serves it with drawn pictures on a free loopback port. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import sharp from "sharp";
import type { ResolvedItem } from "@/lib/protocol/http";
import { answerVideo } from "./serve-video";

const root = fileURLToPath(new URL("../..", import.meta.url));
const sizes = {
  1: [2400, 1800],
  2: [1600, 2000],
  3: [2000, 2000],
  4: [3000, 1000],
  5: [1200, 1200],
  6: [11648, 8736],
  7: [1500, 1000],
} as const;
/** Pixels of a tile's side. */
const TILE = 512;
const longests = [160, 800, 1600, 2400];

/** What stands for the sixth picture instead of a drawn one: a real one's sizes, and its tiles as lib/media cuts them. */
export interface Studio {
  readonly files: readonly { readonly longest: number; readonly bytes: Uint8Array }[];
  /** Folder of `<level>/<column>_<row>.webp`. */
  readonly tiles: string;
}
const STUDIO_DIGIT = 6;

export interface HarnessServer {
  readonly url: string;
  close(): Promise<void>;
}

/** @param entry a page beside this file. */
export async function serveHarness(entry = "page.tsx", studio?: Studio): Promise<HarnessServer> {
  const built = await build({
    entryPoints: { page: fileURLToPath(new URL(entry, import.meta.url)) },
    bundle: true,
    write: false,
    outdir: "/out",
    format: "esm",
    jsx: "automatic",
    target: "es2022",
    minify: true,
    alias: { "@": root },
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".woff2": "dataurl" },
    absWorkingDir: root,
  });
  const file = (end: string) =>
    built.outputFiles.find((output) => output.path.endsWith(end))?.contents ?? new Uint8Array();
  const script = file(".js");
  const style = file(".css");

  let uncovered = false;
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://harness").pathname;
    const item = /\/items\/(?:asset|product)\/.*(\d)$/.exec(path);
    const picture = /^\/picture\/(\d)\/(\d+)$/.exec(path);
    if (await answerVideo(request, response)) return;
    if (path === "/page.js")
      return void response.writeHead(200, { "content-type": "text/javascript" }).end(script);
    if (path === "/page.css") return void response.writeHead(200, { "content-type": "text/css" }).end(style);
    const tile = /^\/tile\/6\/(\d+)\/(\d+)_(\d+)$/.exec(path);
    if (/\/assets\/.*7\/uncover$/.test(path) && request.method === "POST") {
      uncovered = true;
      return void response.writeHead(204).end();
    }
    if (item) {
      const digit = Number(item[1]);
      const kept = digit === STUDIO_DIGIT ? studio?.files.map(({ longest }) => longest) : undefined;
      return void answerItem(digit, response, digit === 7 && !uncovered, kept);
    }
    if (tile) {
      const [level, column, row] = [Number(tile[1]), Number(tile[2]), Number(tile[3])];
      const webp = studio
        ? await readFile(join(studio.tiles, String(level), `${column}_${row}.webp`))
        : await tileOf(level, column, row);
      return void response
        .writeHead(200, { "content-type": "image/webp", "cache-control": "max-age=3600" })
        .end(webp);
    }
    if (picture) {
      const [digit, longest] = [Number(picture[1]), Number(picture[2])];
      const kept =
        digit === STUDIO_DIGIT ? studio?.files.find((file) => file.longest === longest) : undefined;
      return void response
        .writeHead(200, {
          "content-type": kept ? "image/webp" : "image/jpeg",
          "cache-control": "max-age=3600",
        })
        .end(kept?.bytes ?? (await draw(digit, longest)));
    }
    if (path === "/favicon.ico") return void response.writeHead(204).end();
    response
      .writeHead(200, { "content-type": "text/html" })
      .end(
        '<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width,initial-scale=1"><title>Panel</title><link rel="stylesheet" href="/page.css"></head><body><main id="root"></main><script type="module" src="/page.js"></script></body></html>',
      );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answer = {
  writeHead(status: number, headers?: Record<string, string>): { end(body?: string): unknown };
};

/** @param kept longest sides of what there is, where it is not drawn */
function answerItem(digit: number, response: Answer, covered: boolean, kept?: readonly number[]): void {
  const size = digit in sizes ? sizes[digit as keyof typeof sizes] : undefined;
  if (!size || digit === 5) {
    response.writeHead(404).end();
    return;
  }
  const [width, height] = size;
  const longest = Math.max(width, height);
  const body: ResolvedItem = {
    width,
    height,
    title: "",
    sizes: covered
      ? []
      : (kept ?? longests.filter((each) => each <= longest)).map((each) => ({
          longest: each,
          url: `/picture/${digit}/${each}`,
        })),
    tiles: digit === 6 ? { url: "/tile/6/{level}/{column}_{row}", size: TILE } : null,
    video: null,
    covered,
    product: null,
    pictureIds: [],
  };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const drawn = new Map<string, Promise<Buffer>>();

function draw(digit: number, longest: number): Promise<Buffer> {
  const key = `${digit} ${longest}`;
  const known = drawn.get(key) ?? render(digit, longest);
  drawn.set(key, known);
  return known;
}

function render(digit: number, longest: number): Promise<Buffer> {
  const [width, height] = sizes[digit as keyof typeof sizes] ?? [1000, 1000];
  const scale = longest / Math.max(width, height);
  const fill = { 1: "url(#g)", 2: "#fdfdfc", 3: "#050505", 4: "url(#g)" }[digit] ?? "#777";
  const stitches = Array.from({ length: 60 }, (_, index) => {
    const x = (index / 60) * width;
    return `<path d="M${x} ${height * 0.3} q${width / 200} ${height * 0.2} 0 ${height * 0.4}" stroke="#c9a36a" stroke-width="${width / 400}" fill="none" opacity="${digit === 1 || digit === 4 ? 0.8 : 0.12}"/>`;
  }).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${Math.round(width * scale)}" height="${Math.round(height * scale)}"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#8a5a34"/><stop offset=".5" stop-color="#5b3a22"/><stop offset="1" stop-color="#2e1d12"/></linearGradient></defs><rect width="${width}" height="${height}" fill="${fill}"/>${stitches}<circle cx="${width * 0.7}" cy="${height * 0.25}" r="${height * 0.1}" fill="#d8c8a0" opacity=".6"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
}

/** Drawn once: a benchmark shall measure the browser, not us. */
function tileOf(...place: [level: number, column: number, row: number]): Promise<Buffer> {
  const key = `tile ${place}`;
  const known = drawn.get(key) ?? drawTile(...place);
  drawn.set(key, known);
  return known;
}

/** Tells by its colours where it lies: red across, green down, blue the level. */
function drawTile(level: number, column: number, row: number): Promise<Buffer> {
  const [width, height] = sizes[6].map((side) => Math.ceil(side / 2 ** (14 - level)));
  const background = { r: column * 10, g: row * 12, b: level * 10 };
  return sharp({
    create: {
      width: Math.min(TILE, (width ?? 0) - column * TILE),
      height: Math.min(TILE, (height ?? 0) - row * TILE),
      channels: 3,
      background,
    },
  })
    .webp({ lossless: true })
    .toBuffer();
}
