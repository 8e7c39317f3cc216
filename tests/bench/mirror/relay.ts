/** Serves the shop's and the desk's pages, and passes what the ends of a mirror send, keeping a copy of it. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { type WebSocket, WebSocketServer } from "ws";
import { pageScript } from "./bundles";
import { PICTURES, SHOP_CSS, shopHtml } from "./shop-html";

export interface Message {
  /** Milliseconds on the machine's monotonic clock, which the browser's traces have too. */
  readonly at: number;
  readonly bytes: Buffer;
  readonly isText: boolean;
}

export interface Relay {
  readonly shop: string;
  readonly desk: string;
  /** What the customer's end of a session has sent so far. */
  sent(session: string): readonly Message[];
  /** Whether both ends of a session are there. */
  isJoined(session: string): boolean;
  close(): Promise<void>;
}

export const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

const FONT = "../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
const ENDS = ["ours", "rrweb", "soak"];
const SCRIPTS = ["shop", ...ENDS.flatMap((name) => [`customer-${name}`, `desk-${name}`])];

/** What lies on the server, by path. */
async function makeFiles(): Promise<Map<string, readonly [type: string, body: string | Buffer]>> {
  const files = new Map<string, readonly [string, string | Buffer]>();
  for (let index = 0; index < PICTURES; index++) {
    const background = { r: (index * 53) % 256, g: (index * 97) % 256, b: 140 };
    const picture = sharp({ create: { width: 240, height: 240, channels: 3, background } });
    files.set(`/picture/${index}.jpg`, ["image/jpeg", await picture.jpeg().toBuffer()]);
  }
  for (const name of SCRIPTS) files.set(`/${name}.js`, ["text/javascript", await pageScript(name)]);
  files.set("/shop.css", ["text/css", SHOP_CSS]);
  files.set("/font.woff2", ["font/woff2", await readFile(fileURLToPath(new URL(FONT, import.meta.url)))]);
  const css = await readFile("node_modules/rrweb/dist/style.css", "utf8");
  for (const name of ENDS) {
    const style = `body{margin:0}iframe{border:0;display:block}${name === "rrweb" ? css : ""}`;
    const body = `<!doctype html><meta charset=utf-8><style>${style}</style><body><script src="/desk-${name}.js"></script>`;
    files.set(`/desk/${name}`, ["text/html", body]);
  }
  return files;
}

export async function openRelay(): Promise<Relay> {
  const files = await makeFiles();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://x");
    const count = /^\/shop\/(\d+)$/.exec(pathname)?.[1];
    const [type, body] = count
      ? (["text/html", shopHtml(Number(count))] as const)
      : (files.get(pathname) ?? ["", null]);
    // Fonts for the desk too, as a shop's delivery network allows it.
    const headers = { "content-type": `${type}; charset=utf-8`, "access-control-allow-origin": "*" };
    response.writeHead(body === null ? 404 : 200, headers).end(body ?? "");
  });
  const ends = new Map<string, WebSocket>();
  const sent = new Map<string, Message[]>();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (socket, request) => {
    const [, role, session = ""] = (request.url ?? "").split("/");
    ends.set(`${role}/${session}`, socket);
    const messages: Message[] = [];
    if (role === "customer") sent.set(session, messages);
    socket.on("message", (data, isBinary) => {
      if (!Buffer.isBuffer(data)) return;
      if (role === "customer") messages.push({ at: monotonicMs(), bytes: data, isText: !isBinary });
      ends.get(`${role === "customer" ? "desk" : "customer"}/${session}`)?.send(data, { binary: isBinary });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  return {
    shop: `http://127.0.0.1:${port}/shop`,
    desk: `http://desk.localhost:${port}/desk`,
    sent: (session) => sent.get(session) ?? [],
    isJoined: (session) => ends.has(`customer/${session}`) && ends.has(`desk/${session}`),
    async close() {
      server.closeAllConnections();
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
